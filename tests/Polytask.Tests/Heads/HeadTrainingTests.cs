using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Heads;

/// <summary>Every head learns what it is for, on data with rows that have no label, and says it in the form that it documents.</summary>
public class HeadTrainingTests
{
    private const int Rows = 96;

    private static readonly Tensor X = Values.Normal(11, Rows, 4);
    private static readonly Tensor Signal = X.select(1, 0) + 0.5 * X.select(1, 1);

    // Rows 0 and 5 have no label.
    private static Tensor Gaps(Tensor target)
    {
        target = target.clone();
        foreach (var row in (long[])[0, 5]) target[row] = full_like(target[row], target.is_floating_point() ? double.NaN : -1);
        return target;
    }

    private static (Run Run, double First) Train(Model model, Tensor x, Tensor target, int epochs = 40, double rate = 0.05)
    {
        var examples = Examples.Joint(x, ("a", Gaps(target)));
        var run = model.Train(new DataSplits(examples, examples, examples), t => t.Adam(rate).Epochs(epochs).Batch(48));
        // Every metric reads what the head gives, and is defined on this data.
        Assert.All(run.History.Where(row => row.Split == "test"), row => Assert.True(double.IsFinite(row.Value), $"{row.Key}: {row.Value}"));
        return (run, run.History.First(row => row is { Split: "validation", Metric: "loss" }).Value);
    }

    private static void Judged(Run run, string metric, double least) => Assert.InRange(run.Test($"a/{metric}"), least, 1);

    private static double Last(Run run) => run.History.Last(row => row is { Split: "test", Metric: "loss" }).Value;

    private static Run Learned(Head head, Tensor target, Loss? loss = null)
    {
        var (run, first) = Train(Model.Named("m").Input(4).Task("a", head, loss: loss), X, target);
        Assert.True(Last(run) < 0.85 * first, $"{head}: {first} to {Last(run)}");
        return run;
    }

    private static Tensor Predictions(Run run, Tensor x)
    {
        using var untracked = no_grad();
        return run.Model.Tasks[0].Head.Predict(run.Module.Forward("a", x));
    }

    private static Tensor Stack(params Tensor[] columns) => stack([.. columns.Select(column => column.to(ScalarType.Float32))], 1);

    [Fact]
    public void Multi_label_also_learns_from_rows_with_some_labels_missing()
    {
        var truth = X.narrow(1, 0, 3).gt(0).to(ScalarType.Float32);
        var target = truth.clone();
        target.select(1, 1).narrow(0, 40, 50).fill_(double.NaN);
        target.select(1, 0).narrow(0, 0, 40).fill_(double.NaN);
        var right = Predictions(Learned(Head.MultiLabel(3), target), X).eq(truth).to(ScalarType.Float32).mean([0]);
        Assert.All(right.Numbers(), share => Assert.InRange(share, 0.85, 1));
    }

    [Fact]
    public void Ordinal_levels()
    {
        var levels = (Signal * 1.2 + 2).clamp(0, 4).round().to(ScalarType.Int64);
        foreach (var (head, loss) in ((Head, Loss?)[])
            [(Head.Ordinal(5), null), (Head.Ordinal(5), Loss.Coral()), (Head.OrdinalConditional(5), null), (Head.OrdinalSoftmax(5), null)])
        {
            var run = Train(Model.Named("m").Input(4).Task("a", head, loss: loss), X, levels, epochs: 150).Run;
            var predicted = Predictions(run, X);
            Assert.Equal(ScalarType.Int64, predicted.dtype);
            Assert.InRange((predicted - levels).abs().to(ScalarType.Float32).mean().item<float>(), 0, 0.5);
        }
    }

    // P(y > 0), P(y > 1), P(y > 2) are 0.8, 0.8 * 0.7 = 0.56 and 0.56 * 0.9 = 0.504 in the first row; 0.8 * 0.6 is below one half in the second.
    [Fact]
    public void Conditional_steps_are_multiplied_to_a_level()
    {
        var steps = tensor(new[,] { { 0.8, 0.7, 0.9 }, { 0.8, 0.6, 0.9 }, { 0.4, 0.9, 0.9 } }).logit();
        var head = Head.OrdinalConditional(4);
        Assert.Equal([3.0, 1, 0], head.Predict(steps).Numbers());
        var levels = tensor(new long[] { 3, 2, 0 });
        Assert.Equal(1.0 / 3, head.Metrics[0].Of(steps, levels), 1e-9);
        Assert.Equal(2.0 / 3, head.Metrics[2].Of(steps, levels), 1e-9);
    }

    [Fact]
    public void Ordinal_thresholds_rise_whatever_is_learned()
    {
        var run = Learned(Head.Ordinal(5), (Signal * 1.2 + 2).clamp(0, 4).round().to(ScalarType.Int64));
        var steps = run.Module.Forward("a", X);
        Assert.True(steps.narrow(1, 1, 3).lt(steps.narrow(1, 0, 3)).all().item<bool>());
    }

    [Fact]
    public void Quantiles_cover_their_shares()
    {
        var noise = Values.Normal(12, Rows) * 0.5;
        var run = Train(Model.Named("m").Input(4).Task("a", Head.Quantiles(0.1, 0.5, 0.9)), X, Signal + noise, epochs: 150).Run;
        var below = (Signal + noise).unsqueeze(1).lt(run.Module.Forward("a", X)).to(ScalarType.Float32).mean([0]).Numbers();
        Assert.All(below.Zip([0.1, 0.5, 0.9]), pair => Assert.Equal(pair.Second, pair.First, 0.1));
    }

