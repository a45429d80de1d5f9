using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Analysis;

/// <summary>The rows of a task that have a label: a missing one is no class and has no loss.</summary>
internal static class LabelledExamples
{
    /// <summary>Inputs [rows, ...] and targets [rows, ...] of the labelled rows, on that device.</summary>
    public static (Tensor Inputs, Tensor Target) Of(Examples examples, string task, Device device)
    {
        var (inputs, target) = (examples.Inputs(task), examples.Target(task));
        if (examples.Labelled(task) is not { } labelled) return (inputs.to(device), target.to(device));
        var rows = labelled.nonzero().squeeze(1);
        return (inputs.index_select(0, rows).to(device), target.index_select(0, rows).to(device));
    }
}
