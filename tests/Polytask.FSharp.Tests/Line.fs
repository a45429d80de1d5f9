/// A small data set: two inputs, their sum and whether it is positive.
module Polytask.FSharp.Tests.Line

open Polytask
open Polytask.FSharp
open TorchSharp

let private part seed (name: string) =
    let draws = StableRandom.For(seed, name).Gaussians 120 |> Array.map float32
    let x = torch.tensor(draws).reshape (60L, 2L)
    let sum = x.sum 1L
    Examples.joint x [ "sum", sum; "positive", sum.gt(torch.zeros 1L).``to`` torch.ScalarType.Float32 ]

let line = dataSource "line" (fun seed -> splits (part seed "train") (part seed "validation") (part seed "test"))

let declared name units =
    multitask name {
        input 2
        backbone (mlp units)
        task "sum" regress
        task "positive" binary
        weigh uncertainty
    }

let fast =
    train {
        adam 0.02
        epochs 40
        batch 20
    }
