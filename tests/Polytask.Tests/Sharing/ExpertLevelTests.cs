using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Sharing;

public class ExpertLevelTests
{
    private static Model Two(Func<Model, Model> sharing) => sharing(Model.Named("m").Input(6))
        .Task("a", Head.Regress(), tower: Block.Mlp(3)).Task("b", Head.Regress(), tower: Block.Mlp(3));

    private static MultiTaskModule Seeded(Model model)
    {
        manual_seed(11);
        return model.Build();
    }

    private static void Same(IReadOnlyList<Tensor> left, IReadOnlyList<Tensor> right)
    {
        foreach (var (a, b) in left.Zip(right)) Assert.True(Values.Difference(a, b) <= 1e-6);
    }

    private static double GradientNorm(IEnumerable<TorchSharp.Modules.Parameter> parameters) =>
        parameters.Sum(parameter => parameter.grad is null ? 0 : parameter.grad.abs().sum().item<float>());

    [Fact]
    public void A_cgc_level_without_owned_experts_is_mmoe()
    {
        var x = Values.Normal(1, 5, 6);
        var cgc = Two(m => m.Experts(ExpertBank.Shared(4, Block.Mlp(3)).PerTask(0)));
        Same(Seeded(cgc).Forward(x), Seeded(Two(m => m.Experts(4, Block.Mlp(3)))).Forward(x));
    }

    [Fact]
    public void A_ple_of_one_level_is_cgc()
    {
        var x = Values.Normal(1, 5, 6);
        var bank = ExpertBank.Shared(2, Block.Mlp(4)).PerTask(1);
        Same(Seeded(Two(m => m.ThenExperts(bank))).Forward(x), Seeded(Two(m => m.Experts(bank))).Forward(x));
    }

    // The definition, written out for one row at a time from the weights by name.
    [Fact]
    public void Two_levels_of_ple_are_what_the_equations_say()
    {
        var x = Values.Normal(2, 4, 6);
        var module = Seeded(Two(m => m.Experts(ExpertBank.Shared(2, Block.Mlp(4)).PerTask(1)).ThenExperts(ExpertBank.Shared(1, Block.Mlp(4)).PerTask(2))));
        var weights = module.state_dict();
        Tensor Expert(string level, string owner, int number, Tensor input) => nn.functional.linear(input,
            weights[$"trunk.{level}.{owner}.weight_0"].narrow(0, 4 * number, 4), weights[$"trunk.{level}.{owner}.bias_0"].narrow(0, 4 * number, 4)).relu();
        Tensor Mix(string level, string gate, Tensor read, params Tensor[] experts)
        {
            var g = read.matmul(weights[$"trunk.{level}.{gate}.weight"].t()).softmax(1);
            return experts.Select((expert, i) => g.narrow(1, i, 1) * expert).Aggregate((left, right) => left + right);
        }
        Tensor[] shared = [Expert("experts", "shared", 0, x), Expert("experts", "shared", 1, x)];
        Tensor a1 = Expert("experts", "task_a", 0, x), b1 = Expert("experts", "task_b", 0, x);
        var streamA = Mix("experts", "gate_a", x, [.. shared, a1]);
        var streamB = Mix("experts", "gate_b", x, [.. shared, b1]);
        var streamShared = Mix("experts", "shared_gate", x, [.. shared, a1, b1]);
        var second = Expert("experts_2", "shared", 0, streamShared);
        var outA = Mix("experts_2", "gate_a", streamA, second, Expert("experts_2", "task_a", 0, streamA), Expert("experts_2", "task_a", 1, streamA));
        var outB = Mix("experts_2", "gate_b", streamB, second, Expert("experts_2", "task_b", 0, streamB), Expert("experts_2", "task_b", 1, streamB));
        Assert.True(Values.Difference(outA, module.Representation("a", x)) <= 1e-6);
        Assert.True(Values.Difference(outB, module.Representation("b", x)) <= 1e-6);
        Assert.DoesNotContain(weights.Keys, name => name.StartsWith("trunk.experts_2.shared_gate"));
    }

