using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A layer of a module, by its name there ("" where the module itself is the layer).</summary>
internal sealed record AdaptedLayer(string Name, nn.Module<Tensor, Tensor> Module)
{
    /// <summary>The layer in messages.</summary>
    public string Place => Name.Length == 0 ? $"the module {Module.GetName()}" : $"layer '{Name}'";

    /// <summary>The weight of a linear or convolutional layer.</summary>
    public Parameter Weight => WeightedLayer.Weight(Module);

    /// <summary>m, the outputs of a row or pixel.</summary>
    public long Outputs => Weight.shape[0];

    /// <summary>n, the numbers that an output reads: the weight as a matrix is [m, n].</summary>
    public long Inputs => Weight.NumberOfElements / Outputs;

    /// <summary>A trained tensor of the type and on the device that the layer has.</summary>
    public Parameter Like(Tensor values)
    {
        var own = Module.parameters().FirstOrDefault();
        return new(own is null ? values : values.to(own.dtype, own.device));
    }
}
