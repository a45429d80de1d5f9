using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// T linear regression tasks, each with inputs of its own, for the question when sharing helps (Caruana, "Multitask learning", Machine Learning 28,
/// 1997).
/// Related tasks lie in one plane: w_t = cos(a_t) b1 + sin(a_t) b2, with a_t uniform and b1, b2 ~ N(0, I/d). Unrelated tasks are drawn one by one:
/// w_t ~ N(0, I/d). Inputs x ~ N(0, I); labels y = w_t.x + noise for training and validation; test labels carry no noise, so a perfect model has a
/// test error of 0.
/// Tasks are named "task 1" to "task T". Labels are left as they are: their variance is about 1 by construction.
/// </summary>
public sealed class RankTwoTasks : DataSource
{
    private readonly bool related;
    private readonly int tasks;
    private readonly int features;
    private readonly int train;
    private readonly int validation;
    private readonly int test;
    private readonly double noise;

    private RankTwoTasks(bool related, int tasks, int features, int train, int validation, int test, double noise)
    {
        if (tasks < 1 || features < 1) throw new DataException($"rank-two tasks: {tasks} tasks of {features} features; at least 1 of each is needed");
        if (train < 1 || validation < 1 || test < 1)
            throw new DataException($"rank-two tasks: {train} training, {validation} validation and {test} test rows; every split needs at least 1");
        if (!(noise >= 0 && double.IsFinite(noise)))
            throw new DataException($"rank-two tasks: the noise is {noise}; a standard deviation is a finite number of at least 0");
        (this.related, this.tasks, this.features, this.noise) = (related, tasks, features, noise);
        (this.train, this.validation, this.test) = (train, validation, test);
    }

    /// <summary>Tasks whose weights lie in one plane: sharing can help.</summary>
    /// <param name="tasks">T, the number of tasks.</param>
    /// <param name="features">d, the number of inputs.</param>
    /// <param name="train">Training rows per task.</param>
    /// <param name="validation">Validation rows per task.</param>
    /// <param name="test">Test rows per task.</param>
    /// <param name="noise">The standard deviation of the noise on training and validation labels.</param>
    /// <exception cref="DataException">A number out of its range.</exception>
    public static RankTwoTasks Related(int tasks = 10, int features = 30, int train = 40, int validation = 250, int test = 250, double noise = 0.3) =>
        new(true, tasks, features, train, validation, test, noise);

    /// <summary>Tasks with nothing in common: sharing can only hurt. Parameters as in <see cref="Related"/>.</summary>
    /// <exception cref="DataException">A number out of its range.</exception>
    public static RankTwoTasks Unrelated(
        int tasks = 10, int features = 30, int train = 40, int validation = 250, int test = 250, double noise = 0.3) =>
        new(false, tasks, features, train, validation, test, noise);

    /// <inheritdoc/>
    public override string Name => related ? "related tasks" : "unrelated tasks";

    /// <summary>The weight vectors of a seed, [tasks][features].</summary>
    public IReadOnlyList<double[]> WeightsOf(int seed)
    {
        var random = StableRandom.For(seed, "rank-two tasks: weights");
        var deviation = 1 / Math.Sqrt(features);
        if (!related) return [.. Enumerable.Range(0, tasks).Select(_ => random.Gaussians(features, deviation))];
        var (b1, b2) = (random.Gaussians(features, deviation), random.Gaussians(features, deviation));
        return [.. Enumerable.Range(0, tasks).Select(_ =>
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextUniform());
            return b1.Zip(b2, (first, second) => cosine * first + sine * second).ToArray();
        })];
    }

    /// <summary>The splits of a seed: per task inputs float [rows, features] and labels float [rows].</summary>
    public override DataSplits Split(int seed)
    {
        var weights = WeightsOf(seed);
        Examples Part(string split, int rows, double deviation) => Examples.PerTask([.. weights.Select((weight, task) =>
        {
            // A sequence per task and split: the first task's rows are the same however many tasks follow.
            var random = StableRandom.For(seed, $"rank-two tasks: {split} {task}");
            var inputs = random.Gaussians(rows * features);
            var labels = new float[rows];
            for (var row = 0; row < rows; row++)
            {
                var label = deviation * random.NextGaussian();
                for (var i = 0; i < features; i++) label += weight[i] * inputs[row * features + i];
                labels[row] = (float)label;
            }
            return ($"task {task + 1}", tensor(Array.ConvertAll(inputs, value => (float)value)).reshape(rows, features), tensor(labels));
        })]);
        return new(Part("train", train, noise), Part("validation", validation, noise), Part("test", test, 0));
    }
}
