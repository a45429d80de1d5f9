using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record TrainingPlan
{
    /// <summary>Gradients are scaled down to this norm; null for never.</summary>
    public double? MaximumGradientNorm { get; private init; }

    /// <summary>Stop once the gradient of a step is shorter than this; null for never.</summary>
    public double? StopAtGradientNorm { get; private init; }

    /// <summary>Every batch is computed in this many parts, one after the other.</summary>
    public int AccumulatedParts { get; private init; } = 1;

    /// <summary>The variance eta / (1 + t)^gamma of the noise on gradients; null for none.</summary>
    public (double Eta, double Gamma)? Noise { get; private init; }

    /// <summary>The radius of sharpness-aware minimisation and whether it is adaptive; null for none.</summary>
    public (double Radius, bool IsAdaptive)? Sharpness { get; private init; }

    /// <summary>The share of the averaged weights that a step keeps; null for no average.</summary>
    public double? AverageDecay { get; private init; }

    /// <summary>The type in which matrix products and convolutions compute; null for float32.</summary>
    public ScalarType? Precision { get; private init; }

    /// <summary>How the tasks' gradients are computed for a weighting that reads their Gramian.</summary>
    public TaskGradientMode GradientMode { get; private init; }

    /// <summary>
    /// How the tasks' gradients are computed for a weighting that reads their Gramian: one backward pass for each task unless told. The weights are the
    /// same up to rounding; time and memory are not.
    /// </summary>
    public TrainingPlan TaskGradients(TaskGradientMode mode) => this with { GradientMode = mode };

    /// <summary>Scale gradients down to at most this Euclidean norm.</summary>
    public TrainingPlan ClipGradients(double norm) => this with { MaximumGradientNorm = Positive(norm, "a gradient norm") };

    /// <summary>Stop once a step's gradient (all parameters together) is shorter than this: for problems whose optimum is known.</summary>
    public TrainingPlan UntilGradientBelow(double norm) => this with { StopAtGradientNorm = Positive(norm, "a gradient norm") };

    /// <summary>
    /// Compute every batch in so many parts and add their gradients: a step's memory is that of a part, its gradient that of the batch (up to
    /// rounding; batch normalisation sees parts, and a weighting that is not linear in the losses weighs each part by itself).
    /// </summary>
    public TrainingPlan Accumulate(int parts) => this with { AccumulatedParts = (int)Positive(parts, "the number of parts") };

    /// <summary>
    /// Annealed Gaussian noise on every gradient (Neelakantan et al., 2015, section 3): variance eta / (1 + t)^gamma in step t, from 0, added after
    /// clipping. It is drawn from a generator of its own: dropout and data order stay as without.
    /// </summary>
    public TrainingPlan GradientNoise(double eta, double gamma = 0.55) =>
        this with { Noise = (NotNegative(eta, "the noise's eta"), NotNegative(gamma, "the noise's gamma")) };

    /// <summary>
    /// Sharpness-aware minimisation (Foret et al., ICLR 2021): the gradient is taken at the worst point nearby, in two passes a step.
    /// </summary>
    /// <param name="radius">rho, how far that point is.</param>
    /// <param name="adaptive">Measure distance relative to the weights' sizes (Kwon et al., ICML 2021); radii are larger then.</param>
    public TrainingPlan Sam(double radius = 0.05, bool adaptive = false) => this with { Sharpness = (Positive(radius, "SAM's radius"), adaptive) };

    /// <summary>
    /// An exponential moving average of the weights, a &lt;- decay a + (1 - decay) w after every step, from the first weights on. Validation and
    /// test see the average, and the run keeps it. Running statistics are averaged too.
    /// </summary>
    public TrainingPlan Ema(double decay) => decay is >= 0 and < 1
        ? this with { AverageDecay = decay }
        : throw new DeclarationException(FormattableString.Invariant($"the decay of averaged weights is at least 0 and below 1, but got {decay}"));

    /// <summary>
    /// Mixed precision (Micikevicius et al., ICLR 2018): matrix products and convolutions compute in bfloat16 or float16, weights and optimiser stay
    /// float32; float16's losses are scaled (<see cref="GradientScaler"/>). Refused where the device's libtorch cannot.
    /// </summary>
    public TrainingPlan MixedPrecision(ScalarType type = ScalarType.BFloat16) => type is ScalarType.BFloat16 or ScalarType.Float16
        ? this with { Precision = type }
        : throw new DeclarationException($"mixed precision computes in BFloat16 or Float16, not in {type}");
}