    // Written out for each task: the same experts on what that task's own layer gave.
    [Fact]
    public void Shared_experts_on_own_streams_read_what_each_task_reads()
    {
        var x = Values.Normal(2, 4, 6);
        var module = Seeded(Two(m => m.Then(Layer.PerTask(Block.Mlp(5))).Then(Layer.Experts(ExpertBank.Shared(2, Block.Mlp(4))).OnOwnStreams())));
        var weights = module.state_dict();
        foreach (var task in (string[])["a", "b"])
        {
            Tensor Weight(string end) => weights[weights.Keys.Single(name =>
                name.StartsWith("trunk.branches") && name.Contains($"_{task}.") && name.EndsWith(end))];
            var own = nn.functional.linear(x, Weight("weight"), Weight("bias")).relu();
            var gate = own.matmul(weights[$"trunk.experts.gate_{task}.weight"].t()).softmax(1);
            var experts = nn.functional.linear(own, weights["trunk.experts.shared.weight_0"], weights["trunk.experts.shared.bias_0"]).relu();
            var mixed = gate.narrow(1, 0, 1) * experts.narrow(1, 0, 4) + gate.narrow(1, 1, 1) * experts.narrow(1, 4, 4);
            Assert.True(Values.Difference(mixed, module.Representation(task, x)) <= 1e-6);
        }
        Assert.Contains(module.named_parameters().Single(p => p.name == "trunk.experts.shared.weight_0").parameter, module.SharedParameters());
    }

    [Fact]
    public void On_own_streams_changes_nothing_where_tasks_read_one_stream_and_excludes_gates_on_the_shared_one()
    {
        var x = Values.Normal(1, 5, 6);
        var level = Layer.Experts(ExpertBank.Shared(3, Block.Mlp(4)).PerTask(1));
        Same(Seeded(Two(m => m.Then(level.OnOwnStreams()))).Forward(x), Seeded(Two(m => m.Then(level))).Forward(x));
        var error = Assert.Throws<DeclarationException>(() => Two(m => m.Then(level.OnOwnStreams().WithGatesOnSharedToo())).Build());
        Assert.Contains("own streams", error.Message);
    }

    [Fact]
    public void Without_shared_experts_no_gradient_of_one_task_reaches_the_experts_of_the_other()
    {
        var module = Seeded(Two(m => m.Experts(ExpertBank.Shared(0, Block.Mlp(4)).PerTask(2))));
        module.Forward(Values.Normal(1, 5, 6))[0].sum().backward();
        Assert.Equal(0, GradientNorm(module.TaskParameters("b")));
        Assert.True(GradientNorm(module.TaskParameters("a")) > 0);
        Assert.Empty(module.SharedParameters());
    }

    // In two levels the first level's owned experts reach the other task through the shared stream; in one they do not.
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Ownership_follows_the_streams(int levels, bool reaches)
    {
        var bank = ExpertBank.Shared(1, Block.Mlp(4)).PerTask(1);
        var module = Seeded(Two(m => levels == 1 ? m.Experts(bank) : m.Experts(bank).ThenExperts(bank)));
        var owned = module.named_parameters().Single(p => p.name == "trunk.experts.task_a.weight_0").parameter;
        Assert.Equal(reaches, module.SharedParameters().Contains(owned));
        Assert.Equal(!reaches, module.TaskParameters("a").Contains(owned));
        module.Forward(Values.Normal(1, 5, 6))[1].sum().backward();
        Assert.Equal(reaches, owned.grad is not null && owned.grad.abs().sum().item<float>() > 0);
    }

