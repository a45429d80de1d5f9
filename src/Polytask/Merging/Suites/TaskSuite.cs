using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Classification tasks that share a body and have a frozen head each, on which merged models are judged: method, pool of models and suite of tasks
/// are three things that go together in any way.
/// <code>
/// var chosen = suite.Sweep(suite.Validation, [0.1, 0.2, 0.3], scale => pool.TaskArithmetic(scale)).Best();
/// var scores = suite.Score(suite.Test, pool.TaskArithmetic(chosen.Setting));
/// </code>
/// </summary>
public sealed class TaskSuite
{
    private readonly IReadOnlyDictionary<string, nn.Module<Tensor, Tensor>> heads;
    private readonly DataSplits data;

    /// <summary>A suite.</summary>
    /// <param name="body">Rows of inputs to rows of features. Its parameters are only read: they are replaced by those that are scored.</param>
    /// <param name="data">Inputs and classes of each task; all rows have labels.</param>
    /// <param name="heads">Features to logits, by task; they are never trained.</param>
    /// <exception cref="DataException">A task has no head, or a head no task.</exception>
    public TaskSuite(nn.Module<Tensor, Tensor> body, DataSplits data, IReadOnlyDictionary<string, nn.Module<Tensor, Tensor>> heads)
    {
        (Body, this.data, this.heads) = (body, data, heads);
        var alone = data.Test.Tasks.Except(heads.Keys).Concat(heads.Keys.Except(data.Test.Tasks)).ToArray();
        if (alone.Length > 0) throw new DataException($"each task of a suite has rows and a head, but {Names.Listed(alone)} has only one of them");
    }

    /// <summary>The architecture.</summary>
    public nn.Module<Tensor, Tensor> Body { get; }

    /// <summary>The names of the tasks.</summary>
    public IReadOnlyList<string> Tasks => data.Test.Tasks;

    /// <summary>The suite with some of its tasks.</summary>
    /// <exception cref="DataException">There is no such task, or none is named.</exception>
    public TaskSuite Only(params string[] tasks) =>
        new(Body, data.Only(tasks), heads.Where(pair => tasks.Contains(pair.Key)).ToDictionary());

    /// <summary>The rows that models are tuned on.</summary>
    public Examples Train => data.Train;

    /// <summary>The rows that settings are chosen by.</summary>
    public Examples Validation => data.Validation;

    /// <summary>The rows that results are reported on.</summary>
    public Examples Test => data.Test;

    /// <summary>The head of a task.</summary>
    /// <exception cref="DataException">There is no such task.</exception>
    public nn.Module<Tensor, Tensor> Head(string task) => heads.TryGetValue(task, out var head) ? head
        : throw new DataException($"the suite has no task '{task}'; it has {Names.Listed(Tasks)}{Names.DidYouMean(task, Tasks)}");

    /// <summary>The tasks without their labels, for methods that learn from inputs alone.</summary>
    public IReadOnlyList<MergeTask> Unlabelled(Examples rows) =>
        [.. Tasks.Select(task => new MergeTask(task, rows.Inputs(task), Head(task)))];

    /// <summary>
    /// Runs any code while the body has given parameters, as for the statistics that a merge needs:
    /// <c>suite.With(tuned, () => InputGram.Of(suite.Body, suite.Train.Inputs("plain")))</c>. It has its own again afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">Parameters or buffers of the body are missing, or there are others.</exception>
    public T With<T>(IReadOnlyDictionary<string, Tensor> parameters, Func<T> action)
    {
        var own = Copy(Body.state_dict());
        var training = Body.training;
        try
        {
            Body.load_state_dict(parameters.ToDictionary());
            return action();
        }
        finally
        {
            Body.load_state_dict(own);
            Body.train(training);
            foreach (var tensor in own.Values) tensor.Dispose();
        }
    }

    /// <summary>Scores a merged model.</summary>
    public SuiteScores Score(Examples rows, MergedModel merged)
    {
        var parameters = merged.ToDictionary();
        try
        {
            return Score(rows, parameters);
        }
        finally
        {
            foreach (var tensor in parameters.Values) tensor.Dispose();
        }
    }

    /// <summary>Scores a merged model for each task, as EMR-Merging gives them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="merged">In the order of <see cref="Tasks"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer models than tasks.</exception>
    public SuiteScores Score(Examples rows, IReadOnlyList<MergedModel> merged) => merged.Count == Tasks.Count
        ? new([.. Tasks.Zip(merged, (task, model) => (task, Only(task).Score(rows, model).Average))])
        : throw new ArgumentException($"a model for each of {Tasks.Count} tasks was expected, but got {merged.Count}");

    /// <summary>Scores a body's parameters, such as those of the pre-trained or of a tuned model.</summary>
    public SuiteScores Score(Examples rows, IReadOnlyDictionary<string, Tensor> parameters) =>
        Score(rows, (_, inputs) => FunctionalCall.Call(Body, parameters, inputs));

    /// <summary>Scores any way from inputs to features.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="features">Of a task's name and its inputs [rows, ...]: [rows, features].</param>
    public SuiteScores Score(Examples rows, Func<string, Tensor, Tensor> features)
    {
        using var untracked = no_grad();
        var training = Body.training;
        Body.eval();
        try
        {
            return new([.. Tasks.Select(task => (task, Accuracy(task, rows, features)))]);
        }
        finally
        {
            Body.train(training);
        }
    }

    /// <summary>Scores one merged model after the other.</summary>
    /// <param name="rows">The rows that decide.</param>
    /// <param name="settings">What is tried, such as scales.</param>
    /// <param name="merged">The model of a setting.</param>
    public IReadOnlyList<SweepPoint<T>> Sweep<T>(Examples rows, IEnumerable<T> settings, Func<T, MergedModel> merged) =>
        [.. settings.Select(setting => new SweepPoint<T>(setting, Score(rows, merged(setting))))];

    /// <summary>The same over multiples of one direction, which is computed once: theta_0 + lambda tau.</summary>
    /// <param name="rows">The rows that decide.</param>
    /// <param name="scales">lambda.</param>
    /// <param name="theta0">The base.</param>
    /// <param name="direction">tau, a task vector or that of a merged model.</param>
    public IReadOnlyList<SweepPoint<double>> Sweep(Examples rows, IEnumerable<double> scales, IReadOnlyDictionary<string, Tensor> theta0,
        TaskVector direction) => [.. scales.Select(scale =>
        {
            using var scope = NewDisposeScope();
            return new SweepPoint<double>(scale, Score(rows, (scale * direction).ApplyTo(theta0)));
        })];

    /// <summary>Tensors of their own, which the caller disposes.</summary>
    internal static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var untracked = no_grad();
        return tensors.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().DetachFromDisposeScope());
    }

    private double Accuracy(string task, Examples examples, Func<string, Tensor, Tensor> features)
    {
        using var scope = NewDisposeScope();
        var logits = Head(task).call(features(task, examples.Inputs(task)));
        return logits.argmax(1).eq(examples.Target(task)).to(ScalarType.Float64).mean().item<double>();
    }
}
