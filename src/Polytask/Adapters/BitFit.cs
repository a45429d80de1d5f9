using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Trains the constants alone (Ben Zaken, Goldberg and Ravfogel, ACL 2022): every parameter of the module that is named bias, or with
    /// <see cref="At"/> those of the layers named there. With tasks each has its own; where none is chosen the module then has those that it had.
    /// </summary>
    public static Adapter BitFit() => new BitFit();
}

internal sealed record BitFit : SelectiveAdapter
{
    public override string Name => "bitfit";

    public override string Describe() => "bitfit";

    private protected override string What => "biases";

    private protected override bool Trains(nn.Module owner, string parameter) => parameter == "bias";
}
