namespace Polytask;

public abstract partial record Block
{
    /// <summary>
    /// Deep Sets (Zaheer et al., NeurIPS 2017): the same block on every element, pooled, then another: [elements, features] → what
    /// <paramref name="after"/> gives, whatever the elements' order.
    /// </summary>
    public static Block DeepSets(Block each, Block after, Pooling pooling = Pooling.Sum) => PerToken(each).Then(GlobalPool(pooling)).Then(after);

    /// <summary>
    /// Attention among the elements of a set by way of a few learned vectors, ISAB of the Set Transformer (Lee et al., ICML 2019, equations 9 and 10):
    /// [elements, width] → [elements, width], at a cost of elements x inducing.
    /// </summary>
    /// <param name="inducing">The number of learned vectors.</param>
    /// <param name="heads">The heads of the attention.</param>
    public static Block InducedAttention(int inducing, int heads) => new InducedAttention(inducing, heads);

    /// <summary>
    /// Pooling by attention, PMA of the Set Transformer (Lee et al., ICML 2019, equation 11): learned queries look at the set,
    /// [elements, width] → [seeds, width], whatever the elements' order.
    /// </summary>
    /// <param name="seeds">The number of learned queries.</param>
    /// <param name="heads">The heads of the attention.</param>
    public static Block PoolingAttention(int seeds, int heads) => new PoolingAttention(seeds, heads);
}
