using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// TSV-M (Gargiulo et al., "Task singular vectors", CVPR 2025, algorithm 1), per matrix with smaller side q: of each tau_t the q / T (rounded
/// down) largest singular triplets are kept and put side by side, U = [U_1 .. U_T], S, V; U and V are replaced by the nearest matrices with
/// orthonormal columns (of U = a s b^T that is a b^T), so that tasks do not interfere; theta = theta_0 + lambda U diag(S) V^T. Of tensors
/// that are no matrices, and of matrices with a side shorter than T, of which nothing would be kept, theta = theta_0 + lambda mean_t tau_t.
/// </summary>
/// <param name="Scale">lambda, 1 in the paper.</param>
internal sealed record TaskSingularVectorsMerge(double Scale) : TensorMethod
{
    public override Tensor Merge(MergedTensors tensors)
    {
        var kept = tensors.Base.Dimensions == 2 ? tensors.Base.shape.Min() / tensors.Tuned.Count : 0;
        if (kept == 0) return tensors.Mean(Scale);
        var parts = tensors.Taus.Select(tau => linalg.svd(tau, fullMatrices: false)).ToArray();
        var u = Orthonormal(cat([.. parts.Select(part => part.U.narrow(1, 0, kept))], 1));
        var s = cat([.. parts.Select(part => part.S.narrow(0, 0, kept))], 0);
        var v = Orthonormal(cat([.. parts.Select(part => part.Vh.narrow(0, 0, kept).t())], 1));
        return tensors.Base + Scale * (u * s).matmul(v.t());
    }

    public override string ToString() => FormattableString.Invariant($"TSV-M, scale {Scale}");

    private static Tensor Orthonormal(Tensor columns)
    {
        var (a, _, b) = linalg.svd(columns, fullMatrices: false);
        return a.matmul(b);
    }
}
