using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The weighted mean of a number per cell; sums are all that it keeps.</summary>
/// <param name="cells">(output, target) → a number per cell, double [rows, ...]; a cell that is NaN is left out.</param>
/// <param name="empty">Why there is no number where every cell is left out, or the finished mean is NaN.</param>
/// <param name="finish">The mean → the metric; the mean itself by default.</param>
/// <param name="byColumn">Whether the columns of [rows, columns] are finished one by one and then averaged.</param>
internal sealed class MeanState(Func<Tensor, Tensor, Tensor> cells, string empty, Func<double, double>? finish = null, bool byColumn = false)
    : MetricState
{
    private double[] sums = [];
    private double[] totals = [];

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        var values = cells(output, target);
        var absent = values.isnan();
        var counted = absent.logical_not().to(ScalarType.Float64);
        if (weights is not null) counted = counted * weights.reshape([-1, .. Enumerable.Repeat(1L, (int)values.ndim - 1)]);
        var weighed = values.masked_fill(absent, 0) * counted;
        var columns = byColumn && values.ndim == 2;
        Sums.Add(ref sums, columns ? weighed.sum(dim: 0) : weighed.sum());
        Sums.Add(ref totals, columns ? counted.sum(dim: 0) : counted.sum());
    }

    protected override MetricValue Finish()
    {
        if (totals.Length == 0 || Array.Exists(totals, total => total == 0)) return MetricValue.Undefined(empty);
        var number = sums.Zip(totals, (sum, total) => finish is null ? sum / total : finish(sum / total)).Average();
        return double.IsNaN(number) ? MetricValue.Undefined(empty) : number;
    }
}