    // Whatever the sharing, the declared owners are those that the gradients reach.
    public static TheoryData<string> Kinds => [.. Architectures.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Declared_owners_are_the_tasks_whose_gradients_arrive(string kind)
    {
        var model = Architectures.All[kind];
        var module = Seeded(model);
        var x = Values.Normal(3, 7, 6);
        var parameters = module.parameters().ToArray();
        var reached = parameters.Select(_ => new HashSet<string>()).ToArray();
        foreach (var task in model.Tasks)
        {
            var output = module.Forward(task.Name, x);
            var gradients = autograd.grad([output.sum()], parameters, allow_unused: true);
            for (var i = 0; i < parameters.Length; i++)
                if (gradients[i] is { IsInvalid: false } gradient && gradient.abs().sum().item<float>() > 0) reached[i].Add(task.Name);
        }
        var shared = module.SharedParameters().ToHashSet(ReferenceEqualityComparer.Instance);
        var owners = model.Tasks.ToDictionary(task => task.Name, task => module.TaskParameters(task.Name).ToHashSet(ReferenceEqualityComparer.Instance));
        for (var i = 0; i < parameters.Length; i++)
        {
            if (owners.FirstOrDefault(owner => owner.Value.Contains(parameters[i])).Key is { } only) Assert.Subset(new HashSet<string> { only }, reached[i]);
            else Assert.Contains(parameters[i], shared);
        }
        // Most shared parameters do reach several tasks (a dead unit or a hard choice may not).
        Assert.True(shared.Count == 0 || parameters.Select((p, i) => (p, i)).Count(e => shared.Contains(e.p) && reached[e.i].Count > 1) * 2 > shared.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_task_alone_gets_what_it_gets_among_all(string kind)
    {
        var module = Seeded(Architectures.All[kind]);
        module.eval();
        var x = Values.Normal(4, 7, 6);
        var all = module.Forward(x);
        for (var i = 0; i < all.Count; i++)
            Assert.True(Values.Difference(all[i], module.Forward(module.Model.Tasks[i].Name, x)) <= 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Trains_prints_and_stands_alone(string kind)
    {
        var model = Architectures.All[kind];
        Assert.Contains("task 'a'", model.ToString());
        var inputs = Values.Normal(5, 24, 6);
        var examples = Examples.Joint(inputs, [.. model.Tasks.Select((task, i) => (task.Name, Values.Normal(6 + i, 24)))]);
        var run = model.Train(new DataSplits(examples, examples, examples), t => t.Epochs(2).Batch(8));
        Assert.All(run.Keys, key => Assert.True(double.IsFinite(run.Test(key))));
        using var single = model.SingleTask().Build();
        Assert.Empty(single.SharedParameters());
        using var alone = model.Only("b").Build();
        Assert.Equal([7], alone.Forward(Values.Normal(1, 7, 6))[0].shape);
    }

    [Fact]
    public void A_mask_says_who_sees_what()
    {
        var mask = new[,] { { true, false, true }, { false, true, true } };
        var module = Seeded(Two(m => m.Experts(ExpertBank.Shared(3, Block.Mlp(4)).WithVisibility(mask))));
        var x = Values.Normal(1, 5, 6);
        Assert.Equal([5, 2], module.GateWeights("a", x).shape);
        module.Forward(x)[0].sum().backward();
        var weight = module.named_parameters().Single(p => p.name == "trunk.experts.shared.weight_0").parameter;
        Assert.Equal(0, weight.grad!.narrow(0, 4, 4).abs().sum().item<float>());
        Assert.True(weight.grad.narrow(0, 0, 4).abs().sum().item<float>() > 0);
    }

    // x + f(LN x), the gates reading LN x too; sparse and dense.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Normalised_experts_are_those_of_the_normalised_input(bool sparse)
    {
        Gate gate = sparse ? Gate.TopK(2) : Gate.Softmax();
        var layer = Layer.Experts(ExpertBank.Shared(3, Block.Mlp(6)), gate).PerToken();
        Model Over(Layer one) => Model.Named("m").Input(Shape.Of(4, 6)).Then(one).Task("a", Head.Regress()).Task("b", Head.Regress());
        var (normalised, plain) = (Seeded(Over(layer.Normalised().Residual())), Seeded(Over(layer)));
        plain.load_state_dict(normalised.state_dict().Where(entry => !entry.Key.Contains("norm")).ToDictionary(entry => entry.Key, entry => entry.Value));
        var x = 5 * Values.Normal(3, 7, 4, 6) + 2;
        var inner = nn.functional.layer_norm(x, [6]);
        Assert.True(Values.Difference(plain.Representation("b", inner) + x, normalised.Representation("b", x)) <= 1e-5);
        Assert.True(Values.Difference(plain.GateWeights("b", inner), normalised.GateWeights("b", x)) <= 1e-6);
    }

    // HoME: two groups, meta experts, then task experts on the group's stream: nobody sees the other group.
    [Fact]
    public void Groups_do_not_see_each_other()
    {
        var module = Seeded(Architectures.All["home"]);
        var x = Values.Normal(1, 9, 6);
        module.Forward(x)[0].sum().backward();
        double Arrived(string part) => GradientNorm(module.named_parameters().Where(p => p.name.StartsWith($"trunk.{part}")).Select(p => p.parameter));
        // The global stream of the first level sees all groups; in the second level, only the own group and the global experts are seen.
        Assert.True(Arrived("experts.group_like") > 0);
        Assert.True(Arrived("experts_2.group_watch") > 0);
        Assert.Equal(0, Arrived("experts_2.group_like") + Arrived("experts_2.task_b") + Arrived("experts_2.task_c"));
        Assert.Equal(2, module.Model.Layers.OfType<ExpertsLayer>().Count());
    }

    [Fact]
    public void Declarations_that_do_not_fit_name_the_part()
    {
        string Message(Func<Model, Model> sharing) => Assert.Throws<DeclarationException>(() => Two(sharing).Build()).Message;
        Assert.Equal("model 'm': experts: the experts 2 x mlp 4 ReLU give 4 features, but 1 x mlp 5 ReLU per task give 5 features; "
            + "a gate can only mix experts of one output shape", Message(m => m.Experts(ExpertBank.Shared(2, Block.Mlp(4)).PerTask(1, Block.Mlp(5)))));
        Assert.Equal("model 'm': experts: the gate of task 'b' sees no expert; add shared ones, give it some of its own, or mend the mask",
            Message(m => m.Experts(ExpertBank.Shared(0, Block.Mlp(4)).Owned("a", 2))));
        Assert.Equal("model 'm': experts: experts are owned by 'aa', but the model has 'a' and 'b'; did you mean 'a'?",
            Message(m => m.Experts(ExpertBank.Shared(1, Block.Mlp(4)).Owned("aa", 2))));
        Assert.Equal("model 'm': experts: there are no experts; a level needs at least 1", Message(m => m.Experts(ExpertBank.Shared(0, Block.Mlp(4)))));
        Assert.Equal("model 'm': experts: the mask of who sees what is [1, 2], but there are 2 tasks and 2 experts",
            Message(m => m.Experts(ExpertBank.Shared(2, Block.Mlp(4)).WithVisibility(new[,] { { true, true } }))));
        Assert.Equal("model 'm': experts: a top-3 gate sees only 2 experts; choose k of at most 2", Message(m => m.Experts(2, Block.Mlp(4)).Gate(Gate.TopK(3))));
        Assert.Equal("model 'm': experts: experts per group need groups of tasks; declare them with .Group(\"name\", \"task\", ...)",
            Message(m => m.Experts(ExpertBank.Shared(1, Block.Mlp(4)).PerGroup(1))));
        Assert.Equal("model 'm': group 'g' names task 'c', but the model has 'a' and 'b'; did you mean 'a'?", Message(m => m.Group("g", "a", "c").Backbone(Block.Mlp(2))));
    }
}
