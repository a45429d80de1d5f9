using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Where a sampler lets tasks rest, a weighting still sees a loss for each of them: the last one it had, as a constant. A zero would make weightings
/// that learn from losses believe the task solved.
/// </summary>
internal sealed class RestingLosses : IDisposable
{
    /// <summary>The losses as last weighed, float [tasks].</summary>
    public Tensor Last { get; }

    /// <summary>Begins with the losses of the first rows before any training, in evaluation mode.</summary>
    /// <param name="module">The module.</param>
    /// <param name="train">The training rows, on its device.</param>
    /// <param name="rows">How many rows of each task are looked at.</param>
    public RestingLosses(MultiTaskModule module, Examples train, int rows)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        module.eval();
        var parts = module.Model.Tasks.Select(task =>
        {
            var labelled = LabelledRows.Of(train, task);
            var part = new Batch.Part(labelled.Inputs, labelled.Target, labelled.Weights);
            return KeyValuePair.Create(task.Name, part.Narrow(0, Math.Max(1, part.Target.shape[0] / rows)));
        });
        Last = stack(module.TaskLosses(new Batch(false, parts)).Losses).DetachFromDisposeScope();
    }

    public void Dispose() => Last.Dispose();
}
