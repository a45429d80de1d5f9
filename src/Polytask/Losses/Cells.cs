using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Losses of cells (labels, pixels, tokens) as losses of rows: the mean over a row's cells that have a label.</summary>
internal static class Cells
{
    /// <summary>float [rows, ...] → [rows]; what <paramref name="known"/> leaves out counts for nothing, a row without any gives 0.</summary>
    public static Tensor Mean(Tensor values, Tensor known)
    {
        var mask = known.to(values.dtype);
        return (values * mask).flatten(1).sum(1) / mask.flatten(1).sum(1).clamp(1);
    }

    /// <summary>A loss per cell against a floating target of the same shape, where NaN is a missing label.</summary>
    public static Tensor OfValues(Tensor output, Tensor target, Func<Tensor, Tensor, Tensor> loss)
    {
        if (target.ndim == 1) return loss(output, target);
        var missing = target.isnan();
        return Mean(loss(output, target.masked_fill(missing, 0)), missing.logical_not());
    }

    /// <summary>
    /// A loss per cell of logits [rows, classes, ...] against class numbers [rows, ...], where a negative number is a missing label.
    /// </summary>
    public static Tensor OfClasses(Tensor output, Tensor target, Func<Tensor, Tensor, Tensor> loss) =>
        target.ndim == 1 ? loss(output, target) : Mean(loss(output, target.clamp(min: 0)), target.ge(0));
}
