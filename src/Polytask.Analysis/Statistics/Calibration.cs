namespace Polytask.Analysis;

/// <summary>
/// How far a classifier's confidence is from its accuracy (Guo et al., ICML 2017): confidences fall into bins of equal width, (low, high], and the
/// expected calibration error is the mean over all rows of |accuracy - confidence| of their bin (equation 3).
/// </summary>
/// <param name="Bins">The bins that hold any row, from low to high confidence.</param>
/// <param name="Error">The expected calibration error, 0 to 1.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double Error)
{
    /// <summary>The calibration of some predictions.</summary>
    /// <param name="confidences">The probability that each row's prediction was given, 0 to 1.</param>
    /// <param name="correct">Whether it was right.</param>
    /// <param name="bins">The number of bins of equal width; 15 as in the paper.</param>
    /// <exception cref="DataException">The lists differ in length or are empty, or a confidence is no probability.</exception>
    public static Calibration Of(IReadOnlyList<double> confidences, IReadOnlyList<bool> correct, int bins = 15)
    {
        if (confidences.Count != correct.Count || confidences.Count == 0)
            throw new DataException($"a calibration needs a confidence and a verdict per row, but got {confidences.Count} and {correct.Count}");
        if (bins < 1) throw new DataException($"a calibration needs at least 1 bin, but got {bins}");
        if (confidences.FirstOrDefault(value => !(value >= 0 && value <= 1), 0) is var bad && bad != 0)
            throw new DataException(
                FormattableString.Invariant($"a confidence is a probability, 0 to 1, but got {bad}; apply softmax or a sigmoid first"));
        var rows = confidences.Zip(correct, (confidence, right) => (confidence, right)).ToArray();
        CalibrationBin[] held = [.. rows.GroupBy(row => Math.Clamp((int)Math.Ceiling(row.confidence * bins) - 1, 0, bins - 1)).OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin((double)bin.Key / bins, (bin.Key + 1.0) / bins, bin.Count(),
                bin.Average(row => row.confidence), bin.Average(row => row.right ? 1.0 : 0.0)))];
        return new(held, held.Sum(bin => bin.Rows * Math.Abs(bin.Accuracy - bin.Confidence)) / rows.Length);
    }
}

/// <summary>The rows whose confidence lies in (Low, High].</summary>
/// <param name="Low">The lower edge.</param>
/// <param name="High">The upper edge.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Confidence">The mean of their confidences.</param>
/// <param name="Accuracy">The share of them that was right.</param>
public sealed record CalibrationBin(double Low, double High, int Rows, double Confidence, double Accuracy);
