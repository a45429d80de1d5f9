using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Sharing;

/// <summary>Every architecture has a setting in which it is a simpler one: the same outputs, from the same weights.</summary>
public class OffSwitchTests
{
    private static readonly Block[] Stages = [Block.Mlp(6), Block.Mlp(4)];

    private static readonly Tensor X = Values.Normal(1, 9, 5);

    private static Model Declared(Func<Model, Model> sharing) => sharing(Model.Named("m").Input(5)).Task("a", Head.Regress()).Task("b", Head.Binary());

    private static MultiTaskModule Built(Func<Model, Model> sharing, bool training = false)
    {
        manual_seed(3);
        var module = Declared(sharing).Build();
        module.train(training);
        return module;
    }

    private static void Set(MultiTaskModule module, string name, Tensor value)
    {
        using var untracked = no_grad();
        module.state_dict()[name].copy_(value);
    }

    private static void Same(MultiTaskModule left, MultiTaskModule right)
    {
        foreach (var (a, b) in left.Forward(X).Zip(right.Forward(X))) Assert.True(Values.Difference(a, b) <= 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_stitch_with_the_identity_is_single_task_networks(bool perChannel)
    {
        var stitched = Built(m => m.Then(perChannel ? Layer.CrossStitch(Stages).PerChannel() : Layer.CrossStitch(Stages)));
        var single = Built(m => m.Backbone(Block.Mlp(6).Then(Block.Mlp(4))).SingleTask());
        for (var stage = 0; stage < 2; stage++)
        {
            Set(stitched, $"trunk.stitch.alpha_{stage}", eye(2));
            var (weights, biases) = (stitched.state_dict()[$"trunk.stitch.stage_{stage}.weight_0"], stitched.state_dict()[$"trunk.stitch.stage_{stage}.bias_0"]);
            for (var task = 0; task < 2; task++)
            {
                var name = single.state_dict().Keys.Where(key => key.StartsWith($"trunk_{task}.backbone.{stage}."));
                Set(single, name.Single(key => key.EndsWith("weight")), weights[task].t());
                Set(single, name.Single(key => key.EndsWith("bias")), biases[task].squeeze(0));
            }
        }
        foreach (var key in stitched.state_dict().Keys.Where(key => key.StartsWith("task_"))) Set(single, key, stitched.state_dict()[key]);
        Same(stitched, single);
    }

    // Convolutions, which are laid out otherwise inside the towers than in a backbone; a custom block between them that takes no gaps in memory.
    [Fact]
    public void Cross_stitched_convolutions_with_the_identity_are_single_task_networks()
    {
        Block[] stages = [Block.ResNet([4]), Block.Of("view", Shape.Of(4, 6, 5), () => new Viewed()), Block.Conv(4, 3)];
        var (stitched, single) = (Images(m => m.Then(Layer.CrossStitch(stages))), Images(m => m.Backbone(stages[0].Then(stages[1]).Then(stages[2])).SingleTask()));
        for (var stage = 0; stage < 3; stage++) Set(stitched, $"trunk.stitch.alpha_{stage}", eye(2));
        foreach (var key in single.state_dict().Keys)
        {
            var names = key.Split('.', 4);
            Set(single, key, stitched.state_dict()[names[0].StartsWith("trunk") ? $"trunk.stitch.stage_{names[2]}.blocks.{names[0][^1]}.{names[3]}" : key]);
        }
        var x = Values.Normal(2, 3, 2, 6, 5);
        foreach (var task in new[] { "a", "b" }) Assert.True(stitched.Representation(task, x).is_contiguous());
        Tensor[] left = [.. stitched.Forward(x)], right = [.. single.Forward(x)];
        foreach (var (a, b) in left.Zip(right)) Assert.True(Values.Difference(a, b) <= 1e-5);
        left.Select(output => output.square().sum()).Aggregate((a, b) => a + b).backward();
        right.Select(output => output.square().sum()).Aggregate((a, b) => a + b).backward();
        var (one, other) = (stitched.named_parameters().ToDictionary(p => p.name, p => p.parameter), single.named_parameters());
        foreach (var (name, parameter) in other.Where(p => p.name.StartsWith("trunk_1")))
        {
            var names = name.Split('.', 4);
            Assert.True(Values.Difference(one[$"trunk.stitch.stage_{names[2]}.blocks.1.{names[3]}"].grad!, parameter.grad!) <= 1e-3);
        }
    }

    private static MultiTaskModule Images(Func<Model, Model> sharing)
    {
        manual_seed(3);
        return sharing(Model.Named("m").Input(2, 6, 5)).Task("a", Head.Regress(), Block.GlobalPool()).Task("b", Head.Regress(), Block.GlobalPool()).Build();
    }

    private sealed class Viewed() : nn.Module<Tensor, Tensor>("view")
    {
        public override Tensor forward(Tensor x) => x.view(x.shape[0], -1).view(x.shape);
    }

    [Fact]
    public void Cross_stitch_starts_at_nine_tenths_of_the_own_features()
    {
        var alpha = Built(m => m.Then(Layer.CrossStitch(Stages))).state_dict()["trunk.stitch.alpha_0"];
        Assert.Equal([0.9, 0.1, 0.1, 0.9], alpha.Numbers().Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void A_sluice_of_one_subspace_that_reads_its_last_stage_is_cross_stitch()
    {
        Block[] equal = [Block.Mlp(4), Block.Mlp(4)];
        Same(Built(m => m.Then(Layer.Sluice(1, equal))), Built(m => m.Then(Layer.CrossStitch(equal))));
    }

    // Two subspaces by hand: alpha over (task, subspace) in this order.
    [Fact]
    public void A_sluice_mixes_the_subspaces_of_all_tasks()
    {
        var module = Built(m => m.Then(Layer.Sluice(2, Block.Mlp(4))));
        var alpha = Values.Normal(5, 4, 4);
        Set(module, "trunk.stitch.alpha_0", alpha);
        var weights = module.state_dict();
        Tensor[] towers = [.. Enumerable.Range(0, 2).Select(task =>
            (X.matmul(weights["trunk.stitch.stage_0.weight_0"][task]) + weights["trunk.stitch.stage_0.bias_0"][task]).relu())];
        Tensor[] parts = [.. towers.SelectMany(tower => tower.split(2, 1))];
        Tensor Mixed(int row) => parts.Select((part, i) => alpha[row, i] * part).Aggregate((left, right) => left + right);
        Assert.True(Values.Difference(cat([Mixed(0), Mixed(1)], 1), module.Representation("a", X)) <= 1e-5);
        Assert.True(Values.Difference(cat([Mixed(2), Mixed(3)], 1), module.Representation("b", X)) <= 1e-5);
    }

    [Fact]
    public void The_orthogonality_penalty_is_the_squared_norm_of_the_products()
    {
        var module = Built(m => m.Then(new Func<StitchLayer>(() => Layer.Sluice(2, Block.Mlp(4)).WithOrthogonality(0.5))()), training: true);
        module.Forward(X);
        var weights = module.state_dict();
        var expected = 0.0;
        for (var task = 0; task < 2; task++)
        {
            var tower = (X.matmul(weights["trunk.stitch.stage_0.weight_0"][task]) + weights["trunk.stitch.stage_0.bias_0"][task]).relu();
            var parts = tower.split(2, 1);
            expected += 0.5 * (parts[0].t().matmul(parts[1]) / 9).square().sum().item<float>();
        }
        Assert.Equal(expected, module.TakePenalty()!.item<float>(), 1e-5);
        Assert.Null(module.TakePenalty());
    }

    [Fact]
    public void Attention_without_masks_is_hard_sharing()
    {
        var off = Built(m => m.Then(Layer.Attention(Stages).WithoutMasks()));
        var hard = Built(m => m.Backbone(Block.Mlp(6).Then(Block.Mlp(4))));
        Same(off, hard);
        Assert.Equal(off.parameters().Sum(p => p.numel()), hard.parameters().Sum(p => p.numel()));
    }

    // With the masks' last normalisation at scale 0 and bias 20 every mask is 1 to float's precision: what a task reads is the shared last stage.
    [Fact]
    public void Attention_with_open_masks_gives_the_shared_features()
    {
        var module = Built(m => m.Then(Layer.Attention(Stages)));
        foreach (var key in module.state_dict().Keys.Where(key => key.Contains("mask_") && key.Contains("normalised")).ToArray())
        {
            if (key.EndsWith(".weight")) Set(module, key, zeros(1));
            if (key.EndsWith(".bias")) Set(module, key, full(1, 20f));
        }
        var hard = Built(m => m.Backbone(Block.Mlp(6).Then(Block.Mlp(4))));
        var from = module.state_dict();
        foreach (var key in hard.state_dict().Keys.Where(key => key.StartsWith("trunk.")))
            Set(hard, key, from[key.Replace("trunk.backbone.", "trunk.attention.stage_")]);
        Assert.True(Values.Difference(hard.Representation("a", X), module.Representation("a", X)) <= 1e-5);
    }

    // Distinct tensors only: a list that repeats one instance would pass for weights per task.
    [Fact]
    public void Parameters_are_what_the_closed_forms_say()
    {
        static long Count(int tasks, Func<Model, Model> sharing)
        {
            var model = sharing(Model.Named("m").Input(5));
            for (var task = 0; task < tasks; task++) model = model.Task($"t{task}", Head.Regress(features: 4));
            using var module = model.Build();
            return module.parameters().Distinct().Sum(p => p.numel()) - tasks * 5;
        }
        const long tower = (5 * 6 + 6) + (6 * 4 + 4);
        Assert.Equal(3 * tower + 2 * 9, Count(3, m => m.Then(Layer.CrossStitch(Stages))));
        Assert.Equal(3 * tower + 9 * (6 + 4), Count(3, m => m.Then(Layer.CrossStitch(Stages).PerChannel())));
        Assert.Equal(2 * 2 * tower + 2 * 2 + 3 * 2 - tower * 2, Count(3, m => m.Then(Layer.Branching(2, Stages))));
        var (one, two, three) = (Count(1, m => m.Then(Layer.Attention(Stages))), Count(2, m => m.Then(Layer.Attention(Stages))), Count(3, m => m.Then(Layer.Attention(Stages))));
        Assert.Equal(two - one, three - two);
        Assert.True(two > one);
        // A linear gate of V experts over d features has V d weights; owned experts count once for each task.
        const long expert = 5 * 4 + 4;
        Assert.Equal(2 * expert + 3 * expert + 3 * (3 * 5), Count(3, m => m.Experts(ExpertBank.Shared(2, Block.Mlp(4)).PerTask(1))));
    }

    [Fact]
    public void A_tree_of_one_node_is_hard_sharing() =>
        Assert.True(Values.Difference(Built(m => m.Backbone(Block.Mlp(6).Then(Block.Mlp(4)))).Representation("a", X),
            Built(m => m.Then(Layer.Branching(1, Stages))).Representation("a", X)) <= 1e-6);

    [Fact]
    public void Each_task_reads_the_leaf_that_it_prefers()
    {
        var module = Built(m => m.Then(Layer.Branching(2, Stages)));
        Set(module, "trunk.tree.choice_a", tensor(new[] { 1f, 0f }));
        Set(module, "trunk.tree.choice_b", tensor(new[] { 0f, 1f }));
        Set(module, "trunk.tree.parent_1", tensor(new[,] { { 0f, 1f }, { 0f, 1f } }));
        var weights = module.state_dict();
        Tensor Node(int stage, int node, Tensor input) =>
            (input.matmul(weights[$"trunk.tree.stage_{stage}.weight_0"][node]) + weights[$"trunk.tree.stage_{stage}.bias_0"][node]).relu();
        Assert.True(Values.Difference(Node(1, 0, Node(0, 1, X)), module.Representation("a", X)) <= 1e-6);
        Assert.True(Values.Difference(Node(1, 1, Node(0, 1, X)), module.Representation("b", X)) <= 1e-6);
    }

    // TaskExpert: with one expert and no reading of the memory, the gate is 1 and the memory the sum of what is written.
    [Fact]
    public void A_memory_of_one_expert_that_is_not_read_is_a_sum_of_written_features()
    {
        var module = Built(m => m.Then(Layer.Memory(1, Block.Mlp(4), Block.Linear(4), Block.Mlp(6), Block.Mlp(6)).WithoutReading()));
        var weights = module.state_dict();
        Tensor Linear(string name, Tensor x) => nn.functional.linear(x, weights[$"trunk.memory.{name}.weight"], weights[$"trunk.memory.{name}.bias"]);
        Tensor Wide(int stage, Tensor x) => nn.functional.linear(x, weights[$"trunk.memory.experts_{stage}.weight_0"], weights[$"trunk.memory.experts_{stage}.bias_0"]).relu();
        var first = Linear("stage_0.layers.0", X).relu();
        var second = Linear("stage_1.layers.0", first).relu();
        var expected = Linear("write_0_a", Wide(0, first)) + Linear("write_1_a", Wide(1, second));
        Assert.True(Values.Difference(expected, module.Representation("a", X)) <= 1e-6);
    }

    // The gates of every stage can be read; with them and the experts' features the first reading is done by hand.
    [Fact]
    public void The_gates_of_a_memory_are_levels()
    {
        var module = Built(m => m.Then(Layer.Memory(2, Block.Mlp(4), Block.Linear(4), Block.Mlp(6), Block.Mlp(6))));
        var weights = module.state_dict();
        var hidden = X;
        for (var stage = 0; stage < 2; stage++)
        {
            hidden = nn.functional.linear(hidden, weights[$"trunk.memory.stage_{stage}.layers.0.weight"], weights[$"trunk.memory.stage_{stage}.layers.0.bias"]).relu();
            var gate = nn.functional.linear(hidden, weights[$"trunk.memory.gate_{stage}_b.weight"]).softmax(1);
            Assert.True(Values.Difference(gate, module.GateWeights("b", X, stage)) <= 1e-6);
        }
        Assert.Equal([X.shape[0], 3], module.GateWeights("b", X).shape);
        Assert.Throws<DeclarationException>(() => module.GateWeights("b", X, 2));
    }

    [Fact]
    public void Zero_writes_leave_the_memory_as_it_starts()
    {
        var module = Built(m => m.Then(Layer.Memory(2, Block.Mlp(4), Block.Linear(4), Block.Mlp(6))));
        foreach (var key in module.state_dict().Keys.Where(key => key.Contains("write_")).ToArray()) Set(module, key, zeros(1));
        Set(module, "trunk.memory.start_a", tensor(new[] { 1f, 2, 3, 4 }));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], module.Representation("a", X).narrow(0, 3, 2).Numbers());
    }
}
