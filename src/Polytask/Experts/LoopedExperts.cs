using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Experts of any kind, one after the other.</summary>
internal sealed class LoopedExperts : ExpertModule
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> experts;

    public LoopedExperts(int count, Shape input, Block expert) : base("experts")
    {
        experts = new([.. Enumerable.Range(0, count).Select(_ => expert.Build(input))]);
        RegisterComponents();
    }

    public override int Count => experts.Count;

    public override IReadOnlyList<Tensor> Each(IReadOnlyList<Tensor> rows) =>
        [.. rows.Select((own, expert) => (own, expert)).Where(each => each.own.shape[0] > 0).Select(each => experts[each.expert].call(each.own).flatten(1))];

    public override Tensor forward(Tensor x) => cat([.. Pieces(x)], 1);

    public override IReadOnlyList<Tensor> Pieces(Tensor x) => [.. experts.Select(expert => expert.call(x).flatten(1).unsqueeze(1))];
}
