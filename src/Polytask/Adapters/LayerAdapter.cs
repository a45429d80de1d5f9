using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One call of an adapted layer.</summary>
/// <param name="Input">What the layer was given.</param>
/// <param name="Output">What it gave.</param>
/// <param name="Task">Which task the call is for; -1 where none is chosen.</param>
/// <param name="Training">Whether the layer is in training.</param>
internal readonly record struct LayerCall(Tensor Input, Tensor Output, int Task, bool Training);

/// <summary>What stands at one layer: it adds an update to the layer's output.</summary>
internal abstract class LayerAdapter(string name) : nn.Module(name)
{
    /// <summary>What is added to the output, in the output's shape.</summary>
    public abstract Tensor Update(LayerCall call);

    /// <summary>What the layer reads in place of its input.</summary>
    public virtual Tensor Before(Tensor input, int task) => input;

    /// <summary>What the layer gives in place of its output.</summary>
    public virtual Tensor After(LayerCall call) => call.Output.add(Update(call));

    /// <summary>The same around a call with padding: x [batch, length, ...] and true at padding in hidden.</summary>
    public virtual (Tensor Output, Tensor? Hidden) Masked(
        Tensor x, Tensor? hidden, int task, bool training, Func<Tensor, Tensor?, (Tensor Output, Tensor? Hidden)> forward)
    {
        var (output, hiddenAfter) = forward(x, hidden);
        return (After(new(x, output, task, training)), hiddenAfter);
    }

    /// <summary>Keys and values [n, heads · head width] that an attention's tokens see before the others, or null.</summary>
    public virtual (Tensor Keys, Tensor Values)? Prefix(int task) => null;

    /// <summary>The features of the outputs [..., width] that it is made for; null where it does not say.</summary>
    public virtual long? Width => null;

    /// <summary>
    /// The change of the layer's weight, in its shape, and of its bias that does the same as <see cref="Update"/> in evaluation; null where
    /// there is none.
    /// </summary>
    public virtual (Tensor Weight, Tensor? Bias)? Change(int task) => null;

    /// <summary>Why there is no <see cref="Change"/>.</summary>
    public virtual string Obstacle => "it is no linear map of the layer's input";
}

/// <summary>A copy for each task.</summary>
internal sealed class PerTaskAdapter : LayerAdapter
{
    private readonly List<LayerAdapter> copies = [];
    private readonly IReadOnlyList<string> tasks;

    public PerTaskAdapter(string name, IReadOnlyList<string> tasks, Func<string, LayerAdapter> make) : base(name)
    {
        this.tasks = tasks;
        foreach (var task in tasks)
        {
            copies.Add(make(task));
            register_module(task, copies[^1]);
        }
    }

    public IReadOnlyList<LayerAdapter> Copies => copies;

    public override long? Width => copies[0].Width;

    public override string Obstacle => copies[0].Obstacle;

    public override Tensor Update(LayerCall call) => Chosen(call.Task).Update(call);

    public override Tensor Before(Tensor input, int task) => Chosen(task).Before(input, task);

    public override Tensor After(LayerCall call) => Chosen(call.Task).After(call);

    public override (Tensor Output, Tensor? Hidden) Masked(
        Tensor x, Tensor? hidden, int task, bool training, Func<Tensor, Tensor?, (Tensor Output, Tensor? Hidden)> forward) =>
        Chosen(task).Masked(x, hidden, task, training, forward);

    public override (Tensor Keys, Tensor Values)? Prefix(int task) => Chosen(task).Prefix(task);

    public override (Tensor Weight, Tensor? Bias)? Change(int task) => Chosen(task).Change(task);

    private LayerAdapter Chosen(int task) => copies[TaskChoice.Of(task, tasks)];
}

internal static class TaskChoice
{
    /// <summary>The place of the task, which must be chosen.</summary>
    public static int Of(int task, IReadOnlyList<string> tasks) => task >= 0 ? task : throw new InvalidOperationException(
        $"the adapters differ between the tasks {Names.Listed(tasks)}, but none is chosen; set adaptation.Task, or call inside "
        + "adaptation.For(task, ...)");
}
