using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Trains scale and shift of batch normalisation alone (Frankle, Schwab and Morcos, ICLR 2021), 2 numbers for each channel, everywhere or at
    /// the layers of <see cref="At"/>. With tasks each has its own, and its own running statistics; where none is chosen the module then has
    /// those that it had.
    /// </summary>
    public static Adapter BatchNormOnly() => new BatchNormOnly();
}

internal sealed record BatchNormOnly : SelectiveAdapter
{
    public override string Name => "batch norm only";

    public override string Describe() => Name;

    private protected override string What => "batch normalisation with scale and shift";

    private protected override bool Trains(nn.Module owner, string parameter) => owner is NormBase;
}
