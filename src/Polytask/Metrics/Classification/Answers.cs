using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a classifier said beside what was right, class numbers in the target's shape; a negative number in <see cref="Actual"/> is no label.
/// </summary>
/// <param name="Predicted">int64: the class of the highest logit, or 1 where a logistic unit's logit is above 0.</param>
/// <param name="Actual">int64: the label.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Labels">The number of independent yes-or-no labels of a row: the columns of [rows, labels], else 1.</param>
internal sealed record Answers(Tensor Predicted, Tensor Actual, int Classes, int Labels)
{
    /// <summary>
    /// Logits [rows, classes, ...] with labels [rows, ...], or logits of logistic units in the target's own shape.
    /// </summary>
    public static Answers Of(Tensor output, Tensor target)
    {
        (output, target) = Fitted(output, target);
        return output.ndim > target.ndim
            ? new(output.argmax(1), target, (int)output.shape[1], 1)
            : new(output.gt(0).to(ScalarType.Int64), Label(target), 2, output.ndim == 2 ? (int)output.shape[1] : 1);
    }

    /// <summary>Outputs and targets that fit each other, a single channel taken away; class labels are int64.</summary>
    public static (Tensor Output, Tensor Target) Fitted(Tensor output, Tensor target)
    {
        if (output.ndim == target.ndim + 1 && output.ndim > 1 && output.shape[1] == 1) output = output.squeeze(1);
        var (given, expected) = (output.shape, target.shape);
        var classes = given.Length == expected.Length + 1;
        if (!(classes ? [given[0], .. given[2..]] : given).SequenceEqual(expected))
            throw new DataException(
                $"outputs [{string.Join(", ", given)}] and targets [{string.Join(", ", expected)}] do not fit each other; "
                + "expected are logits [rows, classes, ...] for targets [rows, ...], or one logit per target");
        return (output, classes ? target.to(ScalarType.Int64) : target);
    }

    /// <summary>Whether the row's cell has a label.</summary>
    public static Tensor Present(Tensor target) => target.is_floating_point() ? target.isnan().logical_not() : target.ge(0);

    /// <summary>int64 labels 0 and 1 of numbers 0 and 1, -1 where there is none.</summary>
    public static Tensor Label(Tensor target) => target.gt(0.5).to(ScalarType.Int64).masked_fill(Present(target).logical_not(), -1);
}
