namespace Polytask.FSharp

open Polytask
open TorchSharp

/// By what a task is judged, for `measuredBy` and `alsoMeasure`: `classify 9 |> alsoMeasure [ Metric.f1 Averaging.Macro ]`.
[<RequireQualifiedAccess>]
module Metric =

    // Classes and labels.

    /// The share of right answers.
    let accuracy = Metric.Accuracy
    /// The mean recall over the classes that occur.
    let balancedAccuracy = Metric.BalancedAccuracy
    /// The share of rows that are right in all their labels.
    let subsetAccuracy = Metric.SubsetAccuracy
    /// The share of sequences that are right in every position.
    let exactMatch = Metric.ExactMatch
    /// The share of wrong answers over all labels of all rows.
    let hammingLoss = Metric.HammingLoss
    /// The share of answers whose label is among so many most probable classes.
    let topAccuracy (classes: int) = Metric.TopAccuracy classes
    /// Right / predicted.
    let precision (averaging: Averaging) = Metric.Precision averaging
    /// Right / actual.
    let recall (averaging: Averaging) = Metric.Recall averaging
    /// The harmonic mean of precision and recall.
    let f1 (averaging: Averaging) = Metric.F1 averaging
    /// F1 without that class, as a background.
    let f1Except (cls: int) (averaging: Averaging) = Metric.F1(averaging, cls)
    /// Precision without that class.
    let precisionExcept (cls: int) (averaging: Averaging) = Metric.Precision(averaging, cls)
    /// Recall without that class.
    let recallExcept (cls: int) (averaging: Averaging) = Metric.Recall(averaging, cls)
    /// Matthews' correlation of predicted and actual classes, -1 to 1.
    let matthewsCorrelation = Metric.MatthewsCorrelation
    /// Cohen's kappa: agreement beyond chance.
    let cohenKappa = Metric.CohenKappa
    /// Kappa of ordered classes, errors counting by their square.
    let quadraticKappa = Metric.QuadraticKappa
    /// The area under the receiver operating characteristic.
    let areaUnderCurve = Metric.AreaUnderCurve
    /// The area under the precision-recall curve as a sum of steps.
    let averagePrecision = Metric.AveragePrecision
    /// The mean of -log p(label).
    let logLoss = Metric.LogLoss
    /// exp of the mean over tokens of -log p(token).
    let perplexity = Metric.Perplexity
    /// The mean squared error of probabilities.
    let brierScore = Metric.BrierScore
    /// The mean of |accuracy - confidence| over so many bins.
    let expectedCalibrationError (bins: int) = Metric.ExpectedCalibrationError bins
    /// The largest |accuracy - confidence| of so many bins.
    let maximumCalibrationError (bins: int) = Metric.MaximumCalibrationError bins
    /// The overlap of predicted and actual tokens, whatever their order.
    let tokenF1 = Metric.TokenF1
    /// F1 of spans of tags (BIO), over all sequences together.
    let spanF1 = Metric.SpanF1

    // Numbers and times.

    /// The mean of (z - y)^2.
    let meanSquaredError = Metric.MeanSquaredError
    /// The square root of the mean of (z - y)^2.
    let rootMeanSquaredError = Metric.RootMeanSquaredError
    /// The mean of |z - y|.
    let meanAbsoluteError = Metric.MeanAbsoluteError
    /// The mean of |z - y| / |y|, a share.
    let meanAbsolutePercentageError = Metric.MeanAbsolutePercentageError
    /// R^2, the mean over outputs.
    let coefficientOfDetermination = Metric.CoefficientOfDetermination
    /// 1 - Var(y - z) / Var(y).
    let explainedVariance = Metric.ExplainedVariance
    /// Pearson's correlation.
    let pearsonCorrelation = Metric.PearsonCorrelation
    /// Spearman's correlation of ranks.
    let spearmanCorrelation = Metric.SpearmanCorrelation
    /// Kendall's tau-b.
    let kendallCorrelation = Metric.KendallCorrelation
    /// Harrell's concordance index of risks and times.
    let concordanceIndex = Metric.ConcordanceIndex
    /// The pinball loss of those quantiles.
    let pinballLoss (levels: float list) = Metric.PinballLoss(List.toArray levels)
    /// The share of targets between the first and the last quantile.
    let intervalCoverage = Metric.IntervalCoverage
    /// The mean of last - first quantile.
    let intervalWidth = Metric.IntervalWidth

    // Ranks; where a rank may be cut off, `At` says where.

    /// Normalised discounted cumulative gain.
    let ndcg = Metric.Ndcg()
    /// The same of the first so many.
    let ndcgAt (rank: int) = Metric.Ndcg rank
    /// The mean average precision of rankings.
    let rankingAveragePrecision = Metric.RankingAveragePrecision()
    /// The same of the first so many.
    let rankingAveragePrecisionAt (rank: int) = Metric.RankingAveragePrecision rank
    /// The mean of 1 / (rank of the first relevant item).
    let meanReciprocalRank = Metric.MeanReciprocalRank
    /// The share of the relevant items that are among the first so many.
    let recallAt (rank: int) = Metric.RecallAt rank
    /// The share of queries with a relevant item among the first so many.
    let hitRate (rank: int) = Metric.HitRate rank
    /// The area under the curve within each query, weighted by its rows.
    let groupedAreaUnderCurve = Metric.GroupedAreaUnderCurve

    // Maps, images and boxes.

    /// The share of right pixels.
    let pixelAccuracy = Metric.PixelAccuracy
    /// TP / (TP + FP + FN), the mean over the classes that occur.
    let meanIntersectionOverUnion = Metric.MeanIntersectionOverUnion
    /// Dice's coefficient of each class in each image.
    let dice = Metric.Dice()
    /// The same without that class.
    let diceExcept (cls: int) = Metric.Dice cls
    /// The F-measure of boundaries between classes.
    let boundaryF = Metric.BoundaryF()
    /// The same with a tolerance of so many pixels.
    let boundaryFWithin (pixels: int) = Metric.BoundaryF pixels
    /// The F-measure of edges at the best threshold, with a tolerance in pixels.
    let edgeF (tolerance: int) = Metric.EdgeF tolerance
    /// The mean of |z - y| / y.
    let depthRelativeError = Metric.DepthRelativeError
    /// The mean of |z - y|.
    let depthAbsoluteError = Metric.DepthAbsoluteError
    /// The square root of the mean of (z - y)^2.
    let depthRootMeanSquaredError = Metric.DepthRootMeanSquaredError
    /// The share of pixels with max(z / y, y / z) below a threshold.
    let depthAccuracy (threshold: float) = Metric.DepthAccuracy threshold
    /// The mean angle, in degrees.
    let normalMeanAngle = Metric.NormalMeanAngle
    /// The median angle, in degrees.
    let normalMedianAngle = Metric.NormalMedianAngle
    /// The share of pixels whose angle is below some degrees.
    let normalsWithin (degrees: float) = Metric.NormalsWithin degrees
    /// The mean distance of vectors along dimension 1.
    let endPointError = Metric.EndPointError
    /// The peak signal-to-noise ratio of images of that range, in decibels.
    let peakSignalToNoise (range: float) = Metric.PeakSignalToNoise range
    /// Structural similarity of images of that range.
    let structuralSimilarity (range: float) = Metric.StructuralSimilarity range
    /// Average precision of boxes that overlap by those shares.
    let detectionAveragePrecision (overlaps: float list) = Metric.DetectionAveragePrecision(List.toArray overlaps)
    /// Average precision of boxes whose centres are that near.
    let centreDistanceAveragePrecision (distances: float list) = Metric.CentreDistanceAveragePrecision(List.toArray distances)

    /// The same metric under another name.
    let named (name: string) (metric: Metric) = metric.Named name

    /// The same metric of what a function makes of the head's output.
    let reading (output: torch.Tensor -> torch.Tensor) (metric: Metric) = metric.Reading output

    /// A metric of your own over a whole split, higher being better: output and target → the number.
    let higherIsBetter name (measure: torch.Tensor -> torch.Tensor -> float) = Metric(name, true, (fun output target -> measure output target))

    /// A metric of your own over a whole split, lower being better: output and target → the number.
    let lowerIsBetter name (measure: torch.Tensor -> torch.Tensor -> float) = Metric(name, false, (fun output target -> measure output target))
