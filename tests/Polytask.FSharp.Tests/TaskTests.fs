module Polytask.FSharp.Tests.TaskTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

let private sameHead (part: TaskPart) (head: Head) = same part.Head head

[<Fact>]
let ``Heads`` () =
    sameHead (classify 9) (Head.Classify 9L)
    sameHead (9 |> classifyFrom 64) (Head.Classify(9L, 64L))
    sameHead binary (Head.Binary())
    sameHead (binaryFrom 64) (Head.Binary 64L)
    sameHead (multiLabel 5) (Head.MultiLabel 5L)
    sameHead (productWith [ "click" ]) (Head.Product "click")
    sameHead (ordinal 4) (Head.Ordinal 4L)
    sameHead (ordinalSoftmax 4) (Head.OrdinalSoftmax 4L)
    sameHead regress (Head.Regress())
    sameHead (regressMany 3) (Head.Regress 3L)
    sameHead (3 |> regressFrom 64) (Head.Regress(3L, 64L))
    sameHead (quantiles [ 0.1; 0.9 ]) (Head.Quantiles(0.1, 0.9))
    sameHead gaussian (Head.Gaussian())
    sameHead (gaussianMany 2) (Head.Gaussian 2L)
    sameHead count (Head.Count())
    sameHead (hazard 10) (Head.Hazard 10L)
    sameHead cox (Head.Cox())
    sameHead rank (Head.Rank())
    sameHead (represent 8) (Head.Represent 8L)
    sameHead (representPairs 8) (Head.RepresentPairs 8L)
    sameHead (imitate 4) (Head.Imitate 4L)
    sameHead (segment 4) (Head.Segment 4L)
    sameHead depth (Head.Depth())
    sameHead normals (Head.Normals())
    sameHead edges (Head.Edges())
    sameHead (3 |> detect 10) (Head.Detect(3L, 10))
    sameHead (tag 7) (Head.Tag 7L)

[<Fact>]
let ``Heads of one's own and what is said of heads`` () =
    sameHead (ownHead "own" 2 squaredError [ Metric.accuracy ]) (Head.Of("own", 2L, Loss.MeanSquaredError(), [| Metric.Accuracy |]))
    sameHead (binary |> measuredBy [ Metric.logLoss ]) (Head.Binary().WithMetrics [ Metric.LogLoss ])
    sameHead (binary |> alsoMeasure [ Metric.brierScore ]) (Head.Binary().AlsoMeasure [ Metric.BrierScore ])
    sameHead (binary |> readingToken 1) (Head.Binary().Token 1)
    let sum (own: torch.Tensor) (others: torch.Tensor list) = own + others[0]
    let declared =
        multitask "m" {
            input 3
            task "y" (ownHeadBy (fun features -> torch.nn.Linear(features.Count, 1L)) "own" 1 squaredError [ Metric.meanSquaredError ])
            task "z" (regress |> combining [ "y" ] sum |> withTower (mlp [ 8 ]) |> withLoss (huber 2.0))
        }
    let linear (features: Shape) = torch.nn.Linear(features.Count, 1L) :> torch.nn.Module<torch.Tensor, torch.Tensor>
    let expected =
        Model.Named("m").Input(3L)
            .Task("y", Head.Of("own", 1L, Loss.MeanSquaredError(), [| Metric.MeanSquaredError |], linear))
            .Task("z", Head.Regress().Combining([ "y" ], (fun own others -> own + others[0])), Block.Mlp 8L, Loss.Huber 2.0)
    declared |> actsAs expected

[<Fact>]
let ``Losses`` () =
    same crossEntropy (Loss.CrossEntropy())
    same (smoothed 0.1) (Loss.CrossEntropy 0.1)
    same (weightedCrossEntropy [ 1.0; 2.0 ] 0.1) (Loss.CrossEntropy(0.1, [ 1.0; 2.0 ]))
    same binaryCrossEntropy (Loss.BinaryCrossEntropy())
    same (positivesWeighted 3.0) (Loss.BinaryCrossEntropy 3.0)
    same (focal 1.5) (Loss.Focal 1.5)
    same (anyLoss SoftMetric.GeometricMean) (Loss.Any SoftMetric.GeometricMean)
    same (SoftMetric.Accuracy |> anyLossOf (Some 9.0)) (Loss.Any(SoftMetric.Accuracy, 9.0))
    same (zLoss 1.0 3.0) (Loss.Z(1.0, 3.0))
    same (sphericalSoftmax 0.2) (Loss.SphericalSoftmax 0.2)
    same taylorSoftmax (Loss.TaylorSoftmax())
    same (nonNegativePu 0.3) (Loss.NonNegativePu 0.3)
    same (variationalPu 0.1) (Loss.VariationalPu 0.1)
    same (distillation 3.0 0.2) (Loss.Distillation(3.0, 0.2))
    same cumulativeLink (Loss.CumulativeLink())
    same coral (Loss.Coral())
    same (softOrdinal 2.0) (Loss.SoftOrdinal 2.0)
    same squaredError (Loss.MeanSquaredError())
    same absoluteError (Loss.AbsoluteError())
    same (huber 2.0) (Loss.Huber 2.0)
    same cosineError (Loss.Cosine())
    same (pinball [ 0.1; 0.9 ]) (Loss.Pinball(0.1, 0.9))
    same gaussianLikelihood (Loss.GaussianLikelihood())
    same poissonLikelihood (Loss.PoissonLikelihood())
    same discreteHazard (Loss.DiscreteHazard())
    same coxLikelihood (Loss.CoxLikelihood())
    same concordance (Loss.Concordance())
    same pairwiseLogistic (Loss.PairwiseLogistic())
    same listNet (Loss.ListNet())
    same listMle (Loss.ListMle())
    same (supervisedContrastive 0.2) (Loss.SupervisedContrastive 0.2)
    same (ntXent 0.2) (Loss.NtXent 0.2)
    same (infoNce 0.2) (Loss.InfoNce 0.2)
    same (triplet 0.3) (Loss.Triplet 0.3)
    same dice (Loss.Dice())
    same (tversky 0.3 0.7) (Loss.Tversky(0.3, 0.7))
    same boundary (Loss.Boundary())
    same centreDetection (Loss.CentreDetection())
    same (crossEntropy |> worstRows 0.2) (Loss.WorstRows(Loss.CrossEntropy(), 0.2))
    same (sumOf [ 1.0, crossEntropy; 0.5, dice ]) (Loss.Sum(struct (1.0, Loss.CrossEntropy()), struct (0.5, Loss.Dice())))

