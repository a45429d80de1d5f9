using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// The expected calibration error (Guo et al., ICML 2017, equation 3): the mean over all answers of |accuracy - confidence| of their bin, where a
    /// bin holds confidences in (low, high] and confidence is the probability of the predicted class.
    /// </summary>
    /// <param name="bins">The number of bins of equal width; 15 as in the paper.</param>
    public static Metric ExpectedCalibrationError(int bins = 15) => Calibrated("ece", bins, (gaps, shares) => gaps.Zip(shares, (gap, share) => gap * share).Sum());

    /// <summary>The maximum calibration error (Guo et al., ICML 2017, equation 5): the largest |accuracy - confidence| of a bin.</summary>
    /// <inheritdoc cref="ExpectedCalibrationError"/>
    public static Metric MaximumCalibrationError(int bins = 15) => Calibrated("mce", bins, (gaps, _) => gaps.Max());

    private static Metric Calibrated(string name, int bins, Func<IEnumerable<double>, IEnumerable<double>, double> finish)
    {
        AtLeastOne(bins, "the number of bins");
        return new(name, false, () => new CalibrationState(bins, finish));
    }
}

/// <summary>Per bin the weight, the confidence and the right answers of its rows.</summary>
internal sealed class CalibrationState(int bins, Func<IEnumerable<double>, IEnumerable<double>, double> finish) : MetricState
{
    private double[] weight = [];
    private double[] confidence = [];
    private double[] right = [];

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        var answers = Answers.Of(output, target);
        (output, target) = Answers.Fitted(output.to(ScalarType.Float64), target);
        var confidences = output.ndim > target.ndim ? output.softmax(1).amax([1]) : output.abs().sigmoid();
        var present = answers.Actual.ge(0);
        var given = (weights is null ? ones_like(confidences) : weights.reshape([-1, .. Enumerable.Repeat(1L, (int)target.ndim - 1)]).expand_as(confidences))
            .masked_select(present);
        confidences = confidences.masked_select(present);
        var correct = answers.Predicted.eq(answers.Actual).masked_select(present).to(ScalarType.Float64);
        var places = ((confidences * bins).ceil() - 1).clamp(0, bins - 1).to(ScalarType.Int64);
        Sums.Add(ref weight, bincount(places, given, bins));
        Sums.Add(ref confidence, bincount(places, given * confidences, bins));
        Sums.Add(ref right, bincount(places, given * correct, bins));
    }

    protected override MetricValue Finish()
    {
        var total = weight.Sum();
        if (total == 0) return MetricValue.Undefined("no cell has a label");
        var held = Enumerable.Range(0, bins).Where(bin => weight[bin] > 0).ToArray();
        return finish(held.Select(bin => Math.Abs(right[bin] - confidence[bin]) / weight[bin]), held.Select(bin => weight[bin] / total));
    }
}
