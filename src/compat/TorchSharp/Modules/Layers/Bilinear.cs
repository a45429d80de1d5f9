using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>y = x₁ᵀ W x₂ + b for x₁ of shape [..., in1_features] and x₂ of [..., in2_features]; W is [out_features, in1_features, in2_features].</summary>
public sealed class Bilinear : nn.Module<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal Bilinear(long in1_features, long in2_features, long out_features, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Bilinear))
    {
        (this.in1_features, this.in2_features, this.out_features) = (in1_features, in2_features, out_features);
        _weight = new Parameter(empty([out_features, in1_features, in2_features], dtype: dtype, device: device));
        ConditionallyRegisterParameter(nameof(weight), _weight);
        var bound = 1 / Math.Sqrt(in1_features);
        nn.init.uniform_(_weight, -bound, bound);
        if (!hasBias) return;
        bias = new Parameter(empty(out_features, dtype: dtype, device: device));
        nn.init.uniform_(_bias!, -bound, bound);
    }

    public long in1_features { get; set; }

    public long in2_features { get; set; }

    public long out_features { get; set; }

    public Parameter weight
    {
        get => _weight;
        set => ConditionallyRegisterParameter(nameof(weight), _weight = value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => ConditionallyRegisterParameter(nameof(bias), _bias = value);
    }

    public override Tensor forward(Tensor input1, Tensor input2) => nn.functional.bilinear(input1, input2, _weight, _bias);
}
