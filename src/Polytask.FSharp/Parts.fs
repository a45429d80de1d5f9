namespace Polytask.FSharp

open Polytask

/// The parts of a model as plain functions, to be used in `multitask` or on their own.
[<AutoOpen>]
module Parts =

    /// Fully connected layers of the given widths, each followed by ReLU.
    let mlp (units: int list) : Block = Block.Mlp([| for width in units -> int64 width |])

    /// One linear map without a non-linearity.
    let linear (units: int) : Block = Block.Linear(int64 units)

    /// 3 x 3 convolutions with ReLU, each followed by max pooling of the given side (1 for none).
    let conv (channels: int list) (pool: int) : Block = Block.Conv([| for count in channels -> int64 count |], 3L, int64 pool)

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
