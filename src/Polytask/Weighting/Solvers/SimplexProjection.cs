namespace Polytask;

/// <summary>The nearest point of the simplex (Held, Wolfe and Crowder, 1974), exact to rounding; O(T log T).</summary>
internal static class SimplexProjection
{
    public static double[] Of(double[] v)
    {
        double[] falling = [.. v.OrderDescending()];
        var (sum, shift) = (0.0, 0.0);
        for (var k = 0; k < falling.Length; k++)
        {
            sum += falling[k];
            var candidate = (sum - 1) / (k + 1);
            if (falling[k] > candidate) shift = candidate;
        }
        return Array.ConvertAll(v, value => Math.Max(0, value - shift));
    }
}
