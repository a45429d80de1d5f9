using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Where a training is, for callbacks and probes.</summary>
public sealed class TrainingContext
{
    private readonly DataSplits splits;
    private readonly List<Measurement> history;

    internal TrainingContext(MultiTaskModule module, TrainingPlan plan, int seed, DataSplits splits, List<Measurement> history) =>
        (Module, Plan, Seed, this.splits, this.history) = (module, plan, seed, splits, history);

    /// <summary>The module, in training mode in <c>OnStep</c> and in evaluation mode in <c>OnEpoch</c> and in probes.</summary>
    public MultiTaskModule Module { get; }

    /// <summary>How it is trained.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The seed of the run.</summary>
    public int Seed { get; }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The steps taken so far, in all epochs.</summary>
    public long Step { get; internal set; }

    /// <summary>What was measured so far.</summary>
    public IReadOnlyList<Measurement> History => history;

    /// <summary>The losses of the last step, float [tasks] in the order of the model's tasks, for the time of the call.</summary>
    public Tensor Losses { get; internal set; } = null!;

    /// <summary>
    /// The dot products of the tasks' gradients in the last step, float64 [tasks, tasks] on the CPU, for the time of the call; null unless the plan
    /// records gradients (<see cref="TrainingPlan.RecordGradients"/>).
    /// </summary>
    public Tensor? Gramian { get; internal set; }

    /// <summary>The training rows, on the CPU.</summary>
    public Examples Train => splits.Train;

    /// <summary>The validation rows, on the CPU.</summary>
    public Examples Validation => splits.Validation;

    internal bool IsAskedToStop { get; private set; }

    /// <summary>Ends the training after this step or epoch, as if the plan said so.</summary>
    public void Stop() => IsAskedToStop = true;

    /// <summary>A task's representation of its validation rows, float [rows, features] on the plan's device, without gradients.</summary>
    /// <param name="task">The task's name.</param>
    public Tensor Representation(string task)
    {
        using var untracked = no_grad();
        return Module.Representation(task, Validation.Inputs(task).to(Plan.Target()));
    }
}
