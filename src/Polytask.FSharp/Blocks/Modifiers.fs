namespace Polytask.FSharp

open Polytask

/// What can be said of several kinds of blocks, gates or layers with `|>`; the compiler refuses a kind that it cannot be said of.
[<AutoOpen>]
module Modifiers =

    /// Another non-linearity: `mlp [ 64 ] |> withActivation Activation.Tanh`.
    let inline withActivation (activation: Activation) (block: ^b) : ^b = (^b: (member WithActivation: Activation -> ^b) (block, activation))

    /// Dropout after each layer: `mlp [ 64 ] |> withDropout 0.2`.
    let inline withDropout (probability: float) (block: ^b) : ^b = (^b: (member WithDropout: float -> ^b) (block, probability))

    /// No non-linearity after the last layer.
    let inline withLinearOutput (block: ^b) : ^b = (^b: (member WithLinearOutput: unit -> ^b) block)

    /// Another width of the hidden layer: of a transformer, a tabular transformer or a softmax gate.
    let inline withHidden (units: int) (part: ^p) : ^p = (^p: (member WithHidden: int64 -> ^p) (part, int64 units))

    /// What attention may not look at: an `attentionMask`, or the `TaskTokenMask` of a tabular transformer.
    let inline withMask (mask: ^m) (block: ^b) : ^b = (^b: (member WithMask: ^m -> ^b) (block, mask))

    /// Attention looks at what came before only.
    let inline causal (block: ^b) : ^b = (^b: (member Causal: unit -> ^b) block)

    /// Attention with rotary positions.
    let inline rotary (block: ^b) : ^b = (^b: (member Rotary: unit -> ^b) block)

    /// One gate for all tasks (OMoE): `softmax |> sharedByAll`.
    let inline sharedByAll (gate: ^g) : ^g = (^g: (member Shared: unit -> ^g) gate)
