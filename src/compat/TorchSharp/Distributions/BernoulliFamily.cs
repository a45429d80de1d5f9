using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What distributions of trials share that succeed with probability <see cref="probs"/>, whose logarithm of odds is <see cref="logits"/>.
/// </summary>
public abstract class BernoulliFamily : distributions.Distribution
{
    private protected Tensor? GivenProbs { get; private set; }

    private protected Tensor? GivenLogits { get; private set; }

    private protected BernoulliFamily(Generator? generator) : base(generator) { }

    public Tensor probs => GivenProbs ?? LogitsToProbs(GivenLogits!, isBinary: true);

    public Tensor logits => GivenLogits ?? ProbsToLogits(GivenProbs!, isBinary: true);

    /// <summary>Whichever was given.</summary>
    private protected Tensor Parameter => (GivenProbs ?? GivenLogits)!;

    private protected void Set(Tensor? probs, Tensor? logits)
    {
        CheckOne(probs, logits);
        GivenProbs = probs is null ? null : Own(probs);
        GivenLogits = logits is null ? null : Own(logits);
        batch_shape = Parameter.shape;
    }

    /// <summary>log(1 + exp(x)) - target · x, which is minus the log-likelihood of one trial.</summary>
    private protected static Tensor CrossEntropy(Tensor logits, Tensor target) =>
        nn.functional.binary_cross_entropy_with_logits(logits, target, reduction: nn.Reduction.None);

    internal static void CheckOne(object? probs, object? logits)
    {
        if (probs is null == logits is null) throw new ArgumentException("One and only one of 'probs' and 'logits' should be provided.");
    }

    /// <summary>A number as a tensor.</summary>
    internal static Tensor? Number(float? value) => value is { } number ? tensor(number) : null;

    /// <inheritdoc cref="Number(float?)"/>
    internal static Tensor? Number(double? value) => value is { } number ? tensor(number) : null;
}
