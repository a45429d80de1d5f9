/// What a wrong declaration says: C#'s message, which names the part, and the keyword with its line.
module Polytask.FSharp.Tests.BadInputTests

open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Line
open TorchSharp
open Xunit

type private Here =
    static member Line([<CallerLineNumber>] ?line: int) = line.Value

/// The message of what the declaration refuses, and that of the same declaration in C#.
let private refused<'E, 'T when 'E :> exn> (declare: unit -> 'T) = (Assert.Throws<'E>(fun () -> declare () |> ignore)).Message

let private refusedAt keyword line (inCSharp: unit -> 'A) (declare: unit -> 'B) =
    let expected = refused<DeclarationException, _> inCSharp
    Assert.Equal($"{expected} ('{keyword}', line {line} of BadInputTests.fs)", refused<DeclarationException, _> declare)
    expected

[<Fact>]
let ``Two tasks of one name`` () =
    let line = Here.Line()
    let message =
        (fun () ->
            multitask "m" {
                input 3
                task "y" regress
                task "y" binary
            })
        |> refusedAt "task" (line + 6) (fun () -> Model.Named("m").Input(3L).Task("y", Head.Regress()).Task("y", Head.Binary()))
    Assert.Equal("model 'm': there already is a task 'y'; give each task a name of its own", message)

[<Fact>]
let ``A loss that does not fit its head`` () =
    let line = Here.Line()
    let message =
        (fun () -> multitask "m" { input 3; task "y" (regress |> withLoss (focal 2.0)) })
        |> refusedAt "task" (line + 2) (fun () -> Model.Named("m").Input(3L).Task("y", Head.Regress(), loss = Loss.Focal 2.0))
    Assert.StartsWith("task 'y': the loss", message)

[<Fact>]
let ``A bank of unequal outputs`` () =
    let line = Here.Line()
    let message =
        (fun () ->
            multitask "m" {
                input 3
                experts (bank 1 (mlp [ 8 ]) |> perTaskOf (mlp [ 4 ]) 1)
                task "y" regress
            })
        |> refusedAt "experts" (line + 5) (fun () -> Model.Named("m").Input(3L).Experts(ExpertBank.Shared(1, Block.Mlp 8L).PerTask(1, Block.Mlp 4L)))
    Assert.Contains("experts", message)

[<Fact>]
let ``A head that insists on other features than it gets`` () =
    let line = Here.Line()
    let message =
        (fun () -> multitask "m" { input 3; experts 2 (mlp [ 32 ]); task "income" (9 |> classifyFrom 64) })
        |> refusedAt "task" (line + 2) (fun () -> Model.Named("m").Input(3L).Experts(2, Block.Mlp 32L).Task("income", Head.Classify(9L, 64L)))
    Assert.Equal("task 'income': head expects 64 features, expert 'mlp' gives 32", message)

[<Fact>]
let ``A gate that sees no expert is refused when the model is built`` () =
    let blind =
        multitask "m" {
            input 3
            experts (bank 2 (mlp [ 4 ]) |> seenBy [ [ true; true ]; [ false; false ] ])
            task "y" regress
            task "z" regress
        }
    let message = refused<DeclarationException, _> (fun () -> blind.Build())
    Assert.StartsWith("model 'm': experts: the gate of task 'z' sees no expert", message)

[<Fact>]
let ``A label that is missing in every row, a batch larger than the data and a metric that is not defined name task, split and plan`` () =
    let withLabels (labels: torch.Tensor) =
        let x = torch.ones (8L, 2L)
        let part () = Examples.joint x [ "sum", torch.arange(8L).``to`` torch.ScalarType.Float32; "positive", labels ]
        splits (part ()) (part ()) (part ())
    let trained plan (labels: torch.Tensor) = declared "m" [ 2 ] |> Model.trainOnSplits (withLabels labels) plan 0
    let one = train { epochs 1; batch 4 }
    let hidden = refused<DataException, _> (fun () -> trained one (torch.ones(8L).mul (torch.tensor nanf)))
    Assert.Contains("task 'positive'", hidden)
    Assert.Contains("train", hidden)
    let large = refused<DataException, _> (fun () -> trained (train { epochs 1; batch 9 }) (torch.ones 8L))
    Assert.StartsWith("the plan's batches of 9 rows are larger than the training split with its 8 rows", large)
    let run = trained one (torch.ones 8L)
    let undefined = (Assert.ThrowsAny<exn>(fun () -> run.Test "positive/auc" |> ignore)).Message
    Assert.StartsWith("task 'positive', test split: auc of 'm', seed 0, is undefined", undefined)

[<Fact>]
let ``Wrong plans and studies name their keywords too`` () =
    let line = Here.Line()
    (fun () -> train { adam 1e-3; batch 0 }) |> refusedAt "batch" (line + 1) (fun () -> TrainingPlan().Batch 0) |> ignore
    (fun () -> train { adam -1.0 }) |> refusedAt "adam" (line + 2) (fun () -> TrainingPlan().Adam -1.0) |> ignore
    let twice = [ declared "m" [ 2 ]; declared "m" [ 3 ] ]
    (fun () -> study Line.line { seeds 2; variants twice })
    |> refusedAt "variants" (line + 4) (fun () -> Study.On(Line.line).Variants twice)
    |> ignore

[<Fact>]
let ``Nothing that stands before the keyword from is lost`` () =
    let line = Here.Line()
    let lost keyword (declare: unit -> 'T) =
        let message = $"'from' comes first: what stands before it would be lost ('from', line {keyword} of BadInputTests.fs)"
        Assert.Equal(message, refused<DeclarationException, _> declare)
    lost (line + 4) (fun () -> multitask "m" { input 3; from (declared "n" [ 2 ]) })
    lost (line + 5) (fun () -> train { epochs 3; from fast })
