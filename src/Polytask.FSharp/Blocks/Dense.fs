namespace Polytask.FSharp

open Polytask
open TorchSharp

/// Blocks of fully connected layers, and a block of any module.
[<AutoOpen>]
module DenseBlocks =

    /// Fully connected layers of the given widths, each followed by ReLU.
    let mlp (units: int list) = Block.Mlp(longs units)

    /// One linear map without a non-linearity.
    let linear (units: int) = Block.Linear(int64 units)

    /// The same map without the constant.
    let withoutBias (map: Linear) = Block.Linear(map.Units, false)

    /// An mlp whose weights another network computes from the first `condition` features: `hyper 4 (mlp [ 32 ])`.
    let hyper (condition: int) (network: Mlp) = Block.Hyper(int64 condition, network)

    /// The same with a block of your own choice as the network that computes the weights.
    let hyperBy (generator: Block) (condition: int) (network: Mlp) = Block.Hyper(int64 condition, network, generator)

    /// The computed weights have this rank only.
    let withRank (rank: int) (block: HyperMlp) = block.WithRank(int64 rank)

    /// The same layers with batch or layer normalisation: `mlp [ 64 ] |> withNormalisation Normalisation.Layer`.
    let withNormalisation (normalisation: Normalisation) (block: Mlp) = block.WithNormalisation normalisation

    /// An adapter of that bottleneck, which starts as the identity.
    let adapter (bottleneck: int) = Block.Adapter(int64 bottleneck)

    /// Any module of your own, by the shape of one example that it gives: `block "gru" [ 32 ] (fun () -> new Gru())`.
    let block name (output: int list) (make: unit -> #torch.nn.Module<torch.Tensor, torch.Tensor>) =
        Block.Of(name, shape output, (fun () -> make () :> _))
