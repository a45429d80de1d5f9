module Polytask.FSharp.Tests.MultiTaskTests

open Xunit
open Polytask
open Polytask.FSharp

let mmoe =
    multitask "mmoe" {
        input 40
        backbone (mlp [ 128 ])
        experts 8 (mlp [ 64; 32 ])
        gate softmax
        task "income" (classify 9)
        task "married" (binary |> withLoss (focal 2.0))
        weigh uncertainty
    }

[<Fact>]
let ``The computation expression declares what the C# builder declares`` () =
    let built =
        Model.Named("mmoe").Input(40L).Backbone(Block.Mlp(128L)).Experts(8, Block.Mlp(64L, 32L)).Gate(Gate.Softmax())
            .Task("income", Head.Classify(9L)).Task("married", Head.Binary(), loss = Loss.Focal(2.0)).Weigh(Weighting.Uncertainty())
    Assert.Equal(built.ToString(), mmoe.ToString())

[<Fact>]
let ``Images, towers, chained blocks and shared gates are declared too`` () =
    let declared =
        multitask "digits" {
            image 1 36 36
            backbone (conv [ 8; 16 ] 2 >-> mlp [ 32 ])
            experts 2 (linear 4)
            gate (softmax |> sharedByAll |> zeroInitialised)
            task "left" (classify 10 |> withTower (mlp [ 8 ]))
            task "right" (classify 10 |> withLoss (smoothed 0.1))
            weigh (constant [ "left", 2.0 ])
        }
    let built =
        Model.Named("digits").Input(1L, 36L, 36L).Backbone(Block.Conv([| 8L; 16L |], pool = 2L).Then(Block.Mlp(32L)))
            .Experts(2, Block.Linear(4L)).Gate(Gate.Softmax().Shared().ZeroInitialised())
            .Task("left", Head.Classify(10L), tower = Block.Mlp(8L)).Task("right", Head.Classify(10L), loss = Loss.CrossEntropy(0.1))
            .Weigh(Weighting.Constant(struct ("left", 2.0)))
    Assert.Equal(built.ToString(), declared.ToString())

[<Fact>]
let ``A single-task reference is one keyword`` () =
    let reference =
        multitask "alone" {
            input 3
            task "y" regress
            task "z" regress
            singleTask
        }
    Assert.True reference.IsSingleTask

[<Fact>]
let ``Mistakes are the same messages as in C#`` () =
    let error =
        Assert.Throws<DeclarationException>(fun () ->
            multitask "m" {
                input 3
                task "y" regress
                task "y" binary
            }
            |> ignore)
    Assert.Equal("model 'm': there already is a task 'y'; give each task a name of its own", error.Message)
