namespace Polytask.FSharp

open Polytask

/// Blocks for sets and graphs.
[<AutoOpen>]
module SetAndGraphBlocks =

    /// Each member through one block, pooled, then another block (Deep Sets).
    let deepSets (each: Block) (after: Block) (pooling: Pooling) = Block.DeepSets(each, after, pooling)

    /// Attention through learned points (Set Transformer): `inducedAttention 8 2` for eight points and two heads.
    let inducedAttention (inducing: int) (heads: int) = Block.InducedAttention(inducing, heads)

    /// A set pooled into so many vectors by attention.
    let poolingAttention (seeds: int) (heads: int) = Block.PoolingAttention(seeds, heads)

    /// A graph of numbered nodes, from 0: `graph 3 [ 0, 1; 1, 2 ]`.
    let graph (nodes: int) (edges: (int * int) list) = Graph.Of(nodes, [| for first, second in edges -> struct (first, second) |])

    /// Graph convolutions (Kipf and Welling) over one graph for all examples.
    let gcnOn (graph: Graph) (units: int list) = Block.Gcn(graph, longs units)

    /// Graph convolutions over a graph that every example brings along.
    let gcn (units: int list) = Block.Gcn(longs units)

    /// Message passing over one graph for all examples.
    let messagePassingOn (graph: Graph) (message: Block) (update: Block) = Block.MessagePassing(graph, message, update)

    /// Message passing over a graph that every example brings along.
    let messagePassing (message: Block) (update: Block) = Block.MessagePassing(message, update)

    /// How the messages of a node are pooled.
    let withPooling (pooling: Pooling) (block: MessagePassing) = block.WithPooling pooling
