using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Weighted means and central moments of targets y, outputs z and errors e = y - z of a column. Batches are merged by Chan, Golub and LeVeque's
/// update, which loses no digits where means are large beside deviations.
/// </summary>
internal sealed class Moments
{
    private double weight, y, z, e;

    /// <summary>sum w (y - mean)^2.</summary>
    public double Targets { get; private set; }

    /// <summary>sum w (z - mean)^2.</summary>
    public double Outputs { get; private set; }

    /// <summary>sum w (y - mean y)(z - mean z).</summary>
    public double Both { get; private set; }

    /// <summary>sum w (e - mean)^2.</summary>
    public double Errors { get; private set; }

    /// <summary>sum w e^2.</summary>
    public double SquaredErrors { get; private set; }

    /// <summary>Whether all targets are the same number: rounding hides this from the moments.</summary>
    public bool ConstantTarget => !(lowestTarget < highestTarget);

    /// <summary>Whether all outputs are the same number.</summary>
    public bool ConstantOutput => !(lowestOutput < highestOutput);

    private double lowestTarget = double.PositiveInfinity, highestTarget = double.NegativeInfinity;
    private double lowestOutput = double.PositiveInfinity, highestOutput = double.NegativeInfinity;

    /// <summary>Takes in some rows.</summary>
    /// <param name="outputs">Finite numbers.</param>
    /// <param name="targets">Finite numbers.</param>
    /// <param name="weights">What each row counts; null where all count 1.</param>
    public void Add(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (total, meanY, meanZ) = (0.0, 0.0, 0.0);
        for (var i = 0; i < targets.Length; i++)
        {
            var w = weights.IsEmpty ? 1 : weights[i];
            total += w;
            meanY += w * targets[i];
            meanZ += w * outputs[i];
            if (w == 0) continue;
            (lowestTarget, highestTarget) = (Math.Min(lowestTarget, targets[i]), Math.Max(highestTarget, targets[i]));
            (lowestOutput, highestOutput) = (Math.Min(lowestOutput, outputs[i]), Math.Max(highestOutput, outputs[i]));
        }
        if (total == 0) return;
        (meanY, meanZ) = (meanY / total, meanZ / total);
        var meanE = meanY - meanZ;
        for (var i = 0; i < targets.Length; i++)
        {
            var w = weights.IsEmpty ? 1 : weights[i];
            var (dy, dz, error) = (targets[i] - meanY, outputs[i] - meanZ, targets[i] - outputs[i]);
            Targets += w * dy * dy;
            Outputs += w * dz * dz;
            Both += w * dy * dz;
            Errors += w * (error - meanE) * (error - meanE);
            SquaredErrors += w * error * error;
        }
        var share = total / (weight + total);
        var (toY, toZ, toE) = (meanY - y, meanZ - z, meanE - e);
        var between = weight * share;
        Targets += between * toY * toY;
        Outputs += between * toZ * toZ;
        Both += between * toY * toZ;
        Errors += between * toE * toE;
        (y, z, e) = (y + share * toY, z + share * toZ, e + share * toE);
        weight += total;
    }
}

/// <summary>A metric of moments: of several outputs the mean, of more dimensions all cells as one column.</summary>
internal sealed class MomentsState(Func<Moments, MetricValue> finish) : MetricState
{
    private Moments[] columns = [];

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        var (outputs, targets, given, width) = RealColumns.Of(output, target, weights);
        if (columns.Length == 0) columns = [.. Enumerable.Range(0, width).Select(_ => new Moments())];
        for (var column = 0; column < width; column++) columns[column].Add(outputs[column], targets[column], given?[column]);
    }

    protected override MetricValue Finish() => RealColumns.Mean(columns, finish);
}

/// <summary>Real-valued outputs and targets of one shape as columns of numbers, cells without a label left out.</summary>
internal static class RealColumns
{
    public static (double[][] Outputs, double[][] Targets, double[][]? Weights, int Width) Of(Tensor output, Tensor target, Tensor? weights)
    {
        Fit(output, target);
        var cells = (int)(target.numel() / target.shape[0]);
        var width = target.ndim == 2 ? cells : 1;
        var (outputs, targets) = (Sums.Numbers(output), Sums.Numbers(target));
        var rowWeights = weights is null ? null : Sums.Numbers(weights);
        int[][] places = [.. Enumerable.Range(0, width).Select(column =>
            Enumerable.Range(0, targets.Length / width).Select(row => row * width + column).Where(at => !double.IsNaN(targets[at])).ToArray())];
        return (
            [.. places.Select(column => Array.ConvertAll(column, at => outputs[at]))],
            [.. places.Select(column => Array.ConvertAll(column, at => targets[at]))],
            rowWeights is null ? null : [.. places.Select(column => Array.ConvertAll(column, at => rowWeights[at / cells]))],
            width);
    }

    /// <summary>Outputs that are compared with targets one by one have their shape.</summary>
    public static void Fit(Tensor output, Tensor target)
    {
        if (!output.shape.SequenceEqual(target.shape))
            throw new DataException(
                $"outputs [{string.Join(", ", output.shape)}] and targets [{string.Join(", ", target.shape)}] differ in shape; "
                + "pick what is compared: metric.Reading(output => output.select(1, 0))");
    }

    /// <summary>The mean over columns; undefined where one of them is.</summary>
    public static MetricValue Mean<T>(IReadOnlyList<T> columns, Func<T, MetricValue> of)
    {
        var sum = 0.0;
        for (var column = 0; column < columns.Count; column++)
        {
            var value = of(columns[column]);
            if (value.WhyUndefined is { } why) return columns.Count == 1 ? value : MetricValue.Undefined($"output {column}: {why}");
            sum += value.Number;
        }
        return sum / columns.Count;
    }
}
