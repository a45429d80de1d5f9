using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>s (U act(D z + d) + u), where z is the layer's output or its input; U and u are zero at the start.</summary>
internal sealed class BottleneckUpdate : LayerAdapter
{
    private readonly TorchSharp.Modules.Linear down;
    private readonly TorchSharp.Modules.Linear up;
    private readonly Func<AdaptedLayer> layer;
    private readonly Activation activation;
    private readonly double scale;
    private readonly bool isAfter;

    public BottleneckUpdate(
        string name, AdaptedLayer layer, long inputs, long outputs, long bottleneck, Activation activation, double scale, bool isAfter) : base(name)
    {
        (this.layer, this.activation, this.scale, this.isAfter) = (() => layer, activation, scale, isAfter);
        var own = layer.Module.parameters().FirstOrDefault();
        down = nn.Linear(inputs, bottleneck, dtype: own?.dtype, device: own?.device);
        up = nn.Linear(bottleneck, outputs, dtype: own?.dtype, device: own?.device);
        nn.init.zeros_(up.weight!);
        nn.init.zeros_(up.bias!);
        RegisterComponents();
    }

    public override long? Width => up.out_features;

    public override string Obstacle => activation != Activation.None ? $"it passes through {activation.Label()}" : "the layer is no linear map";

    public override Tensor Update(LayerCall call)
    {
        var read = isAfter ? call.Output : call.Input;
        if (read.shape[^1] != down.in_features)
            throw new ArgumentException($"{GetName()} adapter at {layer().Place} is made for [..., {down.in_features}], but gets "
                + $"[{string.Join(", ", read.shape)}]");
        var update = up.call(activation.Apply(down.call(read)));
        return scale == 1 ? update : update.mul(scale);
    }

    // Without an activation: U (D z + d) + u, and z = W x + b of a bottleneck after the layer.
    public override (Tensor Weight, Tensor? Bias)? Change(int task)
    {
        if (activation != Activation.None || layer().Module is not TorchSharp.Modules.Linear linear) return null;
        var product = up.weight!.matmul(down.weight!).mul(scale);
        var constant = up.weight!.mv(down.bias!).add(up.bias!).mul(scale);
        if (!isAfter) return (product, constant);
        return (product.matmul(linear.weight!), linear.bias is { } bias ? product.mv(bias).add(constant) : constant);
    }
}
