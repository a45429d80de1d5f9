using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Yes-or-no tasks on categorical fields, each of which reads two fields that all tasks read and four of its own:
/// logit of task k = b_k + 0.8 sum_f w_kf[x_f] + 0.8 w_kg[x_g] w_kh[x_h], with g and h the first two of its own fields and a weight from N(0, 1) for
/// each value of a field; b is -1, for later steps of a funnel -0.5. The second task has the first one's weights with the opposite sign on the two
/// common fields, so that the two want contrary things of one embedding. As a funnel, a step is only reached from the one before:
/// y_k = y_(k-1) * Bernoulli. Values are uniform and fields independent.
/// </summary>
public sealed class FieldTasks : DataSource
{
    private const double Strength = 0.8;
    private const int Common = 2, Own = 4;
    private readonly int fields, values, train, validation, test;
    private readonly bool isFunnel;

    /// <summary>The generator.</summary>
    /// <param name="tasks">The number of tasks, at least 2.</param>
    /// <param name="fields">The number of fields, at least 2 + 4 per task; what is left over nobody reads.</param>
    /// <param name="values">The number of values of each field, at least 2.</param>
    /// <param name="train">The number of training rows.</param>
    /// <param name="validation">The number of validation rows.</param>
    /// <param name="test">The number of test rows.</param>
    /// <param name="funnel">Whether the tasks are steps, each reached from the one before.</param>
    /// <exception cref="DataException">A number out of its range.</exception>
    public FieldTasks(
        int tasks = 3, int fields = 16, int values = 20, int train = 8000, int validation = 1000, int test = 5000, bool funnel = false)
    {
        if (tasks < 2 || fields < Common + Own * tasks || values < 2)
            throw new DataException($"field tasks: {tasks} tasks on {fields} fields of {values} values; there must be at least 2 tasks, "
                + $"{Common} + {Own} x tasks fields and 2 values");
        if (train < 1 || validation < 1 || test < 1)
            throw new DataException($"field tasks: {train} training, {validation} validation and {test} test rows; each split needs at least 1");
        (this.fields, this.values, this.train, this.validation, this.test, isFunnel) = (fields, values, train, validation, test, funnel);
        Tasks = [.. Enumerable.Range(1, tasks).Select(task => $"{(funnel ? "step" : "task")} {task}")];
    }

    /// <inheritdoc/>
    public override string Name => isFunnel ? "funnel" : "field tasks";

    /// <summary>The names of the tasks: "task 1" and so on, or "step 1" in a funnel.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The number of levels of each field, for <see cref="Block.FeatureTokens"/> and <see cref="Block.Embed"/>.</summary>
    public IReadOnlyList<long> Cardinalities => [.. Enumerable.Repeat((long)values, fields)];

    /// <summary>The fields that every task reads.</summary>
    public IReadOnlyList<int> CommonFields => [.. Enumerable.Range(0, Common)];

    /// <summary>The fields that only the given task reads.</summary>
    /// <param name="task">Its number, from 0.</param>
    public IReadOnlyList<int> OwnFields(int task) => task >= 0 && task < Tasks.Count
        ? [.. Enumerable.Range(Common + Own * task, Own)]
        : throw new DataException($"field tasks are numbered 0 to {Tasks.Count - 1}, but got {task}");

    /// <summary>The weights of a seed: [task][field][value], zeros for fields that a task does not read.</summary>
    public double[][][] WeightsOf(int seed)
    {
        var random = StableRandom.For(seed, "field tasks: weights");
        double[][][] weights = [.. Tasks.Select((_, task) => Enumerable.Range(0, fields).Select(field =>
            CommonFields.Contains(field) || OwnFields(task).Contains(field) ? random.Gaussians(values) : new double[values]).ToArray())];
        foreach (var field in CommonFields) weights[1][field] = Array.ConvertAll(weights[0][field], weight => -weight);
        return weights;
    }

    /// <summary>The splits of a seed: inputs float [rows, fields] of value numbers, labels float [rows] of 0 and 1.</summary>
    public override DataSplits Split(int seed)
    {
        var weights = WeightsOf(seed);
        return new(Rows(train, "train"), Rows(validation, "validation"), Rows(test, "test"));

        Examples Rows(int rows, string purpose)
        {
            var random = StableRandom.For(seed, $"field tasks: {purpose}");
            var x = new float[rows, fields];
            var labels = Tasks.Select(_ => new float[rows]).ToArray();
            for (var row = 0; row < rows; row++)
            {
                for (var field = 0; field < fields; field++) x[row, field] = random.NextBelow(values);
                var reached = true;
                for (var task = 0; task < labels.Length; task++)
                {
                    double W(int field) => weights[task][field][(int)x[row, field]];
                    var (own, logit) = (OwnFields(task), isFunnel && task > 0 ? -0.5 : -1.0);
                    logit += Strength * (CommonFields.Concat(own).Sum(W) + W(own[0]) * W(own[1]));
                    var happens = random.NextUniform() < 1 / (1 + Math.Exp(-logit));
                    reached = happens && (reached || !isFunnel);
                    labels[task][row] = reached ? 1 : 0;
                }
            }
            return Examples.Joint(tensor(x), [.. Tasks.Select((task, i) => (task, tensor(labels[i])))]);
        }
    }
}
