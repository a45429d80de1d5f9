using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

public class CalibrationMetricTests
{
    [Theory]
    [InlineData(15)]
    [InlineData(4)]
    public void Calibration_errors_by_their_definition(int bins)
    {
        var logits = Values.Normal(1, 200, 3) * 2;
        var labels = (logits + 2 * Values.Normal(2, 200, 3)).argmax(1);
        var confidences = logits.to(ScalarType.Float64).softmax(1).amax([1]).Numbers();
        var right = logits.argmax(1).eq(labels).to(ScalarType.Float64).Numbers();
        var (expected, most) = (0.0, 0.0);
        for (var bin = 0; bin < bins; bin++)
        {
            var rows = Enumerable.Range(0, 200).Where(row => confidences[row] > (double)bin / bins && confidences[row] <= (bin + 1.0) / bins).ToArray();
            if (rows.Length == 0) continue;
            var gap = Math.Abs(rows.Average(row => right[row]) - rows.Average(row => confidences[row]));
            (expected, most) = (expected + gap * rows.Length / 200, Math.Max(most, gap));
        }
        Assert.Equal(expected, Metric.ExpectedCalibrationError(bins).Of(logits, labels), 1e-12);
        Assert.Equal(most, Metric.MaximumCalibrationError(bins).Of(logits, labels), 1e-12);
    }

    [Fact]
    public void One_logit_is_two_classes()
    {
        var (logits, labels) = (Values.Normal(3, 100), Values.Normal(4, 100).gt(0).to(ScalarType.Int64));
        var both = stack([zeros_like(logits), logits], 1);
        foreach (var metric in (Metric[])[
            Metric.ExpectedCalibrationError(), Metric.MaximumCalibrationError(), Metric.LogLoss, Metric.F1(), Metric.Accuracy, Metric.CohenKappa])
            Assert.Equal(metric.Of(both, labels), metric.Of(logits, labels.to(ScalarType.Float32)), 1e-9);
        Assert.Equal(Metric.BrierScore.Of(both, labels), 2 * Metric.BrierScore.Of(logits, labels.to(ScalarType.Float32)), 1e-9);
    }

    [Fact]
    public void Intervals_by_hand()
    {
        var quantiles = tensor(new float[,] { { 0, 1, 2 }, { 0, 1, 2 }, { 1, 3, 5 } });
        var target = tensor(new[] { 2f, 3f, 2f });
        Assert.Equal(2.0 / 3, Metric.IntervalCoverage.Of(quantiles, target), 1e-12);
        Assert.Equal((2 + 2 + 4) / 3.0, Metric.IntervalWidth.Of(quantiles, target), 1e-12);
        // 0.1: errors 2, 3, 1; 0.5: 1, 2, -1; 0.9: 0, 1, -3
        Assert.Equal((0.2 + 0.3 + 0.1 + 0.5 + 1 + 0.5 + 0 + 0.9 + 0.3) / 9, Metric.PinballLoss(0.1, 0.5, 0.9).Of(quantiles, target), 1e-12);
    }

    [Fact]
    public void Missing_cells_count_for_nothing()
    {
        var output = Values.Normal(5, 20, 3);
        var target = output.roll(1, 0).gt(0).to(ScalarType.Float32);
        target[0, 1] = float.NaN;
        target[7, 2] = float.NaN;
        var kept = target.isnan().logical_not();
        var (flat, labels) = (output.masked_select(kept), target.masked_select(kept));
        foreach (var metric in (Metric[])[Metric.Accuracy, Metric.LogLoss, Metric.BrierScore, Metric.MeanSquaredError, Metric.MeanAbsoluteError])
            Assert.Equal(metric.Of(flat, labels), metric.Of(output, target), 1e-12);
        var areas = Enumerable.Range(0, 3).Select(label =>
        {
            var (z, y) = (output.select(1, label), target.select(1, label));
            var present = y.isnan().logical_not();
            return Metric.AreaUnderCurve.Of(z.masked_select(present), y.masked_select(present));
        });
        Assert.Equal(areas.Average(), Metric.AreaUnderCurve.Of(output, target), 1e-12);
    }

    [Fact]
    public void A_metric_of_a_part_reads_it()
    {
        var (output, target) = (Values.Normal(6, 10, 2), Values.Normal(7, 10));
        Assert.Equal(Metric.RootMeanSquaredError.Of(output.select(1, 0).contiguous(), target),
            Metric.RootMeanSquaredError.Reading(all => all.select(1, 0)).Of(output, target), 1e-12);
        Assert.Contains("Reading", Assert.Throws<DataException>(() => Metric.RootMeanSquaredError.Of(output, target)).Message);
    }
}
