using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Learned tokens before those of the input; see <see cref="Block.ExtraTokens"/>.</summary>
internal sealed record ExtraTokens : Block
{
    public ExtraTokens(int count) => Count = count >= 1
        ? count
        : throw new DeclarationException($"extra tokens are at least 1, but got {count}");

    public int Count { get; }

    public override string Name => "extra tokens";

    public override string Describe() => Count == 1 ? "1 extra token" : $"{Count} extra tokens";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "adding tokens", place);
        return Shape.Of(Count + input[0], input[1]);
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new ExtraTokensModule(Count, input[1]);
}

/// <summary>Tokens drawn from N(0, 0.02²).</summary>
internal sealed class ExtraTokensModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly Parameter tokens;

    public ExtraTokensModule(long count, long width) : base("extra_tokens")
    {
        tokens = new Parameter(nn.init.normal_(empty(count, width), 0, 0.02));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => cat([tokens.expand(x.shape[0], -1, -1), x], 1);

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) => (call(x), hidden is null
        ? null
        : cat([zeros(x.shape[0], tokens.shape[0], dtype: ScalarType.Bool, device: x.device), hidden], 1));
}
