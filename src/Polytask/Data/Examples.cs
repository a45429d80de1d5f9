using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Labelled examples for several tasks. Either every row carries all labels (<see cref="Joint"/>), or every task has rows of its own
/// (<see cref="PerTask"/>).
/// A missing label is NaN in a floating target and a negative number in an integer target.
/// </summary>
public sealed class Examples
{
    private sealed record Part(Tensor Inputs, Tensor Target, Tensor? Labelled, Tensor? Weights = null);

    private readonly Dictionary<string, Part> parts;

    private Examples(Dictionary<string, Part> parts, bool isJoint)
    {
        this.parts = parts;
        IsJoint = isJoint;
        Tasks = [.. parts.Keys];
    }

    /// <summary>Rows that carry the labels of all tasks.</summary>
    /// <param name="inputs">float32 [rows, ...example shape], finite.</param>
    /// <param name="targets">Per task: int64 [rows] of classes, or float32 [rows] or [rows, outputs]; a row with a NaN has no label.</param>
    /// <exception cref="DataException">No task or row, different numbers of rows, or an input that is not a number.</exception>
    public static Examples Joint(Tensor inputs, params (string Task, Tensor Target)[] targets)
    {
        RefuseNotANumber("the inputs", inputs);
        return new(Collect(targets.Select(target => (target.Task, inputs, target.Target))), isJoint: true);
    }

    /// <summary>
    /// Rows of its own for every task: each with its inputs, float [rows, ...example shape], and its target as in <see cref="Joint"/>.
    /// </summary>
    /// <exception cref="DataException">As in <see cref="Joint"/>.</exception>
    public static Examples PerTask(params (string Task, Tensor Inputs, Tensor Target)[] tasks)
    {
        foreach (var (task, inputs, _) in tasks) RefuseNotANumber($"task '{task}': the inputs", inputs);
        return new(Collect(tasks), isJoint: false);
    }

    /// <summary>The names of the tasks, in the order given.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>Whether all tasks share their rows.</summary>
    public bool IsJoint { get; }

    /// <summary>The number of rows, over all tasks where each has its own.</summary>
    public long Rows => IsJoint ? parts[Tasks[0]].Target.shape[0] : parts.Values.Sum(part => part.Target.shape[0]);

    /// <summary>The shape of one example.</summary>
    public Shape InputShape => Shape.Of(parts[Tasks[0]].Inputs.shape[1..]);

    /// <summary>The inputs of a task, float [rows, ...example shape].</summary>
    public Tensor Inputs(string task) => PartOf(task).Inputs;

    /// <summary>The target of a task.</summary>
    public Tensor Target(string task) => PartOf(task).Target;

    /// <summary>Which rows of a task carry a label: bool [rows], or null when all do.</summary>
    public Tensor? Labelled(string task) => PartOf(task).Labelled;

    /// <summary>The same for the head of a task: one that learns from rows with gaps takes a row with any label, the others need all of it.</summary>
    internal Tensor? Labelled(TaskSpec task) =>
        task.Head.LearnsPartialRows ? Present(PartOf(task.Name).Target, partly: true) : PartOf(task.Name).Labelled;

    /// <summary>What each row of a task counts in training, float [rows], or null when all count alike.</summary>
    public Tensor? Weights(string task) => PartOf(task).Weights;

    /// <summary>
    /// The same examples with rows of a task that count more or less than others in training: its loss is sum w l / sum w over the rows with a
    /// label. Losses and metrics of evaluation count all rows alike.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="weights">float32 [rows], finite, at least 0; a row of weight 0 does not train the task.</param>
    /// <exception cref="DataException">There is no such task, or the weights are not as said.</exception>
    public Examples Weighted(string task, Tensor weights)
    {
        var part = PartOf(task);
        using var scope = NewDisposeScope();
        if (weights.dtype != ScalarType.Float32 || weights.ndim != 1 || weights.shape[0] != RowsOf(task))
            throw new DataException($"task '{task}': row weights are Float32 [{RowsOf(task)}], but these are {weights.dtype} "
                + $"[{string.Join(", ", weights.shape)}]");
        var bad = weights.isfinite().logical_and(weights.ge(0)).logical_not().nonzero();
        if (bad.shape[0] > 0)
            throw new DataException($"task '{task}': row weights are finite numbers of at least 0, but row {bad[0, 0].item<long>()} "
                + FormattableString.Invariant($"has {weights[bad[0, 0].item<long>()].item<float>()}"));
        return new(parts.ToDictionary(entry => entry.Key, entry => entry.Key == task ? part with { Weights = weights } : entry.Value), IsJoint);
    }

