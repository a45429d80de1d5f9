using static TorchSharp.torch;

namespace Polytask;

/// <summary>The batches of a training: all tasks on the same rows, each on rows of its own, or those that a sampler picks.</summary>
internal sealed class BatchSource : IDisposable
{
    private readonly string[] tasks;
    private readonly Batches[] rows;
    private readonly bool joint;
    private readonly SamplerDraws? draws;

    /// <param name="tasks">The tasks to train.</param>
    /// <param name="examples">Their rows, on the device.</param>
    /// <param name="batch">The rows of a step, or null for all.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="sampler">Which tasks a step trains; null for all of them.</param>
    public BatchSource(IEnumerable<TaskSpec> tasks, Examples examples, int? batch, int seed, Sampler? sampler = null)
    {
        this.tasks = [.. tasks.Select(task => task.Name)];
        joint = examples.IsJoint && sampler is null;
        LabelledRows[] labelled = [.. tasks.Select(task => LabelledRows.Of(examples, task))];
        Batches Of(string name, params LabelledRows[] parts) => new(name, parts[0].Inputs,
            Array.ConvertAll(parts, part => part.Target), Array.ConvertAll(parts, part => part.Weights), batch, seed);
        rows = joint ? [Of("all tasks", labelled)] : [.. labelled.Zip(this.tasks, (part, task) => Of(task, part))];
        StepsPerEpoch = rows.Max(source => source.PerEpoch);
        if (sampler is null) return;
        var size = batch ?? (int)rows.Max(source => source.Rows);
        draws = new(sampler, this.tasks, [.. rows.Select(source => source.Rows)], size, seed);
        StepsPerEpoch = sampler.StepCount ?? (rows.Sum(source => source.Rows) + size - 1) / size;
    }

    /// <summary>The steps of an epoch.</summary>
    public long StepsPerEpoch { get; }

    /// <summary>How far the rows of each task, or of all together, are used.</summary>
    public (int Pass, long Position)[] Places
    {
        get => [.. rows.Select(source => source.Place)];
        set
        {
            foreach (var (source, place) in rows.Zip(value)) source.Place = place;
        }
    }

    /// <summary>The rows of a step.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    public Batch Next(int epoch, long step)
    {
        if (joint)
        {
            var (inputs, targets, weights) = rows[0].Next();
            return new(true, tasks.Select((task, i) => KeyValuePair.Create(task, new Batch.Part(inputs, targets[i], weights[i]))));
        }
        if (draws is null) return new(false, [.. tasks.Select((task, i) => Part(i, rows[i].Next(), 1))]);
        var counts = draws.Of(epoch, step);
        var taken = Enumerable.Range(0, tasks.Length).Where(i => counts[i] > 0).Select(i => (Task: i, Rows: rows[i].Next(counts[i]))).ToArray();
        var all = (double)taken.Sum(part => part.Rows.Inputs.shape[0]);
        return new(false, [.. taken.Select(part => Part(part.Task, part.Rows, part.Rows.Inputs.shape[0] / all))]);
    }

    public void Dispose()
    {
        foreach (var source in rows) source.Dispose();
    }

    private KeyValuePair<string, Batch.Part> Part(int task, (Tensor Inputs, Tensor[] Targets, Tensor?[] Weights) taken, double share) =>
        KeyValuePair.Create(tasks[task], new Batch.Part(taken.Inputs, taken.Targets[0], taken.Weights[0], share));
}
