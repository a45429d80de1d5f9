using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Representation surgery (Yang et al., "Representation Surgery for Multi-Task Model Merging", ICML 2024): features of a merged model are biased
/// against those of the tuned ones, whatever merged them. A module of 2 r d numbers for each task takes the bias away behind the merged body:
/// <code>
/// using var surgery = Surgery.Fit(pool.Ties(0.2), body, tasks, rank: 16);
/// var logits = tasks[0].Head.call(surgery.For("digits").call(merged.call(x)));
/// </code>
/// </summary>
/// <remarks>
/// phi_t = argmin mean |z - phi_t(z) - z_t| over the task's unlabelled inputs, with z the merged model's features and z_t those of the task's own
/// (equations 3 and 4), by Adam. Bodies do not change, so each is called once for each input and training is on features alone: O(rows r d) for a
/// pass.
/// </remarks>
public sealed class Surgery : nn.Module
{
    private readonly Dictionary<string, SurgeryModule> perTask = [];
    private readonly List<SurgeryBias> biases = [];

    private Surgery() : base("surgery") { }

    /// <summary>The bias of each task before and after.</summary>
    public IReadOnlyList<SurgeryBias> Biases => biases;

    /// <summary>How many numbers all tasks add: 2 r d for each.</summary>
    public long AddedCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>The module of a task: of the merged body's features [..., d] to features of the same shape, for the task's head.</summary>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public nn.Module<Tensor, Tensor> For(string task) => perTask.TryGetValue(task, out var module) ? module : throw new ArgumentException(
        $"the surgery has no task '{task}'{Names.DidYouMean(task, perTask.Keys)}; its tasks are {Names.Listed(perTask.Keys)}");

    /// <summary>The surgery of a merged body, with the tuned bodies as modules.</summary>
    /// <param name="merged">The merged body: of inputs [rows, ...] to features [rows, ..., d]. It is called in evaluation mode and not
    /// changed.</param>
    /// <param name="individuals">The body that was tuned for each task, in the order of the tasks.</param>
    /// <param name="tasks">Tasks with their unlabelled inputs; the heads are not used.</param>
    /// <param name="rank">r; 16 in the released code for features of 512 and 768.</param>
    /// <param name="steps">Steps of Adam for each task; the released code takes 500 times two batches.</param>
    /// <param name="batch">Rows of a step.</param>
    /// <param name="learningRate">Adam's.</param>
    /// <param name="seed">Of the modules' start and of the batches.</param>
    /// <exception cref="ArgumentException">Bodies and tasks do not fit each other; the message names the task.</exception>
    /// <exception cref="DeclarationException">A setting makes no sense.</exception>
    public static Surgery Fit(nn.Module<Tensor, Tensor> merged, IReadOnlyList<nn.Module<Tensor, Tensor>> individuals, IReadOnlyList<MergeTask> tasks,
        int rank = 16, int steps = 1000, int batch = 16, double learningRate = 1e-3, int seed = 0)
    {
        CheckCount(individuals.Count, tasks);
        return Fit(tasks, new(rank, steps, batch, learningRate, seed), task => (Features.Of(merged, tasks[task].Inputs),
            Features.Of(individuals[task], tasks[task].Inputs)));
    }

    /// <summary>The surgery of a merge: its tuned models run one after the other in one module of their architecture.</summary>
    /// <param name="merged">The merge; its tuned models belong to the tasks in their order.</param>
    /// <param name="body">A module of the models' architecture, which keeps its own numbers.</param>
    /// <inheritdoc cref="Fit(nn.Module{Tensor, Tensor}, IReadOnlyList{nn.Module{Tensor, Tensor}}, IReadOnlyList{MergeTask}, int, int, int, double,
    /// int)"/>
    public static Surgery Fit(MergedModel merged, nn.Module<Tensor, Tensor> body, IReadOnlyList<MergeTask> tasks,
        int rank = 16, int steps = 1000, int batch = 16, double learningRate = 1e-3, int seed = 0)
    {
        var pool = merged.Pool;
        CheckCount(pool.Tuned.Length, tasks);
        var theta = merged.ToDictionary();
        try
        {
            return Fit(tasks, new(rank, steps, batch, learningRate, seed), task =>
            {
                var tuned = ReadLike(theta, pool.Tuned[task]);
                try
                {
                    return (Features.Of(body, tasks[task].Inputs, theta), Features.Of(body, tasks[task].Inputs, tuned));
                }
                finally
                {
                    foreach (var tensor in tuned.Values) tensor.Dispose();
                }
            });
        }
        finally
        {
            foreach (var tensor in theta.Values) tensor.Dispose();
        }
    }

