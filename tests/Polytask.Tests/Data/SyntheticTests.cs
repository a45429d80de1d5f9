using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class SyntheticTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.0)]
    [InlineData(-0.5)]
    public void The_cosine_between_the_correlated_weights_is_p(double p)
    {
        var (first, second) = new CorrelatedTasks(p, scale: 0.3).WeightsOf(4);
        double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
        Assert.Equal(0.3, Math.Sqrt(Dot(first, first)), 1e-12);
        Assert.Equal(0.3, Math.Sqrt(Dot(second, second)), 1e-12);
        Assert.Equal(p, Dot(first, second) / 0.09, 1e-12);
    }

    // Noise of standard deviation 0.1 keeps the correlation below 1 even for equal weights.
    [Fact]
    public void The_correlation_of_the_labels_rises_with_p_and_is_near_one_at_one()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var correlations = new[] { -0.5, 0, 0.5, 1 }.Select(p => new CorrelatedTasks(p).PearsonOf(seed)).ToArray();
            Assert.Equal(correlations.Order(), correlations);
            Assert.InRange(correlations[3], 0.98, 0.9999);
            Assert.InRange(correlations[1], -0.1, 0.1);
        }
    }

    [Fact]
    public void Correlated_labels_are_standardised_by_the_training_rows_and_correlate_as_said()
    {
        using var scope = NewDisposeScope();
        var source = new CorrelatedTasks(0.5);
        var splits = source.Split(1);
        Assert.Equal([4000L, 50], splits.Train.Inputs("first").shape);
        Assert.Equal((1000, 2000), (splits.Validation.Rows, splits.Test.Rows));
        var (first, second) = (splits.Train.Target("first"), splits.Train.Target("second"));
        foreach (var label in new[] { first, second })
        {
            Assert.Equal(0, label.mean().item<float>(), 1e-5);
            Assert.Equal(1, label.pow(2).mean().item<float>(), 1e-4);
        }
        Assert.Equal(source.PearsonOf(1), (first * second).mean().item<float>(), 1e-4);
    }

    // Without sines and noise a label is a projection: the formula is recomputed by torch from the inputs and the published weights.
    [Fact]
    public void Without_sines_and_noise_labels_are_linear_in_the_inputs()
    {
        using var scope = NewDisposeScope();
        var source = new CorrelatedTasks(0.3, features: 8, train: 500, validation: 10, test: 10, sines: 0, noise: 0);
        var train = source.Split(0).Train;
        var projection = train.Inputs("second").matmul(tensor(Array.ConvertAll(source.WeightsOf(0).Second, value => (float)value)));
        var expected = (projection - projection.mean()) / projection.std(unbiased: false);
        Assert.True((train.Target("second") - expected).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void A_seed_shares_inputs_and_first_task_among_all_p()
    {
        using var scope = NewDisposeScope();
        var (one, half) = (new CorrelatedTasks(1, train: 100).Split(3), new CorrelatedTasks(0.5, train: 100).Split(3));
        Assert.True(one.Train.Inputs("first").Same(half.Train.Inputs("first")));
        Assert.True(one.Train.Target("first").Same(half.Train.Target("first")));
        Assert.False(one.Train.Target("second").Same(half.Train.Target("second")));
        Assert.True(one.Train.Inputs("first").Same(new CorrelatedTasks(1, train: 100).Split(3).Train.Inputs("first")));
        Assert.False(one.Train.Inputs("first").Same(new CorrelatedTasks(1, train: 100).Split(4).Train.Inputs("first")));
    }

    [Fact]
    public void Related_weights_span_a_plane_and_unrelated_ones_do_not()
    {
        double[] Spectrum(RankTwoTasks source)
        {
            using var scope = NewDisposeScope();
            var weights = stack(source.WeightsOf(0).Select(weight => tensor(weight)));
            return linalg.svdvals(weights).data<double>().ToArray();
        }
        var related = Spectrum(RankTwoTasks.Related());
        Assert.True(related[1] > 0.1 && related[2] < 1e-12);
        Assert.True(Spectrum(RankTwoTasks.Unrelated())[9] > 0.1);
    }

    [Fact]
    public void Rank_two_tasks_have_rows_of_their_own_and_noise_only_where_said()
    {
        using var scope = NewDisposeScope();
        var source = RankTwoTasks.Related();
        var (splits, weights) = (source.Split(6), source.WeightsOf(6));
        Assert.False(splits.Train.IsJoint);
        Assert.Equal(Enumerable.Range(1, 10).Select(task => $"task {task}"), splits.Train.Tasks);
        Assert.Equal((40, 250, 250), (splits.Train.RowsOf("task 3"), splits.Validation.RowsOf("task 3"), splits.Test.RowsOf("task 3")));
        Assert.False(splits.Train.Inputs("task 1").Same(splits.Train.Inputs("task 2")));
        double Noise(Examples part) => Math.Sqrt(Enumerable.Range(0, 10).Average(task =>
        {
            var name = $"task {task + 1}";
            var clean = part.Inputs(name).to(ScalarType.Float64).matmul(tensor(weights[task]));
            return (part.Target(name).to(ScalarType.Float64) - clean).pow(2).mean().item<double>();
        }));
        Assert.InRange(Noise(splits.Validation), 0.28, 0.32); // 2,500 draws: the standard error is 0.3 / sqrt(5000) = 0.0042
        Assert.InRange(Noise(splits.Train), 0.25, 0.35);
        Assert.InRange(Noise(splits.Test), 0, 1e-6);
    }

    [Fact]
    public void The_first_tasks_are_the_same_however_many_follow()
    {
        using var scope = NewDisposeScope();
        var (few, many) = (RankTwoTasks.Related(tasks: 2).Split(0), RankTwoTasks.Related(tasks: 5).Split(0));
        Assert.True(few.Train.Target("task 2").Same(many.Train.Target("task 2")));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Contains("p is 1.5", Assert.Throws<DataException>(() => new CorrelatedTasks(1.5)).Message);
        Assert.Contains("p is NaN", Assert.Throws<DataException>(() => new CorrelatedTasks(double.NaN)).Message);
        Assert.Throws<DataException>(() => new CorrelatedTasks(0, features: 1));
        Assert.Throws<DataException>(() => RankTwoTasks.Related(tasks: 0));
        Assert.Throws<DataException>(() => RankTwoTasks.Unrelated(test: 0));
    }

    // Each against the others: precise - clean and noisy - clean are the noise, of the stated size; test labels are the clean ones.
    [Fact]
    public void The_seesaw_adds_noise_to_what_is_trained_on_and_none_to_what_is_judged()
    {
        using var scope = NewDisposeScope();
        var (seesaw, clean) = (new SeesawTasks(0.9).Split(2), new CorrelatedTasks(0.9, 30, 2000, 500, 2000, noise: 0).Split(2));
        Assert.Equal((2000, 500, 2000), (seesaw.Train.Rows, seesaw.Validation.Rows, seesaw.Test.Rows));
        Assert.Equal(Shape.Of(30), seesaw.Train.InputShape);
        foreach (var (task, from, deviation) in new[] { ("precise", "first", 0.1), ("noisy", "second", 1.5) })
        {
            Assert.True(seesaw.Test.Target(task).Same(clean.Test.Target(from)));
            var noise = seesaw.Train.Target(task) - clean.Train.Target(from);
            Assert.Equal(deviation, noise.std().item<float>(), 0.05 * deviation);
            Assert.InRange(noise.mean().item<float>(), -4 * deviation / Math.Sqrt(2000), 4 * deviation / Math.Sqrt(2000));
            Assert.Equal(deviation, (seesaw.Validation.Target(task) - clean.Validation.Target(from)).std().item<float>(), 0.15 * deviation);
        }
        Assert.True(seesaw.Train.Inputs("noisy").Same(clean.Train.Inputs("first")));
        Assert.Contains("noise of -1", Assert.Throws<DataException>(() => new SeesawTasks(0.9, precise: -1)).Message);
    }

    [Theory]
    [InlineData(0.4, 7)]
    [InlineData(-0.16, 7)]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    public void The_weights_of_multitab_bench_have_the_wanted_gram_matrix(double p, int tasks)
    {
        var weights = new MultiTabBench(p, [.. Enumerable.Repeat(2, tasks)], features: 9).WeightsOf(5);
        for (var i = 0; i < tasks; i++)
            for (var j = 0; j < tasks; j++)
                Assert.Equal(i == j ? 1 : p, weights[i].Zip(weights[j], (a, b) => a * b).Sum(), 1e-12);
    }

    // The closed forms are worked out by hand from E[s^a t^b]; the library sums Hermite coefficients.
    [Theory]
    [InlineData(0.4)]
    [InlineData(-0.2)]
    public void Label_correlations_of_multitab_bench_are_the_closed_forms(double p)
    {
        var bench = new MultiTabBench(p, [1, 1, 2, 2, 3, 3], features: 6);
        Assert.Equal(p, bench.Correlation(0, 1), 1e-12);
        Assert.Equal((p + 2 * p * p) / 3, bench.Correlation(2, 3), 1e-12);
        Assert.Equal(p / Math.Sqrt(3), bench.Correlation(0, 2), 1e-12);
        Assert.Equal((16 * p + 2 * p * p + 6 * p * p * p) / 24, bench.Correlation(4, 5), 1e-12);
        Assert.Equal(1, bench.Correlation(3, 3), 1e-12);
    }

    [Fact]
    public void Label_correlations_of_multitab_bench_are_found_again_in_its_rows()
    {
        using var scope = NewDisposeScope();
        var bench = new MultiTabBench(0.4, [1, 1, 2, 2, 3, 3], features: 6, train: 200_000, validation: 1, test: 1, noise: 0);
        var train = bench.Split(0).Train;
        foreach (var (i, j, expected) in new[] { (0, 1, 0.400), (2, 3, 0.240), (0, 2, 0.231), (4, 5, 0.296) })
        {
            var correlation = (train.Target($"task {i + 1}") * train.Target($"task {j + 1}")).mean().item<float>();
            Assert.Equal(expected, correlation, 0.02);
            Assert.Equal(bench.Correlation(i, j), correlation, 0.02);
        }
        Assert.Equal(1, train.Target("task 6").pow(2).mean().item<float>(), 1e-3);
    }

    [Fact]
    public void Multitab_bench_refuses_what_no_vectors_can_have()
    {
        Assert.Contains("can have pairwise cosines of -0.167 to 1 only", Assert.Throws<DataException>(() => new MultiTabBench(-0.2)).Message);
        Assert.Contains("7 tasks over 5 features", Assert.Throws<DataException>(() => new MultiTabBench(0.2, features: 5)).Message);
        Assert.Contains("degrees 1, 0", Assert.Throws<DataException>(() => new MultiTabBench(0.2, [1, 0])).Message);
        Assert.Contains("task 7", new MultiTabBench(0.2).Tasks);
    }

    // The logit is recomputed from the published weights and fields: labels occur as often as the logistic function says, in every tenth of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Field_tasks_follow_their_formula_and_funnels_their_order(bool funnel)
    {
        var source = new FieldTasks(train: 40_000, funnel: funnel);
        var (train, weights) = (source.Split(3).Train, source.WeightsOf(3));
        var x = train.Inputs(source.Tasks[0]);
        Assert.Equal([40_000L, 16], x.shape);
        var reached = ones(40_000);
        for (var task = 0; task < 3; task++)
        {
            Tensor W(int field) => tensor(Array.ConvertAll(weights[task][field], weight => (float)weight))
                .index_select(0, x.select(1, field).to(ScalarType.Int64));
            int[] own = [2 + 4 * task, 3 + 4 * task, 4 + 4 * task, 5 + 4 * task];
            Assert.Equal(own, source.OwnFields(task));
            var logit = own.Prepend(1).Prepend(0).Select(W).Aggregate((left, right) => left + right)
                .add(W(own[0]) * W(own[1])).mul(0.8).add(funnel && task > 0 ? -0.5 : -1);
            var (label, chance) = (train.Target(source.Tasks[task]), logit.sigmoid());
            Assert.True(label.le(funnel ? reached : ones(40_000)).all().item<bool>());
            for (var tenth = 0; tenth < 10; tenth++)
            {
                var rows = (chance.ge(tenth / 10.0) & chance.lt((tenth + 1) / 10.0) & reached.gt(0)).nonzero().flatten();
                var gap = (label - chance).index_select(0, rows).mean().item<float>();
                Assert.InRange(gap, -2.5 / Math.Sqrt(rows.shape[0]), 2.5 / Math.Sqrt(rows.shape[0]));    // 5 standard errors at most
            }
            if (funnel) reached = label;
        }
        Assert.Equal(weights[0][0].Select(weight => -weight), weights[1][0]);
        Assert.All(weights[0][6], weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Field_tasks_refuse_too_few_fields_by_number() =>
        Assert.Contains("3 tasks on 13 fields", Assert.Throws<DataException>(() => new FieldTasks(fields: 13)).Message);
}
