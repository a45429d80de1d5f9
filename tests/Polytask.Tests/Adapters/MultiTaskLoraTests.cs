using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>MTLoRA: what its card asks for.</summary>
public sealed class MultiTaskLoraTests
{
    private static readonly string[] Tasks = ["depth", "edges", "normals"];

    // y_sh = x W^T + b + s x A_sh^T B_sh^T and y_t = x W^T + b + s x A_t^T B_t^T.
    [Fact]
    public void A_layer_of_the_tasks_gives_a_shared_output_and_one_for_each_task()
    {
        using var layer = nn.Linear(6, 4);
        var x = AdaptedModules.Rows;
        foreach (var both in new[] { false, true })
        {
            var spec = Adapter.MultiTaskLora(2, scale: 3);
            using var adaptation = (both ? spec.WithSharedUpdate() : spec).On(layer, Tasks);
            adaptation.Scramble();
            Tensor Path(string path) => x.matmul(adaptation.get_parameter($"layers.mtlora.{path}.A")!.t())
                .matmul(adaptation.get_parameter($"layers.mtlora.{path}.B")!.t()) * 3;
            var frozen = x.matmul(layer.weight!.t()) + layer.bias!;
            Assert.True(Values.Difference(frozen + Path("shared"), layer.call(x)) <= 1e-5);
            var expected = frozen + Path("tasks.edges");
            if (both) expected += Path("shared");
            Assert.True(Values.Difference(expected, adaptation.For("edges", () => layer.call(x))) <= 1e-5);
        }
    }

    // Two stages, the second with an output per task: shared updates of the first reach all tasks, those of a task reach no other.
    [Fact]
    public void The_gradient_of_a_task_reaches_its_own_change_and_the_shared_ones_before_it()
    {
        manual_seed(1);
        var (first, last) = (nn.Linear(6, 5), nn.Linear(5, 4));
        using var net = nn.Sequential(("first", first), ("last", last));
        using var adaptation = Adapter.MultiTaskLora(2).WithTaskLayers("last").On(net, Tasks);
        adaptation.Scramble();
        var x = first.call(AdaptedModules.Rows);
        adaptation.For("edges", () => last.call(x)).square().sum().backward();
        foreach (var (name, parameter) in adaptation.named_parameters())
        {
            var reached = name.StartsWith("layers.first.mtlora.shared", StringComparison.Ordinal)
                || name.Contains(".tasks.edges.", StringComparison.Ordinal);
            Assert.Equal(reached, parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0);
        }
        Assert.Equal(2 * (6 + 5) + 2 * (5 + 4) * (1 + 3), adaptation.AddedCount);
    }

    [Fact]
    public void Scales_are_trained_where_asked()
    {
        using var net = AdaptedModules.Net();
        using var adaptation = Adapter.MultiTaskLora(2, 4).WithTrainedScales().On(net, Tasks);
        Assert.Equal(8, adaptation.AddedParameters.Count(parameter => parameter.Name.EndsWith(".scale", StringComparison.Ordinal)));
        adaptation.Scramble();
        var x = AdaptedModules.Rows;
        var before = adaptation.For("depth", () => net.call(x));
        using (no_grad()) adaptation.get_parameter("layers.0.mtlora.tasks.depth.scale")!.mul_(2);
        using (no_grad()) adaptation.get_parameter("layers.0.mtlora.tasks.depth.B")!.div_(2);
        Assert.True(Values.Difference(before, adaptation.For("depth", () => net.call(x))) <= 1e-5);
    }

    [Fact]
    public void A_multi_task_module_gives_its_tasks()
    {
        var model = Model.Named("m").Input(5).Backbone(Block.Mlp(6)).Task("a", Head.Regress()).Task("b", Head.Regress()).Build();
        using var adaptation = Adapter.MultiTaskLora(2).On(model);
        Assert.Equal(["a", "b"], adaptation.Tasks);
        adaptation.Scramble();
        var x = Values.Normal(2, 3, 5);
        var a = adaptation.For("a", () => model.Forward("a", x));
        Assert.True(Values.Difference(a, adaptation.For("b", () => model.Forward("a", x))) > 1e-3);
        adaptation.Merge("a");
        Assert.True(Values.Difference(a, model.Forward("a", x)) <= 1e-5);
    }

    [Fact]
    public void What_it_lacks_is_said()
    {
        using var net = AdaptedModules.Net();
        Assert.Equal("multi-task lora is made for several tasks; name them: .On(module, \"first\", \"second\")",
            Assert.Throws<DeclarationException>(() => Adapter.MultiTaskLora(2).On(net)).Message);
        Assert.Equal("multi-task lora: no adapted layer is named '1'; did you mean '0'?; they are '0' and '2'",
            Assert.Throws<DeclarationException>(() => Adapter.MultiTaskLora(2).WithTaskLayers("1").On(net, Tasks)).Message);
    }
}
