using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

public class SurvivalAndRankingTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 4)] // many ties of risks and times
    public void The_concordance_index_is_the_share_of_known_pairs_in_order(int seed, int distinct)
    {
        const int rows = 60;
        var random = StableRandom.For(seed, "survival");
        var risks = Enumerable.Range(0, rows).Select(_ => (float)random.NextBelow(distinct)).ToArray();
        var times = Enumerable.Range(0, rows).Select(_ => (float)random.NextBelow(distinct)).ToArray();
        var events = Enumerable.Range(0, rows).Select(_ => random.NextBelow(3) > 0).ToArray();
        var pairs = (from i in Enumerable.Range(0, rows)
                     where events[i]
                     from j in Enumerable.Range(0, rows)
                     where times[i] < times[j] || (times[i] == times[j] && !events[j])
                     select risks[i] > risks[j] ? 1.0 : risks[i] == risks[j] ? 0.5 : 0.0).ToArray();
        var target = stack([tensor(times), tensor(events.Select(happened => happened ? 1f : 0f).ToArray())], 1);
        Assert.Equal(pairs.Average(), Metric.ConcordanceIndex.Of(tensor(risks), target), 1e-12);
    }

    [Fact]
    public void Without_censoring_times_alone_are_enough()
    {
        var times = tensor(new[] { 1f, 2f, 3f, 4f });
        Assert.Equal(1, Metric.ConcordanceIndex.Of(-times, times));
        Assert.Equal(0, Metric.ConcordanceIndex.Of(times, times));
        Assert.Equal(0.5, Metric.ConcordanceIndex.Of(zeros(4), times));
    }

    // Ranked c (irrelevant), a (relevance 3), d (irrelevant), b (relevance 1).
    private static readonly Tensor Scores = tensor(new[] { 3f, 1f, 4f, 2f }).unsqueeze(0);
    private static readonly Tensor Relevance = tensor(new[] { 3f, 1f, 0f, 0f }).unsqueeze(0);

    [Fact]
    public void Rankings_by_hand()
    {
        Assert.Equal((3 / Math.Log2(3) + 1 / Math.Log2(5)) / (3 + 1 / Math.Log2(3)), Metric.Ndcg().Of(Scores, Relevance), 1e-12);
        Assert.Equal(3 / Math.Log2(3) / (3 + 1 / Math.Log2(3)), Metric.Ndcg(2).Of(Scores, Relevance), 1e-12);
        Assert.Equal((0.5 + 0.5) / 2, Metric.RankingAveragePrecision().Of(Scores, Relevance), 1e-12);
        Assert.Equal(0.5 / 1, Metric.RankingAveragePrecision(3).Of(Scores, Relevance.clone().masked_fill(Relevance.eq(1), 0)), 1e-12);
        Assert.Equal(0.5 / 2, Metric.RankingAveragePrecision(3).Of(Scores, Relevance), 1e-12);
        Assert.Equal(0.5, Metric.MeanReciprocalRank.Of(Scores, Relevance), 1e-12);
        Assert.Equal(0.5, Metric.RecallAt(3).Of(Scores, Relevance), 1e-12);
        Assert.Equal(0, Metric.HitRate(1).Of(Scores, Relevance));
        Assert.Equal(1, Metric.HitRate(2).Of(Scores, Relevance));
    }

    [Fact]
    public void A_query_may_be_a_row_a_right_item_or_rows_that_share_a_number()
    {
        var scores = Values.Normal(1, 6, 4);
        var right = tensor(new[] { 0L, 1, 2, 3, 0, 1 });
        var relevance = nn.functional.one_hot(right, 4).to(ScalarType.Float32);
        var query = arange(6).unsqueeze(1).expand(6, 4).to(ScalarType.Float32);
        var rows = stack([relevance.flatten(), query.flatten()], 1);
        foreach (var metric in (Metric[])[Metric.Ndcg(3), Metric.RankingAveragePrecision(), Metric.MeanReciprocalRank, Metric.RecallAt(2), Metric.HitRate(2)])
        {
            Assert.Equal(metric.Of(scores, relevance), metric.Of(scores, right), 1e-12);
            Assert.Equal(metric.Of(scores, relevance), metric.Of(scores.flatten(), rows), 1e-12);
        }
        Assert.Equal(Metric.TopAccuracy(2).Of(scores, right), Metric.HitRate(2).Of(scores, right), 1e-12);
    }

    [Fact]
    public void Missing_items_and_queries_without_a_relevant_one_are_left_out()
    {
        var scores = tensor(new float[,] { { 3, 1, 4, 2, 9 }, { 1, 2, 3, 4, 5 } });
        var relevance = tensor(new float[,] { { 3, 1, 0, 0, float.NaN }, { 0, 0, 0, 0, 0 } });
        foreach (var metric in (Metric[])[Metric.Ndcg(), Metric.RankingAveragePrecision(), Metric.MeanReciprocalRank, Metric.RecallAt(3), Metric.HitRate(1)])
            Assert.Equal(metric.Of(Scores, Relevance), metric.Of(scores, relevance), 1e-12);
    }

    [Fact]
    public void Equal_scores_rank_nothing()
    {
        Assert.Equal(1.0 / 4, Metric.MeanReciprocalRank.Of(zeros(1, 4), tensor(new[] { 2L })));
        Assert.Equal(0, Metric.HitRate(3).Of(zeros(1, 4), tensor(new[] { 0L })));
        Assert.Equal(0, Metric.TopAccuracy(3).Of(zeros(1, 4), tensor(new[] { 0L })));
    }

    [Fact]
    public void The_grouped_area_is_the_mean_of_the_groups_areas_by_size()
    {
        var (scores, labels) = (Values.Normal(2, 30), Values.Normal(3, 30).gt(0).to(ScalarType.Float32));
        var sizes = (int[])[12, 8, 7, 3];
        labels[TensorIndex.Slice(27, 30)] = 1; // the last group has one class
        var groups = tensor(sizes.SelectMany((size, group) => Enumerable.Repeat((float)group, size)).ToArray());
        var (expected, start) = (0.0, 0);
        foreach (var size in sizes[..3])
        {
            expected += size * Metric.AreaUnderCurve.Of(scores.narrow(0, start, size), labels.narrow(0, start, size)) / 27;
            start += size;
        }
        Assert.Equal(expected, Metric.GroupedAreaUnderCurve.Of(scores, stack([labels, groups], 1)), 1e-12);
    }
}
