using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Random operators by the mean and spread of many draws, and by their seed. The bounds are five standard errors.</summary>
public class RandomOperatorTests
{
    private const long Count = 40_000;

    private sealed record Law(string Native, Func<Generator, Tensor> Draw, double Mean, double Deviation);

    private static readonly Dictionary<string, Law> laws = Laws().ToDictionary(law => law.Item1, law => law.Item2);

    private static Tensor Blank => zeros(Count, float64);

    private static Tensor All(double value) => full(Count, value, float64);

    private static IEnumerable<(string, Law)> Laws()
    {
        var third = 1 / Math.Sqrt(12);
        yield return ("rand", new("rand", g => rand(Count, float64, generator: g), 0.5, third));
        yield return ("randn", new("randn", g => randn(Count, float64, generator: g), 0, 1));
        yield return ("randint", new("randint", g => randint(2, 7, [Count], generator: g), 4, Math.Sqrt(2)));
        yield return ("randperm", new("randperm", g => randperm(Count, generator: g), (Count - 1) / 2.0, Count * third));
        yield return ("normal, numbers", new("normal", g => normal(3, 2, [Count], float64, generator: g), 3, 2));
        yield return ("normal, tensors", new("normal", g => normal(All(3), All(2), g), 3, 2));
        yield return ("bernoulli", new("bernoulli", g => All(0.3).bernoulli(g), 0.3, Math.Sqrt(0.21)));
        yield return ("bernoulli_, a number", new("bernoulli_", g => Blank.bernoulli_(0.3, g), 0.3, Math.Sqrt(0.21)));
        yield return ("bernoulli_, a tensor", new("bernoulli_", g => Blank.bernoulli_(All(0.3), g), 0.3, Math.Sqrt(0.21)));
        yield return ("binomial", new("binomial", g => binomial(All(10), All(0.3), g), 3, Math.Sqrt(2.1)));
        yield return ("multinomial", new("multinomial", g => tensor(new[] { 1.0, 0, 1 }).multinomial(Count, true, g), 1, 1));
        yield return ("poisson", new("poisson", g => All(4).poisson(g), 4, 2));
        yield return ("_standard_gamma", new("_standard_gamma", g => _standard_gamma(All(4), g), 4, 2));
        // One of two shares with the concentrations 4 and 4 has the Beta distribution of 4 and 4.
        yield return ("_sample_dirichlet", new("_sample_dirichlet", g => _sample_dirichlet(full([Count, 2], 4.0, float64), g).select(1, 0), 0.5, 1.0 / 6));
        yield return ("geometric_", new("geometric_", g => Blank.geometric_(0.25, g), 4, Math.Sqrt(12)));
        yield return ("uniform_", new("uniform_", g => Blank.uniform_(-1, 3, g), 1, 4 * third));
        yield return ("normal_", new("normal_", g => Blank.normal_(3, 2, g), 3, 2));
        yield return ("exponential_", new("exponential_", g => Blank.exponential_(0.5, g), 2, 2));
        yield return ("random_", new("random_", g => Blank.random_(2, 7, g), 4, Math.Sqrt(2)));
        // A Cauchy variable has no mean; its arctangent is uniform.
        yield return ("cauchy_", new("cauchy_", g => ((Blank.cauchy_(1, 2, g) - 1) / 2).atan() / Math.PI, 0, third));
        yield return ("log_normal_", new("log_normal_", g => Blank.log_normal_(1, 0.5, g).log(), 1, 0.5));
    }

    /// <summary>Those that draw from the default generator only.</summary>
    private static readonly Dictionary<string, Law> likes = new()
    {
        ["rand_like"] = new("rand_like", _ => Blank.rand_like(), 0.5, 1 / Math.Sqrt(12)),
        ["randn_like"] = new("randn_like", _ => Blank.randn_like(), 0, 1),
        ["randint_like"] = new("randint_like", _ => Blank.randint_like(2, 7), 4, Math.Sqrt(2)),
    };

    public static TheoryData<string> Names() => [.. laws.Keys];

    public static TheoryData<string> Likes() => [.. likes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Draws_have_the_laws_moments_and_follow_the_generators_seed(string name)
    {
        using var scope = NewDisposeScope();
        var law = laws[name];
        var drawn = law.Draw(new Generator(11));
        Moments(drawn, law, name);
        Assert.True(drawn.Equals(law.Draw(new Generator(11))), "the same seed drew other numbers");
        Assert.False(drawn.Equals(law.Draw(new Generator(12))), "another seed drew the same numbers");
    }

    [Theory, MemberData(nameof(Likes))]
    public void Draws_from_the_default_generator_follow_manual_seed(string name)
    {
        using var scope = NewDisposeScope();
        var law = likes[name];
        Tensor Draw(long seed)
        {
            using var generator = manual_seed(seed);
            return law.Draw(generator);
        }
        var drawn = Draw(11);
        Moments(drawn, law, name);
        Assert.True(drawn.Equals(Draw(11)));
        Assert.False(drawn.Equals(Draw(12)));
    }

    [Fact]
    public void A_permutation_has_each_number_once() =>
        Assert.Equal(Enumerable.Range(0, 100).Select(k => (long)k), randperm(100).data<long>().ToArray().Order());

    [Fact]
    public void Draws_without_replacement_are_different() =>
        Assert.Equal([0L, 1, 2], tensor(new[] { 1.0, 5, 2 }).multinomial(3).data<long>().ToArray().Order());

    internal static IEnumerable<(string, string)> CheckedRows() => laws.Values.Concat(likes.Values).SelectMany(law =>
    {
        using var scope = NewDisposeScope();
        return CalledRows.During(() => law.Draw(new Generator(1))).Where(row => row.Native == law.Native).ToArray();
    });

    private static void Moments(Tensor drawn, Law law, string name)
    {
        var values = drawn.to(float64);
        Assert.True(values.ndim == 1 && values.shape[0] == Count);
        var (mean, deviation) = (values.mean().item<double>(), values.std().item<double>());
        var error = 5 * law.Deviation / Math.Sqrt(Count);
        Assert.True(Math.Abs(mean - law.Mean) <= error, $"{name}: mean {mean}, expected {law.Mean} ± {error}");
        // The spread of the spread is below this for the laws here, whose fourth moments are at most nine times the square of the variance.
        Assert.True(Math.Abs(deviation - law.Deviation) <= 2 * error, $"{name}: deviation {deviation}, expected {law.Deviation} ± {2 * error}");
    }
}
