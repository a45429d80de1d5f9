using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Layers with the values of others in memory of their own, made without drawing random numbers.</summary>
internal static class Copies
{
    [return: NotNullIfNotNull(nameof(parameter))]
    public static Parameter? Of(Parameter? parameter)
    {
        if (parameter is null) return null;
        using var _ = no_grad();
        return new Parameter(parameter.clone(), parameter.requires_grad);
    }

    public static Linear Of(Linear layer) => new(Of(layer.weight), Of(layer.bias));

    public static LayerNorm Of(LayerNorm layer)
    {
        var copy = new LayerNorm(layer.normalized_shape, layer.eps, layer.elementwise_affine, layer.bias is not null, null, null);
        (copy.weight, copy.bias) = (Of(layer.weight), Of(layer.bias));
        return copy;
    }
}
