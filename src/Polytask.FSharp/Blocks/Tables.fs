namespace Polytask.FSharp

open Polytask

/// Blocks for the columns of a table; a cardinality of 0 is a numeric column: `people.Cardinalities`.
[<AutoOpen>]
module TableBlocks =

    /// Learned vectors of the given length for categorical columns: `embed people.Cardinalities 4`.
    let embed (cardinalities: int64 seq) (dimension: int) = Block.Embed(cardinalities, int64 dimension)

    /// A token of that width for every column.
    let featureTokens (cardinalities: int64 seq) (width: int) = Block.FeatureTokens(cardinalities, int64 width)

    /// A weight for each field of fields x width, between 0 and 2: `fieldGate (flatten >-> (mlp [ 8; 16 ] |> withLinearOutput))`.
    let fieldGate (score: Block) = Block.FieldGate score

    /// Weights of fields between 0 and another limit.
    let upTo (limit: float) (gate: FieldGate) = gate.UpTo limit

    /// A transformer over rows and columns with a token per task (MultiTab-Net): `tabular people.Cardinalities 2 16`.
    let tabular (cardinalities: int64 seq) (tasks: int) (width: int) = Block.Tabular(cardinalities, tasks, int64 width)

    /// How many times attention over columns and over rows alternates.
    let withDepth (blocks: int) (network: Tabular) = network.WithDepth blocks

    /// The heads of both kinds of attention.
    let withHeads (heads: int) (network: Tabular) = network.WithHeads heads

    /// No attention over rows.
    let withoutRowAttention (network: Tabular) = network.WithoutRowAttention()

    /// Rotary positions over rows.
    let withRotaryRows (network: Tabular) = network.WithRotaryRows()
