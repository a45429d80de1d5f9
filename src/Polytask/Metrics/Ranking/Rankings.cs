namespace Polytask;

/// <summary>
/// Metrics of rankings, the mean over queries. A query is a row, with output [rows, items] and target of the same shape (relevance, NaN where there is
/// no item) or int64 [rows] (the one right item); or the rows that share a query number, with output [rows] and target [rows, 2] of (relevance,
/// query). Queries without a relevant item are left out. Of equal scores the less relevant item comes first (but see <see cref="Ndcg"/>): a
/// model that gives every item the same score ranks nothing.
/// </summary>
public sealed partial record Metric
{
    /// <summary>
    /// Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002) with gain = relevance: sum over the first k of relevance / log2(rank + 1),
    /// over the most it can be. Items of equal score share their discounts (McSherry and Najork, 2008).
    /// </summary>
    /// <param name="at">k, how many items count; all by default.</param>
    public static Metric Ndcg(int? at = null) => Ranked("ndcg", at, Rankings.Ndcg);

    /// <summary>The mean average precision: the mean over the relevant items among the first k of the precision down to them.</summary>
    /// <param name="at">k, how many items count; all by default. With k, at most k items are held to be relevant.</param>
    public static Metric RankingAveragePrecision(int? at = null) => Ranked("map", at, Rankings.AveragePrecision);

    /// <summary>The mean of 1 / (rank of the first relevant item).</summary>
    public static Metric MeanReciprocalRank { get; } = Ranked("mrr", null, Rankings.ReciprocalRank);

    /// <summary>The share of the relevant items that are among the first k.</summary>
    /// <param name="at">k.</param>
    public static Metric RecallAt(int at) => Ranked("recall", at, Rankings.Recall);

    /// <summary>The share of queries with a relevant item among the first k.</summary>
    /// <param name="at">k.</param>
    public static Metric HitRate(int at) => Ranked("hit rate", at, Rankings.Hit);

    /// <summary>
    /// The area under the curve within each query (or user), weighted by its rows; queries with only positive or only negative rows are left out (Zhou et
    /// al., KDD 2018, equation 7).
    /// </summary>
    public static Metric GroupedAreaUnderCurve { get; } = new("gauc", true, () => new RankingState(
        (scores, relevance) => ScoreCurves.Area(scores, Array.ConvertAll(relevance, value => value > 0), null), weighsByRows: true));

    private static Metric Ranked(string name, int? at, Func<double[], double[], int, double> of)
    {
        if (at is { } k) AtLeastOne(k, "the number of items that count");
        return new(at is null ? name : $"{name}@{at}", true, () => new RankingState((scores, relevance) => of(scores, relevance, at ?? int.MaxValue)));
    }
}

/// <summary>The numbers of one query; NaN where no item is relevant.</summary>
internal static class Rankings
{
    public static double Ndcg(double[] scores, double[] relevance, int at)
    {
        if (Array.Exists(relevance, value => value < 0)) throw new DataException("the relevance of an item is a number of at least 0");
        var discounts = Enumerable.Range(0, scores.Length).Select(rank => rank < at ? 1 / Math.Log2(rank + 2) : 0).ToArray();
        var ideal = relevance.OrderDescending().Zip(discounts, (value, discount) => value * discount).Sum();
        var (gained, rank) = (0.0, 0);
        foreach (var tie in Enumerable.Range(0, scores.Length).GroupBy(item => scores[item]).OrderByDescending(tie => tie.Key))
        {
            var count = tie.Count();
            gained += tie.Average(item => relevance[item]) * discounts.AsSpan(rank, count).ToArray().Sum();
            rank += count;
        }
        return ideal > 0 ? gained / ideal : double.NaN;
    }

    public static double AveragePrecision(double[] scores, double[] relevance, int at)
    {
        var (ordered, found, sum) = (Ordered(scores, relevance), 0, 0.0);
        for (var rank = 0; rank < Math.Min(at, ordered.Length); rank++)
            if (ordered[rank]) sum += (double)++found / (rank + 1);
        return sum / Math.Min(ordered.Count(relevant => relevant), at);
    }

    public static double ReciprocalRank(double[] scores, double[] relevance, int at) =>
        Array.IndexOf(Ordered(scores, relevance), true) is var first && first >= 0 ? 1.0 / (first + 1) : double.NaN;

    public static double Recall(double[] scores, double[] relevance, int at)
    {
        var ordered = Ordered(scores, relevance);
        return (double)ordered.Take(at).Count(relevant => relevant) / ordered.Count(relevant => relevant);
    }

    public static double Hit(double[] scores, double[] relevance, int at)
    {
        var first = Array.IndexOf(Ordered(scores, relevance), true);
        return first < 0 ? double.NaN : first < at ? 1 : 0;
    }

    // Whether the items are relevant, from the highest score on.
    private static bool[] Ordered(double[] scores, double[] relevance) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).ThenBy(item => relevance[item]).Select(item => relevance[item] > 0)];
}
