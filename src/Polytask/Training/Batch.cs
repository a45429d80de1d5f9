using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The rows of one step: either the same rows for all tasks, or rows of its own for each task that the step trains.
/// </summary>
public sealed class Batch
{
    private readonly Dictionary<string, Part> parts;

    internal Batch(bool isJoint, IEnumerable<KeyValuePair<string, Part>> parts)
    {
        this.parts = new(parts);
        IsJoint = isJoint;
        Tasks = [.. this.parts.Keys];
    }

    /// <summary>The tasks that have rows in this step.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>Whether all tasks have the same rows, so that shared parts of a model need to run only once.</summary>
    public bool IsJoint { get; }

    /// <summary>A task's inputs, float [rows, ...example shape].</summary>
    public Tensor Inputs(string task) => parts[task].Inputs;

    /// <summary>A task's target as its head takes it; 0 where a label is missing.</summary>
    public Tensor Target(string task) => parts[task].Target;

    /// <summary>What a task's rows count, float [rows], 0 where the label is missing; null where all count alike.</summary>
    public Tensor? Weights(string task) => parts[task].Weights;

    internal Part? PartOf(string task) => parts.GetValueOrDefault(task);

    /// <summary>The batch in so many parts of nearly equal size, fewer where a task has fewer rows.</summary>
    internal IEnumerable<Batch> Cut(int count)
    {
        var most = Math.Min(count, parts.Values.Min(part => part.Target.shape[0]));
        for (var i = 0L; i < most; i++)
        {
            var place = i;
            yield return new(IsJoint, parts.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Narrow(place, most))));
        }
    }

    /// <summary>One task's rows.</summary>
    /// <param name="Inputs">[rows, ...input].</param>
    /// <param name="Target">[rows, ...], missing labels filled.</param>
    /// <param name="Weights">[rows] or null.</param>
    /// <param name="Share">What the task's loss counts in this step, where a sampler divides the batch among tasks.</param>
    internal sealed record Part(Tensor Inputs, Tensor Target, Tensor? Weights, double Share = 1)
    {
        public Part Narrow(long place, long count)
        {
            var rows = Target.shape[0];
            var (start, end) = (rows * place / count, rows * (place + 1) / count);
            Tensor Of(Tensor tensor) => tensor.narrow(0, start, end - start);
            return new(Of(Inputs), Of(Target), Weights is null ? null : Of(Weights), Share);
        }
    }
}
