namespace Polytask;

public abstract partial record Loss
{
    /// <summary>
    /// One minus the soft Dice overlap of each image, the mean over classes, for segmentation and edges (Milletari et al., 3DV 2016).
    /// </summary>
    public static Loss Dice() => new TverskyLoss(0.5, 0.5);

    /// <summary>Dice with errors weighed by their kind, for segmentation and edges (Salehi et al., MLMI 2017).</summary>
    /// <param name="falsePositives">The weight of false positives, at least 0.</param>
    /// <param name="falseNegatives">The weight of false negatives, at least 0.</param>
    public static Loss Tversky(double falsePositives, double falseNegatives) => new TverskyLoss(falsePositives, falseNegatives);

    /// <summary>
    /// The distance to the true region where something is predicted, for segmentation and edges (Kervadec et al., MIDL 2019); use it beside a
    /// regional loss.
    /// </summary>
    public static Loss Boundary() => new BoundaryLoss();

    /// <summary>Centres by a focal loss, offsets and sizes by absolute errors, for detection heads (Zhou, Wang and Krahenbuhl, 2019).</summary>
    public static Loss CentreDetection() => new DetectionLoss();
}