    /// <summary>The number of rows of a task.</summary>
    public long RowsOf(string task) => PartOf(task).Target.shape[0];

    /// <summary>The same rows with the named tasks only, in the order named.</summary>
    /// <exception cref="DataException">There is no such task, or none is named.</exception>
    public Examples Only(params string[] tasks) => tasks.Length > 0
        ? new(tasks.Distinct().ToDictionary(task => task, PartOf), IsJoint)
        : throw new DataException($"examples without any task were asked for; name at least one of {Names.Listed(Tasks)}");

    /// <summary>
    /// The rows at <paramref name="index"/> (int64 [n]); joint examples only, since tasks with rows of their own have no common index.
    /// </summary>
    public Examples At(Tensor index)
    {
        if (!IsJoint)
            throw new DataException(
                "rows can be picked by one index only where all tasks share their rows; here every task has its own: pick them per task");
        using var scope = NewDisposeScope();
        var inputs = parts[Tasks[0]].Inputs.index_select(0, index).MoveToOuterDisposeScope();
        return new(parts.ToDictionary(entry => entry.Key, entry => new Part(
            inputs,
            entry.Value.Target.index_select(0, index).MoveToOuterDisposeScope(),
            entry.Value.Labelled?.index_select(0, index).MoveToOuterDisposeScope(),
            entry.Value.Weights?.index_select(0, index).MoveToOuterDisposeScope())), isJoint: true);
    }

    /// <summary>The same examples on another device.</summary>
    public Examples To(Device device)
    {
        var moved = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        Tensor Move(Tensor tensor) => moved.TryGetValue(tensor, out var there) ? there : moved[tensor] = tensor.to(device);
        return new(parts.ToDictionary(entry => entry.Key, entry => new Part(
            Move(entry.Value.Inputs), Move(entry.Value.Target), entry.Value.Labelled is { } labelled ? Move(labelled) : null,
            entry.Value.Weights is { } weights ? Move(weights) : null)), IsJoint);
    }

    private Part PartOf(string task) => parts.TryGetValue(task, out var part)
        ? part
        : throw new DataException($"the data has no task '{task}'; it has {Names.Listed(Tasks)}{Names.DidYouMean(task, Tasks)}");

    private static Dictionary<string, Part> Collect(IEnumerable<(string Task, Tensor Inputs, Tensor Target)> tasks)
    {
        var parts = new Dictionary<string, Part>();
        foreach (var (task, inputs, target) in tasks)
        {
            if (inputs.ndim < 2)
                throw new DataException(
                    $"task '{task}': inputs are [rows, ...example shape], but these are [{string.Join(", ", inputs.shape)}]; "
                    + "one feature is [rows, 1]: .unsqueeze(1)");
            var rows = target.shape.Length > 0 ? target.shape[0] : 0;
            if (inputs.shape[0] != rows)
                throw new DataException(
                    $"task '{task}': {inputs.shape[0]} rows of inputs, but {rows} of labels; "
                    + "every row needs one (missing labels are NaN or negative)");
            if (rows == 0)
                throw new DataException($"task '{task}': the split is empty; give every split at least one row");
            if (!parts.TryAdd(task, new Part(inputs, target, Present(target))))
                throw new DataException($"two targets are named '{task}'; give each task a name of its own");
        }
        return parts.Count > 0 ? parts : throw new DataException("examples need at least one task with labels");
    }

    private static Tensor? Present(Tensor target, bool partly = false)
    {
        using var scope = NewDisposeScope();
        var present = target.is_floating_point() ? target.isnan().logical_not() : target.ge(0);
        if (present.shape.Length > 1) present = partly ? present.flatten(1).any(1) : present.flatten(1).all(1);
        return present.all().item<bool>() ? null : present.MoveToOuterDisposeScope();
    }

    private static void RefuseNotANumber(string where, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        if (!inputs.is_floating_point() || inputs.ndim < 2) return;
        var bad = inputs.flatten(1).isfinite().logical_not();
        if (!bad.any().item<bool>()) return;
        var first = bad.nonzero();
        throw new DataException(
            $"{where} hold values that are not finite numbers: {bad.sum().item<long>()} in all, the first in row {first[0, 0].item<long>()}, "
            + $"column {first[0, 1].item<long>()}; fill or drop them before training");
    }
}
