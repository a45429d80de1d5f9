using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

public class DetectionMetricTests
{
    // Two images. Class 0 has three boxes, class 1 one.
    private static readonly Tensor Real = tensor(new float[,,]
    {
        { { 0, 0, 10, 10, 0 }, { 20, 20, 30, 30, 0 }, { 0, 0, 0, 0, -1 } },
        { { 0, 0, 10, 10, 0 }, { 0, 0, 4, 4, 1 }, { 0, 0, 0, 0, -1 } },
    });

    private static readonly Tensor Found = tensor(new float[,,]
    {
        // right; a second one of the same box: wrong; overlap 1/3, centre 5 away
        { { 0, 0, 10, 10, 0.9f, 0 }, { 0, 0, 10, 9, 0.8f, 0 }, { 25, 20, 35, 30, 0.7f, 0 } },
        // overlap 0.8; a class that is nowhere; none
        { { 0, 0, 10, 8, 0.6f, 0 }, { 0, 0, 4, 4, 0.5f, 2 }, { 0, 0, 10, 10, 1, -1 } },
    });

    [Fact]
    public void Average_precision_by_hand()
    {
        // class 0 by score: right, wrong, wrong, right, of 3 boxes: precision 1 at recall 1/3, 1/2 at 2/3; class 1: nothing found
        Assert.Equal((1.0 / 3 + 0.5 / 3) / 2, Metric.DetectionAveragePrecision().Of(Found, Real), 1e-12);
        Assert.Equal(1.0 / 3 / 2, Metric.DetectionAveragePrecision(0.85).Of(Found, Real), 1e-12);
        Assert.Equal(((1.0 / 3 + 0.5 / 3) / 2 + 1.0 / 3 / 2) / 2, Metric.DetectionAveragePrecision(0.5, 0.85).Of(Found, Real), 1e-12);
        // at 0.3 the third is right too: right, wrong, right, right: 1, then 3/4 from the envelope
        Assert.Equal((1.0 / 3 + 2 * 0.75 / 3) / 2, Metric.DetectionAveragePrecision(0.3).Of(Found, Real), 1e-12);
        Assert.Equal("ap50", Metric.DetectionAveragePrecision().Name);
        Assert.Equal("ap50:95", Metric.DetectionAveragePrecision(0.5, 0.75, 0.95).Name);
    }

    [Fact]
    public void Centres_within_a_distance()
    {
        Assert.Equal((1.0 / 3 + 2 * 0.75 / 3) / 2, Metric.CentreDistanceAveragePrecision(5).Of(Found, Real), 1e-12);
        Assert.Equal((1.0 / 3 + 0.5 / 3) / 2, Metric.CentreDistanceAveragePrecision(4.9).Of(Found, Real), 1e-12);
    }

    [Fact]
    public void All_boxes_found_is_one()
    {
        var found = cat([Real.narrow(2, 0, 4), rand(2, 3, 1), Real.narrow(2, 4, 1)], 2);
        Assert.Equal(1, Metric.DetectionAveragePrecision(0.5, 0.95).Of(found, Real), 1e-12);
        Assert.Equal(1, Metric.CentreDistanceAveragePrecision(0.1).Of(found, Real), 1e-12);
    }
}
