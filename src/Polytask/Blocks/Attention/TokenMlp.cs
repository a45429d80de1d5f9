using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A perceptron over the tokens of each channel; see <see cref="Block.TokenMlp"/>.</summary>
internal sealed record TokenMlp : Block
{
    public TokenMlp(long hidden) => Hidden = hidden >= 1 ? hidden
        : throw new DeclarationException($"a token mlp has at least 1 hidden unit, but got {hidden}");

    public long Hidden { get; }

    public override string Name => "token mlp";

    public override string Describe() => $"token mlp {Hidden}";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a token mlp", place);
        return input;
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TokenMlpModule(input[0], Hidden);
}

internal sealed class TokenMlpModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear first;
    private readonly TorchSharp.Modules.Linear second;

    public TokenMlpModule(long tokens, long hidden) : base("token_mlp")
    {
        (first, second) = (nn.Linear(tokens, hidden), nn.Linear(hidden, tokens));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => second.call(nn.functional.gelu(first.call(x.transpose(1, 2)))).transpose(1, 2);
}
