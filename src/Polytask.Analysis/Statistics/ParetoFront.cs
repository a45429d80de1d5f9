namespace Polytask.Analysis;

/// <summary>
/// Which of some points are not dominated: no other is at least as good in both coordinates and better in one (Sener and Koltun, NeurIPS 2018,
/// definition 1). Of equal points all or none are on the front.
/// </summary>
/// <param name="HigherX">Whether more of x is better.</param>
/// <param name="HigherY">Whether more of y is better.</param>
public sealed record ParetoFront(bool HigherX, bool HigherY)
{
    /// <summary>The positions of the points on the front, in the order of x. A point with a coordinate that is not finite is on no front.</summary>
    public IReadOnlyList<int> Of(IReadOnlyList<(double X, double Y)> points)
    {
        bool Dominates((double X, double Y) one, (double X, double Y) other) =>
            Gain(one, other) is var (x, y) && x >= 0 && y >= 0 && (x > 0 || y > 0);
        var finite = Enumerable.Range(0, points.Count).Where(i => double.IsFinite(points[i].X) && double.IsFinite(points[i].Y)).ToArray();
        return [.. finite.Where(i => !finite.Any(other => Dominates(points[other], points[i]))).OrderBy(i => points[i].X).ThenBy(i => points[i].Y)];
    }

    /// <summary>
    /// The hypervolume of two objectives (Zitzler and Thiele, PPSN 1998): the area that some point dominates and that is better than the
    /// reference in both coordinates. More is better; it depends on the reference, which has to be reported with it.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="reference">The worst values that count.</param>
    public double Hypervolume(IReadOnlyList<(double X, double Y)> points, (double X, double Y) reference)
    {
        var (area, reached) = (0.0, 0.0);
        // From the best x on, every point adds the strip by which it is better in y than all before.
        foreach (var (x, y) in Of(points).Select(i => Gain(points[i], reference)).Where(gain => gain.X > 0).OrderByDescending(gain => gain.X))
        {
            if (y <= reached) continue;
            area += x * (y - reached);
            reached = y;
        }
        return area;
    }

    private (double X, double Y) Gain((double X, double Y) one, (double X, double Y) other) =>
        ((HigherX ? 1 : -1) * (one.X - other.X), (HigherY ? 1 : -1) * (one.Y - other.Y));
}
