using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Sharing;

public class SparseGateTests
{
    private static Model Routed(TopKGate gate, int experts = 4) => Model.Named("m").Input(6).Experts(experts, Block.Mlp(8, 5)).Gate(gate)
        .Task("a", Head.Regress()).Task("b", Head.Regress());

    private static MultiTaskModule Built(Model model, bool training = false)
    {
        manual_seed(5);
        var module = model.Build();
        module.train(training);
        return module;
    }

    // Computing every expert on every row, weighed by the gate's zeros and probabilities.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Rows_sent_to_few_experts_get_what_all_experts_would_give(int k)
    {
        var x = Values.Normal(1, 33, 6);
        var module = Built(Routed(Gate.TopK(k)));
        var weights = module.state_dict();
        foreach (var task in new[] { "a", "b" })
        {
            var gate = module.GateWeights(task, x);
            Assert.Equal(33 * k, gate.ne(0).sum().item<long>());
            var first = nn.functional.linear(x, weights["trunk.experts.shared.weight_0"], weights["trunk.experts.shared.bias_0"]).relu().view(33, 4, 8);
            var features = einsum("neh,ehf->nef", first, weights["trunk.experts.shared.weight_1"]) + weights["trunk.experts.shared.bias_1"].squeeze(1);
            Assert.True(Values.Difference((gate.unsqueeze(2) * features.relu()).sum([1L]), module.Representation(task, x)) <= 1e-5);
        }
    }

    [Fact]
    public void Gradients_reach_chosen_experts_and_the_router_only()
    {
        var module = Built(Routed(Gate.TopK(1)), training: true);
        var x = Values.Normal(2, 3, 6);
        module.Forward("a", x).sum().backward();
        var chosen = module.GateWeights("a", x).argmax(1).data<long>().ToArray().Distinct().ToArray();
        var gradient = module.named_parameters().Single(p => p.name == "trunk.experts.shared.weight_1").parameter.grad!;
        for (var expert = 0; expert < 4; expert++)
            Assert.Equal(chosen.Contains(expert), gradient[expert].abs().sum().item<float>() > 0);
    }

    // At k = E nothing is left out, and an unnormalised top-k is the dense softmax with the same weights.
    [Fact]
    public void All_experts_are_a_dense_gate()
    {
        var x = Values.Normal(1, 7, 6);
        var (sparse, dense) = (Built(Routed(Gate.TopK(4))), Built(Model.Named("m").Input(6).Experts(4, Block.Mlp(8, 5)).Task("a", Head.Regress()).Task("b", Head.Regress())));
        using (no_grad())
        {
            foreach (var (name, value) in dense.state_dict())
                value.copy_(sparse.state_dict()[name.Contains("gate_") ? name.Replace(".weight", ".router.logits.weight") : name]);
        }
        foreach (var (a, b) in sparse.Forward(x).Zip(dense.Forward(x))) Assert.True(Values.Difference(a, b) <= 1e-6);
    }

    // In a second level, too, where experts that all share read the shared stream, or each task's own where the layer says so.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void All_experts_are_a_dense_gate_in_two_levels(bool own, bool tokens)
    {
        MultiTaskModule Levels(Gate gate)
        {
            var layer = Layer.Experts(ExpertBank.Shared(4, Block.Mlp(8, 6)), gate).Residual();
            if (own) layer = layer.OnOwnStreams();
            if (tokens) layer = layer.PerToken();
            return Built(Model.Named("m").Input(tokens ? Shape.Of(3, 6) : Shape.Of(6)).Then(layer).Then(layer).Task("a", Head.Regress()).Task("b", Head.Regress()));
        }
        var x = tokens ? Values.Normal(1, 7, 3, 6) : Values.Normal(1, 7, 6);
        var (sparse, dense) = (Levels(Gate.TopK(4)), Levels(Gate.Softmax()));
        using (no_grad())
        {
            foreach (var (name, value) in dense.state_dict())
                value.copy_(sparse.state_dict()[name.Contains("gate") ? name.Replace(".weight", ".router.logits.weight") : name]);
        }
        foreach (var (a, b) in sparse.Forward(x).Zip(dense.Forward(x))) Assert.True(Values.Difference(a, b) <= 1e-5);
        foreach (var task in (string[])["a", "b"]) Assert.True(Values.Difference(sparse.Forward(task, x), dense.Forward(task, x)) <= 1e-5);
    }

