using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Distributions;

public class DistributionTests
{
    public static TheoryData<string> Names => Cases.Names;

    /// <summary>One tensor for each call: what is made on the way is freed. Parameters outlive their scope while the distribution does.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_leaves_one_tensor_in_its_scope(string name)
    {
        var value = Cases.All[name].Value;
        distributions.Distribution made;
        using (NewDisposeScope()) made = Cases.All[name].Make(Array.ConvertAll(Cases.All[name].Parameters, parameter => parameter.clone()), null);
        foreach (var (what, call) in new (string, Func<Tensor>)[]
        {
            ("sample", () => made.sample(3)), ("rsample", () => made.rsample(3, 2)), ("log_prob", () => made.log_prob(value)), ("entropy",
            made.entropy),
            ("mean", () => made.mean), ("variance", () => made.variance), ("stddev", () => made.stddev), ("mode", () => made.mode),
            ("cdf", () => made.cdf(value)), ("icdf", () => made.icdf(Cases.Part)), ("enumerate_support", () => made.enumerate_support()),
            ("perplexity", made.perplexity),
        })
        {
            using var scope = NewDisposeScope();
            try
            {
                var result = call();
                Assert.False(result.IsInvalid);
                // A parameter itself belongs to the distribution and not to the scope.
                Assert.True(scope.DisposablesCount <= 1, $"{what} left {scope.DisposablesCount} tensors");
            }
            catch (NotImplementedException problem)
            {
                Assert.StartsWith(made.GetType().Name, problem.Message);
                Assert.Equal(0, scope.DisposablesCount);
            }
        }
        made.Dispose();
        foreach (var parameter in Cases.All[name].Parameters) Assert.False(parameter.IsInvalid);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_expanded_distribution_gives_the_same_answers_for_a_larger_batch(string name)
    {
        var (made, value) = (Cases.All[name].Of(), Cases.All[name].Value);
        Size larger = new long[] { 2 }.Concat(made.batch_shape).ToArray();
        if (made is global::TorchSharp.Modules.Categorical or global::TorchSharp.Modules.OneHotCategorical or global::TorchSharp.Modules.Multinomial
            or global::TorchSharp.Modules.Dirichlet or global::TorchSharp.Modules.RelaxedOneHotCategorical) larger = (4, 2);
        var expanded = made.expand(larger);
        Assert.Equal(made.GetType(), expanded.GetType());
        Assert.Equal(larger, expanded.batch_shape);
        Assert.Equal(made.event_shape, expanded.event_shape);
        Assert.Equal([5, .. larger, .. made.event_shape], expanded.sample(5).shape);
        Assert.True(expanded.log_prob(value).allclose(made.log_prob(value).expand_as(expanded.log_prob(value)), equal_nan: true));

        // Into an instance of the kind, and no other.
        var instance = Cases.All[name].Of();
        Assert.Same(instance, made.expand(larger, instance));
        Assert.Equal(larger, instance.batch_shape);
        distributions.Distribution strange = name == "cauchy" ? distributions.Normal(0.0) : distributions.Cauchy(tensor(0.0), tensor(1.0));
        Assert.Contains("'instance' must be", Assert.Throws<ArgumentException>(() => made.expand(larger, strange)).Message);
    }

    [Fact]
    public void Parameters_are_broadcast_to_one_batch_and_keep_their_type()
    {
        using var normal = distributions.Normal(zeros(3, 1), ones(2));
        Assert.Equal(new Size((3, 2)), normal.batch_shape);
        Assert.Equal(float32, normal.sample(2).dtype);
        Assert.Equal(float32, distributions.Normal(0f, 1f).entropy().dtype);
        Assert.Equal(float64, distributions.Normal(0.0, 1.0).entropy().dtype);
        Assert.Equal([], distributions.Normal(0.0).sample().shape);
        using var vectors = distributions.MultivariateNormal(zeros(5, 1, 2), eye(2).expand(3, 2, 2));
        Assert.Equal(new Size((5, 3)), vectors.batch_shape);
        Assert.Equal([7, 5, 3], vectors.log_prob(zeros(7, 1, 1, 2)).shape);
        Assert.Equal([4, 3], distributions.Categorical(3).expand(3).sample(4).shape);
        Assert.Equal(
            [6],
            distributions.Multinomial(6, 3).sample(2).sum(dim: -1).unique(true, false,
            false).output.data<float>().ToArray().Select(count => (long)count));
    }

    [Fact]
    public void Extreme_concentrations_give_points_of_the_simplex()
    {
        using var generator = new Generator(11);
        using var corner = distributions.Dirichlet(full([3], 1e-3f), generator);
        var sample = corner.sample(1000);
        Assert.False(sample.isnan().any().item<bool>());
        Assert.True(sample.sum(dim: -1).allclose(ones(1000), 1e-4, 1e-4));
        Assert.True(distributions.Gamma(full([100], 1e-4f), ones(100), generator).sample().gt(0).all().item<bool>());
    }

    [Fact]
    public void The_mode_of_a_Dirichlet_distribution_lies_where_its_density_is_largest()
    {
        Assert.Equal([0.6, 0.0, 0.4], Reference.Doubles(distributions.Dirichlet(tensor(new[] { 4.0, 1.0, 3.0 })).mode));
        Assert.True(distributions.Dirichlet(tensor(new[] { 0.4, 0.1, 0.3 })).mode.isnan().all().item<bool>());
    }

    [Fact]
    public void Wrong_parameters_are_named()
    {
        void Wrong(string expected, Action make) => Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(make).Message);
        Wrong("One and only one of 'probs' and 'logits'", () => distributions.Bernoulli((Tensor?)null, null));
        Wrong("One and only one of 'probs' and 'logits'", () => distributions.Categorical(ones(2), ones(2)));
        Wrong("One and only one of 'probs' and 'logits'", () => distributions.Binomial(3, (double?)null, null));
        Wrong("one dimension or more", () => distributions.Categorical(tensor(1.0)));
        Wrong("one dimension or more", () => distributions.Dirichlet(tensor(1.0)));
        Wrong("Exactly one of covariance_matrix", () => distributions.MultivariateNormal(zeros(2)));
        Wrong("[..., 2, 2] for a loc of [2], got [3, 3]", () => distributions.MultivariateNormal(zeros(2), eye(3)));
        Wrong("between 0 and the 1 dimensions", () => distributions.Independent(distributions.Normal(zeros(2), ones(2)), 2));
        Assert.Throws<NotImplementedException>(() => distributions.Binomial(tensor(new[] { 2.0, 3.0 }), full([2], 0.5)).entropy());
    }

