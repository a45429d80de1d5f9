using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private static readonly double[] extremes = [-1.5, 0, 2, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>Operators without gradients: integers and Booleans, flat ones, decompositions that are not unique, and tensors made from nothing.</summary>
    private void ValuesOnly()
    {
        foreach (var (name, of) in new (string, Func<Tensor, Tensor>)[]
            {
                ("ceil", x => x.ceil()), ("floor", x => x.floor()), ("trunc", x => x.trunc()), ("sgn", x => x.sgn()), ("sign", x => x.sign()),
                ("round", x => x.round()), ("signbit", x => x.signbit()), ("logical_not", x => x.floor().logical_not()), ("argsort", x => x.argsort(1)),
                ("argmax", x => x.argmax()), ("argmin", x => x.argmin()), ("is_conj", x => Truth(complex(x, x).conj().is_conj())),
                ("is_neg", x => Truth(complex(x, x).conj().imag.is_neg())), ("detach", x => x.detach()), ("nonzero", x => x.floor().nonzero()),
                ("argwhere", x => x.floor().argwhere()), ("is_pinned", x => Truth(x.is_pinned())),
            })
        {
            OnValue(name, x => of(x[0] * 2), R(2, 3));
        }
        foreach (var (name, of) in new (string, Func<Tensor, Tensor>)[]
            {
                ("isnan", x => x.isnan()), ("isinf", x => x.isinf()), ("isfinite", x => x.isfinite()), ("isposinf", x => x.isposinf()),
                ("isneginf", x => x.isneginf()), ("isreal", x => x.isreal()), ("nan_to_num", x => x.nan_to_num(0.5, 9, -9)),
            })
        {
            OnValue(name, x => of(N(extremes)));
        }
        OnValue("isreal", _ => complex(N(1, 2), N(0, 3)).isreal());
        OnValue("round", x => x[0].round(1), R(2, 3));
        OnValue("floor_divide", x => x[0].floor_divide(x[1]), R(4), P(4));
        OnValue("floor_divide", x => x[0].floor_divide(0.3), R(4));
        OnValue("nextafter", x => x[0].nextafter(x[1]), R(3), R(3));
        OnValue("heaviside", x => N(-1, 0, 2).heaviside(x[0]), P(3));
        OnValue("gcd", _ => Index(12, 18, 7).gcd(Index(8, 27, 21)));
        OnValue("lcm", _ => Index(12, 18, 7).lcm(Index(8, 27, 21)));
        OnValue("bitwise_not", _ => Index(0, 5, -3).bitwise_not());
        OnValue("bitwise_and", _ => Index(12, 5, -3).bitwise_and(Index(10, 3, 6)));
        OnValue("bitwise_or", _ => Index(12, 5, -3).bitwise_or(Index(10, 3, 6)));
        OnValue("bitwise_xor", _ => Index(12, 5, -3).bitwise_xor(Index(10, 3, 6)));
        OnValue("bitwise_left_shift", _ => Index(12, 5, 3).bitwise_left_shift(Index(1, 3, 6)));
        OnValue("bitwise_right_shift", _ => Index(12, 5, 300).bitwise_right_shift(Index(1, 3, 6)));
        OnValue("logical_and", _ => Index(0, 0, 2, 3).logical_and(Index(0, 1, 0, 5)));
        OnValue("logical_or", _ => Index(0, 0, 2, 3).logical_or(Index(0, 1, 0, 5)));
        OnValue("logical_xor", _ => Index(0, 0, 2, 3).logical_xor(Index(0, 1, 0, 5)));
        OnValue("frexp", x => x[0].frexp().Exponent, R(2, 3));
        Bessel();
        Comparisons();
        Reducing();
        Decompositions();
        Ordering();
        Making();
    }

    private void Bessel()
    {
        foreach (var (name, of) in new (string, Func<Tensor, Tensor>)[]
            {
                ("airy_ai", special.airy_ai), ("bessel_j0", special.bessel_j0), ("bessel_j1", special.bessel_j1), ("bessel_y0", special.bessel_y0),
                ("bessel_y1", special.bessel_y1), ("modified_bessel_i0", special.modified_bessel_i0), ("modified_bessel_i1", special.modified_bessel_i1),
                ("modified_bessel_k0", special.modified_bessel_k0), ("modified_bessel_k1", special.modified_bessel_k1),
                ("scaled_modified_bessel_k0", special.scaled_modified_bessel_k0), ("scaled_modified_bessel_k1", special.scaled_modified_bessel_k1),
                ("spherical_bessel_j0", special.spherical_bessel_j0),
            })
        {
            OnValue("special_" + name, x => of(x[0] * 3), P(2, 3));
        }
        foreach (var (name, of) in new (string, Func<Tensor, Tensor, Tensor>)[]
            {
                ("chebyshev_polynomial_t", special.chebyshev_polynomial_t), ("chebyshev_polynomial_u", special.chebyshev_polynomial_u),
                ("chebyshev_polynomial_v", special.chebyshev_polynomial_v), ("chebyshev_polynomial_w", special.chebyshev_polynomial_w),
                ("hermite_polynomial_h", special.hermite_polynomial_h), ("hermite_polynomial_he", special.hermite_polynomial_he),
                ("laguerre_polynomial_l", special.laguerre_polynomial_l), ("legendre_polynomial_p", special.legendre_polynomial_p),
            })
        {
            OnValue("special_" + name, x => of(x[0], N(0, 1, 4)), U(2, 3));
        }
        // The shifted ones live on the unit interval.
        foreach (var (name, of) in new (string, Func<Tensor, Tensor, Tensor>)[]
            {
                ("shifted_chebyshev_polynomial_t", special.shifted_chebyshev_polynomial_t),
                ("shifted_chebyshev_polynomial_u", special.shifted_chebyshev_polynomial_u),
                ("shifted_chebyshev_polynomial_v", special.shifted_chebyshev_polynomial_v),
                ("shifted_chebyshev_polynomial_w", special.shifted_chebyshev_polynomial_w),
            })
        {
            OnValue("special_" + name, x => of(x[0].abs() + 0.05, N(0, 1, 4)), U(2, 3));
        }
    }

    private void Comparisons()
    {
        foreach (var (name, each, number) in new (string, Func<Tensor, Tensor, Tensor>, Func<Tensor, Tensor>)[]
            {
                ("eq", (a, b) => a.eq(b), a => a.eq(2)), ("ne", (a, b) => a.ne(b), a => a.ne(2)), ("lt", (a, b) => a.lt(b), a => a.lt(2)),
                ("le", (a, b) => a.le(b), a => a.le(2)), ("gt", (a, b) => a.gt(b), a => a.gt(2)), ("ge", (a, b) => a.ge(b), a => a.ge(2)),
            })
        {
            OnValue(name, _ => each(N(1, 2, 3), N(2, 2, 2)));
            OnValue(name, _ => number(N(1, 2, 3)));
        }
        OnValue("equal", _ => stack([Truth(N(1, 2).equal(N(1, 2))), Truth(N(1, 2).equal(N(1, 3))), Truth(N(1, 2).equal(N(1, 2, 3)))]));
        OnValue("allclose", _ => stack([Truth(N(1, 2).allclose(N(1, 2.00001))), Truth(N(1, 2).allclose(N(1, 2.1))), Truth(N(1, 2).allclose(N(1, 2.1), rtol: 0.1))]));
        OnValue("isclose", _ => N(1, 2, double.NaN).isclose(N(1.1, 2, double.NaN), rtol: 1e-3, nanEqual: true));
        OnValue("isin", _ => Index(1, 2, 3, 4).isin(Index(4, 2)));
        OnValue("is_nonzero", _ => stack([Truth(Index(2).is_nonzero()), Truth(Index(0).is_nonzero())]));
        OnValue("can_cast", _ => stack([Truth(can_cast(float64, float32)), Truth(can_cast(float32, int64))]));
        OnValue("promote_types", _ => Index((long)promote_types(int32, float32), (long)promote_types(@bool, uint8), (long)promote_types(float64, complex64)));
        OnValue("result_type", _ => Index((long)result_type(Index(1), N(1).to(float32)), (long)result_type(Index(1), tensor(2.5f))));
        OnValue("masked_select", x => x[0].masked_select(x[0].gt(0)), R(2, 3));
    }

    private void Reducing()
    {
        OnValue("aminmax", x => stack([x[0].aminmax(1).min, x[0].aminmax(1).max]), R(2, 3));
        OnValue("argmax", x => x[0].argmax(1, keepdim: true), R(2, 3));
        OnValue("argmin", x => x[0].argmin(0), R(2, 3));
        OnValue("max", x => x[0].max(1).indexes, R(2, 3));
        OnValue("cummax", x => x[0].cummax(1).indexes, R(2, 3));
        OnValue("all", _ => Mask(true, false, true).all());
        OnValue("all", _ => Mask(true, false, true, true).reshape(2, 2).all(1));
        OnValue("any", _ => Mask(false, false).any());
        OnValue("any", _ => Mask(true, false, false, false).reshape(2, 2).any(1));
        OnValue("count_nonzero", _ => Index(0, 1, 2, 0).reshape(2, 2).count_nonzero([0]));
        OnValue("histc", x => x[0].histc(4, -1, 1), R(20));
        OnValue("histogram", x => Joined(histogram(x[0], N(-1.5, -0.5, 0.1, 1.5))), R(20));
        OnValue("histogram", x => Joined(histogram(x[0], 5, (-1, 1), density: true)), R(20));
        OnValue("bincount", x => Index(0, 3, 3, 1).bincount(x[0], 6), P(4));
        OnValue("vander", x => vander(x[0]), P(3));
        OnValue("linalg_matrix_rank", x => linalg.matrix_rank(x[0].outer(x[0]) + diag(N(1, 0, 0)), atol: 1e-8), P(3));
        OnValue("linalg_matrix_rank", x => linalg.matrix_rank(x[0].outer(x[0]), Number(1e-8)), P(3));
        OnValue("mode", _ => Index(3, 1, 3, 2).mode().values);
        OnValue("nanquantile", _ => N(1, double.NaN, 2, 4).nanquantile(Number(0.5)));
        OnValue("nansum", _ => N(1, double.NaN, 2).nansum());
        OnValue("nanmean", _ => N(1, double.NaN, 2).nanmean());
        OnValue("nanmedian", _ => N(3, double.NaN, 2, 7).nanmedian());
    }

    private void Decompositions()
    {
        OnValue("linalg_ldl_factor", x => LdlSolved(linalg.ldl_factor(Spd(x[0])), x[1]), R(3, 3), R(3, 2));
        OnValue("linalg_ldl_factor_ex", x => LdlSolved(OfThree(linalg.ldl_factor_ex(Spd(x[0]))), x[1]), R(3, 3), R(3, 2));
        OnValue("linalg_ldl_solve", x => LdlSolved(linalg.ldl_factor(Spd(x[0])), x[1]), R(3, 3), R(3, 2));
        OnValue("geqrf", x => Householder(x[0].geqrf(), (a, tau) => orgqr(a, tau).matmul(a[..2].triu())), R(3, 2));
        OnValue("ormqr", x => Householder(x[0].geqrf(), (a, tau) => a.ormqr(tau, a.ormqr(tau, x[1]), transpose: true)), R(3, 2), R(3, 2));
        OnValue("linalg_cond", x => linalg.cond(Spd(x[0]), "fro"), R(3, 3));
        OnValue("linalg_svd", x => Svd(x[0]), R(3, 2));
        OnValue("linalg_qr", x => Qr(x[0]), R(3, 2));
        OnValue("linalg_eigh", x => Eigh(Spd(x[0])), R(3, 3));
        OnValue("linalg_lu", x => Lu(x[0]), R(3, 3));
    }

    private void Ordering()
    {
        OnValue("where", x => cat([.. where(x[0].gt(0))]), R(2, 3));
        OnValue("topk", x => x[0].topk(2).indexes, R(2, 4));
        OnValue("sort", x => x[0].sort(1, descending: true).Indices, R(2, 4));
        OnValue("searchsorted", _ => searchsorted(N(1, 3, 5), N(0, 3, 6), right: true));
        OnValue("searchsorted", _ => searchsorted(N(1, 3, 5), 3, false, false, null));
        OnValue("bucketize", _ => N(0, 3, 6).bucketize(N(1, 3, 5)));
        OnValue("_unique2", _ => Unique(Index(3, 1, 3, 2).unique(return_inverse: true, return_counts: true)));
        OnValue("unique_dim", _ => Index(3, 1, 3, 2, 3, 1).reshape(3, 2).unique(dim: 0).output);
        OnValue("unique_consecutive", _ => Unique(Index(3, 3, 1, 3).unique_consecutive(return_inverse: true, return_counts: true)));
        OnValue("one_hot", _ => Ops.one_hot(Index(2, 0), 3));
        OnValue("tril_indices", _ => tril_indices(3, 4, 1, device: device));
        OnValue("triu_indices", _ => triu_indices(3, 4, -1, device: device));
        OnValue("is_coalesced", x => stack([Truth(Coordinates(x[0]).is_coalesced()), Truth(Coordinates(x[0]).coalesce().is_coalesced())]), R(3));
        OnValue("_indices", x => Coordinates(x[0]).SparseIndices, R(3));
        OnValue("_values", x => Coordinates(x[0]).SparseValues, R(3));
    }

    private void Making()
    {
        OnValue("zeros", _ => zeros(2, 3, type, device));
        OnValue("ones", _ => ones(2, 3, type, device));
        OnValue("full", _ => full(2, 3, 2.5, type, device));
        OnValue("empty", _ => empty(2, 3, type, device).zero_());
        OnValue("empty_strided", _ => Layout(empty_strided([2, 3], [1, 2], type, device)));
        OnValue("arange", _ => arange(1, 2.6, 0.5, type, device));
        OnValue("linspace", _ => linspace(1, 2, 5, type, device));
        OnValue("logspace", _ => logspace(0, 2, 3, 3, type, device));
        OnValue("eye", _ => eye(2, 3, type, device));
        OnValue("polygamma", x => x[0].clone().polygamma_(2), P(2, 3));
        OnValue("fill", x => x[0].clone().fill_(2.5), R(2, 3));
        OnValue("zero", x => x[0].clone().zero_(), R(2, 3));
        OnValue("zeros_like", x => x[0].zeros_like(), R(2, 3));
        OnValue("ones_like", x => x[0].ones_like(), R(2, 3));
        OnValue("full_like", x => x[0].full_like(2.5), R(2, 3));
        OnValue("empty_like", x => x[0].empty_like().zero_(), R(2, 3));
        OnValue("fft_fftfreq", _ => fft.fftfreq(5, 0.5, type, device));
        OnValue("fft_rfftfreq", _ => fft.rfftfreq(5, 0.5, type, device));
        OnValue("bartlett_window", _ => bartlett_window(6, false, type, device));
        OnValue("blackman_window", _ => blackman_window(6, true, type, device));
        OnValue("hann_window", _ => hann_window(6, true, type, device));
        OnValue("hamming_window", _ => hamming_window(6, false, dtype: type, device: device));
        OnValue("kaiser_window", _ => kaiser_window(6, false, 8, type, device));
    }

    private Tensor Truth(bool value) => tensor(value, device: device);

    private static Tensor Joined((Tensor First, Tensor Second) pair) => cat([pair.First, pair.Second]);

    private static Tensor Householder((Tensor A, Tensor Tau) packed, Func<Tensor, Tensor, Tensor> of) => of(packed.A, packed.Tau);

    private static (Tensor, Tensor) OfThree((Tensor Ld, Tensor Pivots, Tensor Info) all) => (all.Ld, all.Pivots);

    private static Tensor LdlSolved((Tensor Ld, Tensor Pivots) packed, Tensor right) => linalg.ldl_solve(packed.Ld, packed.Pivots, right, true);

    private static Tensor Unique((Tensor Output, Tensor? Inverse, Tensor? Counts) found) => cat([found.Output, found.Inverse!, found.Counts!]);

    /// <summary>The strides in front of the sizes.</summary>
    private Tensor Layout(Tensor x) => Index([.. x.stride(), .. x.shape]);

    // Decompositions are unique up to signs, so what they make up is compared.
    private static Tensor Svd(Tensor x)
    {
        var (u, s, vh) = linalg.svd(x, fullMatrices: false);
        return (u * s).matmul(vh);
    }

    private static Tensor Qr(Tensor x)
    {
        var (q, r) = linalg.qr(x);
        return cat([q.matmul(r), q.mT.matmul(q)]);
    }

    private static Tensor Eigh(Tensor x)
    {
        var (values, vectors) = linalg.eigh(x);
        return (vectors * values).matmul(vectors.mT);
    }

    private static Tensor Lu(Tensor x)
    {
        var (permutation, lower, upper) = linalg.lu(x);
        return cat([permutation.matmul(lower).matmul(upper), lower.triu(1), upper.tril(-1)]);
    }
}
