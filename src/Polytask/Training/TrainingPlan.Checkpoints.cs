namespace Polytask;

public sealed partial record TrainingPlan
{
    /// <summary>Where and how often the state of a training is written; null for never.</summary>
    [DecidesNothing]
    internal CheckpointRule? CheckpointRule { get; private init; }

    /// <summary>Whether a run goes on from its last checkpoint, where there is one.</summary>
    [DecidesNothing]
    public bool IsResumed { get; private init; }

    /// <summary>
    /// Writes everything that the training depends on from here on: weights, what the optimiser remembers, averages, the best weights, history and
    /// random states. A run has a folder of its own, <c>folder/model-seed0</c>, in which each checkpoint is one safetensors file that appears whole
    /// or not at all; older ones are removed once a new one is complete. A last checkpoint is written when the run ends or is interrupted.
    /// </summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="epochs">Write after every so many epochs; 1 unless <paramref name="steps"/> are given.</param>
    /// <param name="steps">Write after every so many steps.</param>
    /// <param name="keep">How many checkpoints stay; with 2 or more a damaged one costs only the steps since the one before.</param>
    public TrainingPlan Checkpoint(string folder, int? epochs = null, int? steps = null, int keep = 2)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (epochs is { } some) Positive(some, "the epochs between checkpoints");
        if (steps is { } few) Positive(few, "the steps between checkpoints");
        Positive(keep, "the number of checkpoints to keep");
        return this with { CheckpointRule = new(folder, epochs ?? (steps is null ? 1 : null), steps, keep) };
    }

    /// <summary>
    /// Goes on from the run's last checkpoint, or starts where there is none: on the CPU and with as many threads the run ends with the same weights,
    /// bit for bit, as if it had never stopped. A checkpoint of another model, plan or data is refused; of functions in a plan only the numbers and
    /// words that they use can be compared. A damaged checkpoint is passed over for the one before it, and the run's remarks say so.
    /// </summary>
    public TrainingPlan Resume() => this with { IsResumed = true };

    /// <summary>The same plan with its checkpoints in a folder inside the one named, where several runs have one model's name and one seed.</summary>
    internal TrainingPlan CheckpointedIn(string name) =>
        CheckpointRule is { } rule ? this with { CheckpointRule = rule with { Folder = Path.Combine(rule.Folder, name) } } : this;
}

/// <summary>Where and how often checkpoints are written.</summary>
internal sealed record CheckpointRule(string Folder, int? Epochs, int? Steps, int Keep);
