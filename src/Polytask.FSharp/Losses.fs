namespace Polytask.FSharp

open Polytask
open TorchSharp

/// Losses of classes, labels and levels.
[<AutoOpen>]
module ClassLosses =

    /// Cross-entropy.
    let crossEntropy = Loss.CrossEntropy()

    /// Cross-entropy with label smoothing.
    let smoothed (share: float) = Loss.CrossEntropy share

    /// Cross-entropy with a weight per class, and label smoothing (0 for none).
    let weightedCrossEntropy (classWeights: float list) (smoothing: float) = Loss.CrossEntropy(smoothing, classWeights)

    /// Binary cross-entropy.
    let binaryCrossEntropy = Loss.BinaryCrossEntropy()

    /// Binary cross-entropy in which a row of label 1 weighs that much.
    let positivesWeighted (weight: float) = Loss.BinaryCrossEntropy weight

    /// Focal loss (Lin et al., ICCV 2017).
    let focal (gamma: float) = Loss.Focal gamma

    /// A metric of the confusion matrix as a loss (AnyLoss): `anyLoss SoftMetric.GeometricMean`.
    let anyLoss (metric: SoftMetric) = Loss.Any metric

    /// AnyLoss with another sharpness of the amplified sigmoid; `None` for the plain one.
    let anyLossOf (sharpness: float option) (metric: SoftMetric) = Loss.Any(metric, Option.toNullable sharpness)

    /// Z-loss of that sharpness and location.
    let zLoss (sharpness: float) (location: float) = Loss.Z(sharpness, location)

    /// Spherical softmax in place of the exponential one.
    let sphericalSoftmax (epsilon: float) = Loss.SphericalSoftmax epsilon

    /// Taylor softmax in place of the exponential one.
    let taylorSoftmax = Loss.TaylorSoftmax()

    /// Positive and unlabelled rows, non-negative risk, with that share of positives.
    let nonNegativePu (prior: float) = Loss.NonNegativePu prior

    /// Positive and unlabelled rows, variational.
    let variationalPu (balance: float) = Loss.VariationalPu balance

    /// A teacher's softened classes, and that share of the true ones.
    let distillation (temperature: float) (hard: float) = Loss.Distillation(temperature, hard)

    /// Ordered levels by cumulative links.
    let cumulativeLink = Loss.CumulativeLink()

    /// Ordered levels by independent thresholds (CORAL).
    let coral = Loss.Coral()

    /// Ordered levels by the steps that a row reaches (CORN), for `ordinalConditional`.
    let corn = Loss.Corn()

    /// Ordered levels whose labels spread to their neighbours.
    let softOrdinal (sharpness: float) = Loss.SoftOrdinal sharpness

/// Losses of numbers, times and counts.
[<AutoOpen>]
module ValueLosses =

    /// The mean squared error.
    let squaredError = Loss.MeanSquaredError()

    /// The mean absolute error.
    let absoluteError = Loss.AbsoluteError()

    /// Squared up to delta, absolute beyond.
    let huber (delta: float) = Loss.Huber delta

    /// One minus the cosine.
    let cosineError = Loss.Cosine()

    /// The pinball loss of quantiles.
    let pinball (levels: float list) = Loss.Pinball(List.toArray levels)

    /// The likelihood of a normal distribution whose variance is learned.
    let gaussianLikelihood = Loss.GaussianLikelihood()

    /// The likelihood of counts.
    let poissonLikelihood = Loss.PoissonLikelihood()

    /// Survival in intervals.
    let discreteHazard = Loss.DiscreteHazard()

    /// Cox's partial likelihood.
    let coxLikelihood = Loss.CoxLikelihood()

    /// A surrogate of the concordance index.
    let concordance = Loss.Concordance()

/// Losses of ranks, embeddings and maps.
[<AutoOpen>]
module PairAndMapLosses =

    /// Logistic loss of pairs of rows.
    let pairwiseLogistic = Loss.PairwiseLogistic()

    /// ListNet.
    let listNet = Loss.ListNet()

    /// ListMLE.
    let listMle = Loss.ListMle()

    /// Supervised contrastive loss of that temperature.
    let supervisedContrastive (temperature: float) = Loss.SupervisedContrastive temperature

    /// SimCLR's loss of that temperature.
    let ntXent (temperature: float) = Loss.NtXent temperature

    /// InfoNCE of that temperature.
    let infoNce (temperature: float) = Loss.InfoNce temperature

    /// Triplets of rows, with that margin.
    let triplet (margin: float) = Loss.Triplet margin

    /// One minus the soft Dice coefficient.
    let dice = Loss.Dice()

    /// Tversky's index with weights of false positives and false negatives.
    let tversky (falsePositives: float) (falseNegatives: float) = Loss.Tversky(falsePositives, falseNegatives)

    /// The boundary loss.
    let boundary = Loss.Boundary()

    /// Centres, offsets and sizes of boxes.
    let centreDetection = Loss.CentreDetection()

/// Losses made of losses, and of functions.
[<AutoOpen>]
module LossCombinators =

    /// The mean over the worst share of the rows: `crossEntropy |> worstRows 0.2`.
    let worstRows (share: float) (loss: Loss) = Loss.WorstRows(loss, share)

    /// A weighted sum: `sumOf [ 1.0, crossEntropy; 0.5, dice ]`.
    let sumOf (terms: (float * Loss) list) = Loss.Sum [| for weight, loss in terms -> struct (weight, loss) |]

    /// A loss of your own: output and target → the loss of each row.
    let ownLoss name (perRow: torch.Tensor -> torch.Tensor -> torch.Tensor) = Loss.Of(name, (fun output target -> perRow output target))

    /// A loss of your own over a batch: output, target and, where there are any, row weights → a scalar.
    let ownBatchLoss name (mean: torch.Tensor -> torch.Tensor -> torch.Tensor option -> torch.Tensor) =
        Loss.OfBatch(name, (fun output target weights -> mean output target (Option.ofObj weights)))
