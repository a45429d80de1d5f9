using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A layer of a model's trunk: it says how tasks share. Between layers flow streams: one that all tasks share and, after a layer that tells tasks
/// apart, one of its own for each task or group of tasks. Hard sharing, expert levels, cross-stitch, attention masks and branches are all layers, and
/// any of them can follow any other. Nothing is allocated before the model is built.
/// </summary>
public abstract record Layer
{
    private protected Layer() { }

    /// <summary>The kind in one word, which is also how its weights are named: "experts", "stitch".</summary>
    public abstract string Name { get; }

    /// <summary>One line for a reader.</summary>
    public abstract string Describe();

    /// <inheritdoc/>
    public sealed override string ToString() => Describe();

    /// <summary>A block that all tasks share.</summary>
    public static SharedLayer Shared(Block block) => new(NotNull(block));

    /// <summary>A level of experts.</summary>
    /// <param name="bank">The experts.</param>
    /// <param name="gate">How they are mixed; by default as the model says.</param>
    public static ExpertsLayer Experts(ExpertBank bank, Gate? gate = null) => new(NotNull(bank), gate);

    /// <summary>A block of its own for each task.</summary>
    public static PerTaskLayer PerTask(Block block) => new(NotNull(block), false);

    /// <summary>A block of its own for each group of tasks.</summary>
    public static PerTaskLayer PerGroup(Block block) => new(NotNull(block), true);

    private static T NotNull<T>(T part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part;
    }

    /// <summary>The shape that every stream has after this layer.</summary>
    internal abstract Shape Output(Shape input, string place);

    /// <summary>What the tasks of a model and the shape before the layer must be; throws where they are not.</summary>
    internal virtual void Check(StreamMap map, Shape input, string place) { }

    /// <summary>The streams that the layer reads to give the required ones.</summary>
    internal abstract bool[] Inputs(StreamMap map, bool[] required);

    /// <summary>The streams that the layer gives when asked for the required ones; what is not given is read from the group's or the shared one.</summary>
    internal abstract bool[] Outputs(StreamMap map, bool[] available, bool[] required);

    /// <summary>The layer with weights.</summary>
    internal abstract BuiltLayer Build(LayerSite site);

    /// <summary>The same layer for a model with fewer tasks.</summary>
    /// <param name="kept">For each task whether it stays.</param>
    /// <param name="gone">The names of those that do not.</param>
    internal virtual Layer Keeping(bool[] kept, IReadOnlyCollection<string> gone) => this;

    /// <summary>The block that stands for this layer in messages about the shape that it gives: "expert 'mlp'".</summary>
    internal virtual string Giver => $"layer '{Name}'";
}

/// <summary>Where a layer is built.</summary>
/// <param name="Map">The streams.</param>
/// <param name="Input">The shape that every stream has before it.</param>
/// <param name="Available">The streams there are before it.</param>
/// <param name="Required">The streams that the layers after it read.</param>
/// <param name="Gate">The model's gate, for a layer that names none.</param>
/// <param name="Place">In messages: "model 'ple': experts".</param>
internal sealed record LayerSite(StreamMap Map, Shape Input, bool[] Available, bool[] Required, Gate Gate, string Place);

/// <summary>A layer with weights.</summary>
internal abstract class BuiltLayer
{
    /// <summary>The module to register; its parameters are the layer's.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>The required streams, or those that they are read from.</summary>
    public abstract Streams Forward(Streams input, bool[] required);

    /// <summary>The parameters, and the streams after the layer that each of them changes.</summary>
    public abstract IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership { get; }

    /// <summary>The streams before the layer that a stream after it depends on.</summary>
    public abstract IEnumerable<int> Sources(int output);

    /// <summary>What is added to the losses of the last forward pass in training, or null; it is handed over once.</summary>
    public virtual Tensor? TakePenalty() => null;

    /// <summary>How a task weighs the experts, float [batch, experts that it sees], or null where the layer has none.</summary>
    public virtual Tensor? GateWeights(Streams input, int task) => null;
}
