using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What belongs to one task alone: its tower and its head's layer.</summary>
internal sealed class TaskModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>? tower;
    private readonly nn.Module<Tensor, Tensor> output;
    private readonly Head head;

    public TaskModule(TaskSpec task, Shape features) : base("task")
    {
        head = task.Head;
        if (task.Tower is { } block) register_module("tower", tower = block.Build(features));
        var given = task.Tower?.Output(features, task.Place) ?? features;
        register_module("output", output = head.Build(head.LayerInput(given)));
    }

    public override Tensor forward(Tensor features) =>
        head.Shaped(output.call(head.LayerInput(tower is null ? features : tower.call(features))));
}
