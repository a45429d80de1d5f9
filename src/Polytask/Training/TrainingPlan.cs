using System.Globalization;
using TorchSharp;

namespace Polytask;

/// <summary>How a model is trained, as a value: <c>t => t.Adam(1e-3).Epochs(20).Batch(256).KeepBest()</c>.</summary>
public sealed record TrainingPlan
{
    internal TrainingPlan() { }

    internal OptimizerSpec Optimizer { get; private init; } = new("adam", 1e-3);

    /// <summary>The number of passes over the training rows.</summary>
    public int EpochCount { get; private init; } = 20;

    /// <summary>The rows of a step, or null for all at once.</summary>
    public int? BatchRows { get; private init; } = 128;

    /// <summary>Whether the weights of the epoch with the lowest validation loss are kept.</summary>
    public bool KeepsBest { get; private init; }

    /// <summary>Stop after this many validations without a lower loss; null for never.</summary>
    public int? PatienceCount { get; private init; }

    /// <summary>Validate every so many epochs.</summary>
    public int ValidationInterval { get; private init; } = 1;

    /// <summary>Gradients are scaled down to this norm; null for never.</summary>
    public double? MaximumGradientNorm { get; private init; }

    /// <summary>Stop once the gradient of a step is shorter than this; null for never.</summary>
    public double? StopAtGradientNorm { get; private init; }

    /// <summary>Where training runs: "cpu", "cuda", "cuda:1".</summary>
    public string Device { get; private init; } = "cpu";

    /// <summary>Adam (Kingma and Ba, ICLR 2015), PyTorch's betas and epsilon.</summary>
    public TrainingPlan Adam(double learningRate, double weightDecay = 0) =>
        this with { Optimizer = new("adam", Positive(learningRate, "a learning rate"), WeightDecay: NotNegative(weightDecay, "weight decay")) };

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019).</summary>
    public TrainingPlan AdamW(double learningRate, double weightDecay = 0.01) =>
        this with { Optimizer = new("adamw", Positive(learningRate, "a learning rate"), WeightDecay: NotNegative(weightDecay, "weight decay")) };

    /// <summary>Stochastic gradient descent.</summary>
    public TrainingPlan Sgd(double learningRate, double momentum = 0, double weightDecay = 0) =>
        this with
        {
            Optimizer = new("sgd", Positive(learningRate, "a learning rate"),
                NotNegative(momentum, "momentum"), NotNegative(weightDecay, "weight decay")),
        };

    /// <summary>The number of passes over the training rows.</summary>
    public TrainingPlan Epochs(int count) => this with { EpochCount = (int)Positive(count, "the number of epochs") };

    /// <summary>
    /// The rows of a step. The last batch of an epoch may be smaller; where tasks have rows of their own, a step takes this many of each.
    /// </summary>
    public TrainingPlan Batch(int rows) => this with { BatchRows = (int)Positive(rows, "a batch") };

    /// <summary>All rows in every step: an epoch is one step.</summary>
    public TrainingPlan FullBatch() => this with { BatchRows = null };

    /// <summary>Keep the weights of the epoch whose mean validation loss over tasks is lowest, one rule for all tasks.</summary>
    public TrainingPlan KeepBest() => this with { KeepsBest = true };

    /// <summary>As <see cref="KeepBest"/>, and stop after so many validations without improvement.</summary>
    public TrainingPlan Patience(int validations) => this with { KeepsBest = true, PatienceCount = (int)Positive(validations, "patience") };

    /// <summary>Validate every so many epochs instead of after each.</summary>
    public TrainingPlan ValidateEvery(int epochs) => this with { ValidationInterval = (int)Positive(epochs, "the validation interval") };

    /// <summary>Scale gradients down to at most this Euclidean norm.</summary>
    public TrainingPlan ClipGradients(double norm) => this with { MaximumGradientNorm = Positive(norm, "a gradient norm") };

    /// <summary>Stop once a step's gradient (all parameters together) is shorter than this: for problems whose optimum is known.</summary>
    public TrainingPlan UntilGradientBelow(double norm) => this with { StopAtGradientNorm = Positive(norm, "a gradient norm") };

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

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Optimizer}, {EpochCount} epochs of {(BatchRows is { } rows ? $"batches of {rows}" : "one full batch")}")
        + (KeepsBest ? ", best epoch kept" : "") + $", {Device}";

    private static double Positive(double value, string what) => value > 0 && double.IsFinite(value)
        ? value
        : throw new DeclarationException(FormattableString.Invariant($"{what} must be a finite number above 0, but got {value}"));

    private static double NotNegative(double value, string what) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new DeclarationException(FormattableString.Invariant($"{what} must be a finite number of at least 0, but got {value}"));
}
