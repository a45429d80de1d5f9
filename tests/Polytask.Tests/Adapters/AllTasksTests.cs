using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>A multi-task module whose adapters differ between the tasks.</summary>
public sealed class AllTasksTests
{
    private static readonly string[] Tasks = ["click", "buy"];

    // The second task's head multiplies with what the first gives.
    private static MultiTaskModule Module(bool isProduct = false)
    {
        manual_seed(3);
        return Model.Named("m").Input(6).Backbone(Block.Mlp(5)).Task("click", Head.Binary())
            .Task("buy", isProduct ? Head.Product("click") : Head.Binary()).Build();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_task_runs_under_its_own_adapters(bool isProduct)
    {
        using var module = Module(isProduct);
        var frozen = module.Forward(AdaptedModules.Rows);
        using var lora = Adapter.Lora(2).On(module, Tasks);
        lora.Scramble();
        using (no_grad())
            foreach (var (name, parameter) in lora.named_parameters())
                if (name.Contains(".buy.", StringComparison.Ordinal)) parameter.mul_(-2);
        var x = AdaptedModules.Rows;
        var all = module.Forward(x);
        // Features and head of a task by hand, under its adapters alone; a product reads the other task under the other's.
        Tensor Alone(string task) => lora.For(task, () => module.named_children().First(child => child.name == $"task_{task}").module
            is nn.Module<Tensor, Tensor> head ? head.call(module.Representation(task, x)) : throw new InvalidOperationException());
        var (click, buy) = (Alone("click"), Alone("buy"));
        if (isProduct) buy = module.Model.Tasks[1].Head.Combine(buy, [click]);
        Assert.True(Values.Difference(click, all[0]) <= 1e-6);
        Assert.True(Values.Difference(buy, all[1]) <= 1e-6);
        Assert.True(Values.Difference(buy, module.Forward("buy", x)) <= 1e-6);
        Assert.True(Values.Difference(frozen[0], all[0]) > 1e-3);
        Assert.Null(lora.Task);
        // A task that is chosen is taken for all.
        var chosen = lora.For("click", () => module.Forward(x));
        Assert.True(Values.Difference(all[0], chosen[0]) <= 1e-6);
        Assert.True(Values.Difference(all[1], chosen[1]) > 1e-3);
    }

    [Fact]
    public void The_loss_of_a_task_trains_its_adapters_alone()
    {
        using var module = Module();
        using var lora = Adapter.Lora(2).On(module, Tasks);
        lora.Scramble();
        module.Forward(AdaptedModules.Rows)[1].square().sum().backward();
        foreach (var (name, parameter) in lora.named_parameters())
            Assert.Equal(name.Contains(".buy.", StringComparison.Ordinal), parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void The_streams_of_multi_task_lora_are_the_tasks()
    {
        using var module = Module();
        using var adaptation = Adapter.MultiTaskLora(2).On(module);
        adaptation.Scramble();
        var all = module.Forward(AdaptedModules.Rows);
        foreach (var (task, output) in Tasks.Zip(all))
            Assert.True(Values.Difference(adaptation.For(task, () => module.Forward(task, AdaptedModules.Rows)), output) <= 1e-6);
    }

    [Fact]
    public void One_adapter_for_all_tasks_runs_shared_parts_once()
    {
        using var module = Module();
        using var lora = Adapter.Lora(2).On(module);
        lora.Scramble();
        var calls = 0;
        var trunk = (TorchSharp.Modules.Linear)module.modules().First(part => part is TorchSharp.Modules.Linear { out_features: 5 });
        var hook = trunk.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        module.Forward(AdaptedModules.Rows);
        hook.remove();
        Assert.Equal(1, calls);
    }
}
