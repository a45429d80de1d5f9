using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where positive, else a · x with a trained for each channel (dimension 1), or one for all: He et al. (2015).</summary>
public sealed class PReLU : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter _weight;

    internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
    {
        (this.num_parameters, this.init) = (num_parameters, init);
        _weight = new Parameter(full(num_parameters, init, dtype: dtype, device: device));
        ConditionallyRegisterParameter(nameof(weight), _weight);
    }

    public long num_parameters { get; }

    /// <summary>The initial slope.</summary>
    public double init { get; }

    public Parameter weight
    {
        get => _weight;
        set => ConditionallyRegisterParameter(nameof(weight), _weight = value);
    }

    public override Tensor forward(Tensor tensor) => nn.functional.prelu(tensor, _weight);
}
