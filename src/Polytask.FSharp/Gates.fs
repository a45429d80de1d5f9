namespace Polytask.FSharp

open Polytask
open TorchSharp

/// How tasks mix experts.
[<AutoOpen>]
module Gates =

    /// A softmax gate per task (MMoE): `softmax |> withHidden 16`, `softmax |> sharedByAll`.
    let softmax = Gate.Softmax()

    /// The gate starts at exactly 1/E for every expert.
    let zeroInitialised (gate: SoftmaxGate) = gate.ZeroInitialised()

    /// A logistic gate per task: experts do not compete.
    let sigmoid = Gate.Sigmoid()

    /// Weights that do not depend on the example.
    let staticGate = Gate.Static()

    /// One expert for each example, by a Gumbel-softmax of that temperature.
    let hardGate (temperature: float) = Gate.Hard temperature

    /// DSelect-k: a differentiable choice of k experts.
    let dselectK (k: int) = Gate.DSelectK k

    /// The width of DSelect-k's smooth-step.
    let withGamma (gamma: float) (gate: DSelectKGate) = gate.WithGamma gamma

    /// The factor of the entropy that DSelect-k adds to the losses.
    let withEntropyPenalty (factor: float) (gate: DSelectKGate) = gate.WithEntropyPenalty factor

    /// The k most probable experts: `topK 2 |> withCapacity 1.25 Overflow.Random |> withBalance Balance.Switch 0.01`.
    let topK (k: int) = Gate.TopK k

    /// Gaussian noise of standard deviation s / E on the logits in training.
    let withNoise (s: float) (gate: TopKGate) = gate.WithNoise s

    /// Noise whose standard deviation is learned.
    let withLearnedNoise (gate: TopKGate) = gate.WithLearnedNoise()

    /// What the router reads is multiplied by a number drawn from 1 - share to 1 + share in training.
    let withJitter (share: float) (gate: TopKGate) = gate.WithJitter share

    /// A limit to what an expert takes, and who is left out beyond it.
    let withCapacity (factor: float) (overflow: Overflow) (gate: TopKGate) = gate.WithCapacity(factor, overflow)

    /// A loss that keeps all experts in use.
    let withBalance (balance: Balance) (factor: float) (gate: TopKGate) = gate.WithBalance(balance, factor)

    /// A loss that keeps the logits small.
    let withLogitPenalty (factor: float) (gate: TopKGate) = gate.WithLogitPenalty factor

    /// Kept weights that sum to 1.
    let renormalised (gate: TopKGate) = gate.Renormalised()

    /// One router for all tasks that also reads a learned vector of the task, of that length.
    let taskConditioned (dimension: int) (gate: TopKGate) = gate.TaskConditioned(int64 dimension)

    /// A gate of your own: shape of what it reads and number of experts → a module [rows, ...] → [rows, experts].
    let ownGate name (make: Shape -> int -> #torch.nn.Module<torch.Tensor, torch.Tensor>) =
        Gate.Of(name, (fun shape experts -> make shape experts :> _))
