using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A layer whose weight is divided by its largest singular value, which a step of the power method at each call in training follows: Miyato et al. (2018),
/// algorithm 1. The trained parameter is weight_orig; weight_u and weight_v are buffers, as in PyTorch.
/// </summary>
public sealed class SpectralNorm : ComputedWeight
{
    private readonly Parameter weight_orig;
    private readonly Tensor weight_u;
    private readonly Tensor weight_v;
    private readonly int dimension;
    private readonly int iterations;
    private readonly double eps;

    private SpectralNorm(nn.Module<Tensor, Tensor> layer, int iterations, double eps, int? dimension) : base(nameof(SpectralNorm), layer)
    {
        if (iterations <= 0) throw new ArgumentException($"spectral norm needs at least one step of the power method, but got {iterations}", nameof(iterations));
        (this.iterations, this.eps) = (iterations, eps);
        var weight = WeightedLayer.Weight(layer);
        this.dimension = dimension ?? WeightedLayer.OutputDimension(layer);
        if (this.dimension < 0 || this.dimension >= weight.dim())
            throw new ArgumentException($"the weight has {weight.dim()} dimensions, so there is no dimension {dimension}", nameof(dimension));
        using var _ = no_grad();
        weight_orig = nn.Parameter(weight.detach().clone());
        using var matrix = Matrix();
        using var u = randn_like(matrix.select(1, 0));
        using var v = randn_like(matrix.select(0, 0));
        weight_u = nn.functional.normalize(u, dim: 0, eps: eps);
        weight_v = nn.functional.normalize(v, dim: 0, eps: eps);
        RegisterComponents();
    }

    /// <summary>Wraps a linear or convolutional layer.</summary>
    /// <param name="layer">The layer; its weight is copied, its bias is shared.</param>
    /// <param name="iterations">Steps of the power method at each call in training.</param>
    /// <param name="eps">The least length to divide by.</param>
    /// <param name="dimension">The weight's dimension of the outputs; null for the layer's own.</param>
    public static SpectralNorm Of(nn.Module<Tensor, Tensor> layer, int iterations = 1, double eps = 1e-12, int? dimension = null) => new(layer, iterations, eps, dimension);

    public override Tensor Weight()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix();
        if (training)
        {
            using (no_grad())
            {
                var transposed = matrix.t();
                for (var k = 0; k < iterations; k++)
                {
                    weight_v.copy_(nn.functional.normalize(transposed.mv(weight_u), dim: 0, eps: eps));
                    weight_u.copy_(nn.functional.normalize(matrix.mv(weight_v), dim: 0, eps: eps));
                }
            }
        }
        // Copies, because the next call changes the vectors in place while this one's gradient may still need them.
        var sigma = weight_u.clone().dot(matrix.mv(weight_v.clone()));
        return weight_orig.div(sigma).MoveToOuterDisposeScope();
    }

    /// <summary>The weight with a row for each output, the other dimensions in their order.</summary>
    private Tensor Matrix()
    {
        long[] order = [dimension, .. Enumerable.Range(0, (int)weight_orig.dim()).Where(k => k != dimension).Select(k => (long)k)];
        using var ordered = weight_orig.permute(order);
        return ordered.flatten(1);
    }
}
