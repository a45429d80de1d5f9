module Polytask.FSharp.Tests.MetricTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

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
    let others = [ for each in values do if not (List.contains each.Name inCSharp) then each.Name ]
    Assert.Equal<string list>([ "ndcg"; "rankingAveragePrecision"; "dice"; "boundaryF" ], others)

[<Fact>]
let ``Metrics of one's own`` () =
    let output, target = torch.tensor [| 1f; 2f |], torch.tensor [| 0f; 4f |]
    let worst = Metric.lowerIsBetter "worst" (fun output target -> float ((output - target).abs().max().item<float32> ()))
    Assert.Equal(2.0, worst.Of(output, target))
    Assert.False worst.HigherIsBetter
    Assert.True((Metric.higherIsBetter "any" (fun _ _ -> 1.0)).HigherIsBetter)
    Assert.Equal(1.0, (worst |> Metric.reading (fun output -> output.add (torch.tensor 1f))).Of(output, target) - 1.0)
