using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    /// <summary>The forms of an operator that the other lists leave out.</summary>
    private void Overloads()
    {
        On("sub", x => x[0] - 3, R(3));
        On("div", x => x[0].div(x[1], RoundingMode.floor), R(2, 3), P(3));
        On("div", x => x[0].div(0.3, RoundingMode.trunc), R(3));
        On("true_divide", x => x[0].true_divide(4), R(3));
        On("remainder", x => x[0].remainder(x[1]), R(4), P(4));
        On("fmod", x => x[0].fmod(x[1]), R(4), P(4));
        On("xlogy", x => x[0].xlogy(2.5), P(3));
        On("pow", x => 2 * x[0].pow(2.5), P(3));
        On("conj_physical", x => complex(x[0], x[1]).conj_physical().imag, R(3), R(3));
        On("resolve_neg", x => complex(x[0], x[1]).conj().imag.resolve_neg(), R(3), R(3));
        On("logsumexp", x => x[0].logsumexp([0, 1], keepdim: true), R(2, 3));
        On("median", x => x[0].median(1).values, R(2, 3));
        On("trapezoid", x => trapezoid(x[0], x[1]), R(5), R(5));
        On("std", x => x[0].std(unbiased: false), R(2, 3));
        On("var_mean", x => x[0].var_mean().var, R(2, 3));
        On("linalg_pinv", x => linalg.pinv(x[0], rtol: 1e-3), R(3, 2));
        On("linalg_pinv", x => linalg.pinv(x[0], Number(0.001)), R(2, 3));
        On("linalg_pinv", x => x[0].pinverse(1e-3), R(3, 2));
        On("linalg_norm", x => linalg.norm(x[0]), R(2, 3));
        On("linalg_tensorsolve", x => linalg.tensorsolve(x[0] + Identity(6).reshape(2, 3, 6) * 4, x[1]), R(2, 3, 6), R(2, 3));
        On("linalg_vander", x => linalg.vander(x[0], 4), P(3));
        On("linalg_solve_ex", x => linalg.solve_ex(Spd(x[0]), x[1]).result, R(3, 3), R(3, 2));
        On("linalg_householder_product", x => linalg.householder_product(x[0], x[1]), R(3, 2), R(2));
        On("orgqr", x => orgqr(x[0], x[1]), R(3, 2), R(2));
        On("linalg_lu_solve", x => Solved(x[0], (packed, pivots) => linalg.lu_solve(packed, pivots, x[1])), R(3, 3), R(3, 2));
        On("lu_solve", x => Solved(x[0], (packed, pivots) => lu_solve(x[1], packed, pivots)), R(3, 3), R(3, 2));
        On("lu_unpack", x => Solved(x[0], Product), R(3, 3));
        On("_lu_with_info", x => lu(x[0] + Identity(3)).A_LU, R(3, 3));
        On("squeeze", x => x[0].squeeze(), R(1, 2, 1));
        On("repeat_interleave", x => x[0].repeat_interleave(Index(1, 3), 0), R(2, 3));
        On("hsplit", x => x[0].hsplit(1L, 3L)[1], R(2, 4));
        On("vsplit", x => x[0].vsplit(2)[1], R(4, 2));
        On("dsplit", x => x[0].dsplit(1L, 3L)[1], R(1, 2, 4));
        On("scatter", x => x[0].scatter(1, Index(new long[,] { { 0, 2 }, { 1, 0 } }), 2.5), R(2, 3));
        On("masked_fill", x => Ops.masked_fill(x[0], x[0].gt(0), x[1]), R(5), R());
        On("to", x => x[0].to(device, copy: true), R(2, 3));
        On("index", x => x[0].index(Index(1, 0), Index(2, 2)), R(2, 3));
    }

    private Tensor Identity(long rows) => eye(rows, dtype: type, device: device);

    private Tensor Solved(Tensor x, Func<Tensor, Tensor, Tensor> solution)
    {
        var (packed, pivots) = linalg.lu_factor(x + Identity(3));
        return solution(packed, pivots!);
    }

    private static Tensor Product(Tensor packed, Tensor pivots)
    {
        var (permutation, lower, upper) = lu_unpack(packed, pivots);
        return permutation.matmul(lower!).matmul(upper!);
    }
}