    private sealed record Settings(int Rank, int Steps, int Batch, double LearningRate, int Seed);

    private static Surgery Fit(IReadOnlyList<MergeTask> tasks, Settings settings, Func<int, (Tensor Merged, Tensor Own)> features)
    {
        if (settings.Rank < 1) throw new DeclarationException($"a surgery needs a rank of at least 1, but got {settings.Rank}");
        if (settings.Steps < 0) throw new DeclarationException($"a surgery takes 0 steps or more, but got {settings.Steps}");
        if (settings.Batch < 1) throw new DeclarationException($"a surgery needs at least 1 row in a batch, but got {settings.Batch}");
        if (!(settings.LearningRate > 0) || !double.IsFinite(settings.LearningRate))
            throw new DeclarationException(FormattableString.Invariant($"a surgery needs a learning rate above 0, but got {settings.LearningRate}"));
        Adapter.CheckTasks([.. tasks.Select(task => task.Name)], "surgery");
        var surgery = new Surgery();
        try
        {
            for (var t = 0; t < tasks.Count; t++)
            {
                using var scope = NewDisposeScope();
                var (z, own) = features(t);
                surgery.Add(tasks[t].Name, z, own, settings);
            }
            return surgery;
        }
        catch
        {
            surgery.Dispose();
            throw;
        }
    }

    // argmin over W_up and W_down of mean |z' - z_t|.
    private void Add(string task, Tensor z, Tensor own, Settings settings)
    {
        if (!z.shape.AsSpan().SequenceEqual(own.shape))
            throw new ArgumentException($"task '{task}': the merged body gives features [{string.Join(", ", z.shape)}], "
                + $"but the task's own body [{string.Join(", ", own.shape)}]; a surgery needs bodies of one architecture");
        var random = StableRandom.For(settings.Seed, $"surgery of {task}");
        var module = new SurgeryModule(z, settings.Rank, random);
        register_module(task, module);
        perTask.Add(task, module);
        var batches = new RowBatches(z.shape[0], settings.Batch, random);
        using var optimizer = optim.Adam(module.parameters(), settings.LearningRate);
        var before = Bias(nn.Identity(), z, own);
        for (var step = 0; step < settings.Steps; step++)
        {
            using var scope = NewDisposeScope();
            using var tracked = enable_grad();
            var rows = batches.Next().to(z.device);
            optimizer.zero_grad();
            (module.call(z.index_select(0, rows)) - own.index_select(0, rows)).abs().mean().backward();
            optimizer.step();
        }
        biases.Add(new(task, before, Bias(module, z, own)));
    }

    private static double Bias(nn.Module<Tensor, Tensor> module, Tensor z, Tensor own)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        return (module.call(z) - own).abs().to(ScalarType.Float64).mean().item<double>();
    }

    // The tuned model under the merged one's names; what was left out of the merge and is missing in it is the base's there.
    private static Dictionary<string, Tensor> ReadLike(Dictionary<string, Tensor> theta, IParameterSource model)
    {
        HashSet<string> known = [.. model.Tensors.Select(tensor => tensor.Name)];
        using var reader = model.Open();
        return theta.ToDictionary(pair => pair.Key, pair =>
        {
            if (!known.Contains(pair.Key)) return pair.Value.alias();
            using var read = reader.Read(pair.Key);
            return read.clone();
        });
    }

    private static void CheckCount(int bodies, IReadOnlyList<MergeTask> tasks)
    {
        if (tasks.Count == 0) throw new ArgumentException("a surgery needs at least one task");
        if (bodies != tasks.Count)
            throw new ArgumentException($"a surgery needs a tuned body for each task: there are {tasks.Count} tasks "
                + $"({Names.Listed(tasks.Select(task => task.Name))}), but {bodies} bodies");
    }
}
