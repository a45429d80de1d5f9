using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

public class DenseMetricTests
{
    // Logits that say the class.
    private static Tensor Says(Tensor classes, int count) => nn.functional.one_hot(classes, count).movedim([-1], [1]).to(ScalarType.Float32);

    private static Tensor Map(long[,] classes) => tensor(classes).unsqueeze(0);

    private static readonly Tensor Actual = Map(new long[,] { { 0, 0, 1 }, { 0, 2, 2 }, { -1, -1, 1 } });
    private static readonly Tensor Predicted = Map(new long[,] { { 0, 1, 1 }, { 0, 2, 0 }, { 1, 0, 1 } });

    [Fact]
    public void Segmentation_by_hand()
    {
        var output = Says(Predicted, 4);
        // class 0: 2 right, 3 actual, 3 predicted; class 1: 2, 2, 3; class 2: 1, 2, 1; class 3 nowhere; two pixels have no label
        Assert.Equal(5.0 / 7, Metric.PixelAccuracy.Of(output, Actual), 1e-12);
        Assert.Equal((2.0 / 4 + 2.0 / 3 + 1.0 / 2) / 3, Metric.MeanIntersectionOverUnion.Of(output, Actual), 1e-12);
        Assert.Equal((4.0 / 6 + 4.0 / 5 + 2.0 / 3) / 3, Metric.Dice().Of(output, Actual), 1e-12);
        Assert.Equal((4.0 / 5 + 2.0 / 3) / 2, Metric.Dice(except: 0).Of(output, Actual), 1e-12);
    }

    [Fact]
    public void Dice_is_the_mean_of_images_and_of_one_logit_counts_yes()
    {
        var target = tensor(new float[,,] { { { 1, 1 }, { 0, 0 } }, { { 0, 0 }, { 0, 1 } }, { { 0, 0 }, { 0, 0 } } });
        var output = tensor(new float[,,] { { { 1, -1 }, { -1, -1 } }, { { -1, -1 }, { -1, 1 } }, { { -1, -1 }, { -1, -1 } } });
        Assert.Equal((2.0 / 3 + 1) / 2, Metric.Dice().Of(output, target), 1e-12);
        Assert.Equal((2.0 / 3 + 1) / 2, Metric.Dice().Of(output.unsqueeze(1), target), 1e-12);
    }

    [Fact]
    public void Everything_right_is_the_best_value()
    {
        var (labels, images) = (Values.Normal(1, 3, 12, 12).gt(0).to(ScalarType.Int64), Values.Normal(2, 3, 12, 12));
        foreach (var metric in (Metric[])[Metric.PixelAccuracy, Metric.MeanIntersectionOverUnion, Metric.Dice(), Metric.BoundaryF(0), Metric.BoundaryF()])
            Assert.Equal(1, metric.Of(Says(labels, 2), labels), 1e-12);
        Assert.Equal(1, Metric.EdgeF(0).Of(20 * labels - 10, labels.to(ScalarType.Float32)), 1e-12);
        Assert.Equal(60, Metric.PeakSignalToNoise().Of(images, images));
        Assert.Equal(1, Metric.StructuralSimilarity().Of(images, images), 1e-9);
        Assert.Equal(0, Metric.EndPointError.Of(images, images));
    }

