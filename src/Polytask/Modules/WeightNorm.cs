using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A layer whose weight is g · v / |v|, its length and direction trained apart: Salimans and Kingma (2016), equation 2. The parameters are weight_g and
/// weight_v, as in PyTorch.
/// </summary>
public sealed class WeightNorm : ComputedWeight
{
    private readonly Parameter weight_g;
    private readonly Parameter weight_v;
    private readonly long[] dimensions;

    private WeightNorm(nn.Module<Tensor, Tensor> layer, int? dimension) : base(nameof(WeightNorm), layer)
    {
        var weight = WeightedLayer.Weight(layer);
        var count = (int)weight.dim();
        if (dimension < -count || dimension >= count)
            throw new ArgumentException($"the weight has {count} dimensions, so there is no dimension {dimension}", nameof(dimension));
        var kept = dimension < 0 ? dimension + count : dimension;
        dimensions = [.. Enumerable.Range(0, count).Where(k => k != kept).Select(k => (long)k)];
        using var _ = no_grad();
        weight_g = nn.Parameter(Length(weight));
        weight_v = nn.Parameter(weight.detach().clone());
        RegisterComponents();
    }

    /// <summary>Wraps a linear or convolutional layer.</summary>
    /// <param name="layer">The layer; its weight is copied, its bias is shared.</param>
    /// <param name="dimension">The dimension that keeps a length for each index; null for one length of the whole weight.</param>
    public static WeightNorm Of(nn.Module<Tensor, Tensor> layer, int? dimension = 0) => new(layer, dimension);

    public override Tensor Weight()
    {
        using var length = Length(weight_v);
        using var factor = weight_g.div(length);
        return weight_v.mul(factor);
    }

    private Tensor Length(Tensor weight)
    {
        using var squares = weight.square();
        using var sum = dimensions.Length == weight.dim() ? squares.sum() : squares.sum(dimensions, true);
        return sum.sqrt();
    }
}
