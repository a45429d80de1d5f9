using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void Pointwise()
    {
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
        On("igamma", x => N(0.7, 1.1, 2.0).igamma(x[0]), P(3));
        On("igammac", x => N(0.7, 1.1, 2.0).igammac(x[0]), P(3));
        On("special_gammainc", x => special.gammainc(N(0.7, 1.1, 2.0), x[0]), P(3));
        On("special_gammaincc", x => special.gammaincc(N(0.7, 1.1, 2.0), x[0]), P(3));
        On("special_xlog1py", x => special.xlog1py(x[0], x[1]), P(3), P(3));
        On("special_zeta", x => special.zeta(N(2.0, 2.5, 3.0), x[0]), P(3));
        On("hypot", x => x[0].hypot(x[1]), P(3), P(3));
        On("copysign", x => x[0].copysign(N(1.0, -1.0, 1.0)), R(3));
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
    }
}
