using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One linear map, W x + b, with no non-linearity. An input that is not flat is flattened first.</summary>
public sealed record Linear : Block
{
    internal Linear(long units, bool bias)
    {
        if (units < 1) throw new DeclarationException($"a linear block needs at least 1 unit, but got {units}");
        (Units, Bias) = (units, bias);
    }

    /// <summary>The number of outputs.</summary>
    public long Units { get; }

    /// <summary>Whether a constant is added.</summary>
    public bool Bias { get; }

    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    public override string Describe() => $"linear {Units}" + (Bias ? "" : " no bias");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => Shape.Of(Units);

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => input.IsFlat
        ? nn.Linear(input[0], Units, Bias)
        : nn.Sequential(nn.Flatten(), nn.Linear(input.Count, Units, Bias));
}
