namespace Polytask.FSharp

open Polytask

/// The parts of a model as plain functions, to be used in `multitask` or on their own.
[<AutoOpen>]
module Parts =

    /// Fully connected layers of the given widths, each followed by ReLU.
    let mlp (units: int list) = Block.Mlp [| for width in units -> int64 width |]

    /// The same layers with another non-linearity: `mlp [64] |> withActivation Activation.Tanh`.
    let withActivation activation (layers: Mlp) = layers.WithActivation activation

    /// The same layers with dropout after each: `mlp [64] |> withDropout 0.2`.
    let withDropout (probability: float) (layers: Mlp) = layers.WithDropout probability

    /// One linear map without a non-linearity.
    let linear (units: int) : Block = Block.Linear(int64 units)

    /// 3 x 3 convolutions with ReLU, each followed by max pooling of the given side (1 for none).
    let conv (channels: int list) (pool: int) : Block = Block.Conv([| for count in channels -> int64 count |], 3L, int64 pool)

    /// Learned vectors of the given length for categorical columns: `embed people.Cardinalities 4`.
    let embed (cardinalities: int64 seq) (dimension: int) : Block = Block.Embed(cardinalities, int64 dimension)

    /// Any module of your own, by the shape of one example that it gives: `block "gru" [32] (fun () -> new Gru())`.
    let block name (output: int list) (make: unit -> #TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>) =
        Block.Of(name, Shape.Of [| for dimension in output -> int64 dimension |], (fun () -> make () :> _))

    /// One block after another: `conv [8; 16] 2 >-> mlp [64]`.
    let (>->) (first: Block) (next: Block) : Block = first.Then next

    /// A softmax gate per task (MMoE).
    let softmax = Gate.Softmax()

    /// One gate for all tasks (OMoE).
    let sharedByAll (gate: SoftmaxGate) = gate.Shared()

    /// The gate starts at exactly 1/E for every expert.
    let zeroInitialised (gate: SoftmaxGate) = gate.ZeroInitialised()

    /// The plain sum of the task losses.
    let equal = Weighting.Equal()

    /// A fixed weight per task; tasks not named have weight 1.
    let constant (weights: (string * float) list) = Weighting.Constant [| for name, weight in weights -> struct (name, weight) |]

    /// Learned task uncertainties (Kendall et al., CVPR 2018).
    let uncertainty = Weighting.Uncertainty()

    /// Focal loss (Lin et al., ICCV 2017).
    let focal (gamma: float) = Loss.Focal gamma

    /// Cross-entropy with label smoothing.
    let smoothed (share: float) = Loss.CrossEntropy share

    /// A loss of your own: output and target → the loss of each row.
    let ownLoss name (perRow: TorchSharp.torch.Tensor -> TorchSharp.torch.Tensor -> TorchSharp.torch.Tensor) =
        Loss.Of(name, (fun output target -> perRow output target))
