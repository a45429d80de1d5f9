using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>ISAB(X) = MAB(X, MAB(I, X)); see <see cref="Block.InducedAttention"/>.</summary>
internal sealed record InducedAttention : Block
{
    public InducedAttention(int inducing, int heads)
    {
        if (inducing < 1) throw new DeclarationException($"induced attention needs at least 1 learned vector, but got {inducing}");
        (Inducing, Heads) = (inducing, new Attention(heads).Heads);
    }

    public int Inducing { get; }

    public int Heads { get; }

    public override string Name => "induced attention";

    public override string Describe() => $"induced attention by {Inducing}, {Heads} heads";

    public override Shape Output(Shape input, string place) => new Attention(Heads).Output(input, place);

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new InducedAttentionModule(input[1], this);
}

internal sealed class InducedAttentionModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly Parameter inducing;
    private readonly SetAttention gather;
    private readonly SetAttention spread;

    public InducedAttentionModule(long width, InducedAttention spec) : base("induced_attention")
    {
        inducing = SetAttention.Vectors(spec.Inducing, width);
        (gather, spread) = (new(width, spec.Heads), new(width, spec.Heads));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => Forward(x, null).Output;

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) =>
        (spread.call(x, gather.Forward(inducing.expand(x.shape[0], -1, -1), x, hidden)), hidden);
}
