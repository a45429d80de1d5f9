using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>
/// Every operator of the table is either here, with its gradient checked against central differences, or in the list of those that
/// have none. A row without either fails <see cref="Every_operator_has_a_sample_or_is_known_to_have_no_gradient"/>.
/// </summary>
public class GradientTests
{
    private static readonly Generator numbers = new(20);

    private static Tensor R(params long[] shape) => randn(shape, float64, generator: numbers);

    /// <summary>From 0.5 to 1.5: inside the domain of logarithms and roots.</summary>
    private static Tensor P(params long[] shape) => rand(shape, float64, generator: numbers) + 0.5;

    /// <summary>From -0.9 to 0.9: inside the domain of inverse sines.</summary>
    private static Tensor U(params long[] shape) => rand(shape, float64, generator: numbers) * 1.8 - 0.9;

    /// <summary>From 0.05 to 0.95: probabilities.</summary>
    private static Tensor Q(params long[] shape) => rand(shape, float64, generator: numbers) * 0.9 + 0.05;

    private static Tensor Index(params long[] values) => tensor(values);

    /// <summary>Symmetric and positive definite, as a function of any matrix.</summary>
    private static Tensor Spd(Tensor x) => x.matmul(x.mT) + eye(x.shape[^1], dtype: float64) * 2;

    private sealed record Sample(Func<Tensor[], Tensor> Of, Tensor[] Inputs);

    private static readonly Dictionary<string, List<Sample>> samples = Collect();

