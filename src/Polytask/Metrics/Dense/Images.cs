using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Images and fields compared with their targets, of one shape.</summary>
public sealed partial record Metric
{
    /// <summary>
    /// The peak signal-to-noise ratio 10 log10(range^2 / mean squared error) of each image in decibels, at most 60, the mean over images.
    /// </summary>
    /// <param name="range">The difference of the highest and lowest possible value.</param>
    public static Metric PeakSignalToNoise(double range = 1)
    {
        PositiveRange(range);
        return Averaged("psnr", true, (output, target) =>
        {
            var error = Errors(output, target).square().flatten(1).mean([1]);
            return (10 * (range * range / error).log10()).clamp(max: 60);
        });
    }

    /// <summary>
    /// Structural similarity (Wang et al., 2004): Gaussian windows of 11 x 11 pixels (7 x 7 in images below 48 pixels), sigma 1.5, K1 = 0.01,
    /// K2 = 0.03, over windows that lie inside, the mean over images; [rows, height, width] or [rows, channels, height, width].
    /// </summary>
    /// <param name="range">The difference of the highest and lowest possible value.</param>
    public static Metric StructuralSimilarity(double range = 1)
    {
        PositiveRange(range);
        return Averaged("ssim", true, (output, target) => Similarity(output, target, range));
    }

    /// <summary>The mean distance of vectors along dimension 1, as of optical flow [rows, 2, height, width].</summary>
    public static Metric EndPointError { get; } = Averaged("end-point error", false, (output, target) => Errors(output, target).norm(1));

    private static Tensor Similarity(Tensor output, Tensor target, double range)
    {
        RealColumns.Fit(output, target);
        if (output.ndim is not (3 or 4))
            throw new DataException(
                $"images are [rows, height, width] or [rows, channels, height, width], but got [{string.Join(", ", output.shape)}]");
        Tensor Channels(Tensor images) => (images.ndim == 3 ? images.unsqueeze(1) : images).to(ScalarType.Float64);
        var (x, y) = (Channels(output), Channels(target));
        var (shortest, channels) = (Math.Min(x.shape[2], x.shape[3]), x.shape[1]);
        if (shortest < 7) throw new DataException($"structural similarity needs images of at least 7 pixels, but got {shortest}");
        var size = shortest < 48 ? 7 : 11;
        var offsets = arange(size, ScalarType.Float64, x.device) - size / 2;
        var line = (offsets.square() / (-2 * 1.5 * 1.5)).exp();
        line = line / line.sum();
        var window = (line.unsqueeze(1) * line).expand(channels, 1, size, size);
        Tensor Mean(Tensor images) => nn.functional.conv2d(images, window, groups: channels);
        var (meanX, meanY) = (Mean(x), Mean(y));
        var (varianceX, varianceY) = (Mean(x * x) - meanX * meanX, Mean(y * y) - meanY * meanY);
        var covariance = Mean(x * y) - meanX * meanY;
        var (c1, c2) = (Math.Pow(0.01 * range, 2), Math.Pow(0.03 * range, 2));
        var similarity = (2 * meanX * meanY + c1) * (2 * covariance + c2) / ((meanX * meanX + meanY * meanY + c1) * (varianceX + varianceY + c2));
        return similarity.flatten(1).mean([1]);
    }

    private static void PositiveRange(double range)
    {
        if (!(range > 0)) throw new DeclarationException($"the range of an image's values is above 0, but got {range}");
    }
}
