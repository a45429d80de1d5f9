using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A block for each token; see <see cref="Block.PerToken"/>.</summary>
internal sealed record PerToken(Block Inner) : Block
{
    public override string Name => Inner.Name;

    public override string Describe() => $"per token ({Inner})";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a block per token", place);
        var output = Inner.Output(Shape.Of(input[1]), place);
        return output.IsFlat
            ? Shape.Of(input[0], output[0])
            : throw new DeclarationException($"{place}: a block per token gives features, but '{Inner.Name}' gives {output}");
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new PerTokenModule(Inner.Build(Shape.Of(input[1])));
}

internal sealed class PerTokenModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly nn.Module<Tensor, Tensor> block;

    public PerTokenModule(nn.Module<Tensor, Tensor> block) : base("per_token")
    {
        this.block = block;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => block.call(x.flatten(0, 1)).reshape(x.shape[0], x.shape[1], -1);

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) => (call(x), hidden);
}
