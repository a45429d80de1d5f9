using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public class WeightingTests
{
    private static readonly TaskSpec[] Tasks =
    [
        new("r", Head.Regress(), Loss.MeanSquaredError(), null),
        new("c", Head.Classify(3), Loss.CrossEntropy(), null),
    ];

    private static readonly Tensor Losses = tensor(new[] { 0.7f, 1.9f });

    [Fact]
    public void Equal_weighting_is_the_sum() => Assert.Equal(2.6, Weighting.Equal().Build(Tasks).call(Losses).item<float>(), 1e-6);

    [Fact]
    public void Constant_weights_scale_each_task_and_leave_others_at_one()
    {
        Assert.Equal(0.7 + 3 * 1.9, Weighting.Constant(("c", 3)).Build(Tasks).call(Losses).item<float>(), 1e-5);
        Assert.Equal("the constant weighting names task 'x', but the model has 'r' and 'c'; did you mean 'r'?",
            Assert.Throws<DeclarationException>(() => Weighting.Constant(("x", 1)).Build(Tasks)).Message);
    }

    [Fact]
    public void Constant_weights_are_checked_and_do_not_follow_the_array_they_came_from()
    {
        var given = new[] { ("c", 3.0) };
        var weighting = Weighting.Constant(given);
        given[0] = ("c", 5);
        Assert.Equal(0.7 + 3 * 1.9, weighting.Build(Tasks).call(Losses).item<float>(), 1e-5);
        Assert.Equal("the constant weighting names task 'c' twice; give each task one weight",
            Assert.Throws<DeclarationException>(() => Weighting.Constant(("c", 1), ("c", 2)).Build(Tasks)).Message);
        Assert.Equal("task 'c': a constant weight is a finite number of at least 0, but got NaN",
            Assert.Throws<DeclarationException>(() => Weighting.Constant(("c", double.NaN)).Build(Tasks)).Message);
    }

    [Fact]
    public void Uncertainty_has_its_optimum_where_the_variance_is_the_loss()
    {
        // d/ds [c exp(-s) L + s/2] = 0 at exp(s) = 2 c L: the loss for regression (c = 1/2), twice the loss for classification (c = 1).
        var module = Weighting.Uncertainty().Build(Tasks);
        var s = module.parameters().Single();
        Assert.Equal(0.5 * 0.7 + 1.9, module.call(Losses).item<float>(), 1e-5);
        using (no_grad()) s.copy_(tensor(new[] { (float)Math.Log(0.7), (float)Math.Log(2 * 1.9) }));
        module.call(Losses).backward();
        Assert.All(s.grad!.Numbers(), slope => Assert.Equal(0, slope, 1e-6));
    }

    // With losses that stay, n steps of q exp(eta L) are the shares exp(n eta L) / sum: a closed form.
    [Fact]
    public void Group_dro_moves_its_shares_to_the_worst_task()
    {
        var module = Weighting.GroupDro(0.5).Build(Tasks);
        var leans = new[] { 0.7, 1.9 };
        for (var step = 1; step <= 3; step++)
        {
            var losses = tensor(new[] { 0.7f, 1.9f }).requires_grad_();
            var total = module.call(losses);
            total.backward();
            var powers = leans.Select(loss => Math.Exp(0.5 * step * loss)).ToArray();
            double[] shares = [.. powers.Select(power => power / powers.Sum())];
            Assert.All(losses.grad!.Numbers().Zip(shares), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
            Assert.Equal(shares[0] * 0.7 + shares[1] * 1.9, total.item<float>(), 1e-5);
        }
        module.eval();
        Assert.Equal(module.call(Losses).item<float>(), module.call(Losses).item<float>());
        module.train();
        Assert.Equal(1.9e6, module.call(tensor(new[] { 1f, 1.9e6f })).item<float>(), 1.0);
        Assert.Empty(module.parameters());
        Assert.Equal("the step of group DRO is a finite number above 0, but got 0", Assert.Throws<DeclarationException>(() => Weighting.GroupDro(0)).Message);
    }

    // A constant task far above one that can be learned: the shares leave the latter, and a checkpoint has them.
    [Fact]
    public void Group_dro_trains_with_a_model_and_keeps_its_shares_in_the_weights()
    {
        var x = Values.Normal(1, 64, 3);
        var data = Examples.Joint(x, ("easy", x.select(1, 0)), ("hard", 5 * Values.Normal(2, 64)));
        var run = Model.Named("m").Input(3).Task("easy", Head.Regress()).Task("hard", Head.Regress()).Weigh(Weighting.GroupDro(0.1))
            .Train(new DataSplits(data, data, data), t => t.Adam(1e-2).Epochs(3).Batch(16));
        var shares = run.Module.state_dict()["weighting.shares"].Numbers();
        Assert.Equal(1, shares.Sum(), 1e-6);
        Assert.True(shares[1] > 0.9);
    }
}
