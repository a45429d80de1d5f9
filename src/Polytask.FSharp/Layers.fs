namespace Polytask.FSharp

open Polytask
open TorchSharp

/// Layers: how tasks share, one after the other behind the backbone, each by the keyword `layer`.
[<AutoOpen>]
module SharingLayers =

    /// A further block that all tasks share.
    let sharedLayer (block: Block) = Layer.Shared block

    /// The block continues the shared stream only.
    let onSharedStream (layer: SharedLayer) = layer.OnSharedStream()

    /// A level of experts, mixed by the model's gate.
    let expertsLayer (bank: ExpertBank) = Layer.Experts bank

    /// A level of experts with a gate of its own.
    let expertsLayerBy (gate: Gate) (bank: ExpertBank) = Layer.Experts(bank, gate)

    /// Experts and gates work on each token alone.
    let perToken (layer: ExpertsLayer) = layer.PerToken()

    /// What the layer reads is added to what it gives.
    let withSkip (layer: ExpertsLayer) = layer.Residual()

    /// Experts and gates read their input layer-normalised: x + f(LN x).
    let normalised (layer: ExpertsLayer) = layer.Normalised()

    /// Owned experts also reach their owner past the mixing gate (HoME).
    let withSelfGates (layer: ExpertsLayer) = layer.WithSelfGates()

    /// Experts that all tasks share read each task's own stream.
    let onOwnStreams (layer: ExpertsLayer) = layer.OnOwnStreams()

    /// A stream for each group of tasks instead of each task (HoME's first level).
    let forGroups (layer: ExpertsLayer) = layer.ForGroups()

    /// Gates read the shared stream beside the task's own (HoME's second level).
    let withGatesOnSharedToo (layer: ExpertsLayer) = layer.WithGatesOnSharedToo()

    /// A block of its own for each task.
    let eachTask (block: Block) = Layer.PerTask block

    /// A block of its own for each group of tasks.
    let eachGroup (block: Block) = Layer.PerGroup block

    /// Cross-stitch: a tower per task whose stages exchange features: `crossStitch [ mlp [ 64 ]; mlp [ 32 ] ]`.
    let crossStitch (stages: Block list) = Layer.CrossStitch(List.toArray stages)

    /// A sluice network of that many subspaces.
    let sluice (subspaces: int) (stages: Block list) = Layer.Sluice(subspaces, List.toArray stages)

    /// A stitch matrix for every channel.
    let perChannel (layer: StitchLayer) = layer.PerChannel()

    /// An output that is a learned mixture over stages.
    let withStageMixture (layer: StitchLayer) = layer.WithStageMixture()

    /// A penalty of that factor on subspaces of a task that are not orthogonal.
    let withOrthogonality (factor: float) (layer: StitchLayer) = layer.WithOrthogonality factor

    /// MTAN: shared stages, and a mask per task on each.
    let taskAttention (stages: Block list) = Layer.Attention(List.toArray stages)

    /// Max pooling of that side between the stages of MTAN.
    let pooledBetween (side: int) (layer: AttentionLayer) = layer.WithPooling(int64 side)

    /// MTAN without its masks: hard sharing.
    let withoutMasks (layer: AttentionLayer) = layer.WithoutMasks()

    /// Learning to branch: tasks choose their path through so many nodes per stage.
    let branching (nodes: int) (stages: Block list) = Layer.Branching(nodes, List.toArray stages)

    /// The temperature of the choice of branches.
    let withTemperature (temperature: float) (layer: BranchingLayer) = layer.WithTemperature temperature

    /// Experts after every stage and a memory per task (TaskExpert): `expertMemory 3 (mlp [ 8 ]) (linear 8) [ mlp [ 8 ] ]`.
    let expertMemory (count: int) (expert: Block) (write: Block) (stages: Block list) =
        Layer.Memory(count, expert, write, List.toArray stages)

    /// Another gate over experts and memory.
    let withGate (gate: Gate) (layer: MemoryLayer) = layer.WithGate gate

    /// The gate does not mix in the memory.
    let withoutReading (layer: MemoryLayer) = layer.WithoutReading()

    /// A way of sharing of your own: number of tasks and shape before it → a module, per task [batch, ...] → per task [batch, ...output].
    let ownLayer name (output: int list) (make: int -> Shape -> #torch.nn.Module<torch.Tensor[], torch.Tensor[]>) =
        Layer.Of(name, shape output, (fun tasks input -> make tasks input :> _))
