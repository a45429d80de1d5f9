using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Updates W x + ΔW x of a linear map, or of a convolution with its weight read as a matrix [m, n], where ΔW is a sum of products B A of low
/// rank. A product costs r (m + n) operations for a row or pixel.
/// </summary>
internal abstract class LowRankUpdate(string name, AdaptedLayer layer, double dropout) : LayerAdapter(name)
{
    // Behind functions, where registration does not look for modules and parameters.
    private readonly Func<AdaptedLayer> layer = () => layer;
    private readonly Func<Tensor, Tensor, Tensor?, Tensor> function = WeightedLayer.Function(layer.Module);
    private readonly bool isGrouped = layer.Module is TorchSharp.Modules.Convolution { groups: > 1 };

    /// <summary>A [r, n] and B [m, r] of each product, the scale within B.</summary>
    protected abstract IEnumerable<(Tensor A, Tensor B)> Products(int task, bool training);

    public override Tensor Update(LayerCall call)
    {
        var x = dropout > 0 ? nn.functional.dropout(call.Input, dropout, call.Training) : call.Input;
        return Products(call.Task, call.Training).Select(product => Through(x, product.A, product.B)).Aggregate((sum, next) => sum.add(next));
    }

    public override (Tensor Weight, Tensor? Bias)? Change(int task) => (Products(task, training: false)
        .Select(product => product.B.matmul(product.A)).Aggregate((sum, next) => sum.add(next)).reshape(layer().Weight.shape), null);

    /// <summary>Refuses a rank that a weight cannot have.</summary>
    public static long CheckedRank(long rank, AdaptedLayer layer, string name) => rank <= Math.Min(layer.Inputs, layer.Outputs)
        ? rank
        : throw new DeclarationException($"{name}: a change of rank {rank} does not fit {layer.Place}, whose weight of "
            + $"{layer.Outputs} x {layer.Inputs} has at most rank {Math.Min(layer.Inputs, layer.Outputs)}; lower the rank, or "
            + "choose layers with .At(...)");

    // A convolution first with the r filters of A, then with B at each pixel.
    private Tensor Through(Tensor x, Tensor a, Tensor b)
    {
        var shape = layer().Weight.shape;
        if (shape.Length == 2) return nn.functional.linear(nn.functional.linear(x, a), b);
        if (isGrouped) return function(x, b.matmul(a).reshape(shape), null);
        var low = function(x, a.reshape([a.shape[0], .. shape[1..]]), null);
        var channels = low.dim() - (shape.Length - 1);
        return nn.functional.linear(low.movedim([channels], [-1]), b).movedim([-1], [channels]);
    }
}
