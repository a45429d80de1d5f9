using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Iso-C (Marczak et al., "No task left behind: isotropic model merging", ICML 2025, algorithm 1), per matrix: with the singular value decomposition
/// sum_t tau_t = U S V^T, theta = theta_0 + lambda mean(S) U V^T: all directions are equally strong. For tensors that are
/// no matrices theta = theta_0 + lambda mean_t tau_t.
/// </summary>
/// <param name="Scale">lambda, 1 to 3.</param>
internal sealed record IsotropicMerge(double Scale) : TensorMethod
{
    public override Tensor Merge(MergedTensors tensors)
    {
        if (tensors.Base.Dimensions != 2 || tensors.Base.NumberOfElements == 0) return tensors.Mean(Scale);
        var (u, s, vt) = linalg.svd(tensors.Taus.Aggregate((sum, tau) => sum + tau), fullMatrices: false);
        return tensors.Base + Scale * s.mean() * u.matmul(vt);
    }

    public override string ToString() => FormattableString.Invariant($"Iso-C, scale {Scale}");
}
