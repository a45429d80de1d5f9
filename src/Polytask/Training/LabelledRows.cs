using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A task's rows ready for a loss: where a label is missing the target holds 0, which the weights (float [rows]; null when all rows have a label and
/// count alike) then leave out.
/// </summary>
internal sealed record LabelledRows(Tensor Inputs, Tensor Target, Tensor? Weights)
{
    public static LabelledRows Of(Examples examples, TaskSpec task)
    {
        var (target, labelled, weights) = (examples.Target(task.Name), examples.Labelled(task), examples.Weights(task.Name));
        if (labelled is null) return new(examples.Inputs(task.Name), target, weights);
        using var scope = NewDisposeScope();
        var absent = labelled.logical_not();
        while (absent.ndim < target.ndim) absent = absent.unsqueeze(-1);
        var (filled, mask) = (target.masked_fill(absent, 0), labelled.to(ScalarType.Float32));
        var counted = weights is null ? mask : weights * mask;
        return new(examples.Inputs(task.Name), filled.MoveToOuterDisposeScope(), counted.MoveToOuterDisposeScope());
    }
}
