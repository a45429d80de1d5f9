using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The base of the padding modules: the last dimensions widened by amounts that are given from the last dimension backwards.</summary>
public abstract class PadBase : ParameterLessModule<Tensor, Tensor>
{
    private readonly PaddingModes _mode;

    protected PadBase(string name, PaddingModes mode, double value, params long[] padding) : base(name) =>
        (_mode, this.value, this.padding) = (mode, value, padding);

    /// <summary>Before and after the last dimension, before and after the one before it, and so on.</summary>
    public long[] padding { get; set; }

    /// <summary>What the border holds, where it is constant.</summary>
    public double value { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, _mode, value);
}
