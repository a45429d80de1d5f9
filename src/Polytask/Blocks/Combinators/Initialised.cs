using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A block with normal weights; see <see cref="Block.InitialisedNormal"/>.</summary>
internal sealed record Initialised : Block
{
    public Initialised(Block inner, double deviation)
    {
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new DeclarationException(FormattableString.Invariant($"initial weights need a standard deviation above 0, but got {deviation}"));
        (Inner, Deviation) = (inner, deviation);
    }

    public Block Inner { get; }

    public double Deviation { get; }

    public override string Name => Inner.Name;

    public override string Describe() => FormattableString.Invariant($"{Inner}, weights from N(0, {Deviation}²)");

    public override Shape Output(Shape input, string place) => Inner.Output(input, place);

    internal override void Check(string task, string split, Tensor inputs) => Inner.Check(task, split, inputs);

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        var module = Inner.Build(input);
        Draw(module, Deviation);
        using var untracked = no_grad();
        foreach (var part in module.named_modules().Select(pair => pair.module).Prepend(module))
        {
            if (part is TransformerModule transformer) transformer.ScaleResidualOutputs();
            else if (part is TokensModule tokens) tokens.ForgetPadding();
        }
        return module;
    }

    /// <summary>Weights (parameters of two or more dimensions) from N(0, deviation²), biases 0, all else as it is.</summary>
    public static void Draw(nn.Module module, double deviation)
    {
        using var untracked = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (name.EndsWith("bias", StringComparison.Ordinal)) nn.init.zeros_(parameter);
            else if (parameter.dim() > 1) nn.init.normal_(parameter, 0, deviation);
        }
    }
}
