namespace Polytask.FSharp

open Polytask
open TorchSharp

/// By what a task is judged, for `measuredBy` and `alsoMeasure`: `classify 9 |> alsoMeasure [ Metric.f1 Averaging.Macro ]`.
[<RequireQualifiedAccess>]
module Metric =

    // Classes and labels.
    let accuracy = Metric.Accuracy
    let balancedAccuracy = Metric.BalancedAccuracy
    let subsetAccuracy = Metric.SubsetAccuracy
    let exactMatch = Metric.ExactMatch
    let hammingLoss = Metric.HammingLoss
    let topAccuracy (classes: int) = Metric.TopAccuracy classes
    let precision (averaging: Averaging) = Metric.Precision averaging
    let recall (averaging: Averaging) = Metric.Recall averaging
    let f1 (averaging: Averaging) = Metric.F1 averaging

    /// F1 without that class, as a background.
    let f1Except (cls: int) (averaging: Averaging) = Metric.F1(averaging, cls)

    /// Precision without that class.
    let precisionExcept (cls: int) (averaging: Averaging) = Metric.Precision(averaging, cls)

    /// Recall without that class.
    let recallExcept (cls: int) (averaging: Averaging) = Metric.Recall(averaging, cls)

    let matthewsCorrelation = Metric.MatthewsCorrelation
    let cohenKappa = Metric.CohenKappa
    let quadraticKappa = Metric.QuadraticKappa
    let areaUnderCurve = Metric.AreaUnderCurve
    let averagePrecision = Metric.AveragePrecision
    let logLoss = Metric.LogLoss
    let perplexity = Metric.Perplexity
    let brierScore = Metric.BrierScore
    let expectedCalibrationError (bins: int) = Metric.ExpectedCalibrationError bins
    let maximumCalibrationError (bins: int) = Metric.MaximumCalibrationError bins
    let tokenF1 = Metric.TokenF1

    // Numbers and times.
    let meanSquaredError = Metric.MeanSquaredError
    let rootMeanSquaredError = Metric.RootMeanSquaredError
    let meanAbsoluteError = Metric.MeanAbsoluteError
    let meanAbsolutePercentageError = Metric.MeanAbsolutePercentageError
    let coefficientOfDetermination = Metric.CoefficientOfDetermination
    let explainedVariance = Metric.ExplainedVariance
    let pearsonCorrelation = Metric.PearsonCorrelation
    let spearmanCorrelation = Metric.SpearmanCorrelation
    let kendallCorrelation = Metric.KendallCorrelation
    let concordanceIndex = Metric.ConcordanceIndex
    let pinballLoss (levels: float list) = Metric.PinballLoss(List.toArray levels)
    let intervalCoverage = Metric.IntervalCoverage
    let intervalWidth = Metric.IntervalWidth

    // Ranks; where a rank may be cut off, `At` says where.
    let ndcg = Metric.Ndcg()
    let ndcgAt (rank: int) = Metric.Ndcg rank
    let rankingAveragePrecision = Metric.RankingAveragePrecision()
    let rankingAveragePrecisionAt (rank: int) = Metric.RankingAveragePrecision rank
    let meanReciprocalRank = Metric.MeanReciprocalRank
    let recallAt (rank: int) = Metric.RecallAt rank
    let hitRate (rank: int) = Metric.HitRate rank
    let groupedAreaUnderCurve = Metric.GroupedAreaUnderCurve

    // Maps, images and boxes.
    let pixelAccuracy = Metric.PixelAccuracy
    let meanIntersectionOverUnion = Metric.MeanIntersectionOverUnion
    let dice = Metric.Dice()
    let diceExcept (cls: int) = Metric.Dice cls
    let boundaryF = Metric.BoundaryF()
    let boundaryFWithin (pixels: int) = Metric.BoundaryF pixels
    let edgeF (tolerance: int) = Metric.EdgeF tolerance
    let depthRelativeError = Metric.DepthRelativeError
    let depthAbsoluteError = Metric.DepthAbsoluteError
    let depthRootMeanSquaredError = Metric.DepthRootMeanSquaredError
    let depthAccuracy (threshold: float) = Metric.DepthAccuracy threshold
    let normalMeanAngle = Metric.NormalMeanAngle
    let normalMedianAngle = Metric.NormalMedianAngle
    let normalsWithin (degrees: float) = Metric.NormalsWithin degrees
    let endPointError = Metric.EndPointError
    let peakSignalToNoise (range: float) = Metric.PeakSignalToNoise range
    let structuralSimilarity (range: float) = Metric.StructuralSimilarity range
    let detectionAveragePrecision (overlaps: float list) = Metric.DetectionAveragePrecision(List.toArray overlaps)
    let centreDistanceAveragePrecision (distances: float list) = Metric.CentreDistanceAveragePrecision(List.toArray distances)

    /// The same metric under another name.
    let named (name: string) (metric: Metric) = metric.Named name

    /// The same metric of what a function makes of the head's output.
    let reading (output: torch.Tensor -> torch.Tensor) (metric: Metric) = metric.Reading output

    /// A metric of your own over a whole split, higher being better: output and target → the number.
    let higherIsBetter name (measure: torch.Tensor -> torch.Tensor -> float) = Metric(name, true, (fun output target -> measure output target))

    /// A metric of your own over a whole split, lower being better: output and target → the number.
    let lowerIsBetter name (measure: torch.Tensor -> torch.Tensor -> float) = Metric(name, false, (fun output target -> measure output target))