    [Fact]
    public void A_gaussian_head_learns_how_noisy_a_row_is()
    {
        var noise = Values.Normal(13, Rows) * X.select(1, 3).exp() * 0.3;
        var run = Train(Model.Named("m").Input(4).Task("a", Head.Gaussian()), X, Signal + noise, epochs: 100).Run;
        Assert.Equal([Rows], Predictions(run, X).shape);
        Assert.InRange(run.Module.state_dict()["task_a.output.weight"][1, 3].item<float>(), 1, 3); // log variance = 2 x_3 + constant
        var two = Model.Named("m").Input(4).Task("a", Head.Gaussian(2)).Build();
        Assert.Equal([Rows, 2, 2], two.Forward(X)[0].shape);
    }

    [Fact]
    public void Counts_are_predicted_as_rates() =>
        Assert.InRange((Predictions(Learned(Head.Count(), (Signal + 1).exp().floor()), X).log() - (Signal + 0.8)).abs().mean().item<float>(), 0, 0.5);

    [Fact]
    public void Hazards_give_falling_survival()
    {
        var time = (2 - Signal).clamp(0, 3).round();
        var run = Learned(Head.Hazard(4), Stack(time, X.select(1, 2).gt(-0.8)));
        Judged(run, "c-index", 0.9);
        var survival = Predictions(run, X);
        Assert.Equal([Rows, 4], survival.shape);
        Assert.True(survival.narrow(1, 1, 3).le(survival.narrow(1, 0, 3)).all().item<bool>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cox_puts_those_who_fail_early_at_risk(bool concordance)
    {
        var target = Stack((-Signal).exp(), X.select(1, 2).gt(-0.8));
        var run = Learned(Head.Cox(), target, concordance ? Loss.Concordance() : null);
        var weight = run.Module.state_dict()["task_a.output.weight"][0].Numbers();
        Assert.Equal(0.5, weight[1] / weight[0], 0.15);
        Assert.True(weight[0] > 1);
        Judged(run, "c-index", 0.9);
    }

    [Fact]
    public void Ranks_follow_relevance_within_their_queries()
    {
        var query = arange(Rows, dtype: ScalarType.Float32).div(8, RoundingMode.floor);
        foreach (var loss in (Loss?[])[null, Loss.ListNet(), Loss.ListMle()])
        {
            // Every query has a level of its own, which is none of the ranker's business.
            var run = Train(Model.Named("m").Input(4).Task("a", Head.Rank(), loss: loss), X, Stack((Signal + 3).clamp(0) + query, query)).Run;
            Judged(run, "ndcg", 0.98);
            var weight = run.Module.state_dict()["task_a.output.weight"][0].Numbers();
            Assert.Equal(0.5, weight[1] / weight[0], 0.25);
        }
    }

    [Fact]
    public void Embeddings_of_a_group_lie_together()
    {
        var group = X.select(1, 0).gt(0).to(ScalarType.Int64) + 2 * X.select(1, 1).gt(0).to(ScalarType.Int64);
        foreach (var loss in (Loss?[])[null, Loss.Triplet(1)])
        {
            var (run, _) = Train(Model.Named("m").Input(4).Backbone(Block.Mlp(16)).Task("a", Head.Represent(3), loss: loss), X, group);
            var z = nn.functional.normalize(run.Module.Forward("a", X));
            var similarity = z.matmul(z.t()) - 9 * eye(Rows);
            Assert.InRange(group.index_select(0, similarity.argmax(1)).eq(group).to(ScalarType.Float32).mean().item<float>(), 0.75, 1);
            Judged(run, "nearest", 0.75);
        }
    }

    [Fact]
    public void Pairs_find_each_other()
    {
        var sides = stack([X, X + 0.1 * Values.Normal(14, Rows, 4)], 1);
        foreach (var loss in (Loss?[])[null, Loss.NtXent()])
        {
            var (run, first) = Train(Model.Named("m").Input(Shape.Of(2, 4)).Task("a", Head.RepresentPairs(4), loss: loss), sides, ones(Rows));
            Assert.True(Last(run) < first);
            Judged(run, "retrieved", 0.9);
            Assert.Equal([Rows, 2, 4], run.Module.Forward("a", sides).shape);
        }
    }

    [Fact]
    public void A_student_comes_to_agree_with_its_teacher()
    {
        var teacher = X.matmul(Values.Normal(15, 4, 3)) * 2;
        foreach (var hard in (bool[])[false, true])
        {
            var target = hard ? cat([teacher, teacher.argmax(1, keepdim: true).to(ScalarType.Float32)], 1) : teacher;
            var run = Learned(Head.Imitate(3), target, hard ? Loss.Distillation(2, 0.3) : null);
            Judged(run, "agreement", 0.9);
        }
    }

    [Fact]
    public void Tags_are_learned_beside_padding()
    {
        var tokens = Values.Normal(16, Rows, 5, 3);
        var truth = tokens.argmax(2);
        var target = truth.clone();
        target.narrow(1, 3, 2).narrow(0, 10, 60).fill_(-1);
        var (run, _) = Train(Model.Named("m").Input(Shape.Of(5, 3)).Task("a", Head.Tag(3)), tokens, target);
        Assert.Equal([Rows, 3, 5], run.Module.Forward("a", tokens).shape);
        Assert.InRange(Predictions(run, tokens).eq(truth).to(ScalarType.Float32).mean().item<float>(), 0.9, 1);
    }
}
