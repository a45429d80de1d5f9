module Polytask.FSharp.Tests.BlockTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

[<Fact>]
let ``Dense blocks`` () =
    same (mlp [ 64; 32 ]) (Block.Mlp(64L, 32L))
    same (mlp [ 8 ] |> withActivation Activation.Tanh |> withDropout 0.25) (Block.Mlp(8L).WithActivation(Activation.Tanh).WithDropout 0.25)
    same
        (mlp [ 8 ] |> withNormalisation Normalisation.Layer |> withLinearOutput)
        (Block.Mlp(8L).WithNormalisation(Normalisation.Layer).WithLinearOutput())
    same (linear 4) (Block.Linear 4L)
    same (linear 4 |> withoutBias) (Block.Linear(4L, bias = false))
    same (hyper 2 (mlp [ 8 ]) |> withRank 2) (Block.Hyper(2L, Block.Mlp 8L).WithRank 2L)
    same (hyperBy (mlp [ 5 ]) 2 (mlp [ 8 ])) (Block.Hyper(2L, Block.Mlp 8L, Block.Mlp 5L))
    same (adapter 4 |> withActivation Activation.ReLU) (Block.Adapter(4L).WithActivation Activation.ReLU)
    sameWithOwnCode
        (block "own" [ 5 ] (fun () -> torch.nn.Linear(8L, 5L)))
        (Block.Of("own", Shape.Of 5L, (fun () -> torch.nn.Linear(8L, 5L) :> torch.nn.Module<torch.Tensor, torch.Tensor>)))

[<Fact>]
let ``Blocks made of blocks`` () =
    let one, other: Block * Block = Block.Mlp 4L, Block.Linear 3L
    same (mlp [ 4 ] >-> linear 3) (one.Then other)
    same (mlp [ 4 ] |> repeated 3) (one.Repeat 3)
    same (mlp [ 4 ] |> sharedWeights) (one.Shared())
    same (mlp [ 4 ] |> frozen) (one.Freeze())
    same (mlp [ 4 ] |> initialisedNormal 0.1) (one.InitialisedNormal 0.1)
    same (residual (mlp [ 4 ]) |> withActivation Activation.GELU) (Block.Residual(one).WithActivation Activation.GELU)
    same (inParallel [ mlp [ 4 ]; linear 3 ]) (Block.Parallel(one, other))
    same (inParallel [ mlp [ 4 ]; linear 4 ] |> summed) (Block.Parallel(one, Block.Linear 4L).Summed())
    same (split [ 2, mlp [ 4 ]; 5, linear 3 ]) (Block.Split(struct (2L, one), struct (5L, other)))
    same (choose 1 [ mlp [ 4 ]; linear 4 ]) (Block.Choose(1, one, Block.Linear 4L))
    same (eachToken (linear 3)) (Block.PerToken other)
    same (globalPool Pooling.Max) (Block.GlobalPool Pooling.Max)
    same (token 2) (Block.Token 2)
    same flatten (Block.Flatten())
    same (reshape [ 2; 6 ]) (Block.Reshape(2L, 6L))

[<Fact>]
let ``Blocks for images`` () =
    same (conv [ 8; 16 ]) (Block.Conv(8L, 16L))
    same (conv [ 8; 16 ] |> withKernel 5 |> withPool 2) (Block.Conv([| 8L; 16L |], kernel = 5L, pool = 2L))
    same (resNet [ 8; 16 ] |> withBlocks 2) (Block.ResNet([| 8L; 16L |], blocks = 2))
    same (convEncoder [ 8; 16 ]) (Block.ConvEncoder(8L, 16L))
    same (uNet [ 8; 16 ]) (Block.UNet(8L, 16L))
    same (patches 4 32) (Block.Patches(4L, 32L))
    same (vit 4 32 (transformer 2 4)) (Block.Vit(4L, 32L, Block.Transformer(2, 4)))

