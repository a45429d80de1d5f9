namespace Polytask.Analysis;

/// <summary>
/// Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): of m p-values in ascending order, the i-th becomes the largest of
/// (m - j + 1) p_j over j up to i, at most 1. Keeps the chance of any false finding among all comparisons at the level of the test.
/// </summary>
public static class HolmCorrection
{
    /// <summary>The adjusted p-values in the order given. NaN, a comparison that was not made, stays NaN and is not counted.</summary>
    public static double[] Adjusted(IReadOnlyList<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Count).Where(i => !double.IsNaN(pValues[i])).OrderBy(i => pValues[i]).ToArray();
        var adjusted = pValues.ToArray();
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, (order.Length - rank) * pValues[order[rank]]);
            adjusted[order[rank]] = Math.Min(1, largest);
        }
        return adjusted;
    }
}
