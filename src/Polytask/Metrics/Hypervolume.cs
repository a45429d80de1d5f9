namespace Polytask;

/// <summary>
/// The hypervolume of a set of points (Zitzler and Thiele, PPSN 1998): the volume of what some point dominates and that is better than the reference
/// in every objective. More is better; it depends on the reference, which has to be reported with it.
/// </summary>
public static class Hypervolume
{
    /// <summary>The exact hypervolume by slicing objective after objective; meant for 2 to 4 objectives.</summary>
    /// <param name="points">The points, a number per objective each.</param>
    /// <param name="reference">The worst values that count.</param>
    /// <param name="higherIsBetter">The direction of better per objective.</param>
    /// <exception cref="DataException">There is no objective, the lengths differ, or a number is not finite.</exception>
    public static double Of(IEnumerable<IReadOnlyList<double>> points, IReadOnlyList<double> reference, IReadOnlyList<bool> higherIsBetter)
    {
        var objectives = reference.Count;
        if (objectives == 0 || higherIsBetter.Count != objectives)
            throw new DataException(
                $"a hypervolume needs a reference and a direction for every objective, but got {objectives} and {higherIsBetter.Count}");
        var gains = new List<double[]>();
        foreach (var point in points)
        {
            if (point.Count != objectives) throw new DataException($"the reference has {objectives} objectives, but a point has {point.Count}");
            if (!point.Concat(reference).All(double.IsFinite))
                throw new DataException("a point or the reference of a hypervolume has a number that is not finite; leave such points out");
            double[] gain = [.. Enumerable.Range(0, objectives).Select(i => (higherIsBetter[i] ? 1 : -1) * (point[i] - reference[i]))];
            if (Array.TrueForAll(gain, value => value > 0)) gains.Add(gain);
        }
        return Volume(gains, objectives);
    }

    // The volume of the boxes between 0 and each point in the first objectives: slabs along the last of them, each of the points that reach it.
    private static double Volume(List<double[]> points, int objectives)
    {
        if (points.Count == 0) return 0;
        if (objectives == 1) return points.Max(point => point[0]);
        var last = objectives - 1;
        points = [.. points.OrderByDescending(point => point[last])];
        var volume = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            var height = points[i][last] - (i + 1 < points.Count ? points[i + 1][last] : 0);
            if (height > 0) volume += height * Volume(points[..(i + 1)], last);
        }
        return volume;
    }
}
