namespace Polytask.FSharp

open Polytask

/// Attention, transformers and what can stand in attention's place.
[<AutoOpen>]
module AttentionBlocks =

    /// Self-attention of so many heads.
    let attention (heads: int) = Block.Attention heads

    /// Another width of each head.
    let withHeadWidth (width: int) (block: Attention) = block.WithHeadWidth(int64 width)

    /// A transformer of that many layers and heads: `transformer 2 4 |> causal |> withDropout 0.1`.
    let transformer (layers: int) (heads: int) = Block.Transformer(layers, heads)

    /// A transformer with a block of your own choice as its mixer: `mixedBy (tokenMlp 16) 2`.
    let mixedBy (mixer: Block) (layers: int) = Block.Transformer(layers, mixer)

    /// A decoder: the first `length` tokens of the input go through the encoder, and the others attend to what it gives.
    let attendingTo (encoder: Block) (length: int) (heads: int) (decoder: Transformer) = decoder.AttendingTo(encoder, int64 length, heads)

    /// A depthwise convolution over tokens, of an odd kernel.
    let tokenConv (kernel: int) = Block.TokenConv(int64 kernel)

    /// A depthwise convolution that reads a token and those before it.
    let causalTokenConv (kernel: int) = Block.TokenConv(int64 kernel, true)

    /// An mlp over the tokens of each feature (MLP-Mixer).
    let tokenMlp (hidden: int) = Block.TokenMlp(int64 hidden)

    /// Tokens in named groups, one after the other: `attentionMask [ "task", 2; "column", 10 ] |> hide "task" "column"`.
    let attentionMask (groups: (string * int) list) = AttentionMask.Over [| for name, count in groups -> struct (name, count) |]

    /// Hides a group of tokens from another.
    let hide (hidden: string) (from: string) (mask: AttentionMask) = mask.Hide(hidden, from)
