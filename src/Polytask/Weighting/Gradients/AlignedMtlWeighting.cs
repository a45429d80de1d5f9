using System.Collections.Immutable;

namespace Polytask;

/// <summary>Which eigenvalue of the Gramian Aligned-MTL gives to all directions.</summary>
public enum AlignedScale
{
    /// <summary>The least of those that are not zero, as in the paper.</summary>
    Minimum,

    /// <summary>The median.</summary>
    Median,

    /// <summary>The mean, the "rmse" of the authors' code: the mean square of the singular values.</summary>
    RootMeanSquare,
}

/// <summary>
/// Independent component alignment, Aligned-MTL (Senushkin et al., CVPR 2023, algorithm 1): with G = V diag(lambda) Vᵀ, the balance
/// B = sqrt(scale) V diag(lambda^(-1/2)) Vᵀ makes the components of the gradients orthogonal and equally long, B G B = scale I, and w = B p for the
/// preference p: 1/T, a mean (the authors' code sums; give ones for that). Eigenvalues below 1e-12 of the largest count as zero. O(T³); not
/// differentiated.
/// </summary>
internal sealed record AlignedMtlWeighting(AlignedScale Scale, ImmutableArray<double> Preference) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Scale, Refuse.Unfit("Aligned-MTL", "the preference", Preference, tasks, 1.0 / tasks));

    public override string ToString() => Scale == AlignedScale.Minimum ? "Aligned-MTL" : $"Aligned-MTL by {Scale}";

    private sealed class Rule(AlignedScale mode, double[] p) : DenseRule("Aligned-MTL", p.Length)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var eigen = SymmetricEigen.Of(gramian);
            if (eigen.Values.Length == 0) return p;
            var lambda = eigen.Values;
            var scale = mode switch
            {
                AlignedScale.Median => (lambda[(lambda.Length - 1) / 2] + lambda[lambda.Length / 2]) / 2,
                AlignedScale.RootMeanSquare => lambda.Average(),
                _ => lambda[0],
            };
            return eigen.Apply(value => Math.Sqrt(scale / value), p);
        }
    }
}
