module Polytask.FSharp.Tests.SharingTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

let private small: Block = Block.Mlp 4L

[<Fact>]
let ``Gates`` () =
    same softmax (Gate.Softmax())
    same (softmax |> zeroInitialised |> sharedByAll) (Gate.Softmax().ZeroInitialised().Shared())
    same (softmax |> withHidden 16) (Gate.Softmax().WithHidden 16L)
    same (sigmoid |> sharedByAll) (Gate.Sigmoid().Shared())
    same (staticGate |> sharedByAll) (Gate.Static().Shared())
    same (hardGate 0.5 |> sharedByAll) (Gate.Hard(0.5).Shared())
    same (dselectK 2 |> withGamma 2.0 |> withEntropyPenalty 0.1) (Gate.DSelectK(2).WithGamma(2.0).WithEntropyPenalty 0.1)
    same
        (topK 2 |> withNoise 1.0 |> withJitter 0.1 |> withCapacity 1.25 Overflow.Random |> sharedByAll)
        (Gate.TopK(2).WithNoise(1.0).WithJitter(0.1).WithCapacity(1.25, Overflow.Random).Shared())
    same
        (topK 2 |> withBalance Balance.Switch 0.02 |> withLogitPenalty 1e-3 |> renormalised)
        (Gate.TopK(2).WithBalance(Balance.Switch, 0.02).WithLogitPenalty(1e-3).Renormalised())
    same (topK 1 |> withLearnedNoise |> taskConditioned 8) (Gate.TopK(1).WithLearnedNoise().TaskConditioned 8L)
    sameWithOwnCode
        (ownGate "mean" (fun _ experts -> torch.nn.Linear(4L, int64 experts)))
        (Gate.Of("mean", (fun _ experts -> torch.nn.Linear(4L, int64 experts) :> torch.nn.Module<torch.Tensor, torch.Tensor>)))

[<Fact>]
let ``Banks of experts`` () =
    same (bank 4 (mlp [ 4 ]) |> perTask 2 |> perGroup 1 |> ownedBy "y" 1) (ExpertBank.Shared(4, small).PerTask(2).PerGroup(1).Owned("y", 1))
    same
        (bank 1 (mlp [ 4 ]) |> perTaskOf (linear 4) 2 |> perGroupOf (linear 4) 1 |> ownedByOf (linear 4) "y" 1)
        (ExpertBank.Shared(1, small).PerTask(2, Block.Linear 4L).PerGroup(1, Block.Linear 4L).Owned("y", 1, Block.Linear 4L))
    same (bank 2 (mlp [ 4 ]) |> through (linear 3)) (ExpertBank.Shared(2, small).Through(Block.Linear 3L))
    same
        (bank 2 (mlp [ 4 ]) |> seenBy [ [ true; false ]; [ true; true ] ])
        (ExpertBank.Shared(2, small).WithVisibility(array2D [ [ true; false ]; [ true; true ] ]))

[<Fact>]
let ``Layers`` () =
    let cgc = ExpertBank.Shared(1, small).PerTask 1
    same (sharedLayer (mlp [ 4 ]) |> onSharedStream) (Layer.Shared(small).OnSharedStream())
    same
        (expertsLayer cgc |> perToken |> withSkip |> withSelfGates |> forGroups |> withGatesOnSharedToo)
        (Layer.Experts(cgc).PerToken().Residual().WithSelfGates().ForGroups().WithGatesOnSharedToo())
    same (cgc |> expertsLayerBy sigmoid) (Layer.Experts(cgc, Gate.Sigmoid()))
    same (eachTask (mlp [ 4 ])) (Layer.PerTask small)
    same (eachGroup (mlp [ 4 ])) (Layer.PerGroup small)
    same (crossStitch [ mlp [ 4 ]; mlp [ 4 ] ] |> perChannel) (Layer.CrossStitch(small, small).PerChannel())
    same (crossStitch [ mlp [ 4 ]; mlp [ 4 ] ] |> withStageMixture) (Layer.CrossStitch(small, small).WithStageMixture())
    same (sluice 2 [ mlp [ 4 ] ] |> withOrthogonality 0.1) (Layer.Sluice(2, small).WithOrthogonality 0.1)
    same (taskAttention [ mlp [ 4 ]; mlp [ 4 ] ] |> pooledBetween 2) (Layer.Attention(small, small).WithPooling 2L)
    same (taskAttention [ mlp [ 4 ] ] |> withoutMasks) (Layer.Attention(small).WithoutMasks())
    same (branching 3 [ mlp [ 4 ] ] |> withTemperature 0.5) (Layer.Branching(3, small).WithTemperature 0.5)
    same
        (expertMemory 3 (mlp [ 4 ]) (linear 4) [ mlp [ 4 ] ] |> withGate staticGate |> withoutReading)
        (Layer.Memory(3, small, Block.Linear 4L, small).WithGate(Gate.Static()).WithoutReading())

type private Mean(tasks: int) =
    inherit torch.nn.Module<torch.Tensor[], torch.Tensor[]>("mean")
    override _.forward x = Array.replicate tasks (Array.reduce (fun (a: torch.Tensor) b -> a + b) x / torch.tensor (float32 tasks))

[<Fact>]
let ``A layer of one's own`` () =
    let declared =
        multitask "m" {
            input 4
            layer (ownLayer "mean" [ 4 ] (fun tasks _ -> new Mean(tasks)))
            task "y" regress
            task "z" regress
        }
    use built = declared.Build()
    Assert.Equal<int64>([| 5L |], built.Forward("y", torch.ones (5L, 4L)).shape)

[<Fact>]
let ``Weightings`` () =
    same equal (Weighting.Equal())
    same (constant [ "y", 2.0; "z", 0.5 ]) (Weighting.Constant(struct ("y", 2.0), struct ("z", 0.5)))
    same uncertainty (Weighting.Uncertainty())
    same (groupDro 0.1) (Weighting.GroupDro 0.1)
    same (autoLambda [ "y" ] 0.01 0.2) (Weighting.AutoLambda([ "y" ], 0.01, 0.2))
    same (moml MgdaNormalization.Length 0.01 0.2) (Weighting.Moml(0.01, 0.2, MgdaNormalization.Length))
    same (forum 0.01 0.2 3 0.4) (Weighting.Forum(0.01, 0.2, 3, 0.4))
