using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A module on a whole split: loss and metrics of every task.</summary>
internal sealed class Evaluator(MultiTaskModule module)
{
    // Large enough to be fast, small enough for a device's memory.
    private const long RowsAtOnce = 8192;

    /// <summary>Loss and metrics per task; rows without a label count for nothing.</summary>
    public List<Measurement> Measure(Examples examples, string split, int epoch)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        module.eval();
        var tasks = module.Model.Tasks;
        var outputs = examples.IsJoint ? Joint(examples) : Separate(examples);
        var measured = new List<Measurement>();
        for (var i = 0; i < tasks.Length; i++)
        {
            var (output, target) = (outputs[i].cpu(), examples.Target(tasks[i].Name).cpu());
            if (examples.Labelled(tasks[i]) is { } labelled)
            {
                var rows = labelled.cpu().nonzero().squeeze(1);
                (output, target) = (output.index_select(0, rows), target.index_select(0, rows));
            }
            void Add(string metric, double value) => measured.Add(new(epoch, split, tasks[i].Name, metric, value));
            Add("loss", tasks[i].Loss.Value(output, target));
            foreach (var metric in tasks[i].Head.Metrics) Add(metric.Name, metric.Of(output, target));
        }
        return measured;
    }

    private Tensor[] Joint(Examples examples)
    {
        var inputs = examples.Inputs(examples.Tasks[0]);
        var chunks = Chunks(inputs).Select(rows => Kept(() => module.Forward(rows))).ToArray();
        return [.. Enumerable.Range(0, module.Model.Tasks.Length).Select(task => cat([.. chunks.Select(outputs => outputs[task])], 0))];
    }

    private Tensor[] Separate(Examples examples) => [.. module.Model.Tasks.Select(task =>
        cat([.. Chunks(examples.Inputs(task.Name)).Select(rows => Kept(() => [module.Forward(task.Name, rows)])[0])], 0))];

    // A chunk's outputs outlive it, its hidden layers do not: memory grows with the outputs alone.
    private static Tensor[] Kept(Func<IReadOnlyList<Tensor>> forward)
    {
        using var chunk = NewDisposeScope();
        return [.. forward().Select(output => output.MoveToOuterDisposeScope())];
    }

    private static IEnumerable<Tensor> Chunks(Tensor inputs)
    {
        var rows = inputs.shape[0];
        for (long start = 0; start < rows; start += RowsAtOnce) yield return inputs.narrow(0, start, Math.Min(RowsAtOnce, rows - start));
    }
}
