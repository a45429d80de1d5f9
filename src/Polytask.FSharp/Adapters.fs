namespace Polytask.FSharp

open Polytask
open TorchSharp

/// Small sets of parameters that are trained on a pretrained module: `lora 8 |> atLayers [ "*.linear1" ] |> adapt network []`.
[<AutoOpen>]
module Adapters =

    /// Low-rank changes of weights.
    let lora (rank: int) = Adapter.Lora rank

    /// The same with another alpha than the rank.
    let loraOf (rank: int) (alpha: float) = Adapter.Lora(rank, alpha)

    /// Bottlenecks after layers: `afterLayers 8`.
    let afterLayers (bottleneck: int) = Adapter.Series bottleneck

    /// Bottlenecks beside layers, and the scale of what they add: `besideLayers 8 4.0`.
    let besideLayers (bottleneck: int) (scale: float) = Adapter.Parallel(bottleneck, scale)

    /// How many features a layer gives that is no linear layer: `afterLayers 8 |> withWidth 128 |> atLayers [ "1" ]`.
    let inline withWidth (width: int) (adapter: ^a) : ^a = (^a: (member WithWidth: int64 -> ^a) (adapter, int64 width))

    /// The constants alone are trained.
    let bitFit = Adapter.BitFit()

    /// Scale and shift of batch normalisation alone are trained.
    let batchNormOnly = Adapter.BatchNormOnly()

    /// At these layers only, where * stands for any letters.
    let atLayers (layers: string list) (adapter: #Adapter) = adapter.At(Array.ofList layers)

    /// Trains copies of these parameters of the module too.
    let alsoTraining (parameters: string list) (adapter: #Adapter) = adapter.Training(Array.ofList parameters)

    /// Puts an adapter on a module, with tasks to tell apart or an empty list.
    let adapt (network: #torch.nn.Module) (tasks: string list) (adapter: #Adapter) = adapter.On(network, Array.ofList tasks)