    [Fact]
    public void An_expert_takes_no_more_than_its_capacity_first_come_first_served()
    {
        var module = Built(Routed(Gate.TopK(1).WithCapacity(0.5)));
        var x = Values.Normal(3, 40, 6);
        var free = Built(Routed(Gate.TopK(1))).GateWeights("a", x).argmax(1).data<long>().ToArray();
        var weights = module.GateWeights("a", x);
        var seen = new int[4];
        for (var row = 0; row < 40; row++)
        {
            var expected = ++seen[free[row]] <= 5;                              // ceil(0.5 * 40 * 1 / 4)
            Assert.Equal(expected, weights[row, free[row]].item<float>() > 0);
        }
        Assert.True(Values.Difference(module.Representation("a", x).abs().sum([1L]).gt(0).to(ScalarType.Float32), weights.sum([1L]).gt(0).to(ScalarType.Float32)) == 0);
    }

    // Everybody wants one expert: every row survives with the same probability C / n.
    [Fact]
    public void Random_overflow_is_fair()
    {
        var module = Built(Model.Named("m").Input(6).Experts(2, Block.Mlp(3)).Gate(Gate.TopK(1).WithCapacity(0.5, Overflow.Random)).Task("a", Head.Regress()));
        using (no_grad())
            module.state_dict()["trunk.experts.gate_a.router.logits.weight"].copy_(tensor(new[,] { { 9f, 0, 0, 0, 0, 0 }, { -9f, 0, 0, 0, 0, 0 } }));
        var kept = zeros(20);
        for (var draw = 0; draw < 400; draw++) kept += module.GateWeights("a", ones(20, 6)).gt(0).sum([1L]);
        // ceil(0.5 * 20 / 2) = 5 of 20: 100 of 400 draws each, standard deviation sqrt(400 * 1/4 * 3/4) = 8.7; five of them either way.
        Assert.All(kept.Numbers(), count => Assert.InRange(count, 57, 143));
        Assert.Equal(2000, kept.sum().item<float>());
    }

    // alpha E sum f P: alpha where f and P are uniform, alpha E where all go to one expert with probability 1.
    [Theory]
    [InlineData(0f, 0.02)]
    [InlineData(400f, 0.08)]
    public void The_switch_balance_loss_has_its_closed_forms(float scale, double expected)
    {
        var module = Built(Model.Named("m").Input(4).Experts(4, Block.Mlp(3)).Gate(Gate.TopK(1).WithBalance(Balance.Switch, 0.02)).Task("a", Head.Regress()), training: true);
        using (no_grad()) module.state_dict()["trunk.experts.gate_a.router.logits.weight"].copy_(eye(4) * (scale == 0 ? 1e-4f : scale));
        // Rows that prefer each expert equally, or all the first.
        module.Forward(scale == 0 ? eye(4) : eye(4)[torch.tensor(0)].unsqueeze(0).repeat(4, 1));
        Assert.Equal(expected, module.TakePenalty()!.item<float>(), 1e-4);
    }

    // cv^2 = var / mean^2 of (importance) and (load), by hand for one gate without noise.
    [Fact]
    public void The_variation_balance_loss_is_the_sum_of_squared_coefficients()
    {
        var module = Built(Routed(Gate.TopK(2).WithBalance(Balance.Variation, 1)), training: true);
        var x = Values.Normal(4, 25, 6);
        module.Forward("a", x);
        var penalty = module.TakePenalty()!.item<float>();
        var gate = module.GateWeights("a", x);
        double Squared(double[] values) => values.Select(v => (v - values.Average()) * (v - values.Average())).Average() / (values.Average() * values.Average());
        Assert.Equal(Squared(gate.sum([0L]).Numbers()) + Squared(gate.ne(0).sum([0L]).to(ScalarType.Float32).Numbers()), penalty, 1e-4);
    }