    [Fact]
    public void A_boundary_counts_within_the_tolerance()
    {
        // A vertical border after column 3, and the same one two columns further.
        Tensor Border(int column) => arange(10).ge(column).to(ScalarType.Int64).expand(1, 8, 10).clone();
        var (output, target) = (Says(Border(6), 2), Border(4));
        Assert.Equal(0, Metric.BoundaryF(1).Of(output, target));
        Assert.Equal(1, Metric.BoundaryF(2).Of(output, target), 1e-12);
        // Another border that is not there: half of the predicted pixels are right, all actual ones found.
        var twice = Border(4) - Border(8);
        Assert.Equal(2 * 0.5 * 1 / 1.5, Metric.BoundaryF(1).Of(Says(twice, 2), target), 1e-12);
        Assert.Contains("no image has a boundary", Metric.BoundaryF().Measure(Says(zeros_like(target), 2), zeros_like(target)).WhyUndefined);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Edges_are_judged_at_their_best_threshold(int tolerance)
    {
        var (output, target) = (Values.Normal(3, 2, 7, 6), Values.Normal(4, 2, 7, 6).gt(1).to(ScalarType.Float32));
        var (p, y) = (output.sigmoid().Numbers(), target.Numbers());
        bool Near(Func<int, bool> yes, int at)
        {
            var (image, row, column) = (at / 42, at / 6 % 7, at % 6);
            for (var i = Math.Max(0, row - tolerance); i <= Math.Min(6, row + tolerance); i++)
                for (var j = Math.Max(0, column - tolerance); j <= Math.Min(5, column + tolerance); j++)
                    if (yes(image * 42 + i * 6 + j)) return true;
            return false;
        }
        var best = 0.0;
        var all = Enumerable.Range(0, 84).ToArray();
        for (var level = 1; level < 100; level++)
        {
            bool Said(int at) => Math.Floor((float)p[at] * 100f) >= level;
            bool Edge(int at) => y[at] == 1;
            var said = all.Where(Said).ToArray();
            var precision = said.Length == 0 ? 0 : said.Average(at => Near(Edge, at) ? 1.0 : 0);
            var recall = all.Where(Edge).Average(at => Near(Said, at) ? 1.0 : 0);
            if (precision + recall > 0) best = Math.Max(best, 2 * precision * recall / (precision + recall));
        }
        Assert.Equal(best, Metric.EdgeF(tolerance).Of(output, target), 1e-12);
    }

    [Fact]
    public void Depth_by_hand()
    {
        var target = tensor(new float[,] { { 2, 4 }, { 0, 1 } }).unsqueeze(0);
        var output = tensor(new float[,] { { 3, 4 }, { 9, -1 } }).unsqueeze(0);
        Assert.Equal((0.5 + 0 + 2) / 3, Metric.DepthRelativeError.Of(output, target), 1e-12);
        Assert.Equal((1 + 0 + 2) / 3.0, Metric.DepthAbsoluteError.Of(output, target), 1e-12);
        Assert.Equal(Math.Sqrt((1 + 0 + 4) / 3.0), Metric.DepthRootMeanSquaredError.Of(output, target), 1e-12);
        Assert.Equal(1.0 / 3, Metric.DepthAccuracy().Of(output.unsqueeze(1), target), 1e-12);
        Assert.Equal(2.0 / 3, Metric.DepthAccuracy(1.6).Of(output, target), 1e-12);
    }

    [Fact]
    public void Normals_by_angle()
    {
        double[] degrees = [0, 10, 30, 100];
        var target = tensor(new float[] { 0, 0, 1 }).reshape(1, 3, 1, 1).expand(1, 3, 1, 5).clone();
        target[0, 2, 0, 4] = 0; // no normal
        var output = zeros(1, 3, 1, 5);
        for (var i = 0; i < 4; i++)
        {
            output[0, 0, 0, i] = (float)(3 * Math.Sin(degrees[i] * Math.PI / 180));
            output[0, 2, 0, i] = (float)(3 * Math.Cos(degrees[i] * Math.PI / 180));
        }
        Assert.Equal(degrees.Average(), Metric.NormalMeanAngle.Of(output, target), 1e-4);
        Assert.Equal(20, Metric.NormalMedianAngle.Of(output, target), 1e-4);
        Assert.Equal(0.5, Metric.NormalsWithin(11.25).Of(output, target), 1e-12);
        Assert.Equal(90, Metric.NormalMeanAngle.Of(zeros(1, 3, 1, 5), target), 1e-9);
    }

    [Fact]
    public void Small_images_are_compared_in_smaller_windows()
    {
        // One window of the image's own size: the definition, written out.
        var (x, y) = (Values.Normal(5, 1, 7, 7).sigmoid(), Values.Normal(6, 1, 7, 7).sigmoid());
        var (z, t) = (x.Numbers(), y.Numbers());
        var line = Enumerable.Range(-3, 7).Select(i => Math.Exp(-i * i / 4.5)).ToArray();
        double Mean(Func<int, double> of) => Enumerable.Range(0, 49).Sum(at => line[at / 7] * line[at % 7] * of(at)) / Math.Pow(line.Sum(), 2);
        var (mx, my) = (Mean(i => z[i]), Mean(i => t[i]));
        var (vx, vy, c) = (Mean(i => z[i] * z[i]) - mx * mx, Mean(i => t[i] * t[i]) - my * my, Mean(i => z[i] * t[i]) - mx * my);
        var expected = (2 * mx * my + 1e-4) * (2 * c + 9e-4) / ((mx * mx + my * my + 1e-4) * (vx + vy + 9e-4));
        Assert.Equal(expected, Metric.StructuralSimilarity().Of(x, y), 1e-9);
        Assert.Equal(expected, Metric.StructuralSimilarity().Of(x.unsqueeze(1).expand(1, 3, 7, 7), y.unsqueeze(1).expand(1, 3, 7, 7)), 1e-9);
    }

    [Fact]
    public void Sequences_by_hand()
    {
        var target = tensor(new long[,] { { 1, 2, 2, -1 }, { 0, 1, -1, -1 } });
        var output = Says(tensor(new long[,] { { 2, 1, 0, 2 }, { 0, 1, 2, 2 } }), 3);
        Assert.Equal(0.5, Metric.ExactMatch.Of(output, target));
        Assert.Equal((2.0 / 3 + 1) / 2, Metric.TokenF1.Of(output, target), 1e-12);
        Assert.Equal(2.0 / 5, Metric.Accuracy.Of(output, target), 1e-12);
        Assert.Equal(3, Metric.Perplexity.Of(zeros(2, 3, 4), target), 1e-12);
    }

    // Kinds 1 (tags 1, 2) and 2 (tags 3, 4). Labels: [1-2] and [4] of kind 1, [3] of kind 2; [0-1] of kind 2. Predicted: the first whole, the second
    // too long, the third right; in the second row one that begins by continuing, and right.
    [Fact]
    public void Spans_by_hand()
    {
        var target = tensor(new long[,] { { 0, 1, 2, 3, 1, 0 }, { 3, 4, 0, -1, -1, -1 } });
        var output = Says(tensor(new long[,] { { 0, 1, 2, 3, 1, 2 }, { 4, 4, 0, 1, 2, 3 } }), 5);
        Assert.Equal(2 * 3.0 / (4 + 4), Metric.SpanF1.Of(output, target), 1e-12);
        // B B is two spans, and a kind that changes ends one.
        Assert.Equal(0, Metric.SpanF1.Of(Says(tensor(new long[,] { { 1, 2, 4 } }), 5), tensor(new long[,] { { 1, 1, 2 } })));
        Assert.Equal(2 * 1.0 / (2 + 1), Metric.SpanF1.Of(Says(tensor(new long[,] { { 1, 2, 4 } }), 5), tensor(new long[,] { { 1, 2, 0 } })), 1e-12);
        var outside = zeros(1, 3, dtype: ScalarType.Int64);
        Assert.Equal("no span occurs, in the labels or in the predictions", Metric.SpanF1.Measure(Says(outside, 5), outside).WhyUndefined);
    }
}
