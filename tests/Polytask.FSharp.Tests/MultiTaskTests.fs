module Polytask.FSharp.Tests.MultiTaskTests

open Xunit
open Polytask
open Polytask.FSharp
open TorchSharp

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
            backbone (conv [ 8; 16 ] |> withPool 2 >-> mlp [ 32 ])
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
let ``Several outputs, dropout, embeddings and modules of one's own are declared too`` () =
    let declared =
        multitask "m" {
            input 3
            backbone (embed [ 3L; 0L; 2L ] 4 >-> (mlp [ 8 ] |> withActivation Activation.Tanh |> withDropout 0.25))
            experts 2 (block "own" [ 5 ] (fun () -> torch.nn.Linear(8L, 5L)))
            task "pair" (regressMany 2)
            task "y" (regress |> withLoss (ownLoss "absolute" (fun output target -> (output - target).abs ())))
        }
    let built =
        Model.Named("m").Input(3L).Backbone(Block.Embed([| 3L; 0L; 2L |], 4L).Then(Block.Mlp(8L).WithActivation(Activation.Tanh).WithDropout(0.25)))
            .Experts(2, Block.Of("own", Shape.Of(5L), (fun () -> torch.nn.Linear(8L, 5L) :> torch.nn.Module<torch.Tensor, torch.Tensor>)))
            .Task("pair", Head.Regress(2L)).Task("y", Head.Regress(), loss = Loss.Of("absolute", (fun output target -> (output - target).abs())))
    Assert.Equal(built.ToString(), declared.ToString())
