using System.Globalization;
using TorchSharp;

namespace Polytask;

/// <summary>How a model is trained, as a value: <c>t => t.Adam(1e-3).Epochs(20).Batch(256).KeepBest()</c>.</summary>
public sealed partial record TrainingPlan
{
    /// <summary>The plan before any step: Adam, 20 epochs of batches of 128 rows on the CPU.</summary>
    public TrainingPlan() { }

    /// <summary>The number of passes over the training rows.</summary>
    public int EpochCount { get; private init; } = 20;

    /// <summary>The rows of a step, or null for all at once.</summary>
    public int? BatchRows { get; private init; } = 128;

    /// <summary>Whether the plan says the rows of a step; the default is cut to smaller data, a number that was asked for is not.</summary>
    [DecidesNothing]
    internal bool IsBatchChosen { get; private init; }

    /// <summary>Which tasks a step trains on how many rows; null for all of them on a batch each.</summary>
    public Sampler? TaskSampler { get; private init; }

    /// <summary>Whether the weights of the epoch with the lowest validation loss are kept.</summary>
    public bool KeepsBest { get; private init; }

    /// <summary>Stop after this many validations without a lower loss; null for never.</summary>
    public int? PatienceCount { get; private init; }

    /// <summary>Validate every so many epochs.</summary>
    public int ValidationInterval { get; private init; } = 1;

    /// <summary>Where training runs: "cpu", "cuda", "cuda:1".</summary>
    public string Device { get; private init; } = "cpu";

    /// <summary>The number of passes over the training rows.</summary>
    public TrainingPlan Epochs(int count) => this with { EpochCount = (int)Positive(count, "the number of epochs") };

    /// <summary>
    /// The rows of a step, at most those of the data. The last batch of an epoch may be smaller; where tasks have rows of their own, a step takes
    /// this many of each.
    /// </summary>
    public TrainingPlan Batch(int rows) => this with { BatchRows = (int)Positive(rows, "a batch"), IsBatchChosen = true };

    /// <summary>All rows in every step: an epoch is one step.</summary>
    public TrainingPlan FullBatch() => this with { BatchRows = null };

    /// <summary>
    /// Let a sampler say which tasks a step trains, for tasks with rows of their own: <c>.Sample(Sampler.Temperature(2).Unmixed())</c>.
    /// </summary>
    public TrainingPlan Sample(Sampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return this with { TaskSampler = sampler };
    }

    /// <summary>Keep the weights of the epoch whose mean validation loss over tasks is lowest, one rule for all tasks.</summary>
    public TrainingPlan KeepBest() => this with { KeepsBest = true };

    /// <summary>As <see cref="KeepBest"/>, and stop after so many validations without improvement.</summary>
    public TrainingPlan Patience(int validations) => this with { KeepsBest = true, PatienceCount = (int)Positive(validations, "patience") };

    /// <summary>Validate every so many epochs instead of after each.</summary>
    public TrainingPlan ValidateEvery(int epochs) => this with { ValidationInterval = (int)Positive(epochs, "the validation interval") };

    /// <summary>Train on that device.</summary>
    /// <param name="device">"cpu", "cuda" or "cuda:1".</param>
    public TrainingPlan On(string device) => this with { Device = device };

    internal torch.Device Target()
    {
        // Asked before the device is made, because TorchSharp refuses to make one that is not there.
        if (Device.StartsWith("cuda", StringComparison.Ordinal) && !torch.cuda.is_available())
            throw new DeclarationException(
                $"device '{Device}' was asked for, but this libtorch sees no CUDA device; use \"cpu\", or point LIBTORCH at a CUDA build");
        try
        {
            return torch.device(Device);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new DeclarationException($"there is no device '{Device}'; use \"cpu\", \"cuda\" or \"cuda:1\"");
        }
    }

    /// <summary>Refuses what does not go together.</summary>
    internal void Check()
    {
        if (OptimizerRule.IsElementwise) return;
        var hindrance = Groups.Any(group => group.LearningRate is not null || group.WeightDecay is not null) ? "settings of single parts"
            : MaximumGradientNorm is not null ? ".ClipGradients"
            : Noise is not null ? ".GradientNoise"
            : Sharpness is not null ? ".Sam"
            : Precision == torch.ScalarType.Float16 ? ".MixedPrecision in Float16"
            : TaskSampler is not null ? ".Sample"
            : CheckpointRule is not null ? ".Checkpoint" : null;
        if (hindrance is not null)
            throw new DeclarationException(
                $"{OptimizerRule.Name} evaluates the loss several times a step and remembers steps of all parameters together: it does not go with {hindrance}");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{OptimizerRule}, {EpochCount} epochs of {(BatchRows is { } rows ? $"batches of {rows}" : "one full batch")}")
        + string.Concat(Extras().Select(extra => $", {extra}")) + (KeepsBest ? ", best epoch kept" : "") + $", {Device}";

    // What the plan says beyond optimiser, epochs and batch.
    private IEnumerable<string> Extras()
    {
        foreach (var group in Groups) yield return group.ToString();
        if (RateSchedule is not ConstantSchedule) yield return RateSchedule.ToString()!;
        if (WarmUpTime != (0, 0)) yield return $"warm-up of {(WarmUpTime.Epochs > 0 ? $"{WarmUpTime.Epochs} epochs" : $"{WarmUpTime.Steps} steps")}";
        if (TaskSampler is not null) yield return TaskSampler.ToString()!;
        foreach (var entry in LossWeights) yield return $"loss weight of {entry.Task} scheduled";
        if (AccumulatedParts > 1) yield return $"in {AccumulatedParts} parts";
        if (GradientMode != TaskGradientMode.Loop) yield return $"task gradients {GradientMode.ToString().ToLowerInvariant()}";
        if (Precision is { } type) yield return $"mixed precision {type}";
        if (MaximumGradientNorm is { } norm) yield return FormattableString.Invariant($"gradients clipped to {norm}");
        if (Noise is { } noise) yield return FormattableString.Invariant($"gradient noise {noise.Eta}");
        if (Sharpness is { } sharpness)
            yield return (sharpness.IsAdaptive ? "adaptive " : "") + FormattableString.Invariant($"SAM {sharpness.Radius}");
        if (AverageDecay is { } decay) yield return FormattableString.Invariant($"weights averaged by {decay}");
        if (PatienceCount is { } patience) yield return $"patience {patience}";
    }

    private static double Positive(double value, string what) => value > 0 && double.IsFinite(value)
        ? value
        : throw new DeclarationException(FormattableString.Invariant($"{what} must be a finite number above 0, but got {value}"));

    private static double NotNegative(double value, string what) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new DeclarationException(FormattableString.Invariant($"{what} must be a finite number of at least 0, but got {value}"));
}
