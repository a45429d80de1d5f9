using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Distributions;

/// <summary>Densities, entropies, moments and cumulated probabilities against Python's, in double precision.</summary>
public class AgainstPython
{
    public static TheoryData<string> Names => Cases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Quantities_are_Pythons(string name)
    {
        var (made, value) = (Cases.All[name].Of(), Cases.All[name].Value);
        var compared = 0;
        foreach (var quantity in Cases.Reference.Under($"{name}/"))
        {
            var found = quantity switch
            {
                "log_prob" => made.log_prob(value),
                "entropy" => made.entropy(),
                "mean" => made.mean,
                "variance" => made.variance,
                "mode" => made.mode,
                "cdf" => made.cdf(value),
                "icdf" => made.icdf(Cases.Part),
                _ => throw new ArgumentException(quantity),
            };
            // Python counts a multinomial's draws in single precision.
            Cases.Reference.Equal($"{name}/{quantity}", found, (name, quantity) == ("multinomial", "entropy") ? 1e-7 : 1e-10);
            compared++;
        }
        Assert.True(compared > 0);
        if (compared > 4) Assert.True(made.stddev.pow(2).allclose(made.variance, equal_nan: true));
    }

    [Fact]
    public void A_Poisson_draw_of_at_most_k_is_the_sum_of_its_probabilities()
    {
        using var poisson = distributions.Poisson(3.5);
        var summed = 0.0;
        for (var k = 0; k < 12; k++)
        {
            summed += Math.Exp(poisson.log_prob(tensor((double)k)).item<double>());
            Assert.Equal(summed, poisson.cdf(tensor(k + 0.5)).item<double>(), 10);
        }
        Assert.Equal(0, poisson.cdf(tensor(-0.5)).item<double>());
    }

    /// <summary>The density is the slope of what is cumulated, also where Python has no cumulated form (gamma).</summary>
    [Theory]
    [InlineData("normal")]
    [InlineData("laplace")]
    [InlineData("cauchy")]
    [InlineData("gumbel")]
    [InlineData("log normal")]
    [InlineData("gamma")]
    [InlineData("chi2")]
    [InlineData("exponential")]
    [InlineData("half normal")]
    [InlineData("half cauchy")]
    public void Densities_are_slopes_of_cumulated_probabilities(string name)
    {
        var (made, value) = (Cases.All[name].Of(), Cases.All[name].Value);
        var slope = (made.cdf(value + 1e-6) - made.cdf(value - 1e-6)) / 2e-6;
        Assert.True(slope.allclose(made.log_prob(value).exp(), 1e-6, 1e-6));
    }

    [Fact]
    public void All_outcomes_of_a_discrete_distribution_have_probability_one()
    {
        foreach (var name in new[] { "bernoulli", "bernoulli by logits", "binomial", "binomial by logits", "categorical", "categorical by logits" })
        {
            var made = Cases.All[name].Of();
            Assert.True(made.log_prob(made.enumerate_support()).exp().sum(dim: 0).allclose(ones(made.batch_shape.Shape, float64)), name);
            Assert.Equal(made.batch_shape.Select(_ => 1L), made.enumerate_support(expand: false).shape.Skip(1));
        }
    }

    [Fact]
    public void Impossible_and_certain_outcomes_have_finite_answers_where_they_should()
    {
        using var certain = distributions.Geometric(tensor(1.0));
        Assert.Equal(0, certain.log_prob(tensor(0.0)).item<double>());
        Assert.Equal(double.NegativeInfinity, certain.log_prob(tensor(1.0)).item<double>());
        using var half = distributions.HalfNormal(tensor(1.0));
        Assert.Equal(double.NegativeInfinity, half.log_prob(tensor(-0.1)).item<double>());
        using var missing = distributions.Multinomial(3, tensor(new[] { 0.0, 1.0 }));
        Assert.Equal(0, missing.log_prob(tensor(new[] { 0.0, 3.0 })).item<double>(), 10);
        using var sure = distributions.Categorical(tensor(new[] { 0.0, 1.0 }));
        Assert.Equal(0, sure.entropy().item<double>(), 10);
        Assert.Equal(1, sure.perplexity().item<double>(), 10);
    }
}