    private static Dictionary<string, List<Sample>> Collect()
    {
        var all = new Dictionary<string, List<Sample>>();

        void On(string name, Func<Tensor[], Tensor> of, params Tensor[] inputs)
        {
            if (!all.TryGetValue(name, out var list)) all[name] = list = [];
            list.Add(new Sample(of, inputs));
        }

        void Each(Func<long[], Tensor> domain, params (string Name, Func<Tensor, Tensor> Of)[] operators)
        {
            foreach (var (name, of) in operators) On(name, x => of(x[0]), domain([2, 3]));
        }

        // ---- pointwise, one tensor
        Each(R, ("abs", x => x.abs()), ("asinh", x => x.asinh()), ("atan", x => x.atan()), ("cos", x => x.cos()), ("cosh", x => x.cosh()),
            ("erf", x => x.erf()), ("erfc", x => x.erfc()), ("exp", x => x.exp()), ("exp2", x => x.exp2()), ("expm1", x => x.expm1()),
            ("frac", x => x.frac()), ("i0", x => x.i0()), ("neg", x => -x), ("sigmoid", x => x.sigmoid()), ("sin", x => x.sin()), ("sinc", x => x.sinc()),
            ("sinh", x => x.sinh()), ("square", x => x.square()), ("tan", x => (x * 0.3).tan()), ("tanh", x => x.tanh()), ("deg2rad", x => x.deg2rad()),
            ("rad2deg", x => x.rad2deg()), ("relu", x => x.relu()), ("positive", x => x.positive()), ("nan_to_num", x => x.nan_to_num()),
            ("hardsigmoid", x => x.hardsigmoid()), ("hardswish", x => x.hardswish()), ("relu6", x => x.relu6()), ("selu", x => x.selu()),
            ("silu", x => x.silu()), ("mish", x => Ops.mish(x)), ("celu", x => x.celu(0.7)), ("elu", x => x.elu(0.7)), ("gelu", x => x.gelu()),
            ("hardtanh", x => x.hardtanh(-0.5, 0.5)), ("hardshrink", x => Ops.hardshrink(x, 0.3)), ("softshrink", x => Ops.softshrink(x, 0.3)),
            ("leaky_relu", x => x.leaky_relu(0.1)), ("log_sigmoid", x => x.log_sigmoid()), ("softplus", x => x.softplus(2)),
            ("threshold", x => x.threshold(0.1, 0.5)), ("rrelu", x => Ops.rrelu(x, 0.1, 0.3, false)));
        Each(P, ("acosh", x => (x + 1).acosh()), ("digamma", x => x.digamma()), ("lgamma", x => x.lgamma()), ("log", x => x.log()), ("log10", x => x.log10()),
            ("log1p", x => x.log1p()), ("log2", x => x.log2()), ("reciprocal", x => x.reciprocal()), ("rsqrt", x => x.rsqrt()), ("sqrt", x => x.sqrt()),
            ("polygamma", x => Ops.polygamma_order(1, x)));
        Each(U, ("acos", x => x.acos()), ("asin", x => x.asin()), ("atanh", x => x.atanh()), ("erfinv", x => x.erfinv()));
        Each(Q, ("logit", x => x.logit()));
        Each(P, ("mvlgamma", x => (x + 1).mvlgamma(2)), ("special_digamma", special.digamma), ("special_entr", special.entr),
            ("special_gammaln", special.gammaln), ("special_psi", special.psi), ("special_multigammaln", x => special.multigammaln(x + 1, 2)),
            ("special_polygamma", x => special.polygamma(1, x)));
        Each(R, ("special_erf", special.erf), ("special_erfc", special.erfc), ("special_erfcx", special.erfcx), ("special_exp2", special.exp2),
            ("special_expit", special.expit), ("special_expm1", special.expm1), ("special_i0", special.i0), ("special_i0e", special.i0e),
            ("special_i1", special.i1), ("special_i1e", special.i1e), ("special_ndtr", special.ndtr), ("special_sinc", special.sinc),
            ("special_softmax", x => special.softmax(x, 1)), ("special_log_softmax", x => special.log_softmax(x, 0)));
        Each(Q, ("special_logit", special.logit), ("special_ndtri", special.ndtri));
        Each(U, ("special_erfinv", special.erfinv));
        Each(R, ("angle", x => complex(x, x * 2 + 1).angle()), ("conj", x => complex(x, x * 2).conj().imag),
            ("resolve_conj", x => complex(x, x * 2).conj().resolve_conj().imag), ("view_as_real", x => view_as_real(complex(x, x * 2))),
            ("view_as_complex", x => view_as_complex(stack([x, x * 2], -1)).abs()), ("frexp", x => x.frexp().Mantissa));
        On("polar", x => polar(x[0], x[1]).imag, P(3), R(3));
        On("glu", x => x[0].glu(), R(2, 4));
        On("prelu", x => x[0].prelu(x[1]), R(2, 3), P(3));

        // ---- pointwise, several
        On("add", x => x[0] + x[1], R(2, 3), R(3));
        On("add", x => x[0].add(x[1], 2), R(2, 3), R(2, 1));
        On("add", x => x[0] + 3, R(2, 3));
        On("sub", x => x[0] - x[1], R(2, 3), R(2, 1));
        On("sub", x => Ops.sub_scaled(x[0], x[1], 3), R(3), R(3));
        On("rsub", x => Ops.rsub(x[0], 2), R(3));
        On("mul", x => x[0] * x[1], R(2, 3), R(3));
        On("mul", x => x[0] * 3, R(3));
        On("div", x => x[0] / x[1], R(2, 3), P(3));
        On("div", x => x[0] / 4, R(3));
        On("true_divide", x => x[0].true_divide(x[1]), R(3), P(3));
        On("remainder", x => x[0].remainder(0.7), P(3));
        On("fmod", x => x[0].fmod(0.7), P(3));
        On("pow", x => x[0].pow(3), R(3));
        On("pow", x => x[0].pow(x[1]), P(3), R(3));
        On("float_power", x => x[0].float_power(x[1]), P(3), R(3));
        On("atan2", x => x[0].atan2(x[1]), R(3), P(3));
        On("ldexp", x => x[0].ldexp(x[1]), R(3), R(3));
        On("igamma", x => tensor(new[] { 0.7, 1.1, 2.0 }).igamma(x[0]), P(3));
        On("igammac", x => tensor(new[] { 0.7, 1.1, 2.0 }).igammac(x[0]), P(3));
        On("special_gammainc", x => special.gammainc(tensor(new[] { 0.7, 1.1, 2.0 }), x[0]), P(3));
        On("special_gammaincc", x => special.gammaincc(tensor(new[] { 0.7, 1.1, 2.0 }), x[0]), P(3));
        On("special_xlog1py", x => special.xlog1py(x[0], x[1]), P(3), P(3));
        On("special_zeta", x => special.zeta(tensor(new[] { 2.0, 2.5, 3.0 }), x[0]), P(3));
        On("hypot", x => x[0].hypot(x[1]), P(3), P(3));
        On("copysign", x => x[0].copysign(tensor(new[] { 1.0, -1.0, 1.0 })), R(3));
        On("logaddexp", x => x[0].logaddexp(x[1]), R(3), R(3));
        On("logaddexp2", x => x[0].logaddexp2(x[1]), R(3), R(3));
        On("xlogy", x => x[0].xlogy(x[1]), P(3), P(3));
        On("maximum", x => x[0].maximum(x[1]), R(3), R(3));
        On("minimum", x => x[0].minimum(x[1]), R(3), R(3));
        On("fmax", x => x[0].fmax(x[1]), R(3), R(3));
        On("fmin", x => x[0].fmin(x[1]), R(3), R(3));
        On("lerp", x => x[0].lerp(x[1], 0.3), R(3), R(3));
        On("lerp", x => x[0].lerp(x[1], x[2]), R(3), R(3), R(3));
        On("addcmul", x => x[0].addcmul(x[1], x[2], 0.5), R(3), R(3), R(3));
        On("addcdiv", x => x[0].addcdiv(x[1], x[2], 0.5), R(3), R(3), P(3));
        On("clamp", x => x[0].clamp(-0.5, 0.5), R(6));
        On("clamp", x => x[0].clamp(x[1], null), R(6), R(6));
        On("clamp_min", x => x[0].clamp_min(0.1), R(6));
        On("clamp_max", x => x[0].clamp_max(0.1), R(6));
        On("where", x => where(x[0] > 0, x[0] * 2, x[1]), R(6), R(6));
        On("dist", x => x[0].dist(x[1]), R(3), R(3));
        On("cdist", x => cdist(x[0], x[1]), R(2, 3), R(4, 3));

        // ---- reductions
        Each(R, ("sum", x => x.sum()), ("mean", x => x.mean()), ("nansum", x => x.nansum()), ("nanmean", x => x.nanmean()), ("prod", x => x.prod()),
            ("std", x => x.std()), ("var", x => x.var()), ("max", x => x.max()), ("min", x => x.min()), ("median", x => x.median()),
            ("amax", x => x.amax([1])), ("amin", x => x.amin([0])), ("logsumexp", x => x.logsumexp(1)), ("norm", x => x.norm()), ("cumsum", x => x.cumsum(1)),
            ("cumprod", x => x.cumprod(1)), ("cummax", x => x.cummax(1).values), ("cummin", x => x.cummin(1).values), ("logcumsumexp", x => x.logcumsumexp(1)),
            ("softmax", x => x.softmax(1)), ("log_softmax", x => x.log_softmax(0)), ("kthvalue", x => x.kthvalue(2, 1).values), ("mode", x => x.mode(1).values),
            ("cov", x => x.cov()), ("diff", x => x.diff()), ("trapezoid", x => trapezoid(x, 0.5)));
        On("sum", x => x[0].sum([0, 2], keepdim: true), R(2, 3, 2));
        On("sum", x => x[0].sum(0, 2), R(2, 3, 2));
        On("amax", x => x[0].amax(0, 1), R(2, 3));
        On("amin", x => x[0].amin(1), R(2, 3));
        On("nanmedian", x => x[0].nanmedian(), R(5));
        On("nanquantile", x => x[0].nanquantile(tensor(0.4, float64)), R(1, 5));
        On("cumulative_trapezoid", x => x[0].cumulative_trapezoid(0.5), R(5));
        On("cumulative_trapezoid", x => x[0].cumulative_trapezoid(x[1]), R(5), R(5));
        On("renorm", x => x[0].renorm(2, 0, 0.5f), R(2, 3));
        On("sum", x => x[0].sum(dim: 1), R(2, 3));
        On("mean", x => x[0].mean([1], keepdim: true), R(2, 3));
        On("prod", x => x[0].prod(1), R(2, 3));
        On("std", x => x[0].std([1]), R(2, 3));
        On("var", x => x[0].var(1, unbiased: false), R(2, 3));
        On("max", x => x[0].max(1).values, R(2, 3));
        On("min", x => x[0].min(1).values, R(2, 3));
        On("max", x => x[0].max(x[1]), R(3), R(3));
        On("min", x => x[0].min(x[1]), R(3), R(3));
        On("norm", x => x[0].norm(1, keepdim: true, p: 3), R(2, 3));
        On("std_mean", x => x[0].std_mean().std, R(5));
        On("std_mean", x => x[0].std_mean(1, unbiased: false).std, R(2, 3));
        On("var_mean", x => x[0].var_mean(0, keepdim: true).var, R(2, 3));
        On("var_mean", x => x[0].var_mean([1]).var, R(2, 3));
        On("quantile", x => x[0].quantile(tensor(0.4)), R(1, 5));
        On("corrcoef", x => x[0].corrcoef(), R(2, 6));

        // ---- products and linear algebra
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
        On("ger", x => x[0].ger(x[1]), R(2), R(3));
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
        On("cholesky", x => Spd(x[0]).cholesky(), R(3, 3));
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

        // ---- shapes and views
        Each(R, ("view", x => x.view(3, 2)), ("reshape", x => x.reshape(-1)), ("view_as", x => x.view_as(zeros(6, dtype: float64))), ("flatten", x => x.flatten()),
            ("unflatten", x => x.unflatten(1, 3, 1)), ("squeeze", x => x.unsqueeze(0).squeeze()), ("unsqueeze", x => x.unsqueeze(1)),
            ("transpose", x => x.transpose(0, 1)), ("t", x => x.t()), ("adjoint", x => x.adjoint()), ("permute", x => x.permute(1, 0)),
            ("movedim", x => x.movedim([0], [1])), ("expand", x => x.expand(4, 2, 3)), ("expand_as", x => x.expand_as(zeros(2, 2, 3))),
            ("broadcast_to", x => x.broadcast_to(2, 2, 3)), ("broadcast_tensors", x => broadcast_tensors(x, zeros(4, 1, 1))[0]), ("repeat", x => x.repeat(2, 2)),
            ("repeat_interleave", x => x.repeat_interleave(2, 1)), ("tile", x => x.tile([2, 1])), ("narrow", x => x.narrow(1, 1, 2)),
            ("select", x => x.select(1, 2)), ("slice", x => x.slice(1, 0, 3, 2)), ("diagonal", x => x.diagonal()), ("diag", x => x.diag()),
            ("diag_embed", x => x.diag_embed()), ("diagflat", x => x.diagflat()), ("tril", x => x.tril()), ("triu", x => x.triu()),
            ("unfold", x => x.unfold(1, 2, 1)), ("as_strided", x => x.as_strided([2, 2], [1, 2])), ("ravel", x => x.ravel()),
            ("atleast_1d", x => x.atleast_1d()), ("atleast_2d", x => x.atleast_2d()), ("atleast_3d", x => x.atleast_3d()), ("contiguous", x => x.t().contiguous()),
            ("clone", x => x.clone()), ("flip", x => x.flip(1)), ("fliplr", x => x.fliplr()), ("flipud", x => x.flipud()), ("roll", x => x.roll(1, 1)),
            ("rot90", x => Ops.rot90_operator(x, 1, [0, 1])), ("to", x => x.to(float64, copy: true)), ("real", x => complex(x, x * 2).real),
            ("imag", x => complex(x, x * 2).imag), ("complex", x => complex(x, x * 2).abs()));
        On("pixel_shuffle", x => Ops.pixel_shuffle(x[0], 2), R(1, 4, 2, 2));
        On("pixel_unshuffle", x => Ops.pixel_unshuffle(x[0], 2), R(1, 1, 4, 4));

        // ---- joining and splitting
        On("cat", x => cat([x[0], x[1]], 1), R(2, 3), R(2, 2));
        On("stack", x => stack([x[0], x[1]], 1), R(2, 3), R(2, 3));
        On("hstack", x => hstack([x[0], x[1]]), R(2, 3), R(2, 3));
        On("vstack", x => vstack([x[0], x[1]]), R(2, 3), R(2, 3));
        On("dstack", x => dstack([x[0], x[1]]), R(2, 3), R(2, 3));
        On("column_stack", x => column_stack([x[0], x[1]]), R(3), R(3));
        On("block_diag", x => block_diag(x[0], x[1]), R(2, 3), R(1, 2));
        On("cartesian_prod", x => cartesian_prod([x[0], x[1]]), R(2), R(3));
        On("meshgrid", x => meshgrid([x[0], x[1]])[0], R(2), R(3));
        On("split", x => x[0].split(2)[1], R(5));
        On("split_with_sizes", x => x[0].split([1, 4])[1], R(5));
        On("split_with_sizes", x => x[0].split(1L, 4L)[1], R(5));
        On("hsplit", x => x[0].hsplit(2)[1], R(2, 4));
        On("vsplit", x => x[0].vsplit(1L, 2L)[1], R(3, 2));
        On("dsplit", x => x[0].dsplit(2)[1], R(1, 2, 4));
        On("tensor_split", x => x[0].tensor_split(Index(2, 3))[2], R(5));
        On("movedim", x => movedim(x[0], 0, 1), R(2, 3));
        On("chunk", x => x[0].chunk(2)[1], R(5));
        On("unbind", x => x[0].unbind(1)[1], R(2, 3));
        On("tensor_split", x => x[0].tensor_split(2)[1], R(5));
        On("tensor_split", x => x[0].tensor_split([2L, 3L])[2], R(5));

        // ---- picking, scattering, ordering
        On("gather", x => x[0].gather(1, tensor(new long[,] { { 0, 2 }, { 1, 1 } })), R(2, 3));
        On("scatter", x => x[0].scatter(1, tensor(new long[,] { { 0, 2 }, { 1, 0 } }), x[1]), R(2, 3), R(2, 2));
        On("scatter_add", x => x[0].scatter_add(0, Index(0, 0, 1), x[1]), R(2), R(3));
        On("scatter_reduce", x => Ops.scatter_reduce(x[0], 0, Index(0, 0, 1), x[1], "amax", true), R(2), R(3));
        On("diagonal_scatter", x => x[0].diagonal_scatter(x[1]), R(2, 3), R(2));
        On("select_scatter", x => x[0].select_scatter(x[1], 0, 1), R(2, 3), R(3));
        On("slice_scatter", x => x[0].slice_scatter(x[1], 1, 1, 3), R(2, 3), R(2, 2));
        On("index", x => x[0][TensorIndex.Colon, TensorIndex.Tensor(Index(2, 0, 0))], R(2, 3));
        On("index_put", x => x[0].clone().index_put_(x[1], Index(1, 0)), R(3), R(2));
        On("index_select", x => x[0].index_select(1, Index(2, 0)), R(2, 3));
        On("index_add", x => x[0].index_add(0, Index(1, 1), x[1], 2), R(3), R(2));
        On("index_copy", x => x[0].index_copy(0, Index(2, 0), x[1]), R(3), R(2));
        On("index_fill", x => x[0].index_fill(0, Index(1), 4), R(3));
        On("take", x => x[0].take(Index(5, 0, 0)), R(2, 3));
        On("take_along_dim", x => x[0].take_along_dim(tensor(new long[,] { { 0 }, { 2 } }), 1), R(2, 3));
        On("masked_fill", x => x[0].masked_fill(x[0] > 0, 2), R(5));
        On("masked_scatter", x => x[0].masked_scatter(tensor(new[] { true, false, true }), x[1]), R(3), R(3));
        On("masked_select", x => x[0].masked_select(tensor(new[] { true, false, true })), R(3));
        On("topk", x => x[0].topk(2).values, R(2, 4));
        On("sort", x => x[0].sort(1, descending: true).values, R(2, 4));
        On("msort", x => x[0].msort(), R(4, 2));
        On("copy", x => zeros(2, 3, float64).copy_(x[0]), R(2, 3));
        On("fill", x => zeros(2, 3, float64).fill_(x[0]), R());
        On("squeeze", x => x[0].squeeze(1), R(2, 1, 3));

        // ---- neural networks
        On("conv1d", x => Ops.conv1d(x[0], x[1], x[2], [1], [1], [1], 1), R(1, 2, 5), R(3, 2, 3), R(3));
        On("conv1d", x => Ops.conv1d_named(x[0], x[1], x[2], [1], "same", [1], 1), R(1, 2, 5), R(3, 2, 3), R(3));
        On("conv2d", x => Ops.conv2d(x[0], x[1], x[2], [2, 1], [1, 0], [1, 1], 2), R(1, 2, 5, 4), R(4, 1, 3, 2), R(4));
        On("conv2d", x => Ops.conv2d_named(x[0], x[1], x[2], [1, 1], "valid", [1, 1], 1), R(1, 2, 4, 4), R(3, 2, 2, 2), R(3));
        On("conv3d", x => Ops.conv3d(x[0], x[1], x[2], [1, 1, 1], [0, 0, 0], [1, 1, 1], 1), R(1, 1, 3, 3, 3), R(2, 1, 2, 2, 2), R(2));
        On("conv_transpose1d", x => Ops.conv_transpose1d(x[0], x[1], x[2], [2], [0], [0], 1, [1]), R(1, 2, 3), R(2, 2, 2), R(2));
        On("conv_transpose2d", x => Ops.conv_transpose2d(x[0], x[1], x[2], [1, 1], [0, 0], [0, 0], 1, [1, 1]), R(1, 2, 3, 3), R(2, 2, 2, 2), R(2));
        On("max_pool1d", x => Ops.max_pool1d(x[0], [2], [2], [0], [1], false), R(1, 2, 6));
        On("max_pool2d", x => Ops.max_pool2d(x[0], [2, 2], [2, 2], [0, 0], [1, 1], false), R(1, 2, 4, 4));
        On("max_pool3d", x => Ops.max_pool3d(x[0], [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], false), R(1, 1, 2, 4, 4));
        On("avg_pool1d", x => Ops.avg_pool1d(x[0], [2], [2], [0], false, true), R(1, 2, 6));
        On("avg_pool2d", x => Ops.avg_pool2d(x[0], [2, 2], [2, 2], [0, 0], false, true, null), R(1, 2, 4, 4));
        On("adaptive_avg_pool1d", x => Ops.adaptive_avg_pool1d(x[0], [2]), R(1, 2, 5));
        On("adaptive_avg_pool2d", x => Ops.adaptive_avg_pool2d(x[0], [2, 2]), R(1, 2, 5, 4));
        On("adaptive_max_pool1d", x => Ops.adaptive_max_pool1d(x[0], [2]).values, R(1, 2, 5));
        On("adaptive_max_pool2d", x => Ops.adaptive_max_pool2d(x[0], [2, 2]).values, R(1, 2, 5, 4));
        On("im2col", x => Ops.im2col(x[0], [2, 2], [1, 1], [0, 0], [1, 1]), R(1, 2, 3, 3));
        On("col2im", x => Ops.col2im(x[0], [3, 3], [2, 2], [1, 1], [0, 0], [1, 1]), R(1, 8, 4));
        On("upsample_nearest1d", x => Ops.upsample_nearest1d(x[0], [6]), R(1, 2, 3));
        On("upsample_nearest2d", x => Ops.upsample_nearest2d(x[0], [4, 6]), R(1, 2, 2, 3));
        On("upsample_bilinear2d", x => Ops.upsample_bilinear2d(x[0], [4, 6], false), R(1, 2, 2, 3));
        On("upsample_bicubic2d", x => Ops.upsample_bicubic2d(x[0], [4, 6], true), R(1, 1, 3, 3));
        On("upsample_linear1d", x => Ops.upsample_linear1d(x[0], [6], false), R(1, 2, 3));
        On("grid_sampler", x => Ops.grid_sampler(x[0], x[1] * 0.4, 0, 0, false), R(1, 1, 4, 4), U(1, 2, 2, 2));
        On("affine_grid_generator", x => Ops.affine_grid_generator(x[0], [1, 1, 2, 2], false), R(1, 2, 3));
        On("constant_pad_nd", x => Ops.constant_pad_nd(x[0], [1, 2], 0.5), R(2, 3));
        On("reflection_pad1d", x => Ops.reflection_pad1d(x[0], [1, 1]), R(1, 2, 4));
        On("reflection_pad2d", x => Ops.reflection_pad2d(x[0], [1, 1, 1, 1]), R(1, 1, 3, 3));
        On("replication_pad1d", x => Ops.replication_pad1d(x[0], [1, 1]), R(1, 2, 4));
        On("replication_pad2d", x => Ops.replication_pad2d(x[0], [1, 1, 1, 1]), R(1, 1, 3, 3));
        On("dropout", x => Ops.dropout(x[0], 0.5, false), R(3));
        On("alpha_dropout", x => Ops.alpha_dropout(x[0], 0.5, false), R(3));
        On("feature_dropout", x => Ops.feature_dropout(x[0], 0.5, false), R(3, 2, 2));
        On("embedding", x => Ops.embedding(x[0], Index(2, 0, 2), -1, false, false), R(3, 2));
        On("embedding_bag", x => Ops.embedding_bag(x[0], Index(2, 0, 2), Index(0, 2), false, 0, false, null, false, null).output, R(3, 2));
        On("layer_norm", x => Ops.layer_norm(x[0], [3], x[1], x[2], 1e-5), R(2, 3), R(3), R(3));
        On("group_norm", x => Ops.group_norm(x[0], 2, x[1], x[2], 1e-5), R(2, 4, 3), R(4), R(4));
        On("batch_norm", x => Ops.batch_norm(x[0], x[1], x[2], null, null, true, 0.1, 1e-5, false), R(4, 3), R(3), R(3));
        On("instance_norm", x => Ops.instance_norm(x[0], x[1], x[2], null, null, true, 0.1, 1e-5, false), R(2, 2, 5), R(2), R(2));
        On("pad", x => Ops.pad(x[0], [1, 1], "reflect", null), R(1, 2, 4));
        On("mse_loss", x => Ops.mse_loss(x[0], x[1], 1), R(2, 3), R(2, 3));
        On("l1_loss", x => Ops.l1_loss(x[0], x[1], 1), R(2, 3), R(2, 3));
        On("smooth_l1_loss", x => Ops.smooth_l1_loss(x[0], x[1], 1, 0.5), R(2, 3), R(2, 3));
        On("huber_loss", x => Ops.huber_loss(x[0], x[1], 1, 0.5), R(2, 3), R(2, 3));
        On("cross_entropy_loss", x => Ops.cross_entropy_loss(x[0], Index(0, 2), null, 1, -100, 0.1), R(2, 3));
        On("nll_loss_nd", x => Ops.nll_loss(x[0].log_softmax(1), Index(0, 2), null, 0, -100), R(2, 3));
        On("binary_cross_entropy", x => Ops.binary_cross_entropy(x[0], tensor(new double[] { 0, 1, 1 }), null, 1), Q(3));
        On("binary_cross_entropy_with_logits", x => Ops.binary_cross_entropy_with_logits(x[0], tensor(new double[] { 0, 1, 1 }), null, null, 1), R(3));
        On("kl_div", x => Ops.kl_div(x[0].log_softmax(0), tensor(new[] { 0.2, 0.3, 0.5 }), 2, false), R(3));
        On("poisson_nll_loss", x => Ops.poisson_nll_loss(x[0], tensor(new double[] { 0, 1, 3 }), true, false, 1e-8, 1), R(3));
        On("hinge_embedding_loss", x => Ops.hinge_embedding_loss(x[0], tensor(new double[] { -1, 1, 1 }), 1, 1), R(3));
        On("margin_ranking_loss", x => Ops.margin_ranking_loss(x[0], x[1], tensor(new double[] { -1, 1, 1 }), 0.5, 1), R(3), R(3));
        On("cosine_embedding_loss", x => Ops.cosine_embedding_loss(x[0], x[1], tensor(new double[] { -1, 1 }), 0.1, 1), R(2, 3), R(2, 3));
        On("triplet_margin_loss", x => Ops.triplet_margin_loss(x[0], x[1], x[2], 5, 2, 1e-6, false, 1), R(2, 3), R(2, 3), R(2, 3));
        On("soft_margin_loss", x => Ops.soft_margin_loss(x[0], tensor(new double[] { -1, 1, 1 }), 1), R(3));
        On("multi_margin_loss", x => Ops.multi_margin_loss(x[0], Index(0, 2), 1, 1, null, 1), R(2, 3));
        On("multilabel_margin_loss", x => Ops.multilabel_margin_loss(x[0], tensor(new long[,] { { 2, 0, -1 } }), 1), R(1, 3));
        On("ctc_loss", x => Ops.ctc_loss(x[0].log_softmax(2), tensor(new long[,] { { 1, 2 } }), [4], [2], 0, 1, false), R(4, 1, 3));
        On("lstm", x => Ops.lstm(x[0], [x[1], x[2]], [x[3], x[4]], false, 1, 0, true, false, true).output, R(1, 3, 2), R(1, 1, 2), R(1, 1, 2), R(8, 2), R(8, 2));
        On("gru", x => Ops.gru(x[0], x[1], [x[2], x[3]], false, 1, 0, true, false, true).output, R(1, 3, 2), R(1, 1, 2), R(6, 2), R(6, 2));
        return all;
    }

