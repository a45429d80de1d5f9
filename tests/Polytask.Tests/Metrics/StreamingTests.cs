using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

/// <summary>However the rows are cut into batches, the number is that of the whole split.</summary>
public class StreamingTests
{
    private const int Rows = 57;

    private static readonly Tensor Reals = Values.Normal(1, Rows);
    private static readonly Tensor Noisy = Reals + 300 + 0.5f * Values.Normal(2, Rows);
    private static readonly Tensor Yes = Reals.gt(0.2).to(ScalarType.Float32);
    private static readonly Tensor Logits = Values.Normal(3, Rows, 4);
    private static readonly Tensor Classes = Logits.argmax(1).roll(1);
    private static readonly Tensor Maps = Values.Normal(4, Rows, 3, 9, 11);
    private static readonly Tensor MapClasses = Values.Normal(5, Rows, 9, 11).clamp(-1, 1).round().to(ScalarType.Int64);
    private static readonly Tensor Images = Values.Normal(6, Rows, 9, 11);
    private static readonly Tensor Tokens = Values.Normal(7, Rows, 3, 6);
    private static readonly Tensor TokenClasses = Values.Normal(8, Rows, 6).clamp(-1, 2).round().to(ScalarType.Int64);
    private static readonly Tensor Queries = stack([Yes, arange(Rows).remainder(7).to(ScalarType.Float32)], 1);
    private static readonly Tensor Times = stack([(Reals + 3).abs(), Values.Normal(9, Rows).gt(0).to(ScalarType.Float32)], 1);
    private static readonly Tensor Boxes = MadeBoxes(10, 5);
    private static readonly Tensor RealBoxes = MadeBoxes(11, 4).index_select(2, tensor(new[] { 0L, 1, 2, 3, 5 }));

    private static readonly (Metric Metric, Tensor Output, Tensor Target)[] All =
    [
        .. Of(Noisy, Yes, Metric.Accuracy, Metric.F1(), Metric.AreaUnderCurve, Metric.AveragePrecision, Metric.LogLoss, Metric.BrierScore,
            Metric.ExpectedCalibrationError(), Metric.MaximumCalibrationError(10)).Select(given => given with { Output = Noisy - 300 }),
        .. Of(Logits, Classes, Metric.Accuracy, Metric.TopAccuracy(2), Metric.BalancedAccuracy, Metric.F1(Averaging.Macro), Metric.Recall(Averaging.Weighted),
            Metric.MatthewsCorrelation, Metric.QuadraticKappa, Metric.AreaUnderCurve, Metric.AveragePrecision, Metric.LogLoss, Metric.BrierScore,
            Metric.ExpectedCalibrationError(), Metric.MeanReciprocalRank, Metric.HitRate(2), Metric.Ndcg(3)),
        .. Of(Logits, Logits.roll(1, 0).gt(0).to(ScalarType.Float32), Metric.SubsetAccuracy, Metric.HammingLoss, Metric.F1(Averaging.Micro), Metric.AreaUnderCurve,
            Metric.RecallAt(2), Metric.RankingAveragePrecision(3)),
        .. Of(Noisy, Reals + 300, Metric.MeanSquaredError, Metric.RootMeanSquaredError, Metric.MeanAbsoluteError, Metric.MeanAbsolutePercentageError,
            Metric.CoefficientOfDetermination, Metric.ExplainedVariance, Metric.PearsonCorrelation, Metric.SpearmanCorrelation, Metric.KendallCorrelation,
            Metric.PinballLoss(0.9)),
        .. Of(Logits.sort(1).Values, Reals, Metric.PinballLoss(0.1, 0.4, 0.6, 0.9), Metric.IntervalCoverage, Metric.IntervalWidth),
        .. Of(Noisy, Times, Metric.ConcordanceIndex),
        .. Of(Noisy, Queries, Metric.Ndcg(), Metric.GroupedAreaUnderCurve, Metric.MeanReciprocalRank),
        .. Of(Maps, MapClasses, Metric.PixelAccuracy, Metric.MeanIntersectionOverUnion, Metric.Dice(), Metric.Dice(except: 0), Metric.BoundaryF(),
            Metric.F1(Averaging.Macro)),
        .. Of(Images, Images.roll(1, 2).gt(1).to(ScalarType.Float32), Metric.EdgeF(), Metric.AreaUnderCurve),
        .. Of(Images, Images.roll(1, 0), Metric.DepthRelativeError, Metric.DepthAbsoluteError, Metric.DepthRootMeanSquaredError, Metric.DepthAccuracy(),
            Metric.PeakSignalToNoise(4), Metric.StructuralSimilarity(4)),
        .. Of(Maps, Maps.roll(1, 0), Metric.NormalMeanAngle, Metric.NormalMedianAngle, Metric.NormalsWithin(30), Metric.EndPointError),
        .. Of(Tokens, TokenClasses, Metric.Perplexity, Metric.ExactMatch, Metric.TokenF1, Metric.SpanF1, Metric.Accuracy),
        .. Of(Boxes, RealBoxes, Metric.DetectionAveragePrecision(0.1, 0.3), Metric.CentreDistanceAveragePrecision(1)),
        .. Of(Noisy, Reals, new Metric("own", true, (output, target) => (output * target).max().item<float>())),
    ];

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (var i = 0; i < All.Length; i++) cases.Add(i, All[i].Metric.Name);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Random_cuts_give_the_number_of_the_whole(int index, string name)
    {
        var (metric, output, target) = All[index];
        Assert.Equal(name, metric.Name);
        var whole = metric.Measure(output, target);
        Assert.Null(whole.WhyUndefined);
        Assert.InRange(whole.Number, double.MinValue, double.MaxValue);
        var random = StableRandom.For(index, "cuts");
        for (var trial = 0; trial < 3; trial++)
        {
            using var state = metric.Start();
            for (long start = 0; start < Rows;)
            {
                var count = Math.Min(Rows - start, 1 + random.NextBelow(trial == 0 ? 2 : 25));
                state.Add(output.narrow(0, start, count), target.narrow(0, start, count));
                start += count;
            }
            Assert.Equal(whole.Number, state.Value.Number, 1e-12 * Math.Max(1, Math.Abs(whole.Number)));
        }
    }

