using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A pointwise non-linearity.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    ReLU,

    /// <summary>x * Phi(x), Phi the normal distribution function.</summary>
    GELU,

    /// <summary>x * sigmoid(x), also called Swish.</summary>
    SiLU,

    /// <summary>x where positive, else 0.01 x.</summary>
    LeakyReLU,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x itself: the layer stays linear.</summary>
    None,
}

internal static class Activations
{
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.ReLU => x.relu(),
        Activation.GELU => nn.functional.gelu(x),
        Activation.SiLU => nn.functional.silu(x),
        Activation.LeakyReLU => nn.functional.leaky_relu(x),
        Activation.Tanh => x.tanh(),
        Activation.Sigmoid => x.sigmoid(),
        Activation.None => x,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    /// <summary>The same for a tensor that nothing else reads, which may be overwritten.</summary>
    public static Tensor ApplyTo(this Activation activation, Tensor fresh) => activation switch
    {
        Activation.ReLU => fresh.relu_(),
        Activation.Tanh => fresh.tanh_(),
        Activation.Sigmoid => fresh.sigmoid_(),
        _ => activation.Apply(fresh),
    };

    public static string Label(this Activation activation) => activation == Activation.None ? "linear" : activation.ToString();
}
