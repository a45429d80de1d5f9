module Polytask.FSharp.Tests.HeadTests

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
    sameHead (ordinalConditional 4) (Head.OrdinalConditional 4L)
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
