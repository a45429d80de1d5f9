namespace Polytask.FSharp

open Polytask

/// Blocks made of blocks.
[<AutoOpen>]
module BlockCombinators =

    /// One block after another: `conv [ 8; 16 ] >-> mlp [ 64 ]`.
    let (>->) (first: Block) (next: Block) = first.Then next

    /// So many copies one after another, each with weights of its own.
    let repeated (times: int) (block: Block) = block.Repeat times

    /// One set of weights wherever this value is used in a model.
    let sharedWeights (block: Block) = block.Shared()

    /// Weights that keep their first values.
    let frozen (block: Block) = block.Freeze()

    /// Weights drawn from a normal distribution of that standard deviation.
    let initialisedNormal (deviation: float) (block: Block) = block.InitialisedNormal deviation

    /// x + f(x), with a linear map on x where the shapes differ.
    let residual (inner: Block) = Block.Residual inner

    /// Blocks that read the same input, their outputs side by side.
    let inParallel (branches: Block list) = Block.Parallel(List.toArray branches)

    /// Outputs of parallel blocks added up instead.
    let summed (branches: ParallelBlocks) = branches.Summed()

    /// Blocks for consecutive pieces of the features: `split [ 10, mlp [ 8 ]; 30, mlp [ 16 ] ]`.
    let split (parts: (int * Block) list) = Block.Split [| for features, part in parts -> struct (int64 features, part) |]

    /// A block for each value of a column, which says for every row which one it goes through.
    let choose (column: int) (branches: Block list) = Block.Choose(column, List.toArray branches)

    /// The block on every token alone.
    let eachToken (inner: Block) = Block.PerToken inner

    /// All tokens or all pixels pooled into one vector.
    let globalPool (kind: Pooling) = Block.GlobalPool kind

    /// One token of a sequence, numbered from 0.
    let token (index: int) = Block.Token index

    /// Everything of an example as one vector.
    let flatten = Block.Flatten()

    /// The same numbers in another shape.
    let reshape (sizes: int list) = Block.Reshape(longs sizes)
