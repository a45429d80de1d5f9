using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

public class UndefinedMetricTests
{
    private static readonly Tensor Scores = tensor(new[] { 1f, -2f, 0.5f });

    [Fact]
    public void A_metric_without_a_number_says_why()
    {
        void Why(string expected, Metric metric, Tensor output, Tensor target)
        {
            var value = metric.Measure(output, target);
            Assert.Contains(expected, value.WhyUndefined);
            Assert.True(double.IsNaN(value.Number));
        }
        Why("only one class", Metric.AreaUnderCurve, Scores, ones(3));
        Why("only one class", Metric.AveragePrecision, Scores, ones(3));
        Why("only one class", Metric.MatthewsCorrelation, Scores, zeros(3));
        Why("only one class", Metric.CohenKappa, ones(3), ones(3));
        Why("no row is positive", Metric.F1(), Scores, zeros(3));
        Why("all targets", Metric.CoefficientOfDetermination, Scores, full(3, 0.1f));
        Why("all targets", Metric.KendallCorrelation, Scores, full(3, 0.1f));
        Why("all outputs", Metric.PearsonCorrelation, full(3, 0.1f), Scores);
        Why("all outputs", Metric.SpearmanCorrelation, full(3, 0.1f), Scores);
        Why("target is 0", Metric.MeanAbsolutePercentageError, Scores, zeros(3));
        Why("order of events", Metric.ConcordanceIndex, Scores, stack([Scores, zeros(3)], 1));
        Why("relevant item", Metric.Ndcg(), Scores.reshape(1, 3), zeros(1, 3));
        Why("no pixel has a depth", Metric.DepthRelativeError, zeros(1, 2, 2), zeros(1, 2, 2));
        Why("no pixel has a normal", Metric.NormalMedianAngle, ones(1, 3, 2, 2), zeros(1, 3, 2, 2));
        Why("no image has a box", Metric.DetectionAveragePrecision(), zeros(1, 2, 6), full(1, 2, 5, -1f));
        Why("not a finite number", Metric.Accuracy, full(3, float.NaN), ones(3));
        Why("no number (NaN)", new Metric("own", true, (_, _) => double.NaN), Scores, Scores);
        Why("no row", Metric.Accuracy, zeros(0), zeros(0));
    }

    [Fact]
    public void All_the_same_prediction_is_no_correlation_but_a_number()
    {
        Assert.Equal(0, Metric.MatthewsCorrelation.Of(ones(3), tensor(new[] { 1f, 0f, 1f })));
        Assert.Equal(0, Metric.F1().Of(full(3, -1f), tensor(new[] { 1f, 0f, 1f })));
    }

    [Fact]
    public void A_constant_target_is_one_whatever_the_batches()
    {
        using var state = Metric.CoefficientOfDetermination.Start();
        foreach (var count in (int[])[3, 7, 1]) state.Add(Values.Normal(count, count), full(count, 0.1f));
        Assert.Contains("all targets", state.Value.WhyUndefined);
    }

    [Fact]
    public void A_study_refuses_to_compare_what_is_undefined()
    {
        var inputs = Values.Normal(1, 12, 2);
        var (mixed, one) = (inputs.select(1, 0).gt(0).to(ScalarType.Float32), ones(12));
        var splits = new DataSplits(Examples.Joint(inputs, ("a", mixed)), Examples.Joint(inputs, ("a", mixed)), Examples.Joint(inputs, ("a", one)));
        var run = Model.Named("m").Input(2).Task("a", Head.Binary()).Train(splits, plan => plan.Epochs(1), seed: 3);
        var row = run.History.Single(row => row.Split == "test" && row.Key == "a/auc");
        Assert.Equal("only one class occurs", row.Undefined);
        Assert.True(double.IsNaN(row.Value));
        Assert.Null(run.History.First(row => row.Split == "validation" && row.Key == "a/auc").Undefined);
        Assert.Contains("a/auc undefined", run.ToString());

        var error = Assert.Throws<DataException>(() => run.Test("a/auc"));
        foreach (var part in (string[])["task 'a'", "test split", "auc", "'m'", "seed 3", "only one class occurs"]) Assert.Contains(part, error.Message);
        Assert.InRange(run.Test("a/accuracy"), 0, 1);

        var study = new StudyResult(Study.On(DataSource.Of("made", _ => splits)).Variants(run.Model), [
            Model.Named("m").Input(2).Task("a", Head.Binary()).Train(splits, plan => plan.Epochs(1), seed: 0)]);
        Assert.Throws<DataException>(() => study.Claim("better than chance", results => results.Mean("m", "a/auc") >= 0.5));
        Assert.Throws<DataException>(() => study.Gain("m", "m"));
        Assert.Contains("a/auc undefined", study.ToString());
    }

    [Fact]
    public void A_metric_that_does_not_fit_names_its_task()
    {
        var inputs = Values.Normal(1, 12, 3);
        var examples = Examples.Joint(inputs, ("a", inputs.argmax(1)));
        var model = Model.Named("m").Input(3).Task("a", Head.Classify(3).AlsoMeasure(Metric.F1()));
        var error = Assert.Throws<DataException>(() => model.Train(new DataSplits(examples, examples, examples), plan => plan.Epochs(1)));
        foreach (var part in (string[])["task 'a'", "validation split", "metric 'f1'", "3 classes", "Averaging.Macro"]) Assert.Contains(part, error.Message);
    }

    [Fact]
    public void A_head_is_judged_by_the_metrics_declared()
    {
        Assert.Equal(["auc", "accuracy", "f1"], Head.Binary().AlsoMeasure(Metric.F1()).Metrics.Select(metric => metric.Name));
        Assert.Equal(["f1", "plain"], Head.Binary().WithMetrics(Metric.F1(), Metric.Accuracy.Named("plain")).Metrics.Select(metric => metric.Name));
        Assert.Contains("'auc'", Assert.Throws<DeclarationException>(() => Head.Binary().AlsoMeasure(Metric.AreaUnderCurve)).Message);
        Assert.Contains("'loss'", Assert.Throws<DeclarationException>(() => Head.Binary().AlsoMeasure(Metric.Accuracy.Named("loss"))).Message);
        Assert.Throws<DeclarationException>(() => Metric.F1(Averaging.Positive, except: 0));
        Assert.Throws<DeclarationException>(() => Metric.TopAccuracy(0));
        Assert.Throws<DeclarationException>(() => Metric.PinballLoss(0.5, 1));
        Assert.Throws<DeclarationException>(() => Metric.Ndcg(0));
    }
}
