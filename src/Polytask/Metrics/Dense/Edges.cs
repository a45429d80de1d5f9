using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// The F-measure of edges at the one threshold, of 0.01 to 0.99, that is best for all images (optimal data-set scale; Martin et al., PAMI 2004):
    /// precision is the share of predicted edge pixels within a tolerance of an actual one, recall the reverse (matched by dilation, not one to one).
    /// Output: one logit per pixel, [rows, height, width] or [rows, 1, height, width]; target 0 and 1 of the same shape.
    /// </summary>
    /// <param name="tolerance">The tolerance in pixels, the larger of the two offsets.</param>
    public static Metric EdgeF(int tolerance = 1)
    {
        if (tolerance < 0) throw new DeclarationException($"a tolerance is at least 0 pixels, but got {tolerance}");
        return new("edge f", true, () => new SumsState((output, target) => EdgeCounts(output, target, tolerance), sums => BestEdgeF(sums)));
    }

    private const int EdgeLevels = 101;

    // [rows, 4 x levels]: how many pixels reach each level of probability: predicted near an edge, predicted, edges near a prediction, and edges.
    private static Tensor EdgeCounts(Tensor output, Tensor target, int tolerance)
    {
        output = OneChannel(output);
        target = OneChannel(target);
        if (output.ndim != 3) throw new DataException($"edges are maps [rows, height, width], but got [{string.Join(", ", output.shape)}]");
        RealColumns.Fit(output, target);
        var edge = target.gt(0.5).to(ScalarType.Float32);
        var probability = output.sigmoid().masked_fill(target.isnan(), 0);
        var (near, reached) = (Dilated(edge, tolerance), Dilated(probability, tolerance));
        var labelled = target.isnan().logical_not();
        return cat([Reaching(probability, near * labelled), Reaching(probability, labelled),
            Reaching(reached, edge), Reaching(ones_like(edge), edge)], 1);
    }

    // Per row the sum of some pixels that reach each level: a histogram of levels, summed from the top.
    private static Tensor Reaching(Tensor probability, Tensor counted)
    {
        var levels = (probability * (EdgeLevels - 1)).floor().clamp(0, EdgeLevels - 1).to(ScalarType.Int64).flatten(1);
        var histogram = zeros([levels.shape[0], EdgeLevels], ScalarType.Float64, levels.device)
            .scatter_add(1, levels, counted.to(ScalarType.Float64).flatten(1));
        return histogram.flip(1).cumsum(1).flip(1);
    }

    private static MetricValue BestEdgeF(double[] sums)
    {
        double At(int kind, int level) => sums[kind * EdgeLevels + level];
        return At(3, 0) == 0 ? MetricValue.Undefined("no image has an edge")
            : Enumerable.Range(1, EdgeLevels - 2).Max(level => FMeasure(At(0, level), At(1, level), At(2, level), At(3, level)));
    }

    private static Tensor OneChannel(Tensor maps) => maps.ndim == 4 && maps.shape[1] == 1 ? maps.squeeze(1) : maps;
}
