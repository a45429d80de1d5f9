using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Distributions;

/// <summary>Draws with a seeded generator: their shape, moments, reproducibility and gradients.</summary>
public class SampleTests
{
    public static TheoryData<string> Names => Cases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Moments_of_draws_are_those_of_the_closed_forms(string name)
    {
        const int draws = 40_000;
        using var generator = new Generator(5);
        var made = Cases.All[name].Of(generator);
        var sample = made.sample(draws);
        Assert.Equal([draws, .. made.batch_shape, .. made.event_shape], sample.shape);
        Assert.False(sample.requires_grad);
        Tensor mean, variance;
        try
        {
            (mean, variance) = (made.mean, made.variance);
        }
        catch (NotImplementedException)
        {
            // A relaxed draw is above a half as often as the draw that it stands for is one.
            var probs = made is global::TorchSharp.Modules.RelaxedBernoulli relaxed ? relaxed.probs
                : ((global::TorchSharp.Modules.RelaxedOneHotCategorical)made).probs;
            var hits = made.event_shape.IsEmpty ? sample.gt(0.5).to(float64) : nn.functional.one_hot(sample.argmax(-1), 3).to(float64);
            Within(hits.mean([0L]), probs, (probs * (1 - probs) / draws).sqrt());
            return;
        }
        if (name.StartsWith("categorical", StringComparison.Ordinal))
        {
            var probs = ((global::TorchSharp.Modules.Categorical)made).probs;
            Within(nn.functional.one_hot(sample, 3).to(float64).mean([0L]), probs, (probs * (1 - probs) / draws).sqrt());
        }
        else if (variance.isfinite().all().item<bool>() && mean.isfinite().all().item<bool>())
        {
            Within(sample.mean([0L]), mean, (variance / draws).sqrt());
            var squares = (sample - mean).square();
            Within(squares.mean([0L]), variance, (squares.var(0) / draws).sqrt() + 1e-12);
        }
        // Cumulated probabilities of draws are uniform, with or without moments.
        if (made.GetType().GetMethod("cdf")!.DeclaringType != typeof(distributions.Distribution) && name != "poisson")
        {
            var uniform = made.cdf(sample);
            Within(uniform.mean([0L]), 0.5 * ones_like(uniform[0]), Math.Sqrt(1.0 / 12 / draws) * ones_like(uniform[0]));
            Within(uniform.square().mean([0L]), ones_like(uniform[0]) / 3, Math.Sqrt(4.0 / 45 / draws) * ones_like(uniform[0]));
        }

        static void Within(Tensor found, Tensor expected, Tensor deviation) =>
            Assert.True(
                ((found - expected).abs() <= 5 * deviation + 1e-9).all().item<bool>(),
                $"found {Text(found)}, expected {Text(expected)} within {Text(5 * deviation)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_repeat_with_the_generators_seed_and_leave_the_default_generator_alone(string name)
    {
        Tensor Draw(ulong seed)
        {
            using var generator = new Generator(seed);
            return Cases.All[name].Of(generator).sample(20, 2);
        }
        manual_seed(1);
        var state = get_rng_state();
        var first = Draw(3);
        Assert.True(first.Equals(Draw(3)));
        Assert.False(first.Equals(Draw(4)));
        Assert.True(state.Equals(get_rng_state()));
    }

    /// <summary>With the same seed a draw is a smooth function of the parameters, whose slopes are seen by finite differences.</summary>
    [Theory]
    [InlineData("normal")]
    [InlineData("laplace")]
    [InlineData("cauchy")]
    [InlineData("gumbel")]
    [InlineData("log normal")]
    [InlineData("uniform")]
    [InlineData("exponential")]
    [InlineData("half normal")]
    [InlineData("half cauchy")]
    [InlineData("independent")]
    [InlineData("multivariate normal")]
    [InlineData("relaxed bernoulli")]
    [InlineData("relaxed one hot categorical")]
    public void Gradients_flow_through_draws(string name)
    {
        var (make, parameters, _) = Cases.All[name];
        CheckSlopes(parameters, values =>
        {
            using var generator = new Generator(7);
            var sample = make(values, generator).rsample(4);
            return (sample * Reference.Pattern(sample.shape).to(float64)).sum();
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_flow_through_log_probabilities(string name)
    {
        var (make, parameters, value) = Cases.All[name];
        // Outside of a uniform distribution nothing has a slope.
        if (name == "uniform") value = parameters[0] + 0.3 * (parameters[1] - parameters[0]);
        CheckSlopes(parameters, values =>
        {
            var found = make(values, null).log_prob(value);
            return (found * Reference.Pattern(found.shape).to(float64)).sum();
        });
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", Reference.Doubles(tensor))}]";

    private static void CheckSlopes(Tensor[] parameters, Func<Tensor[], Tensor> function)
    {
        var leaves = Array.ConvertAll(parameters, parameter => parameter.clone().requires_grad_());
        function(leaves).backward();
        for (var k = 0; k < parameters.Length; k++)
        {
            var analytic = Reference.Doubles(leaves[k].grad!);
            for (var i = 0; i < analytic.Length; i++)
            {
                double At(double step)
                {
                    var moved = Array.ConvertAll(parameters, parameter => parameter.clone());
                    moved[k].view(-1).data<double>()[i] += step;
                    return function(moved).item<double>();
                }
                var slope = (At(1e-6) - At(-1e-6)) / 2e-6;
                Assert.True(
                    Math.Abs(slope - analytic[i]) <= 1e-5 * Math.Max(1, Math.Abs(slope)), $"parameter {k}[{i}]: {analytic[i]}, slope {slope}");
            }
        }
    }

    /// <summary>dx/dα = -(∂F/∂α) / density at the drawn x: how x moves where its cumulated probability F stays.</summary>
    [Fact]
    public void Gradients_flow_through_gamma_draws()
    {
        using var generator = new Generator(8);
        var concentration = tensor(new[] { 0.6, 1.0, 2.5, 9.0 }).requires_grad_();
        using var gamma = distributions.Gamma(concentration, ones(4, float64), generator);
        var draws = gamma.rsample(50);
        draws.sum().backward();
        var x = draws.detach();
        var moved = (distributions.Gamma(concentration.detach() + 1e-6, ones(4,
        float64)).cdf(x) - distributions.Gamma(concentration.detach() - 1e-6, ones(4, float64)).cdf(x)) / 2e-6;
        Assert.True((-moved / gamma.log_prob(x).detach().exp()).sum(dim: 0).allclose(concentration.grad!, 1e-4, 1e-4));
    }

    /// <summary>
    /// With one concentration 1 the cumulated beta distribution is a power, and dx/da = -x log x / a, dx/db = (1 - x) log(1 - x) / b.
    /// </summary>
    [Fact]
    public void Gradients_flow_through_beta_draws()
    {
        using var generator = new Generator(9);
        var a = tensor(new[] { 0.7, 1.0, 4.0 }).requires_grad_();
        using (var power = distributions.Beta(a, ones(3, float64), generator))
        {
            var draws = power.rsample(40);
            var x = draws.detach();
            draws.sum().backward();
            Assert.True((-x * x.log() / a.detach()).sum(dim: 0).allclose(a.grad!, 1e-4, 1e-4));
        }
        var b = tensor(new[] { 0.7, 1.0, 4.0 }).requires_grad_();
        using (var power = distributions.Beta(ones(3, float64), b, generator))
        {
            var draws = power.rsample(40);
            var x = draws.detach();
            draws.sum().backward();
            Assert.True(((1 - x) * (-x).log1p() / b.detach()).sum(dim: 0).allclose(b.grad!, 1e-4, 1e-4));
        }
    }

    /// <summary>The mean gradient of log xᵢ is the gradient of its mean, ψ(αᵢ) - ψ(Σα).</summary>
    [Fact]
    public void Gradients_flow_through_dirichlet_draws()
    {
        const int draws = 100_000;
        using var generator = new Generator(10);
        var alpha = tensor(new[] { 1.5, 0.8, 3.0 }).requires_grad_();
        using var dirichlet = distributions.Dirichlet(alpha, generator);
        dirichlet.rsample(draws).log()[TensorIndex.Ellipsis, 0].mean().backward();
        var expected = alpha.detach().clone().requires_grad_();
        (expected[0].digamma() - expected.sum().digamma()).backward();
        Assert.True(alpha.grad!.allclose(expected.grad!, 0.02, 0.02), $"{Text(alpha.grad!)}, expected {Text(expected.grad!)}");
        using (no_grad()) Assert.False(dirichlet.rsample(2).requires_grad);
    }
}