[<Fact>]
let ``Blocks for sequences and attention`` () =
    same (gru 8 |> bidirectional |> lastState |> withLayers 2) (Block.Gru(8L, 2).Bidirectional().LastState())
    same (lstm 8 |> withLayers 2) (Block.Lstm(8L, 2))
    same (tcn 5 [ 8; 8 ] |> withDropout 0.1) (Block.Tcn([| 8L; 8L |], kernel = 5L).WithDropout 0.1)
    same (tcn 3 [ 8 ] |> withWeightNorm |> lastState) (Block.Tcn([| 8L |]).WithWeightNorm().LastState())
    same (tokens 100 16 |> withPadding 0) (Block.Tokens(100L, 16L).WithPadding 0L)
    same (positions PositionEncoding.Sinusoidal) (Block.Positions PositionEncoding.Sinusoidal)
    same (extraTokens 2) (Block.ExtraTokens 2)
    same
        (attention 4 |> causal |> rotary |> withHeadWidth 8 |> withDropout 0.1)
        (Block.Attention(4).Causal().Rotary().WithHeadWidth(8L).WithDropout 0.1)
    same
        (transformer 2 4 |> causal |> withHidden 32 |> withActivation Activation.ReLU)
        (Block.Transformer(2, 4).Causal().WithHidden(32L).WithActivation Activation.ReLU)
    same (2 |> mixedBy (tokenMlp 8)) (Block.Transformer(2, Block.TokenMlp 8L))
    same (transformer 1 2 |> attendingTo (transformer 1 2) 6 2) (Block.Transformer(1, 2).AttendingTo(Block.Transformer(1, 2), 6L, 2))
    same (tokenConv 3) (Block.TokenConv 3L)
    same (causalTokenConv 4) (Block.TokenConv(4L, causal = true))
    let mask = AttentionMask.Over(struct ("task", 2), struct ("column", 4)).Hide("task", "column")
    same (attentionMask [ "task", 2; "column", 4 ] |> hide "task" "column") mask
    same (attention 2 |> withMask mask) (Block.Attention(2).WithMask mask)

[<Fact>]
let ``Blocks for sets, graphs and tables`` () =
    let triangle = Graph.Of(3, [ struct (0, 1); struct (1, 2) ])
    let one: Block = Block.Linear 4L
    same (graph 3 [ 0, 1; 1, 2 ]) triangle
    same (deepSets (linear 4) (linear 4) Pooling.Mean) (Block.DeepSets(one, one, Pooling.Mean))
    same (inducedAttention 8 2) (Block.InducedAttention(8, 2))
    same (poolingAttention 2 4) (Block.PoolingAttention(2, 4))
    same (gcn [ 8; 4 ] |> withActivation Activation.Tanh |> withDropout 0.1 |> withLinearOutput)
        (Block.Gcn(8L, 4L).WithActivation(Activation.Tanh).WithDropout(0.1).WithLinearOutput())
    same (gcnOn triangle [ 8; 4 ]) (Block.Gcn(triangle, 8L, 4L))
    same (messagePassing (linear 4) (linear 4) |> withPooling Pooling.Mean) (Block.MessagePassing(one, one).WithPooling Pooling.Mean)
    same (messagePassingOn triangle (linear 4) (linear 4)) (Block.MessagePassing(triangle, one, one))
    let columns = [ 3L; 0L; 2L ]
    same (embed columns 4) (Block.Embed(columns, 4L))
    same (featureTokens columns 4) (Block.FeatureTokens(columns, 4L))
    same
        (tabular columns 2 8 |> withDepth 2 |> withHeads 4 |> withHidden 16 |> withDropout 0.1 |> withRotaryRows)
        (Block.Tabular(columns, 2, 8L).WithDepth(2).WithHeads(4).WithHidden(16L).WithDropout(0.1).WithRotaryRows())
    same
        (tabular columns 2 8 |> withMask TaskTokenMask.TasksFromTasks)
        (Block.Tabular(columns, 2, 8L).WithMask TaskTokenMask.TasksFromTasks)
    same (tabular columns 2 8 |> withoutRowAttention) (Block.Tabular(columns, 2, 8L).WithoutRowAttention())
