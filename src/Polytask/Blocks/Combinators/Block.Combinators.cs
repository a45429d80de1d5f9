namespace Polytask;

public abstract partial record Block
{
    /// <summary>This block, then <paramref name="next"/>.</summary>
    public Block Then(Block next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new Chain([.. this is Chain head ? head.Blocks : [this], .. next is Chain tail ? tail.Blocks : [next]]);
    }

    /// <summary>This block several times one after the other, each with weights of its own.</summary>
    /// <param name="times">At least 1.</param>
    public Block Repeat(int times) => new Repeat(this, times);

    /// <summary>
    /// One module wherever this value stands: every place of a model that holds it computes with the same weights, which count once, have gradients
    /// from all places, and appear in the state dictionary under each place's name. Two models never share, nor do the copies of
    /// <see cref="Model.SingleTask"/>: within each copy the places share, across the copies nothing does. Another call of Shared makes another module.
    /// </summary>
    public Block Shared() => this as Shared ?? new Shared(this);

    /// <summary>
    /// The same block without training: its parameters keep their values, dropout is off and batch normalisation uses its running statistics, also
    /// while the rest trains. Gradients pass through to what comes before. A shared block is frozen at all its places.
    /// </summary>
    public Block Freeze() => this as Frozen ?? new Frozen(this);

    /// <summary>
    /// The same block with weights drawn from N(0, deviation²) and biases of 0; factors of normalisation layers stay 1. In a transformer of L layers
    /// the outputs that are added to the residual stream are divided by √(2L) as in GPT-2 (Radford et al. 2019, section 2.3).
    /// </summary>
    /// <param name="deviation">Above 0.</param>
    public Block InitialisedNormal(double deviation) => new Initialised(this, deviation);

    /// <summary>
    /// x + f(x) (He et al., CVPR 2016, equations 1 and 2). Where f gives another shape, x passes through a learned linear projection: over features, over
    /// the channels of a sequence, or a 1x1 convolution, with a stride where f makes an image smaller by a whole factor.
    /// </summary>
    public static Residual Residual(Block inner) => new(NotNull(inner));

    /// <summary>
    /// A bottleneck adapter (Houlsby et al., ICML 2019, section 2.1): h + W_up act(W_down h + b_down) + b_up over the last dimension, of size h, with
    /// 2hm + h + m parameters. W_up and b_up start at 0, so that it starts as the identity. In a trunk that is trained already it stands in
    /// <see cref="Layer.PerTask"/>.
    /// </summary>
    /// <param name="bottleneck">m, far below h.</param>
    public static AdapterBlock Adapter(long bottleneck) => new(bottleneck);

    /// <summary>
    /// The same input through several blocks, their outputs side by side: features, the channels of a sequence [length, channels], or the channels of
    /// an image. See <see cref="ParallelBlocks.Summed"/> for the sum.
    /// </summary>
    public static ParallelBlocks Parallel(params Block[] branches) => new(branches);

    /// <summary>The features cut into parts one after the other, each part through its own block, the outputs (flattened) side by side.</summary>
    /// <param name="parts">For each part its number of features and its block.</param>
    public static Block Split(params (long Features, Block Block)[] parts) => new Split([.. parts]);

    /// <summary>
    /// One of several blocks, chosen row by row by a feature that holds its number, 0 .. branches - 1; the chosen block reads the other features.
    /// A branch that no row of a batch chooses has no gradient in that step.
    /// </summary>
    /// <param name="column">The feature that chooses.</param>
    /// <param name="branches">The blocks, all with outputs of the same shape.</param>
    public static Block Choose(int column, params Block[] branches) => new Choose(column, [.. branches]);

    /// <summary>A block of flat inputs applied to every token of [tokens, width] alike.</summary>
    public static Block PerToken(Block inner) => new PerToken(NotNull(inner));

    /// <summary>The mean, maximum or sum over the positions of a sequence [length, channels] or the pixels of an image [channels, height, width].</summary>
    public static Block GlobalPool(Pooling kind = Pooling.Mean) => new GlobalPool(kind);

    /// <summary>One position of a sequence: [tokens, width] → [width].</summary>
    /// <param name="index">From 0; a negative one counts from the end.</param>
    public static Block Token(int index) => new Token(index);

    /// <summary>All values as one vector of features.</summary>
    public static Block Flatten() => new Reshape(null);

    /// <summary>The same values in another shape, in row-major order.</summary>
    public static Block Reshape(params long[] dimensions) => new Reshape(Shape.Of(dimensions));

    private static Block NotNull(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block;
    }
}
