namespace Polytask.FSharp

open Polytask

/// Blocks for sequences, tokens x width.
[<AutoOpen>]
module SequenceBlocks =

    /// Gated recurrent units over a sequence.
    let gru (units: int) = Block.Gru(int64 units)

    /// Long short-term memory over a sequence.
    let lstm (units: int) = Block.Lstm(int64 units)

    /// Reads the sequence in both directions.
    let bidirectional (network: Recurrent) = network.Bidirectional()

    /// Gives the state after the whole sequence instead of all outputs.
    let inline lastState (network: ^b) : ^b = (^b: (member LastState: unit -> ^b) network)

    /// So many recurrent layers on top of each other.
    let withLayers (count: int) (network: Recurrent) =
        let stacked = if network.Name = "gru" then Block.Gru(network.Units, count) else Block.Lstm(network.Units, count)
        let stacked = if network.IsBidirectional then stacked.Bidirectional() else stacked
        if network.GivesLastState then stacked.LastState() else stacked

    /// A temporal convolutional network of causal, dilated convolutions of that kernel: `tcn 3 [ 32; 32 ]`.
    let tcn (kernel: int) (channels: int list) = Block.Tcn(longs channels, int64 kernel)

    /// Weight normalisation of the causal convolutions.
    let withWeightNorm (network: Tcn) = network.WithWeightNorm()

    /// Learned vectors of that width for token numbers.
    let tokens (vocabulary: int) (width: int) = Block.Tokens(int64 vocabulary, int64 width)

    /// That token is padding, which nothing looks at.
    let withPadding (token: int) (block: Tokens) = block.WithPadding(int64 token)

    /// Positions added to tokens.
    let positions (encoding: PositionEncoding) = Block.Positions encoding

    /// So many learned tokens in front of the others.
    let extraTokens (count: int) = Block.ExtraTokens count
