using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A task's rows ready for a loss: where a label is missing the target holds 0, which the mask (float [rows], 1 where there is a label; null when all
/// have one) then leaves out.
/// </summary>
internal sealed record LabelledRows(Tensor Inputs, Tensor Target, Tensor? Labelled)
{
    public static LabelledRows Of(Examples examples, TaskSpec task)
    {
        var (target, labelled) = (examples.Target(task.Name), examples.Labelled(task));
        if (labelled is null) return new(examples.Inputs(task.Name), target, null);
        using var scope = NewDisposeScope();
        var absent = labelled.logical_not();
        while (absent.ndim < target.ndim) absent = absent.unsqueeze(-1);
        var (filled, mask) = (target.masked_fill(absent, 0), labelled.to(ScalarType.Float32));
        return new(examples.Inputs(task.Name), filled.MoveToOuterDisposeScope(), mask.MoveToOuterDisposeScope());
    }
}
