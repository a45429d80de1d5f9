using System.Globalization;

namespace Polytask;

/// <summary>
/// Detection: output [rows, boxes, 6] of (left, top, right, bottom, score, class), target [rows, boxes, 5] of (left, top, right, bottom, class);
/// a box of a negative class is none, so that rows may have different numbers of boxes.
/// </summary>
public sealed partial record Metric
{
    /// <summary>
    /// Average precision (Everingham et al., IJCV 2010, all points): the detections of a class are taken by descending score over all images, each is
    /// matched to the free box of its image that it overlaps most, and is right where that is at least the threshold; the area under the
    /// precision-recall curve with precision made non-increasing. The mean over the classes that have boxes, then over thresholds.
    /// </summary>
    /// <param name="overlaps">Intersections over union from 0 to 1; 0.5 by default. 0.5, 0.55, ... 0.95 is COCO's choice.</param>
    public static Metric DetectionAveragePrecision(params double[] overlaps)
    {
        if (overlaps.Length == 0) overlaps = [0.5];
        if (Array.Exists(overlaps, overlap => !(overlap is > 0 and <= 1)))
            throw new DeclarationException($"an overlap lies between 0 and 1, but got {Spelled(overlaps)}");
        return new($"ap{Spelled(overlaps, 100)}", true, () => new DetectionState(overlaps, Box.Overlap));
    }

    /// <summary>
    /// Average precision as in <see cref="DetectionAveragePrecision"/>, a detection being right where the distance of the centres is at most a
    /// threshold (Caesar et al., CVPR 2020).
    /// </summary>
    /// <param name="distances">Distances in the unit of the boxes, at least one.</param>
    public static Metric CentreDistanceAveragePrecision(params double[] distances)
    {
        if (distances.Length == 0 || Array.Exists(distances, distance => !(distance > 0)))
            throw new DeclarationException($"distances of centres are above 0, but got {Spelled(distances)}");
        return new($"ap within {Spelled(distances)}", true, () => new DetectionState(
            [.. distances.Select(distance => -distance)], (one, other) => -one.Distance(other)));
    }

    private static string Spelled(double[] numbers, double scale = 1)
    {
        string[] texts = [.. numbers.Select(number => (number * scale).ToString("0.####", CultureInfo.InvariantCulture))];
        return texts.Length switch { 0 => "none", 1 => texts[0], _ => $"{texts[0]}:{texts[^1]}" };
    }
}

/// <summary>A box by its sides.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    public static double Overlap(Box one, Box other)
    {
        var shared = new Box(Math.Max(one.Left, other.Left), Math.Max(one.Top, other.Top),
            Math.Min(one.Right, other.Right), Math.Min(one.Bottom, other.Bottom)).Area;
        var union = one.Area + other.Area - shared;
        return union > 0 ? shared / union : 0;
    }

    public double Distance(Box other) =>
        Math.Sqrt(Math.Pow((Left + Right - other.Left - other.Right) / 2, 2) + Math.Pow((Top + Bottom - other.Top - other.Bottom) / 2, 2));
}
