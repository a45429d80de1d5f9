namespace Polytask;

public abstract partial record Loss
{
    /// <summary>
    /// Cross-entropy of softmax(logits), for heads that choose a class: of a row, of a pixel, of a token; see <see cref="CrossEntropyLoss"/>.
    /// </summary>
    /// <param name="labelSmoothing">The share of the target spread evenly over all classes, 0 to 1.</param>
    /// <param name="classWeights">What a row of each class counts; by default all count 1. The mean is over rows, not over weights.</param>
    public static Loss CrossEntropy(double labelSmoothing = 0, IEnumerable<double>? classWeights = null) =>
        new CrossEntropyLoss(labelSmoothing, classWeights);

    /// <summary>Cross-entropy of sigmoid(logit), for binary, multi-label and edge heads; see <see cref="BinaryCrossEntropyLoss"/>.</summary>
    /// <param name="positiveWeight">What a positive label counts beside a negative one.</param>
    public static Loss BinaryCrossEntropy(double positiveWeight = 1) => new BinaryCrossEntropyLoss(positiveWeight);

    /// <summary>Focal loss (Lin et al., ICCV 2017, equation 4), for binary and classification heads; see <see cref="FocalLoss"/>.</summary>
    /// <param name="gamma">How strongly rows that are already right are played down; 0 is plain cross-entropy.</param>
    public static Loss Focal(double gamma = 2) => new FocalLoss(gamma);

    /// <summary>
    /// One minus any metric of a confusion matrix, for binary heads (Han, Moniz and Chawla, KDD 2024). Batches must be large or stratified, and heads
    /// start near one half: a sharpened decision has no slope elsewhere.
    /// </summary>
    /// <param name="metric">The metric: <c>SoftMetric.F(1)</c>, or an expression of your own.</param>
    /// <param name="sharpness">How steeply a probability becomes a decision at one half; null leaves probabilities as they are.</param>
    public static Loss Any(SoftMetric metric, double? sharpness = 73)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new AnyLoss(metric, sharpness);
    }

    /// <summary>
    /// 1/a log(1 + exp(a (b - z_y))) of the label's standardised score, for classification heads: no shift or scale of the scores changes it (de
    /// Brebisson and Vincent, 2016). Rank by score; there are no probabilities.
    /// </summary>
    /// <param name="sharpness">a, above 0.</param>
    /// <param name="location">b; a standardised score is at most sqrt(classes - 1).</param>
    public static Loss Z(double sharpness = 2, double location = 2) => new ZLoss(sharpness, location);

    /// <summary>
    /// -log( (o_y^2 + e) / sum_k (o_k^2 + e) ), for classification heads (de Brebisson and Vincent, ICLR 2016); rank by the squared score.
    /// </summary>
    /// <param name="epsilon">e, above 0.</param>
    public static Loss SphericalSoftmax(double epsilon = 0.1) => new SphericalSoftmaxLoss(epsilon);

    /// <summary>-log of the share of 1 + o + o^2 / 2, for classification heads (de Brebisson and Vincent, ICLR 2016); rank by that value.</summary>
    public static Loss TaylorSoftmax() => new TaylorSoftmaxLoss();

    /// <summary>
    /// Positives and unlabelled rows, for binary heads: label 1 is a known positive, 0 is unlabelled (Kiryo et al., NIPS 2017, non-negative risk).
    /// </summary>
    /// <param name="prior">The share of positives among all rows, between 0 and 1.</param>
    public static Loss NonNegativePu(double prior) => new NonNegativePuLoss(prior);

    /// <summary>
    /// Positives and unlabelled rows without a known share of positives, for binary and multi-label heads: label 1 is a known positive, all else is
    /// unlabelled (Chen et al., NeurIPS 2020). Scores are proportional to the probability only.
    /// </summary>
    /// <param name="balance">The exponent that plays rare labels down (Yuan, Zhang and Huang, ICME 2024); 0 is off.</param>
    public static Loss VariationalPu(double balance = 0) => new VariationalPuLoss(balance);

    /// <summary>
    /// A student that imitates its teacher's logits, for <see cref="Head.Imitate"/>: (1 - a) T^2 KL + a cross-entropy (Hinton, Vinyals and Dean,
    /// 2015).
    /// </summary>
    /// <param name="temperature">T, above 0.</param>
    /// <param name="hard">a, the share of the hard labels, which then stand in a last column of the target.</param>
    public static Loss Distillation(double temperature = 2, double hard = 0) => new DistillationLoss(temperature, hard);

    /// <summary>-log P(label) of a proportional-odds model, for ordinal heads (McCullagh, 1980).</summary>
    public static Loss CumulativeLink() => new CumulativeLinkLoss();

    /// <summary>The sum of binary cross-entropies over the steps between levels, for ordinal heads (Cao, Mirjalili and Raschka, 2020).</summary>
    public static Loss Coral() => new CoralLoss();

    /// <summary>Binary cross-entropies of the steps that a row reaches, for ordinal conditional heads (Shi, Cao and Raschka, 2023).</summary>
    public static Loss Corn() => new CornLoss();

    /// <summary>Cross-entropy against softmax(-a |k - y|), for ordinal softmax heads (Diaz and Marathe, CVPR 2019).</summary>
    /// <param name="sharpness">a: how fast the share of other levels falls with their distance.</param>
    public static Loss SoftOrdinal(double sharpness = 1) => new SoftOrdinalLoss(sharpness);
}
