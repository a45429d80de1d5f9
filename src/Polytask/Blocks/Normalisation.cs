using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What keeps the activations of a layer at one scale.</summary>
public enum Normalisation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Over the rows of the batch (Ioffe and Szegedy, ICML 2015); in evaluation by running statistics.</summary>
    Batch,

    /// <summary>Over the features of each row (Ba et al. 2016).</summary>
    Layer,
}

internal static class Normalisations
{
    /// <summary>The module over [batch, features].</summary>
    public static nn.Module<Tensor, Tensor> Build(this Normalisation normalisation, long features) => normalisation switch
    {
        Normalisation.Batch => nn.BatchNorm1d(features),
        Normalisation.Layer => nn.LayerNorm(features),
        _ => throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, null),
    };
}
