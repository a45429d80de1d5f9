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

    /// <summary>Cross-stitch (Misra et al., CVPR 2016): a tower per task, whose stages exchange features. See <see cref="StitchLayer"/>.</summary>
    /// <param name="stages">The stages of every tower.</param>
    public static StitchLayer CrossStitch(params Block[] stages) => new(stages, 1);

    /// <summary>
    /// A sluice network (Ruder et al., AAAI 2019): cross-stitch over subspaces, with a mixture over stages and an orthogonality penalty.
    /// See <see cref="StitchLayer"/>.
    /// </summary>
    /// <param name="subspaces">G, how many subspaces a stage's features are cut into.</param>
    /// <param name="stages">The stages of every tower, all of one output shape.</param>
    public static StitchLayer Sluice(int subspaces, params Block[] stages) => new StitchLayer(stages, subspaces).WithStageMixture().WithOrthogonality(0.01);

    /// <summary>MTAN (Liu et al., CVPR 2019): shared stages, and a mask per task on each. See <see cref="AttentionLayer"/>.</summary>
    /// <param name="stages">The shared stages.</param>
    public static AttentionLayer Attention(params Block[] stages) => new(stages);

    /// <summary>Learning to branch (Guo et al., ICML 2020): tasks choose their path through several nodes per stage. See <see cref="BranchingLayer"/>.</summary>
    /// <param name="nodes">The nodes of each stage.</param>
    /// <param name="stages">What the nodes of each stage are.</param>
    public static BranchingLayer Branching(int nodes, params Block[] stages) => new(nodes, stages);

    /// <summary>Experts after every stage of a backbone and a memory per task (TaskExpert, ICCV 2023). See <see cref="MemoryLayer"/>.</summary>
    /// <param name="experts">K, the experts of each stage.</param>
    /// <param name="expert">What each of them is.</param>
    /// <param name="write">What a task's reading goes through before it is added to its memory.</param>
    /// <param name="stages">The stages of the shared backbone.</param>
    public static MemoryLayer Memory(int experts, Block expert, Block write, params Block[] stages) =>
        new(experts, NotNull(expert), NotNull(write), stages);

    /// <summary>A way of sharing of your own: what each task has read so far → what each reads from here on.</summary>
    /// <param name="name">What messages and drawings call it.</param>
    /// <param name="output">The shape of one example that it gives for each task.</param>
    /// <param name="module">
    /// (number of tasks, shape of one example before it) → a new module at every call: per task [batch, ...input] → per task [batch, ...output].
    /// </param>
    public static Layer Of(string name, Shape output, Func<int, Shape, nn.Module<Tensor[], Tensor[]>> module)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new OwnLayer(name, NotNull(output), NotNull(module));
    }

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
