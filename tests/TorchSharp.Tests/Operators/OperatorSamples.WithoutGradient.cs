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
        // draws of Dirichlet distributions: torch.distributions puts the derivative on them
        "_sample_dirichlet", "_dirichlet_grad",
        // libtorch 1.13 has no derivative of them
        "aminmax", "embedding_renorm", "vander",
        // made from nothing, or emptied
        "arange", "empty", "empty_like", "eye", "full", "full_like", "linspace", "logspace", "ones", "ones_like", "zeros", "zeros_like", "zero", "detach",
        // another storage
        "set", "_cudnn_rnn_flatten_weight",
        // random
        "_standard_gamma", "bernoulli", "binomial", "cauchy", "exponential", "geometric", "log_normal", "multinomial", "normal", "poisson", "rand", "rand_like", "randint", "randint_like",
        "randn", "randn_like", "random", "randperm", "uniform",
    };
}
