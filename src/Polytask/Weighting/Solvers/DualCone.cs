namespace Polytask;

/// <summary>
/// min vᵀ G v over v >= u: Jᵀ v is the projection of Jᵀ u on the dual cone of the task gradients, the vectors that conflict with none of them
/// (Quinton and Rey, 2024, proposition 1). Solved for x = v - u >= 0.
/// </summary>
internal sealed class DualCone(double[,] gramian)
{
    private readonly NonNegativeQuadratic problem = new(gramian);

    /// <param name="u">u, [T].</param>
    /// <returns>v, [T]: G v >= 0, and G v = 0 where v > u, to the tolerance of <see cref="NonNegativeQuadratic"/>.</returns>
    public double[] Project(double[] u)
    {
        var v = problem.Minimum(Dense.Times(Dense.Product(gramian, u), -1));
        for (var i = 0; i < v.Length; i++) v[i] += u[i];
        return v;
    }

    /// <summary>The projection for G / trace G + ridge I, which has one answer where rows depend on each other.</summary>
    public static DualCone Ridged(double[,] gramian, double ridge)
    {
        var size = gramian.GetLength(0);
        var trace = 0.0;
        for (var i = 0; i < size; i++) trace += gramian[i, i];
        var ridged = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                ridged[i, j] = (trace > 0 ? gramian[i, j] / trace : 0) + (i == j ? ridge : 0);
        return new(ridged);
    }
}
