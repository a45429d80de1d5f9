namespace Polytask;

/// <summary>
/// Impartial learning of gradients, IMTL-G (Liu et al., ICLR 2021, equation 3): d has the same projection on every unit gradient u_t, and the
/// weights sum to 1: w = G⁻¹ n / 1ᵀ G⁻¹ n for the lengths n. Computed from the cosines C as w_t ∝ (C⁺ 1)_t / n_t, the same for independent
/// gradients; the pseudo-inverse (Quinton and Rey, 2024) then does not depend on their units. Weights may be negative, and the direction may
/// conflict; where they would sum to 0, as for opposite gradients, there is no such direction, and they are all 0. O(T³); not differentiable
/// where the rank changes, and not differentiated.
/// </summary>
internal sealed record ImtlGWeighting : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(tasks);

    public override string ToString() => "IMTL-G";

    private sealed class Rule(int tasks) : DenseRule("IMTL-G", tasks)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var (w, norms, zero) = (Dense.Filled(Tasks, 0), Dense.Norms(gramian), Dense.ZeroRows(gramian));
            if (zero.All(isZero => isZero)) return w;
            var z = SymmetricEigen.OfCosines(Dense.Cosines(gramian)).Apply(value => 1 / value, Dense.Filled(Tasks, 1));
            if (z.Sum() <= 1e-12) return w;
            var shortest = norms.Where((_, t) => !zero[t]).Min();
            for (var t = 0; t < Tasks; t++)
                if (!zero[t]) w[t] = z[t] * shortest / norms[t];
            var sum = w.Sum();
            return Math.Abs(sum) <= 1e-12 * w.Max(Math.Abs) ? new double[Tasks] : Dense.Times(w, 1 / sum);
        }
    }
}