    [Fact]
    public void Weights_of_whole_numbers_are_repeated_rows()
    {
        var weights = tensor(Enumerable.Range(0, Rows).Select(row => (float)(row % 4)).ToArray());
        var repeated = tensor(Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat((long)row, row % 4)).ToArray());
        var compared = 0;
        foreach (var (metric, output, target) in All)
        {
            double weighted;
            try
            {
                weighted = metric.Of(output, target, weights);
            }
            catch (DataException error)
            {
                Assert.Contains("weight", error.Message);
                continue;
            }
            Assert.Equal(metric.Of(output.index_select(0, repeated), target.index_select(0, repeated)), weighted, 1e-9);
            compared++;
        }
        Assert.True(compared > All.Length / 2);
    }

    [Fact]
    public void The_evaluator_measures_blocks_as_if_they_were_the_whole()
    {
        const int rows = 20_000;
        var inputs = Values.Normal(12, rows, 3);
        var examples = Examples.Joint(inputs, ("y", inputs.sum(dim: 1) + Values.Normal(13, rows)), ("c", inputs.argmax(1)));
        var model = Model.Named("m").Input(3).Task("y", Head.Regress().AlsoMeasure(Metric.SpearmanCorrelation)).Task("c", Head.Classify(3));
        manual_seed(1);
        var module = model.Build();
        var measured = new Evaluator(module).Measure(examples, "test", 1);
        var outputs = module.Forward(inputs);
        for (var i = 0; i < 2; i++)
        {
            var (task, target) = (model.Tasks[i], examples.Target(model.Tasks[i].Name));
            Assert.Equal(task.Loss.Mean(outputs[i], target).item<float>(), measured.Find(row => row.Key == $"{task.Name}/loss")!.Value, 1e-5);
            foreach (var metric in task.Head.Metrics)
                Assert.Equal(metric.Of(outputs[i], target), measured.Find(row => row.Key == $"{task.Name}/{metric.Name}")!.Value, 1e-6);
        }
        Assert.Equal(7, measured.Count);
    }

    private static IEnumerable<(Metric Metric, Tensor Output, Tensor Target)> Of(Tensor output, Tensor target, params Metric[] metrics) =>
        metrics.Select(metric => (metric, output, target));

    // [rows, boxes, 6] of (left, top, right, bottom, score, class), some boxes none.
    private static Tensor MadeBoxes(int seed, int count)
    {
        var corner = Values.Normal(seed, Rows, count, 2);
        var scores = Values.Normal(seed + 100, Rows, count, 1);
        return cat([corner, corner + 1.5f + 0.3f * Values.Normal(seed + 200, Rows, count, 2), scores, (scores * 7).round().remainder(3) - 1], 2);
    }
}
