using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Iso-CTS (Marczak et al., "No task left behind: isotropic model merging with common and task-specific subspaces", ICML 2025, algorithm 2), per
/// matrix with shorter side q: the k largest singular triplets of sum_t tau_t are common; of each tau_t less its part in the common left directions,
/// the (q - k) / T largest triplets are the task's own. k is the common fraction of q, changed so that T divides q - k. All are put side by side, U
/// and V replaced by the nearest orthonormal matrices, and theta = theta_0 + lambda mean(S) U V^T. For tensors that are
/// no matrices theta = theta_0 + lambda mean_t tau_t.
/// </summary>
/// <param name="Common">The fraction of common directions, 0.8 in the paper; 1 is Iso-C.</param>
/// <param name="Scale">lambda.</param>
internal sealed record IsotropicSubspacesMerge(double Common, double Scale) : TensorMethod
{
    public override Tensor Merge(MergedTensors tensors)
    {
        if (tensors.Base.Dimensions != 2 || tensors.Base.NumberOfElements == 0) return tensors.Mean(Scale);
        Tensor[] taus = [.. tensors.Taus];
        var shorter = tensors.Base.shape.Min();
        // Half to even and bounded by what there is, as in the authors' code but for the bound.
        var own = Math.Min((long)Math.Round((shorter - Math.Floor(shorter * Common)) / taus.Length), shorter / taus.Length);
        var common = shorter - own * taus.Length;
        var (u, s, vt) = Largest(taus.Aggregate((sum, tau) => sum + tau), common);
        var parts = taus.Select(tau => Largest(tau - u.matmul(u.t().matmul(tau)), own)).Append((u, s, vt)).ToArray();
        var left = Orthonormal(cat([.. parts.Select(part => part.Item1)], 1));
        var right = Orthonormal(cat([.. parts.Select(part => part.Item3)], 0));
        return tensors.Base + Scale * cat([.. parts.Select(part => part.Item2)], 0).mean() * left.matmul(right);
    }

    public override string ToString() => FormattableString.Invariant($"Iso-CTS common {Common}, scale {Scale}");

    private static (Tensor U, Tensor S, Tensor Vt) Largest(Tensor matrix, long count)
    {
        var (u, s, vt) = linalg.svd(matrix, fullMatrices: false);
        return (u.narrow(1, 0, count), s.narrow(0, 0, count), vt.narrow(0, 0, count));
    }

    private static Tensor Orthonormal(Tensor vectors)
    {
        var (a, _, b) = linalg.svd(vectors, fullMatrices: false);
        return a.matmul(b);
    }
}
