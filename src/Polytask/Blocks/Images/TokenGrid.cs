using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Tokens laid out as a map again; see <see cref="Block.TokenGrid"/>.</summary>
internal sealed record TokenGrid(long? Height) : Block
{
    public override string Name => "grid";

    public override string Describe() => Height is { } height ? $"grid of {height} rows" : "grid";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a grid of tokens", place);
        var height = Height ?? (long)Math.Round(Math.Sqrt(input[0]));
        if (height >= 1 && input[0] % height == 0 && (Height is not null || height * height == input[0]))
            return Shape.Of(input[1], height, input[0] / height);
        throw new DeclarationException($"{place}: {input[0]} tokens do not fill a grid of {(Height is null ? "equal sides" : $"{height} rows")}; "
            + "say how many rows the image has in patches, and leave out extra tokens");
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TokenGridModule(Output(input, Name)[1]);
}

internal sealed class TokenGridModule(long height) : nn.Module<Tensor, Tensor>("grid")
{
    public override Tensor forward(Tensor x) => x.transpose(1, 2).unflatten(2, [height, -1]);
}
