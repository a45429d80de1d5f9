using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Rank"/>.</summary>
internal sealed record RankHead : Head
{
    public override string Name => "rank";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.PairwiseLogistic();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } =
    [Metric.Ndcg().Reading(target: Queries), Metric.MeanReciprocalRank.Reading(target: Queries)];

    // A common constant changes no order.
    public override nn.Module<Tensor, Tensor> Build(Shape features) => nn.Linear(features.Count, 1, hasBias: false);

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    /// <summary>The relevances, float [rows], and which rows stand in one list: bool [rows, rows].</summary>
    public static (Tensor Relevance, Tensor Together) Lists(Tensor target) => target.ndim == 1
        ? (target, ones(target.shape[0], target.shape[0], dtype: ScalarType.Bool, device: target.device))
        : (target.select(1, 0), Pairs.Equal(target.select(1, 1)));

    // A batch without query numbers is one list.
    private static Tensor Queries(Tensor target) => target.ndim == 1 ? stack([target, zeros_like(target)], 1) : target;

    public override void Check(string task, string split, Tensor target)
    {
        const string takes = "a ranking head takes Float32 relevances [rows], or relevances and query numbers [rows, 2]";
        if (target.ndim == 1) Targets.HaveShape(task, split, takes, ScalarType.Float32, target);
        else Targets.HaveShape(task, split, takes, ScalarType.Float32, target, 2);
    }

    public override string ToString() => "rank";
}
