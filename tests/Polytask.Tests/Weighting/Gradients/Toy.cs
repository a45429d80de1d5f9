namespace Polytask.Tests.Weightings;

/// <summary>
/// Two objectives of two parameters (Liu et al., NeurIPS 2021, appendix; a smoother form of the one in Yu et al., NeurIPS 2020): above x2 = 0 two
/// steep valleys in which the gradients conflict and differ in size, below 0 two bowls around (±7, -8.4), whose Pareto set lies between them and
/// whose mean is least at (0, -8.36).
/// </summary>
internal static class Toy
{
    public static (double[] Losses, double[][] Gradients) At(double[] x)
    {
        var (upper, lower) = (Math.Max(Math.Tanh(0.5 * x[1]), 0), Math.Max(Math.Tanh(-0.5 * x[1]), 0));
        var steep = 0.5 / Math.Pow(Math.Cosh(0.5 * x[1]), 2);
        var (upperSlope, lowerSlope) = (x[1] > 0 ? steep : 0, x[1] < 0 ? -steep : 0);
        var (losses, gradients) = (new double[2], new double[2][]);
        for (var t = 0; t < 2; t++)
        {
            var u = t == 0 ? 0.5 * (-x[0] - 7) + Math.Tanh(x[1]) : 0.5 * (-x[0] + 3) + Math.Tanh(x[1]) + 2;
            var isSteep = Math.Abs(u) > 5e-6;
            var f = Math.Log(Math.Max(Math.Abs(u), 5e-6)) + 6;
            var away = t == 0 ? x[0] - 7 : x[0] + 7;
            var g = (away * away + 0.1 * Math.Pow(x[1] + 8, 2)) / 10 - 20;
            losses[t] = upper * f + lower * g;
            gradients[t] =
            [
                upper * (isSteep ? -0.5 / u : 0) + lower * away / 5,
                upperSlope * f + upper * (isSteep ? Math.Pow(Math.Cosh(x[1]), -2) / u : 0) + lowerSlope * g + lower * (x[1] + 8) / 50,
            ];
        }
        return (losses, gradients);
    }

    /// <summary>Adam on the rule's direction.</summary>
    public static double[] Descend(GradientWeighting weighting, double[] start, int steps, double rate)
    {
        var (rule, x, m, v) = (weighting.Start(2), start, new double[2], new double[2]);
        for (var step = 1; step <= steps; step++)
        {
            var (losses, gradients) = At(x);
            var d = gradients.Combine(rule.Weights(gradients, losses));
            m = m.Times(0.9).Plus(d, 0.1);
            v = v.Times(0.999).Plus([d[0] * d[0], d[1] * d[1]], 0.001);
            var (mean, square) = (m.Times(1 / (1 - Math.Pow(0.9, step))), v.Times(1 / (1 - Math.Pow(0.999, step))));
            x = [.. x.Select((value, i) => value - rate * mean[i] / (Math.Sqrt(square[i]) + 1e-8))];
        }
        return x;
    }
}
