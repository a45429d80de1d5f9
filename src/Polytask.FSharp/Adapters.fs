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

    /// Low-rank changes for all tasks and for each, with their scale: `multiTaskLora 16 4.0`.
    let multiTaskLora (rank: int) (scale: float) = Adapter.MultiTaskLora(rank, scale)

    /// Changes for each task at these layers alone: `multiTaskLora 16 4.0 |> withTaskLayers "*.blocks.1.*"`.
    let withTaskLayers (layers: string) (adapter: MultiTaskLora) = adapter.WithTaskLayers layers

    /// The scales are trained too.
    let withTrainedScales (adapter: MultiTaskLora) = adapter.WithTrainedScales()

    /// A task's stream adds the shared update to its own.
    let withSharedUpdate (adapter: MultiTaskLora) = adapter.WithSharedUpdate()

    /// An inventory of low-rank changes that each task mixes: skills and rank.
    let polytropon (skills: int) (rank: int) = Adapter.Polytropon(skills, rank)

    /// The same in blocks of inputs and outputs: skills, rank and heads.
    let multiHeadRouting (skills: int) (rank: int) (heads: int) = Adapter.MultiHeadRouting(skills, rank, heads)

    /// One table of logits for all layers.
    let sharedRouting (adapter: MultiHeadRouting) = adapter.SharedRouting()

    /// Routing is drawn in training.
    let relaxedBernoulli (adapter: MultiHeadRouting) = adapter.RelaxedBernoulli()

    /// Bottlenecks whose weights a shared network makes: bottleneck and length of the vectors of tasks and layers.
    let hyperAdapter (bottleneck: int) (embedding: int) = Adapter.Hyper(bottleneck, embedding)

    /// Learned tokens before those of the input: `promptTokens 16`.
    let promptTokens (tokens: int) = Adapter.Prompt tokens

    /// Learned keys and values that attention sees first.
    let prefix (length: int) = Adapter.Prefix length

    /// The constants alone are trained.
    let bitFit = Adapter.BitFit()

    /// Scale and shift of batch normalisation alone are trained.
    let batchNormOnly = Adapter.BatchNormOnly()

    /// Learned scales of trained adapters, and their dropout: `scaLearn ScaLearnKind.UniformPlusPlus 0.3 |> combine sources []`.
    let scaLearn (kind: ScaLearnKind) (dropout: float) = Adapter.ScaLearn(kind, dropout)

    /// Attention over trained adapters.
    let adapterFusion = Adapter.Fusion()

    /// Puts a combination on the module of trained adapters, with target tasks or an empty list.
    let combine (sources: Adaptation) (tasks: string list) (combination: AdapterCombination) = combination.On(sources, Array.ofList tasks)

    /// At these layers only, where * stands for any letters.
    let atLayers (layers: string list) (adapter: #Adapter) = adapter.At(Array.ofList layers)

    /// Trains copies of these parameters of the module too.
    let alsoTraining (parameters: string list) (adapter: #Adapter) = adapter.Training(Array.ofList parameters)

    /// Puts an adapter on a module, with tasks to tell apart or an empty list.
    let adapt (network: #torch.nn.Module) (tasks: string list) (adapter: #Adapter) = adapter.On(network, Array.ofList tasks)