    /// <summary>Their results are integers or Booleans, flat almost everywhere, drawn at random, or made from nothing.</summary>
    private static readonly HashSet<string> withoutGradient =
    [
        // flat almost everywhere
        "ceil", "floor", "floor_divide", "nextafter", "round", "sgn", "sign", "trunc", "heaviside",
        // integers and Booleans
        "all", "allclose", "any", "argmax", "argmin", "argsort", "argwhere", "bincount", "bitwise_and", "bitwise_left_shift", "bitwise_not", "bitwise_or",
        "bitwise_right_shift", "bitwise_xor", "bucketize", "count_nonzero", "eq", "equal", "gcd", "ge", "gt", "histc", "is_nonzero", "isclose", "isfinite", "isin",
        "isinf", "isnan", "isneginf", "isposinf", "isreal", "lcm", "le", "linalg_matrix_rank", "logical_and", "logical_not", "logical_or", "logical_xor", "lt", "ne",
        "nonzero", "one_hot", "searchsorted", "signbit", "tril_indices", "triu_indices", "_unique2", "unique_consecutive", "unique_dim",
        // libtorch 1.13 has no derivative of them
        "aminmax", "embedding_renorm", "vander",
        // made from nothing, or emptied
        "arange", "empty", "empty_like", "eye", "full", "full_like", "linspace", "logspace", "ones", "ones_like", "zeros", "zeros_like", "zero", "detach",
        // another storage
        "set",
        // random
        "_standard_gamma", "bernoulli", "binomial", "cauchy", "exponential", "geometric", "log_normal", "multinomial", "normal", "poisson", "rand", "rand_like", "randint", "randint_like",
        "randn", "randn_like", "random", "randperm", "uniform",
    ];

