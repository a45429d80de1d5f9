using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A linear or convolutional layer whose weight is computed at each call from other tensors, which are trained in its place. The layer that it was made from
/// gives its bias and its options; it must not be used any more until <see cref="Remove"/> gives it back.
/// </summary>
public abstract class ComputedWeight : nn.Module<Tensor, Tensor>
{
    // It is no child: its weight takes no part. Behind a function, where registration does not look for modules.
    private readonly Func<nn.Module<Tensor, Tensor>> layer;
    private readonly Func<Tensor, Tensor, Tensor?, Tensor> function;
    private readonly Parameter? bias;

    private protected ComputedWeight(string name, nn.Module<Tensor, Tensor> layer) : base(name)
    {
        this.layer = () => layer;
        function = WeightedLayer.Function(layer);
        bias = layer.get_parameter("bias");
        if (bias is not null) register_parameter("bias", bias);
        train(layer.training);
    }

    /// <summary>The layer's weight as it is now, with its gradient's path.</summary>
    public abstract Tensor Weight();

    public override Tensor forward(Tensor input)
    {
        using var weight = Weight();
        return function(input, weight, bias);
    }

    /// <summary>The products of a pass from that input to that output, without those that the weight itself takes.</summary>
    internal long MultiplyAdds(Tensor input, Tensor output)
    {
        using var weight = Weight();
        // A transposed convolution spreads each value of its input; the others gather each of their output.
        return (WeightedLayer.OutputDimension(layer()) == 1 ? input : output).numel() * (weight.numel() / weight.shape[0]);
    }

    /// <summary>The layer with the weight as it is now, to be used in place of this module.</summary>
    public nn.Module<Tensor, Tensor> Remove()
    {
        var original = layer();
        using var _ = no_grad();
        using var weight = Weight();
        using var own = WeightedLayer.Weight(original).detach();
        own.copy_(weight);
        original.train(training);
        return original;
    }
}
