using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A module on a whole split: loss and metrics of every task, block after block, so that memory does not grow with the rows.</summary>
internal sealed class Evaluator(MultiTaskModule module)
{
    // Large enough to be fast, small enough for a device's memory: fewer rows where an example is large.
    private const long RowsAtOnce = 8192;
    private const long NumbersAtOnce = 1 << 21;

    /// <summary>Loss and metrics per task; rows without a label count for nothing.</summary>
    /// <exception cref="DataException">A metric does not fit what the task's head gives.</exception>
    public List<Measurement> Measure(Examples examples, string split, int epoch)
    {
        using var untracked = no_grad();
        module.eval();
        TaskScore[] scores = [.. module.Model.Tasks.Select(task => new TaskScore(task, split))];
        try
        {
            var all = Enumerable.Range(0, scores.Length);
            if (examples.IsJoint) Score(examples, [.. all], inputs => module.Forward(inputs));
            else
                foreach (var i in all) Score(examples, [i], inputs => [module.Forward(scores[i].Task.Name, inputs)]);
            return [.. scores.SelectMany(score => score.Measured(epoch))];
        }
        finally
        {
            foreach (var score in scores) score.Dispose();
        }

        // Some tasks that share their rows.
        void Score(Examples examples, int[] tasks, Func<Tensor, IReadOnlyList<Tensor>> forward)
        {
            var inputs = examples.Inputs(scores[tasks[0]].Task.Name);
            var targets = Array.ConvertAll(tasks, i => examples.Target(scores[i].Task.Name));
            var labelled = Array.ConvertAll(tasks, i => examples.Labelled(scores[i].Task));
            var rows = inputs.shape[0];
            var atOnce = Math.Clamp(NumbersAtOnce / Math.Max(1, inputs.numel() / rows), 1, RowsAtOnce);
            for (long start = 0; start < rows; start += atOnce)
            {
                using var block = NewDisposeScope();
                var count = Math.Min(atOnce, rows - start);
                var outputs = forward(inputs.narrow(0, start, count));
                for (var i = 0; i < tasks.Length; i++)
                    scores[tasks[i]].Add(outputs[i], targets[i].narrow(0, start, count), labelled[i]?.narrow(0, start, count));
            }
        }
    }

    /// <summary>One task's numbers on their way through a split.</summary>
    private sealed class TaskScore(TaskSpec task, string split) : IDisposable
    {
        private readonly (Metric Metric, IMetricState State)[] metrics = [.. task.Head.Metrics.Select(metric => (metric, metric.Start()))];
        private double loss;
        private long seen;

        public TaskSpec Task => task;

        public void Add(Tensor output, Tensor target, Tensor? labelled)
        {
            if (labelled is not null)
            {
                var rows = labelled.nonzero().squeeze(1);
                (output, target) = (output.index_select(0, rows), target.index_select(0, rows));
            }
            if (target.shape[0] == 0) return;
            seen += target.shape[0];
            // The mean over rows so far: a block moves it by its share of them.
            loss += (task.Loss.Value(output, target) - loss) * target.shape[0] / seen;
            foreach (var (metric, state) in metrics) Named(metric, () => state.Add(output, target));
        }

        public IEnumerable<Measurement> Measured(int epoch)
        {
            yield return new(epoch, split, task.Name, "loss", loss, double.IsNaN(loss) ? "the loss of some rows is not a number" : null);
            foreach (var (metric, state) in metrics)
            {
                var value = default(MetricValue);
                Named(metric, () => value = state.Value);
                yield return new(epoch, split, task.Name, metric.Name, value.Number, value.WhyUndefined);
            }
        }

        public void Dispose()
        {
            foreach (var (_, state) in metrics) state.Dispose();
        }

        private void Named(Metric metric, Action action)
        {
            try
            {
                action();
            }
            catch (DataException error)
            {
                throw new DataException($"task '{task.Name}', {split} split, metric '{metric.Name}': {error.Message}", error);
            }
        }
    }
}
