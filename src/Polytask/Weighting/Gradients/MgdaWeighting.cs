namespace Polytask;

/// <summary>What MGDA divides the task gradients by before it looks for the point of least norm.</summary>
public enum MgdaNormalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Their lengths.</summary>
    Length,

    /// <summary>The task's loss.</summary>
    Loss,

    /// <summary>Length times loss.</summary>
    LengthTimesLoss,
}

/// <summary>
/// The multiple-gradient descent algorithm (Désidéri, 2012; Sener and Koltun, NeurIPS 2018, equation 3): w = argmin over the simplex of wᵀ G w.
/// A convex combination: the weights sum to 1. d has no negative product with any g_t and is 0 exactly at Pareto stationary points. With a
/// normalization, the weights found for g_t / s_t are used for g_t, as in the code of Sener and Koltun. Solved exactly, where their code bounds two
/// tasks to [0.001, 0.999] and stops Frank-Wolfe early for more. O(T³) and a few iterations; differentiable in the paper's sense only where the set
/// of active tasks does not change, and not differentiated here.
/// </summary>
internal sealed record MgdaWeighting(MgdaNormalization Normalization) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Normalization, tasks);

    public override string ToString() => Normalization == MgdaNormalization.None ? "MGDA" : $"MGDA by {Normalization}";

    private sealed class Rule(MgdaNormalization normalization, int tasks) : DenseRule("MGDA", tasks)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            if (normalization == MgdaNormalization.None) return SimplexQuadratic.Minimum(gramian);

            var (s, norms) = (Dense.Filled(Tasks, 1), Dense.Norms(gramian));
            for (var t = 0; t < Tasks; t++)
            {
                if (normalization != MgdaNormalization.Loss && norms[t] > 0) s[t] *= norms[t];
                if (normalization == MgdaNormalization.Length) continue;
                s[t] *= losses[t] > 0 ? losses[t]
                    : throw new ArgumentException(
                        $"MGDA: the loss of task {t} (counted from 0) is {losses[t]}; to divide by losses they must be positive");
            }
            var scaled = new double[Tasks, Tasks];
            for (var i = 0; i < Tasks; i++)
                for (var j = 0; j < Tasks; j++) scaled[i, j] = gramian[i, j] / (s[i] * s[j]);
            return SimplexQuadratic.Minimum(scaled);
        }
    }
}
