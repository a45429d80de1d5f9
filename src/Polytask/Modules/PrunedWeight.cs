using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A layer with parts of its weight held at zero by a mask. The trained parameter is weight_orig, the mask of zeros and ones is the buffer weight_mask, as in
/// PyTorch; what the mask leaves out gets no gradient. <see cref="Prune"/> makes it.
/// </summary>
public sealed class PrunedWeight : ComputedWeight
{
    private readonly Parameter weight_orig;
    private readonly Tensor weight_mask;

    internal PrunedWeight(nn.Module<Tensor, Tensor> layer, Tensor mask) : base(nameof(PrunedWeight), layer)
    {
        var weight = WeightedLayer.Weight(layer);
        if (!mask.shape.AsSpan().SequenceEqual(weight.shape))
            throw new ArgumentException($"the mask must have the weight's shape [{string.Join(", ", weight.shape)}], but has [{string.Join(", ", mask.shape)}]", nameof(mask));
        using var _ = no_grad();
        weight_orig = nn.Parameter(weight.detach().clone());
        weight_mask = mask.to(weight.dtype, weight.device).clone();
        RegisterComponents();
    }

    /// <summary>The zeros and ones that the weight is multiplied by.</summary>
    public Tensor Mask => weight_mask;

    /// <summary>The part of the weight that is held at zero, from 0 to 1.</summary>
    public double Sparsity
    {
        get
        {
            using var _ = no_grad();
            using var mean = weight_mask.mean();
            using var precise = mean.to(ScalarType.Float64);
            return 1 - precise.item<double>();
        }
    }

    public override Tensor Weight() => weight_orig.mul(weight_mask);

    /// <summary>The trained values, those behind the mask too.</summary>
    internal Tensor Original => weight_orig;

    /// <summary>Takes away what another mask leaves out as well.</summary>
    internal PrunedWeight Restrict(Tensor mask)
    {
        using var _ = no_grad();
        weight_mask.mul_(mask);
        return this;
    }
}
