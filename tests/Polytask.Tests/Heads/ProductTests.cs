using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Heads;

/// <summary>A product of probabilities in log space (ESMM).</summary>
public class ProductTests
{
    private static readonly Model Esmm = Model.Named("esmm").Input(3).Task("click", Head.Binary()).Task("both", Head.Product("click"));

    [Fact]
    public void The_product_is_below_each_factor_and_equals_it_in_double_precision()
    {
        var (a, v) = (Values.Normal(1, 50).to(ScalarType.Float64) * 4, Values.Normal(2, 50).to(ScalarType.Float64) * 4);
        var c = Product.Of(v, [a]).sigmoid();
        Assert.All(c.Numbers().Zip((a.sigmoid() * v.sigmoid()).Numbers()), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.True(c.le(minimum(a.sigmoid(), v.sigmoid())).all().item<bool>());
    }

    // dL/ds = (c - z) (1 - v) / (1 - c), s the logit of the conversion rate.
    [Fact]
    public void The_gradient_is_that_of_the_paper()
    {
        var a = Values.Normal(1, 20).to(ScalarType.Float64);
        var s = Values.Normal(2, 20).to(ScalarType.Float64).requires_grad_();
        var z = Values.Normal(3, 20).gt(0).to(ScalarType.Float64);
        Loss.BinaryCrossEntropy().Mean(Product.Of(s, [a]), z).backward();
        using var untracked = no_grad();
        var (v, c) = (s.sigmoid(), a.sigmoid() * s.sigmoid());
        var expected = (c - z) * (1 - v) / (1 - c) / 20;
        Assert.All(expected.Numbers().Zip(s.grad!.Numbers()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Fact]
    public void With_a_certain_factor_the_product_is_the_other_one_and_extremes_stay_finite()
    {
        var s = tensor(new[] { -50f, -3, 0, 3, 50 });
        Assert.True(Values.Difference(s, Product.Of(s, [full(5, 200f)])) < 1e-5);
        Assert.True(Product.Of(full(1, -500f), [full(1, -500f)]).isfinite().all().item<bool>());
    }

    [Fact]
    public void A_model_trains_both_factors_by_the_product()
    {
        var module = Esmm.Build();
        var x = Values.Normal(4, 8, 3);
        Esmm.Tasks[1].Loss.Mean(module.Forward("both", x), zeros(8)).backward();
        foreach (var name in (string[])["task_click.output.weight", "task_both.output.weight"])
            Assert.NotEqual(0, module.named_parameters().First(entry => entry.name == name).parameter.grad!.abs().sum().item<float>());
    }
}
