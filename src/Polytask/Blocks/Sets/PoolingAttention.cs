using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>PMA(X) = MAB(S, ReLU(W X + b)); see <see cref="Block.PoolingAttention"/>.</summary>
internal sealed record PoolingAttention : Block
{
    public PoolingAttention(int seeds, int heads)
    {
        if (seeds < 1) throw new DeclarationException($"pooling by attention needs at least 1 seed, but got {seeds}");
        (Seeds, Heads) = (seeds, new Attention(heads).Heads);
    }

    public int Seeds { get; }

    public int Heads { get; }

    public override string Name => "pooling attention";

    public override string Describe() => $"attention to {(Seeds == 1 ? "1 seed" : $"{Seeds} seeds")}, {Heads} heads";

    public override Shape Output(Shape input, string place) => Shape.Of(Seeds, new Attention(Heads).Output(input, place)[1]);

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new PoolingAttentionModule(input[1], this);
}

internal sealed class PoolingAttentionModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly Parameter seeds;
    private readonly TorchSharp.Modules.Linear linear;
    private readonly SetAttention attention;

    public PoolingAttentionModule(long width, PoolingAttention spec) : base("pooling_attention")
    {
        seeds = SetAttention.Vectors(spec.Seeds, width);
        (linear, attention) = (nn.Linear(width, width), new(width, spec.Heads));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => Forward(x, null).Output;

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) =>
        (attention.Forward(seeds.expand(x.shape[0], -1, -1), linear.call(x).relu(), hidden), null);
}
