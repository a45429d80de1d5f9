module Polytask.FSharp.Tests.LossTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

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
    same corn (Loss.Corn())
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