[<Fact>]
let ``Losses of one's own get what C#'s get`` () =
    let output, target = torch.tensor [| 1f; 2f |], torch.tensor [| 0f; 4f |]
    let rows = ownLoss "absolute" (fun output target -> (output - target).abs ())
    Assert.Equal(1.5f, rows.Mean(output, target).item<float32> ())
    let weighted =
        ownBatchLoss "weighted" (fun output target weights ->
            match weights with
            | Some weights -> ((output - target).abs () * weights).sum ()
            | None -> (output - target).abs().sum ())
    Assert.Equal(3f, weighted.Mean(output, target).item<float32> ())
    Assert.Equal(2f, weighted.Mean(output, target, torch.tensor [| 0f; 1f |]).item<float32> ())

[<Fact>]
let ``Metrics with numbers of their own`` () =
    same (Metric.topAccuracy 3) (Metric.TopAccuracy 3)
    same (Metric.precision Averaging.Macro) (Metric.Precision Averaging.Macro)
    same (Metric.recall Averaging.Macro) (Metric.Recall Averaging.Macro)
    same (Metric.f1 Averaging.Macro) (Metric.F1 Averaging.Macro)
    same (Metric.precisionExcept 0 Averaging.Macro) (Metric.Precision(Averaging.Macro, 0))
    same (Metric.recallExcept 0 Averaging.Macro) (Metric.Recall(Averaging.Macro, 0))
    same (Metric.f1Except 0 Averaging.Macro) (Metric.F1(Averaging.Macro, 0))
    same (Metric.expectedCalibrationError 10) (Metric.ExpectedCalibrationError 10)
    same (Metric.maximumCalibrationError 10) (Metric.MaximumCalibrationError 10)
    same (Metric.pinballLoss [ 0.1; 0.9 ]) (Metric.PinballLoss(0.1, 0.9))
    same Metric.ndcg (Metric.Ndcg())
    same (Metric.ndcgAt 5) (Metric.Ndcg 5)
    same Metric.rankingAveragePrecision (Metric.RankingAveragePrecision())
    same (Metric.rankingAveragePrecisionAt 5) (Metric.RankingAveragePrecision 5)
    same (Metric.recallAt 5) (Metric.RecallAt 5)
    same (Metric.hitRate 5) (Metric.HitRate 5)
    same Metric.dice (Metric.Dice())
    same (Metric.diceExcept 0) (Metric.Dice 0)
    same Metric.boundaryF (Metric.BoundaryF())
    same (Metric.boundaryFWithin 2) (Metric.BoundaryF 2)
    same (Metric.edgeF 2) (Metric.EdgeF 2)
    same (Metric.depthAccuracy 1.5) (Metric.DepthAccuracy 1.5)
    same (Metric.normalsWithin 11.25) (Metric.NormalsWithin 11.25)
    same (Metric.peakSignalToNoise 2.0) (Metric.PeakSignalToNoise 2.0)
    same (Metric.structuralSimilarity 2.0) (Metric.StructuralSimilarity 2.0)
    same (Metric.detectionAveragePrecision [ 0.5; 0.75 ]) (Metric.DetectionAveragePrecision(0.5, 0.75))
    same (Metric.centreDistanceAveragePrecision [ 1.0; 2.0 ]) (Metric.CentreDistanceAveragePrecision(1.0, 2.0))
    same (Metric.accuracy |> Metric.named "right") (Metric.Accuracy.Named "right")

[<Fact>]
let ``Every metric without numbers is C#'s of the same name`` () =
    let parts = typeof<MultiTaskBuilder>.Assembly.GetType("Polytask.FSharp.Metric")
    let values = [ for each in (nonNull parts).GetProperties() do if each.PropertyType = typeof<Metric> then each ]
    let inCSharp = [ for each in values do
                         match typeof<Metric>.GetProperty(string (System.Char.ToUpperInvariant each.Name[0]) + each.Name[1..]) with
                         | null -> ()
                         | property -> Assert.Same(property.GetValue null, each.GetValue null); each.Name ]
    Assert.True(inCSharp.Length >= 35, string inCSharp.Length)
    Assert.Equal<string list>([ "ndcg"; "rankingAveragePrecision"; "dice"; "boundaryF" ], [ for each in values do if not (List.contains each.Name inCSharp) then each.Name ])

[<Fact>]
let ``Metrics of one's own`` () =
    let output, target = torch.tensor [| 1f; 2f |], torch.tensor [| 0f; 4f |]
    let worst = Metric.lowerIsBetter "worst" (fun output target -> float ((output - target).abs().max().item<float32> ()))
    Assert.Equal(2.0, worst.Of(output, target))
    Assert.False worst.HigherIsBetter
    Assert.True((Metric.higherIsBetter "any" (fun _ _ -> 1.0)).HigherIsBetter)
    Assert.Equal(1.0, (worst |> Metric.reading (fun output -> output.add (torch.tensor 1f))).Of(output, target) - 1.0)