    [Fact]
    public void Sizes_are_values()
    {
        Size size = (2, 3);
        Assert.Equal(size, new Size([2L, 3]));
        Assert.True(size == new Size(new[] { 2, 3 }));
        Assert.True(size != Size.Empty);
        Assert.Equal(6, size.numel());
        Assert.Equal(new Size([2L, 3, 4]), size + 4);
        Assert.Equal(new Size(3), size.Slice(-1, 2));
        Assert.Equal("[2, 3]", size.ToString());
        Assert.Equal(0, default(Size).Length);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1.1920928955078125e-07, 3.4028234663852886e+38, 1.1754943508222875e-38)]
    [InlineData(ScalarType.Float64, 2.220446049250313e-16, 1.7976931348623157e+308, 2.2250738585072014e-308)]
    [InlineData(ScalarType.Float16, 0.0009765625, 65504.0, 6.103515625e-05)]
    [InlineData(ScalarType.BFloat16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38)]
    public void Limits_of_types_are_Pythons(ScalarType type, double eps, double max, double tiny)
    {
        var limits = finfo(type);
        Assert.Equal((eps, max, -max, tiny), (limits.eps, limits.max, limits.min, limits.tiny));
        Assert.Throws<ArgumentException>(() => finfo(ScalarType.Int64));
    }
}
