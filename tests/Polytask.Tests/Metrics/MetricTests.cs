using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

public class MetricTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 3)] // few distinct scores: many ties
    public void The_area_under_the_curve_is_the_share_of_pairs_in_order(int seed, int distinct)
    {
        var random = StableRandom.For(seed, "auc");
        var scores = Enumerable.Range(0, 60).Select(_ => (float)random.NextBelow(distinct)).ToArray();
        var labels = Enumerable.Range(0, 60).Select(_ => (float)random.NextBelow(2)).ToArray();
        var pairs = from i in Enumerable.Range(0, 60)
                    where labels[i] == 1
                    from j in Enumerable.Range(0, 60)
                    where labels[j] == 0
                    select scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0.0;
        Assert.Equal(pairs.Average(), Metric.AreaUnderCurve.Of(tensor(scores), tensor(labels)), 1e-12);
    }

    [Fact]
    public void Several_classes_are_averaged_one_against_the_rest()
    {
        var logits = Values.Normal(4, 30, 3);
        var labels = Enumerable.Range(0, 30).Select(row => (long)(row % 3)).ToArray();
        var probabilities = logits.softmax(1);
        var expected = Enumerable.Range(0, 3).Average(c => Metric.AreaUnderCurve.Of(probabilities.select(1, c), tensor(labels.Select(label => label == c ? 1f : 0f).ToArray())));
        Assert.Equal(expected, Metric.AreaUnderCurve.Of(logits, tensor(labels)), 1e-12);
    }

    [Fact]
    public void With_one_class_only_the_area_is_not_defined() => Assert.True(double.IsNaN(Metric.AreaUnderCurve.Of(tensor(new[] { 1f, 2f }), tensor(new[] { 1f, 1f }))));

    [Fact]
    public void Scores_that_are_no_numbers_have_no_area()
    {
        Assert.True(double.IsNaN(Metric.AreaUnderCurve.Of(tensor(new[] { 1f, float.NaN, 2f }), tensor(new[] { 1f, 0f, 1f }))));
        Assert.True(double.IsNaN(Metric.AreaUnderCurve.Of(full(3, 2, float.NaN), tensor(new[] { 1L, 0L, 1L }))));
    }

    [Fact]
    public void Accuracy_counts_rows()
    {
        Assert.Equal(0.75, Metric.Accuracy.Of(tensor(new[] { 1f, -1f, 2f, 3f }), tensor(new[] { 1f, 0f, 0f, 1f })), 1e-12);
        Assert.Equal(0.5, Metric.Accuracy.Of(tensor(new float[,] { { 1, 2 }, { 3, 0 } }), tensor(new[] { 1L, 1L })), 1e-12);
    }

    [Fact]
    public void Regression_metrics_by_hand()
    {
        var (z, y) = (tensor(new[] { 1f, 2f, 4f }), tensor(new[] { 1f, 3f, 5f }));
        Assert.Equal(2.0 / 3, Metric.MeanSquaredError.Of(z, y), 1e-12);
        Assert.Equal(1 - 2 / 8.0, Metric.CoefficientOfDetermination.Of(z, y), 1e-12); // mean 3: 4 + 0 + 4
        Assert.True(double.IsNaN(Metric.CoefficientOfDetermination.Of(z, tensor(new[] { 2f, 2f, 2f }))));
    }

    [Fact]
    public void The_multi_task_gain_by_hand() =>
        // accuracy 0.8 -> 0.9: +12.5 %; error 2 -> 1: +50 %
        Assert.Equal((12.5 + 50) / 2, MultiTaskGain.Of((0.9, 0.8, true), (1, 2, false)), 1e-9);
}
