using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Masks over the weights of linear and convolutional layers, after PyTorch's torch.nn.utils.prune. Each method wraps a layer; given a wrapped one, it prunes
/// among what is left. An amount is a share from 0 to 1 where it is a double, a number of elements (or of whole slices) where it is an int.
/// </summary>
public static class Prune
{
    /// <summary>Elements drawn at random.</summary>
    public static PrunedWeight RandomUnstructured(nn.Module<Tensor, Tensor> layer, double amount) => Elements(layer, values => rand_like(values).neg(), size => Share(amount, size));

    /// <inheritdoc cref="RandomUnstructured(nn.Module{Tensor, Tensor}, double)"/>
    public static PrunedWeight RandomUnstructured(nn.Module<Tensor, Tensor> layer, int amount) => Elements(layer, values => rand_like(values).neg(), size => Number(amount, size));

    /// <summary>The elements of the smallest size.</summary>
    public static PrunedWeight L1Unstructured(nn.Module<Tensor, Tensor> layer, double amount) => Elements(layer, values => values.abs(), size => Share(amount, size));

    /// <inheritdoc cref="L1Unstructured(nn.Module{Tensor, Tensor}, double)"/>
    public static PrunedWeight L1Unstructured(nn.Module<Tensor, Tensor> layer, int amount) => Elements(layer, values => values.abs(), size => Number(amount, size));

    /// <summary>Whole slices along a dimension, drawn at random.</summary>
    public static PrunedWeight RandomStructured(nn.Module<Tensor, Tensor> layer, double amount, int dimension = 0) =>
        Slices(layer, dimension, slices => rand_like(slices.select(1, 0)), size => Share(amount, size));

    /// <inheritdoc cref="RandomStructured(nn.Module{Tensor, Tensor}, double, int)"/>
    public static PrunedWeight RandomStructured(nn.Module<Tensor, Tensor> layer, int amount, int dimension = 0) =>
        Slices(layer, dimension, slices => rand_like(slices.select(1, 0)), size => Number(amount, size));

    /// <summary>The whole slices along a dimension that have the smallest norm.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="amount">How much to leave out.</param>
    /// <param name="norm">Which norm, for example 2.</param>
    /// <param name="dimension">The weight's dimension; 0 counts a linear layer's outputs, 1 its inputs.</param>
    public static PrunedWeight LnStructured(nn.Module<Tensor, Tensor> layer, double amount, double norm = 2, int dimension = 0) =>
        Slices(layer, dimension, slices => slices.norm(1, false, (float)norm), size => Share(amount, size));

    /// <inheritdoc cref="LnStructured(nn.Module{Tensor, Tensor}, double, double, int)"/>
    public static PrunedWeight LnStructured(nn.Module<Tensor, Tensor> layer, int amount, double norm = 2, int dimension = 0) =>
        Slices(layer, dimension, slices => slices.norm(1, false, (float)norm), size => Number(amount, size));

    /// <summary>A mask of the weight's shape: 0 or false where an element is held at zero.</summary>
    public static PrunedWeight Custom(nn.Module<Tensor, Tensor> layer, Tensor mask)
    {
        using var numbers = mask.to(WeightOf(layer).dtype);
        return Apply(layer, numbers);
    }

    /// <summary>Leaves out as many elements as asked for, those with the smallest scores among the ones that are left.</summary>
    private static PrunedWeight Elements(nn.Module<Tensor, Tensor> layer, Func<Tensor, Tensor> score, Func<long, long> count)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var weight = WeightOf(layer);
        var scores = score(weight);
        var left = weight.numel();
        if (layer is PrunedWeight pruned)
        {
            left = pruned.Mask.count_nonzero().item<long>();
            scores = scores.masked_fill(pruned.Mask.eq(0), double.PositiveInfinity);
        }
        var mask = ones_like(weight);
        return Apply(layer, Without(mask.reshape(-1), scores.reshape(-1), count(left)).reshape(weight.shape));
    }

    /// <summary>The same for slices; one that is masked as a whole is not left any more.</summary>
    private static PrunedWeight Slices(nn.Module<Tensor, Tensor> layer, int dimension, Func<Tensor, Tensor> score, Func<long, long> count)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var weight = WeightOf(layer);
        var dimensions = (int)weight.dim();
        if (dimension < -dimensions || dimension >= dimensions)
            throw new ArgumentException($"the weight has {dimensions} dimensions, so there is no dimension {dimension}", nameof(dimension));
        var first = dimension < 0 ? dimension + dimensions : dimension;
        var slices = weight.transpose(0, first).flatten(1);
        var scores = score(slices);
        var left = slices.shape[0];
        if (layer is PrunedWeight pruned)
        {
            var gone = pruned.Mask.transpose(0, first).flatten(1).amax([1]).eq(0);
            left -= gone.count_nonzero().item<long>();
            scores = scores.masked_fill(gone, double.PositiveInfinity);
        }
        var kept = Without(ones_like(scores), scores, count(left));
        long[] shape = [.. Enumerable.Repeat(1L, dimensions)];
        shape[first] = slices.shape[0];
        return Apply(layer, ones_like(weight).mul(kept.reshape(shape)));
    }

    private static Tensor Without(Tensor mask, Tensor scores, long count)
    {
        var (_, places) = scores.topk((int)count, 0, largest: false);
        return mask.index_fill(0, places, 0);
    }

    private static PrunedWeight Apply(nn.Module<Tensor, Tensor> layer, Tensor mask) => layer is PrunedWeight pruned ? pruned.Restrict(mask) : new PrunedWeight(layer, mask);

    private static Tensor WeightOf(nn.Module<Tensor, Tensor> layer) => layer is PrunedWeight pruned ? pruned.Original : WeightedLayer.Weight(layer);

    private static long Share(double amount, long size) => amount is >= 0 and <= 1
        ? (long)Math.Round(amount * size)
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, "a share to prune lies between 0 and 1; a number of elements is given as an int");

    private static long Number(int amount, long size) => amount >= 0 && amount <= size
        ? amount
        : throw new ArgumentOutOfRangeException(nameof(amount), amount, $"the number to prune must lie between 0 and the {size} that are left");
}
