namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    /// <summary>Their results are integers or Booleans, flat almost everywhere, drawn at random, or made from nothing.</summary>
    public static IReadOnlySet<string> WithoutGradient { get; } = new HashSet<string>
    {
        // flat almost everywhere
        "ceil", "floor", "floor_divide", "nextafter", "round", "sgn", "sign", "trunc", "heaviside",
        // integers and Booleans
        "all", "allclose", "any", "argmax", "argmin", "argsort", "argwhere", "bincount", "bitwise_and", "bitwise_left_shift", "bitwise_not", "bitwise_or",
        "bitwise_right_shift", "bitwise_xor", "bucketize", "count_nonzero", "eq", "equal", "gcd", "ge", "gt", "histc", "is_nonzero", "isclose", "isfinite", "isin",
        "isinf", "isnan", "isneginf", "isposinf", "isreal", "lcm", "le", "linalg_matrix_rank", "logical_and", "logical_not", "logical_or", "logical_xor", "lt", "ne",
        "nonzero", "one_hot", "searchsorted", "signbit", "tril_indices", "triu_indices", "_unique2", "unique_consecutive", "unique_dim",
        "can_cast", "is_coalesced", "is_conj", "is_neg", "is_pinned", "promote_types", "result_type", "_indices",
        // draws of Dirichlet distributions: torch.distributions puts the derivative on them
        "_sample_dirichlet", "_dirichlet_grad",
        // libtorch 1.13 has no derivative of them
        "_values", "geqrf", "histogram", "linalg_ldl_factor", "linalg_ldl_factor_ex", "linalg_ldl_solve", "ormqr",
        "special_airy_ai", "special_bessel_j0", "special_bessel_j1", "special_bessel_y0", "special_bessel_y1", "special_chebyshev_polynomial_t",
        "special_chebyshev_polynomial_u", "special_chebyshev_polynomial_v", "special_chebyshev_polynomial_w", "special_hermite_polynomial_h",
        "special_hermite_polynomial_he", "special_laguerre_polynomial_l", "special_legendre_polynomial_p", "special_modified_bessel_i0",
        "special_modified_bessel_i1", "special_modified_bessel_k0", "special_modified_bessel_k1", "special_scaled_modified_bessel_k0",
        "special_scaled_modified_bessel_k1", "special_shifted_chebyshev_polynomial_t", "special_shifted_chebyshev_polynomial_u",
        "special_shifted_chebyshev_polynomial_v", "special_shifted_chebyshev_polynomial_w", "special_spherical_bessel_j0",
        "aminmax", "embedding_renorm", "vander",
        // made from nothing, or emptied
        "arange", "empty", "empty_like", "eye", "full", "full_like", "linspace", "logspace", "ones", "ones_like", "zeros", "zeros_like", "zero", "detach",
        "bartlett_window", "blackman_window", "empty_strided", "fft_fftfreq", "fft_rfftfreq", "hamming_window", "hann_window", "kaiser_window",
        // another storage, or memory of another kind
        "set", "pin_memory", "_cudnn_rnn_flatten_weight",
        // random
        "_standard_gamma", "bernoulli", "binomial", "cauchy", "exponential", "geometric", "log_normal", "multinomial", "normal", "poisson", "rand", "rand_like", "randint", "randint_like",
        "randn", "randn_like", "random", "randperm", "uniform",
    };
}