    [Fact]
    public void Noise_has_the_declared_standard_deviation_and_evaluation_has_none()
    {
        var spec = Gate.TopK(1).WithNoise(2);
        var router = new Router(spec, 6, 4);
        var (_, deviation) = router.Of(Values.Normal(1, 3, 6));
        Assert.All(deviation!.Numbers(), value => Assert.Equal(0.5, value, 1e-6));
        router.eval();
        Assert.Null(router.Of(Values.Normal(1, 3, 6)).Deviation);
    }

    [Fact]
    public void Experts_per_token_treat_every_position_alike()
    {
        var model = Model.Named("m").Input(Shape.Of(7, 6)).Then(Layer.Experts(ExpertBank.Shared(4, Block.Mlp(8).Then(Block.Linear(6)))).PerToken().Residual())
            .Gate(Gate.TopK(2)).Task("a", Head.Regress());
        var module = Built(model);
        var x = Values.Normal(1, 3, 7, 6);
        var given = module.Representation("a", x);
        Assert.Equal([3, 7, 6], given.shape);
        var turned = module.Representation("a", x.flip(1)).flip(1);
        Assert.True(Values.Difference(given, turned) <= 1e-6);
        Assert.True((given - x).abs().max().item<float>() > 1e-3);
    }

    // DSelect-k: with the bits far outside of the smooth-step every selector has chosen, and the weights are k experts' softmax.
    [Fact]
    public void DSelect_k_becomes_a_choice_of_k_experts()
    {
        var module = Built(Model.Named("m").Input(6).Experts(8, Block.Mlp(3)).Gate(Gate.DSelectK(2)).Task("a", Head.Regress()));
        var x = Values.Normal(1, 11, 6);
        Assert.All(module.GateWeights("a", x).sum([1L]).Numbers(), sum => Assert.Equal(1, sum, 1e-5));
        using (no_grad()) module.state_dict()["trunk.experts.gate_a.codes.weight"].mul_(1e6);
        var chosen = module.GateWeights("a", x);
        Assert.All(chosen.ne(0).sum([1L]).Numbers(), count => Assert.InRange(count, 1, 2));
        Assert.All(chosen.sum([1L]).Numbers(), sum => Assert.Equal(1, sum, 1e-5));
    }

    // The cubic smooth-step: 0, 1/2 and 1 at -gamma/2, 0 and gamma/2, slope 3/(2 gamma) in the middle and 0 at the ends.
    [Fact]
    public void The_smooth_step_has_its_values_and_slopes()
    {
        var t = tensor(new[] { -3f, -1f, 0f, 1f, 3f }).requires_grad_();
        var s = DSelectKGateModule.SmoothStep(t, 2);
        Assert.Equal([0, 0, 0.5, 1, 1], s.Numbers());
        s.sum().backward();
        Assert.Equal(0.75, t.grad![2].item<float>(), 1e-6);
        Assert.Equal([0, 0], new[] { t.grad[0].item<float>(), t.grad[4].item<float>() }.Select(v => (double)v));
    }

    [Fact]
    public void A_hard_gate_weighs_one_expert_by_one_and_passes_the_soft_gradient()
    {
        var module = Built(Model.Named("m").Input(6).Experts(4, Block.Mlp(3)).Gate(Gate.Hard(0.5)).Task("a", Head.Regress()), training: true);
        var weights = module.GateWeights("a", Values.Normal(1, 50, 6));
        Assert.All(weights.max(1).values.Numbers(), value => Assert.Equal(1, value, 1e-6));
        Assert.Equal(50, weights.sum().item<float>(), 1e-4);
        module.Forward(Values.Normal(1, 50, 6))[0].sum().backward();
        Assert.True(module.named_parameters().Single(p => p.name == "trunk.experts.gate_a.logits.weight").parameter.grad!.abs().sum().item<float>() > 0);
    }

    // Gumbel noise makes the hard choice a sample of the softmax.
    [Fact]
    public void Hard_choices_are_drawn_with_the_probabilities_of_the_softmax()
    {
        manual_seed(9);
        var logits = tensor(new[] { 0f, 1f, 2f });
        var counts = GumbelSoftmax.Hard(logits.unsqueeze(0).expand(6000, -1), 1).sum([0L]).Numbers();
        var expected = logits.softmax(0).Numbers();
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], counts[i] / 6000, 0.03);
    }
}
