using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// ConFIG (Liu et al., ICLR 2025, equations 2 and 3): with the unit gradients u_t as rows of U, the direction v = U⁺ p, which for independent
/// gradients has the products p_t with them (ones unless given), made as long as the gradients' lengths along it: d = (sum_t g_tᵀ v̂) v̂, a sum.
/// By z = C⁺ p of the cosines C, v = Uᵀ z, so that w_t = (length / |v|) z_t / n_t. Zero gradients get the weight 0. O(T³); not differentiated.
/// </summary>
internal sealed record ConFigWeighting(ImmutableArray<double> Preference) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Refuse.Unfit("ConFIG", "the preference", Preference, tasks, 1));

    public override string ToString() => "ConFIG";

    private sealed class Rule(double[] p) : DenseRule("ConFIG", p.Length)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var (w, norms, zero) = (new double[Tasks], Dense.Norms(gramian), Dense.ZeroRows(gramian));
            var cosines = Dense.Cosines(gramian);
            if (zero.All(isZero => isZero)) return w;
            var z = SymmetricEigen.OfCosines(cosines).Apply(value => 1 / value, p);
            var (along, squared) = (Dense.Product(cosines, z), Dense.Length(cosines, z));
            squared *= squared;
            if (squared <= 1e-12 * Cholesky.Dot(p, p)) return w;
            var length = Cholesky.Dot(norms, along);
            for (var t = 0; t < Tasks; t++)
                if (!zero[t]) w[t] = length / squared * z[t] / norms[t];
            return w;
        }
    }
}
