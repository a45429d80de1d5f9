using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The losses and weights of an epoch's steps, looked at once per epoch, so that a device is not made to wait for each step.
/// </summary>
internal sealed class EpochRecord(string[] tasks) : IDisposable
{
    private readonly List<Tensor> losses = [];
    private readonly List<Tensor> weights = [];
    private readonly List<bool[]> ran = [];
    private readonly List<Tensor> gramians = [];

    /// <summary>The steps recorded.</summary>
    public int Count => losses.Count;

    /// <summary>Takes over what a step gave.</summary>
    public void Add(Batch batch, Tensor losses, Tensor weights, Tensor? gramian = null)
    {
        this.losses.Add(losses);
        this.weights.Add(weights);
        if (gramian is not null) gramians.Add(gramian);
        ran.Add(Array.ConvertAll(tasks, task => batch.PartOf(task) is not null));
    }

    /// <summary>The first loss that is no finite number: its step from 0, task and value.</summary>
    public (int Step, int Task, double Value)? FirstNotFinite()
    {
        if (Count == 0) return null;
        using var scope = NewDisposeScope();
        var all = stack(losses).to(ScalarType.Float64).cpu();
        if (all.isfinite().all().item<bool>()) return null;
        var bad = all.isfinite().logical_not().nonzero();
        var (step, task) = ((int)bad[0, 0].item<long>(), (int)bad[0, 1].item<long>());
        return (step, task, all[step, task].item<double>());
    }

    /// <summary>The mean loss and weight of each task over the steps that it took part in; null for one that rested throughout.</summary>
    public (double Loss, double Weight)?[] Means()
    {
        using var scope = NewDisposeScope();
        var (loss, weight) = (MeansOf(losses), MeansOf(weights));
        return [.. tasks.Select((_, task) => ran.Any(step => step[task]) ? (loss[task], weight[task]) : ((double, double)?)null)];
    }

    /// <summary>What the tasks' gradients were like on average over the steps: their norms, and for each pair cosine and share of conflicts.</summary>
    public IEnumerable<Measurement> Gradients(int epoch)
    {
        if (gramians.Count == 0) yield break;
        using var scope = NewDisposeScope();
        var all = stack(gramians);                                                // [steps, tasks, tasks]
        var norms = all.diagonal(0, 1, 2).clamp(min: 0).sqrt();                   // [steps, tasks]
        var cosines = all / (norms.unsqueeze(2) * norms.unsqueeze(1)).clamp(min: 1e-30);
        for (var task = 0; task < tasks.Length; task++)
            yield return new(epoch, "gradients", tasks[task], "norm", norms[TensorIndex.Colon, task].mean().item<double>());
        for (var one = 0; one < tasks.Length; one++)
            for (var other = one + 1; other < tasks.Length; other++)
            {
                var pair = cosines[TensorIndex.Colon, one, other];
                var name = $"{tasks[one]}, {tasks[other]}";
                yield return new(epoch, "gradients", name, "cosine", pair.mean().item<double>());
                yield return new(epoch, "gradients", name, "conflict", pair.lt(0).to(ScalarType.Float64).mean().item<double>());
            }
    }

    /// <summary>What a checkpoint needs of an epoch that is not over: float [steps, tasks] each, and who ran, bool [steps, tasks].</summary>
    public IEnumerable<(string Name, Tensor Values)> Save()
    {
        if (Count == 0) yield break;
        yield return ("epoch.losses", stack(losses));
        yield return ("epoch.weights", stack(weights));
        yield return ("epoch.ran", Ran());
        if (gramians.Count > 0) yield return ("epoch.gramians", stack(gramians));
    }

    /// <summary>Goes on from a checkpoint.</summary>
    public void Load(IReadOnlyDictionary<string, Tensor> saved, Device device)
    {
        if (!saved.TryGetValue("epoch.losses", out var rows)) return;
        for (var step = 0L; step < rows.shape[0]; step++)
        {
            losses.Add(rows[step].clone().to(device).DetachFromDisposeScope());
            weights.Add(saved["epoch.weights"][step].clone().to(device).DetachFromDisposeScope());
            ran.Add(saved["epoch.ran"][step].data<bool>().ToArray());
            if (saved.TryGetValue("epoch.gramians", out var products)) gramians.Add(products[step].clone().DetachFromDisposeScope());
        }
    }

    public void Dispose()
    {
        foreach (var tensor in losses.Concat(weights).Concat(gramians)) tensor.Dispose();
    }

    private double[] MeansOf(List<Tensor> steps)
    {
        var all = stack(steps).to(ScalarType.Float64).cpu();
        if (ran.TrueForAll(step => Array.TrueForAll(step, task => task))) return all.mean([0]).data<double>().ToArray();
        var took = Ran().to(ScalarType.Float64);
        return ((all * took).sum([0]) / took.sum([0]).clamp(1)).data<double>().ToArray();
    }

    private Tensor Ran() => tensor(ran.SelectMany(step => step).ToArray()).view(ran.Count, tasks.Length);
}
