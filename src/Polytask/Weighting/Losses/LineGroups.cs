namespace Polytask;

/// <summary>K-means of numbers on a line, solved exactly: an optimal group holds neighbours, so cuts of the sorted numbers are tried (dynamic programme).</summary>
internal static class LineGroups
{
    /// <summary>For each number the mean of its group.</summary>
    public static double[] Means(double[] numbers, int groups)
    {
        var order = Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i]).ToArray();
        var sorted = Array.ConvertAll(order, i => numbers[i]);
        var (cost, cut) = (new double[groups + 1, sorted.Length + 1], new int[groups + 1, sorted.Length + 1]);
        for (var end = 1; end <= sorted.Length; end++) cost[0, end] = double.PositiveInfinity;
        for (var group = 1; group <= groups; group++)
            for (var end = 1; end <= sorted.Length; end++)
            {
                cost[group, end] = double.PositiveInfinity;
                for (var start = 0; start < end; start++)
                {
                    var candidate = cost[group - 1, start] + Within(sorted.AsSpan(start, end - start));
                    if (candidate < cost[group, end]) (cost[group, end], cut[group, end]) = (candidate, start);
                }
            }
        var means = new double[numbers.Length];
        for (var (group, end) = (groups, sorted.Length); end > 0; end = cut[group--, end])
        {
            var mean = Mean(sorted.AsSpan(cut[group, end], end - cut[group, end]));
            for (var i = cut[group, end]; i < end; i++) means[order[i]] = mean;
        }
        return means;
    }

    private static double Mean(ReadOnlySpan<double> group)
    {
        var sum = 0.0;
        foreach (var number in group) sum += number;
        return sum / group.Length;
    }

    private static double Within(ReadOnlySpan<double> group)
    {
        var (mean, sum) = (Mean(group), 0.0);
        foreach (var number in group) sum += (number - mean) * (number - mean);
        return sum;
    }
}
