using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.distributions;

namespace TorchSharp.Tests.Distributions;

/// <summary>The distributions of tests/peers/distributions_reference.py, by the same names, as functions of their parameters.</summary>
internal static class Cases
{
    internal sealed record Case(Func<Tensor[], Generator?, Distribution> Make, Tensor[] Parameters, Tensor Value)
    {
        public Distribution Of(Generator? generator = null) => Make(Parameters, generator);
    }

    public static ReferenceFile Reference { get; } = new("distributions");

    private static Tensor T(params double[] values) => tensor(values);

    private static readonly Tensor place = T(-1.2, 0.0, 0.7), scale = T(0.5, 1.0, 2.3), positive = T(0.4, 1.0, 3.5), other = T(2.5, 0.6, 1.0);
    private static readonly Tensor chance = T(0.1, 0.5, 0.85), odds = T(-1.5, 0.0, 2.0), heat = tensor(0.7);
    private static readonly Tensor weights = T(0.2, 0.5, 0.3, 4.0, 1.0, 3.0).reshape(2, 3), scores = T(-1.0, 0.5, 0.2, 0.0, 2.0, 1.0).reshape(2, 3);
    private static readonly Tensor factor = T(1.0, 0.0, 0.0, 0.3, 0.8, 0.0, -0.5, 0.2, 1.5).reshape(3, 3);
    private static readonly Tensor real = T(-2.0, 0.3, 1.0, 0.1, -0.4, 4.0).reshape(2, 3), size = T(0.2, 1.0, 3.0, 2.5, 0.1, 0.7).reshape(2, 3);
    private static readonly Tensor count = T(0, 1, 4, 3, 0, 2).reshape(2, 3), simplex = T(0.2, 0.5, 0.3, 0.1, 0.1, 0.8).reshape(2, 3);

    /// <summary>A covariance stays one when an element of the matrix moves.</summary>
    private static Tensor Symmetric(Tensor matrix) => (matrix + matrix.t()) / 2;

    /// <summary>Probabilities at which inverse cumulated distributions are asked.</summary>
    public static Tensor Part { get; } = T(0.3, 0.9, 0.5, 0.05, 0.6, 0.2).reshape(2, 3);

    public static Dictionary<string, Case> All { get; } = new()
    {
        ["normal"] = new((p, g) => Normal(p[0], p[1], g), [place, scale], real),
        ["laplace"] = new((p, g) => Laplace(p[0], p[1], g), [place, scale], real),
        ["cauchy"] = new((p, g) => Cauchy(p[0], p[1], g), [place, scale], real),
        ["gumbel"] = new((p, g) => Gumbel(p[0], p[1], g), [place, scale], real),
        ["log normal"] = new((p, g) => LogNormal(p[0], p[1], g), [place, scale], size),
        ["uniform"] = new((p, g) => Uniform(p[0], p[1], g), [place, place + scale], real),
        ["gamma"] = new((p, g) => Gamma(p[0], p[1], g), [positive, other], size),
        ["chi2"] = new((p, g) => Chi2(p[0], g), [positive], size),
        ["exponential"] = new((p, g) => Exponential(p[0], g), [positive], size),
        ["half normal"] = new((p, g) => HalfNormal(p[0], g), [scale], size),
        ["half cauchy"] = new((p, g) => HalfCauchy(p[0], g), [scale], size),
        ["beta"] = new((p, g) => Beta(p[0], p[1], g), [positive, other], Part),
        ["dirichlet"] = new((p, g) => Dirichlet(p[0], g), [weights], simplex),
        ["bernoulli"] = new((p, g) => Bernoulli(p[0], generator: g), [chance], count.clamp(max: 1)),
        ["bernoulli by logits"] = new((p, g) => Bernoulli(logits: p[0], generator: g), [odds], count.clamp(max: 1)),
        ["geometric"] = new((p, g) => Geometric(p[0], generator: g), [chance], count),
        ["geometric by logits"] = new((p, g) => Geometric(logits: p[0], generator: g), [odds], count),
        ["binomial"] = new((p, g) => Binomial(tensor(5), p[0], generator: g), [chance], count),
        ["binomial by logits"] = new((p, g) => Binomial(tensor(5), logits: p[0], generator: g), [odds], count),
        ["negative binomial"] = new((p, g) => NegativeBinomial(p[0], p[1], generator: g), [other, chance], count),
        ["negative binomial by logits"] = new((p, g) => NegativeBinomial(p[0], logits: p[1], generator: g), [other, odds], count),
        ["poisson"] = new((p, g) => Poisson(p[0], g), [positive], count),
        ["categorical"] = new((p, g) => Categorical(p[0], generator: g), [weights], tensor(new[] { 2L, 0 })),
        ["categorical by logits"] = new((p, g) => Categorical(logits: p[0], generator: g), [scores], tensor(new[] { 2L, 0 })),
        ["one hot categorical"] = new((p, g) => OneHotCategorical(p[0], generator: g), [weights], T(0, 0, 1, 1, 0, 0).reshape(2, 3)),
        ["multinomial"] = new((p, g) => Multinomial(5, p[0], generator: g), [weights], T(1, 3, 1, 0, 5, 0).reshape(2, 3)),
        ["independent"] = new((p, g) => Independent(Normal(p[0], p[1], g), 1, g), [place, scale], real),
        ["multivariate normal"] = new((p, g) => MultivariateNormal(p[0], scale_tril: p[1], generator: g), [place, factor], real),
        ["multivariate normal by covariance"] = new(
            (p, g) => MultivariateNormal(p[0], Symmetric(p[1]), generator: g), [place, factor.mm(factor.t())], real),
        ["multivariate normal by precision"] = new(
            (p, g) => MultivariateNormal(p[0], precision_matrix: Symmetric(p[1]), generator: g), [place, factor.mm(factor.t())], real),
        ["relaxed bernoulli"] = new((p, g) => RelaxedBernoulli(p[0], p[1], generator: g), [heat, chance], Part),
        ["relaxed one hot categorical"] = new((p, g) => RelaxedOneHotCategorical(p[0], p[1], generator: g), [heat, weights], simplex),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
