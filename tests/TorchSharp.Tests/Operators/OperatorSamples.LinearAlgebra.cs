using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void LinearAlgebra()
    {
        On("matmul", x => x[0].matmul(x[1]), R(2, 3), R(3, 4));
        On("mm", x => x[0].mm(x[1]), R(2, 3), R(3, 4));
        On("mv", x => x[0].mv(x[1]), R(2, 3), R(3));
        On("dot", x => x[0].dot(x[1]), R(3), R(3));
        On("vdot", x => x[0].vdot(x[1]), R(3), R(3));
        On("bmm", x => x[0].bmm(x[1]), R(2, 2, 3), R(2, 3, 2));
        On("baddbmm", x => x[0].baddbmm(x[1], x[2], 0.5f, 2f), R(2, 2, 2), R(2, 2, 3), R(2, 3, 2));
        On("addbmm", x => x[0].addbmm(x[1], x[2]), R(2, 2), R(2, 2, 3), R(2, 3, 2));
        On("addmm", x => x[0].addmm(x[1], x[2], 0.5f, 2f), R(2, 2), R(2, 3), R(3, 2));
        On("addmv", x => x[0].addmv(x[1], x[2]), R(2), R(2, 3), R(3));
        On("addr", x => x[0].addr(x[1], x[2]), R(2, 3), R(2), R(3));
        On("outer", x => x[0].outer(x[1]), R(2), R(3));
        On("outer", x => x[0].ger(x[1]), R(2), R(3));
        On("combinations", x => combinations(x[0]), R(4));
        On("inner", x => x[0].inner(x[1]), R(2, 3), R(2, 3));
        On("kron", x => x[0].kron(x[1]), R(2, 2), R(2, 1));
        On("einsum", x => einsum("bij,bjk->bik", x[0], x[1]), R(2, 2, 3), R(2, 3, 2));
        On("tensordot", x => x[0].tensordot(x[1], 1), R(2, 3), R(3, 2));
        On("linear", x => Ops.linear(x[0], x[1], x[2]), R(2, 3), R(4, 3), R(4));
        On("bilinear", x => Ops.bilinear(x[0], x[1], x[2], x[3]), R(2, 3), R(2, 2), R(4, 3, 2), R(4));
        On("trace", x => x[0].trace(), R(3, 3));
        On("matrix_power", x => x[0].matrix_power(3), R(3, 3));
        On("matrix_exp", x => x[0].matrix_exp(), R(3, 3));
        On("det", x => x[0].det(), R(3, 3));
        On("logdet", x => Spd(x[0]).logdet(), R(3, 3));
        On("linalg_slogdet", x => linalg.slogdet(Spd(x[0])).logabsdet, R(3, 3));
        On("linalg_cholesky", x => Spd(x[0]).cholesky(upper: true), R(3, 3));
        On("cholesky_inverse", x => linalg.cholesky(Spd(x[0])).cholesky_inverse(), R(3, 3));
        On("cholesky_solve", x => x[0].cholesky_solve(linalg.cholesky(Spd(x[1]))), R(3, 2), R(3, 3));
        On("linalg_cholesky", x => linalg.cholesky(Spd(x[0])), R(3, 3));
        On("linalg_inv", x => linalg.inv(Spd(x[0])), R(3, 3));
        On("linalg_pinv", x => linalg.pinv(x[0]), R(3, 2));
        On("linalg_cholesky_ex", x => linalg.cholesky_ex(Spd(x[0])).L, R(3, 3));
        On("linalg_inv_ex", x => linalg.inv_ex(Spd(x[0])).L, R(3, 3));
        On("linalg_lu", x => linalg.lu(Spd(x[0])).U, R(3, 3));
        On("linalg_lu_factor", x => linalg.lu_factor(Spd(x[0])).LU, R(3, 3));
        On("linalg_vecdot", x => linalg.vecdot(x[0], x[1]), R(2, 3), R(2, 3));
        On("linalg_tensorinv", x => linalg.tensorinv(x[0], 1), R(4, 2, 2));
        On("linalg_matrix_norm", x => linalg.matrix_norm(x[0], 1.0), R(2, 3));
        On("linalg_norm", x => linalg.norm(x[0], 1), R(2, 3));
        On("linalg_solve", x => linalg.solve(Spd(x[0]), x[1], left: false), R(3, 3), R(2, 3));
        On("linalg_solve", x => linalg.solve(Spd(x[0]), x[1]), R(3, 3), R(3, 2));
        On("linalg_solve_triangular", x => linalg.solve_triangular(Spd(x[0]).tril(), x[1], upper: false), R(3, 3), R(3, 2));
        On("linalg_lstsq", x => linalg.lstsq(x[0], x[1]).Solution, R(4, 2), R(4, 1));
        On("linalg_eigh", x => linalg.eigh(Spd(x[0])).eigenvalues, R(3, 3));
        On("linalg_eigvalsh", x => linalg.eigvalsh(Spd(x[0])), R(3, 3));
        On("linalg_svd", x => linalg.svd(x[0], fullMatrices: false).S, R(3, 2));
        On("linalg_svdvals", x => linalg.svdvals(x[0]), R(3, 2));
        On("linalg_qr", x => linalg.qr(x[0]).R, R(3, 2));
        On("linalg_eig", x => linalg.eig(Spd(x[0])).eigvals.real, R(3, 3));
        On("linalg_eigvals", x => linalg.eigvals(Spd(x[0])).real, R(3, 3));
        On("linalg_vector_norm", x => linalg.vector_norm(x[0], 3, [1]), R(2, 3));
        On("linalg_matrix_norm", x => linalg.matrix_norm(x[0]), R(2, 3));
        On("linalg_norm", x => linalg.norm(x[0], "nuc"), R(2, 3));
        On("linalg_cond", x => linalg.cond(x[0]), R(3, 3));
        On("linalg_multi_dot", x => linalg.multi_dot([x[0], x[1], x[2]]), R(2, 3), R(3, 2), R(2, 2));
        On("linalg_cross", x => linalg.cross(x[0], x[1]), R(2, 3), R(2, 3));
        On("cross", x => Ops.cross_dim(x[0], x[1], 1), R(2, 3), R(2, 3));
        On("cosine_similarity", x => Ops.cosine_similarity(x[0], x[1], 1, 1e-8), R(2, 3), R(2, 3));
        On("pairwise_distance", x => Ops.pairwise_distance(x[0], x[1], 2, 1e-6, false), R(2, 3), R(2, 3));
    }
}
