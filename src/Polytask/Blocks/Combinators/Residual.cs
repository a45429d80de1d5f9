using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A block with a shortcut around it; see <see cref="Block.Residual"/>.</summary>
public sealed record Residual : Block
{
    internal Residual(Block inner) => Inner = inner;

    /// <summary>f of x + f(x).</summary>
    public Block Inner { get; }

    /// <summary>What follows the sum; nothing unless said.</summary>
    public Activation Activation { get; private init; } = Activation.None;

    /// <summary>The same with a non-linearity after the sum: act(x + f(x)).</summary>
    public Residual WithActivation(Activation activation) => this with { Activation = activation };

    /// <inheritdoc/>
    public override string Name => "residual";

    /// <inheritdoc/>
    public override string Describe() => $"residual ({Inner})" + (Activation == Activation.None ? "" : $" {Activation.Label()}");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        var output = Inner.Output(input, place);
        if (Stride(input, output) is null)
            throw new DeclarationException($"{place}: the residual block around '{Inner.Name}' gets {input} and gives {output}, and no projection "
                + "adds these: both must be features, sequences of one length, or images of one size or smaller by a whole factor");
        return output;
    }

    internal override void Check(string task, string split, Tensor inputs) => Inner.Check(task, split, inputs);

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        var output = Inner.Output(input, Name);
        nn.Module<Tensor, Tensor>? projection = input.Equals(output) ? null
            : input.Rank == 3 ? nn.Conv2d(input[0], output[0], 1, stride: Stride(input, output)!.Value)
            : nn.Linear(input[input.Rank - 1], output[output.Rank - 1]);
        return new ResidualModule(Inner.Build(input), projection, Activation);
    }

    // 1 where no stride is needed, null where the two cannot be added.
    private static long? Stride(Shape input, Shape output)
    {
        if (input.Equals(output)) return 1;
        if (input.Rank != output.Rank) return null;
        if (input.Rank == 1) return 1;
        if (input.Rank == 2) return input[0] == output[0] ? 1 : null;
        if (input.Rank != 3) return null;
        var stride = (input[1] + output[1] - 1) / output[1];
        long After(long size) => (size - 1) / stride + 1;
        return After(input[1]) == output[1] && After(input[2]) == output[2] ? stride : null;
    }
}

internal sealed class ResidualModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly nn.Module<Tensor, Tensor> block;
    private readonly nn.Module<Tensor, Tensor>? projection;
    private readonly Activation activation;

    public ResidualModule(nn.Module<Tensor, Tensor> block, nn.Module<Tensor, Tensor>? projection, Activation activation) : base("residual")
    {
        (this.block, this.projection, this.activation) = (block, projection, activation);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => Forward(x, null).Output;

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden)
    {
        (var added, hidden) = block.CallMasked(x, hidden);
        return (activation.Apply((projection is null ? x : projection.call(x)).add(added)), hidden);
    }
}
