using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Surface normals (Fouhey et al., ICCV 2013): the angle in degrees between output and target, vectors of any length along dimension 1 of
/// [rows, 3, height, width]; a pixel whose target is zero or NaN has no normal. Over the pixels of all images.
/// </summary>
public sealed partial record Metric
{
    /// <summary>The mean angle, in degrees.</summary>
    public static Metric NormalMeanAngle { get; } = Averaged("mean angle", false, Angles, NoNormal);

    /// <summary>The median angle, in degrees; every angle is kept until the end.</summary>
    public static Metric NormalMedianAngle { get; } = new("median angle", false, () => new ColumnsState(
        (output, target) =>
        {
            var angles = Angles(output, target);
            return angles.masked_select(angles.isnan().logical_not()).unsqueeze(1);
        },
        (columns, _) => columns[0].Length > 0 ? Median(columns[0]) : MetricValue.Undefined(NoNormal), takesWeights: false));

    /// <summary>The share of pixels whose angle is below some degrees.</summary>
    /// <param name="degrees">11.25, 22.5 or 30.</param>
    public static Metric NormalsWithin(double degrees) => degrees is > 0 and <= 180
        ? Averaged(FormattableString.Invariant($"within {degrees:0.####}°"), true, (output, target) =>
        {
            var angles = Angles(output, target);
            return angles.lt(degrees).to(ScalarType.Float64).masked_fill(angles.isnan(), double.NaN);
        }, NoNormal)
        : throw new DeclarationException($"an angle lies between 0 and 180 degrees, but got {degrees}");

    private const string NoNormal = "no pixel has a normal";

    private static Tensor Angles(Tensor output, Tensor target)
    {
        RealColumns.Fit(output, target);
        var (z, y) = (output.to(ScalarType.Float64), target.to(ScalarType.Float64));
        // Not norm(1), which takes many times as long for three channels.
        Tensor Length(Tensor vectors) => vectors.square().sum(1).sqrt();
        var (length, known) = (Length(z), Length(y));
        // An output without a direction is at a right angle to every normal.
        var cosine = (z * y).sum(1) / (length * known).clamp(1e-300);
        return cosine.clamp(-1, 1).acos().rad2deg().masked_fill(known.gt(0).logical_not(), double.NaN);
    }

    private static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
