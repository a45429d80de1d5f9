using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Refuses targets that a head cannot learn, in one sentence: which task and split, what the head takes, what the target holds.</summary>
internal static class Targets
{
    /// <summary>Throws unless the target has the type and shape that the head takes.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="split">The split's name.</param>
    /// <param name="takes">"a count head takes Float32 counts [rows]".</param>
    /// <param name="type">The type of the target's numbers.</param>
    /// <param name="target">The labelled rows.</param>
    /// <param name="shape">The dimensions after the rows, null where any will do.</param>
    public static void HaveShape(string task, string split, string takes, ScalarType type, Tensor target, params long?[] shape)
    {
        var fits = target.dtype == type && target.ndim == 1 + shape.Length
            && Enumerable.Range(0, shape.Length).All(i => shape[i] is not { } size || size == target.shape[i + 1]);
        if (!fits) throw Refusal(task, split, takes, $"the target is {target.dtype} [{string.Join(", ", target.shape)}]");
    }

    /// <summary>Throws when any value is one that the head does not take.</summary>
    public static void AreWithout(string task, string split, string takes, Tensor target, Tensor bad)
    {
        using var scope = NewDisposeScope();
        if (!bad.any().item<bool>()) return;
        var first = target.masked_select(bad)[0].to(ScalarType.Float64).item<double>();
        throw Refusal(task, split, takes, FormattableString.Invariant($"the target holds {first}"));
    }

    private static DataException Refusal(string task, string split, string takes, string found) =>
        new($"task '{task}', {split} split: {takes}, but {found}");
}