    public static TheoryData<string> Names() => [.. samples.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_gradient_is_the_slope(string name)
    {
        foreach (var sample in samples[name])
        {
            using var scope = NewDisposeScope();
            var inputs = sample.Inputs.Select(x => x.detach().clone().requires_grad_()).ToArray();
            var output = sample.Of(inputs);
            var weights = randn(output.shape, float64, generator: new Generator(7));
            var found = autograd.grad([(output * weights).sum()], inputs, allow_unused: true);
            using var _ = no_grad();
            double Loss() => (sample.Of(inputs) * weights).sum().item<double>();
            for (var k = 0; k < inputs.Length; k++)
            {
                var values = inputs[k].data<double>();
                for (long at = 0; at < values.Count; at++)
                {
                    const double step = 1e-6;
                    var before = values[at];
                    values[at] = before + step;
                    var above = Loss();
                    values[at] = before - step;
                    var below = Loss();
                    values[at] = before;
                    var slope = (above - below) / (2 * step);
                    var gradient = found[k] is null ? 0 : found[k].data<double>()[at];
                    Assert.True(Math.Abs(slope - gradient) <= 1e-5 * (1 + Math.Abs(slope)), $"{name}, input {k}[{at}]: slope {slope}, gradient {gradient}");
                }
            }
        }
    }

    [Fact]
    public void Every_operator_has_a_sample_or_is_known_to_have_no_gradient()
    {
        var names = OperatorTableTests.All().Select(r => r.Native.StartsWith('_') ? r.Native : r.Native.TrimEnd('_')).Distinct();
        var forgotten = string.Join(", ", names.Where(n => !samples.ContainsKey(n) && !withoutGradient.Contains(n)));
        Assert.Equal("", forgotten);
    }
}
