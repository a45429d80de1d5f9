using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One position of a sequence; see <see cref="Block.Token"/>.</summary>
internal sealed record Token(int Index) : Block
{
    public override string Name => "token";

    public override string Describe() => $"token {Index}";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "picking a token", place);
        return Index < input[0] && Index >= -input[0]
            ? Shape.Of(input[1])
            : throw new DeclarationException($"{place}: token {Index} was asked for, but there are {input[0]} tokens, 0 to {input[0] - 1}");
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TokenModule(Index);
}

internal sealed class TokenModule(int index) : nn.Module<Tensor, Tensor>("token")
{
    public override Tensor forward(Tensor x) => x.select(1, index);
}
