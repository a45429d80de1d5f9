using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The pieces of training for a loop of your own:
/// <code>
/// foreach (var batch in module.Batches(splits.Train, 256, seed, epoch))
/// {
///     optimizer.zero_grad();
///     module.Backward(batch);
///     optimizer.step();
/// }
/// </code>
/// </summary>
public static class ModuleLosses
{
    /// <summary>
    /// One pass over examples in the order of a seed and an epoch, the same that training takes. The last batch may be smaller; where tasks have rows
    /// of their own, those with fewer start over.
    /// </summary>
    /// <param name="module">The module, whose tasks the batches are for.</param>
    /// <param name="examples">The rows, on the module's device.</param>
    /// <param name="rows">The rows of a step, of each task where each has its own.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="epoch">The pass, from 1.</param>
    public static IEnumerable<Batch> Batches(this MultiTaskModule module, Examples examples, int rows, int seed = 0, int epoch = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        using var source = new BatchSource(module.Model.Tasks, examples, rows, seed);
        var before = (epoch - 1) * source.StepsPerEpoch;
        for (var step = -before; step < source.StepsPerEpoch; step++)
            if (source.Next(epoch, step) is var batch && step >= 0) yield return batch;
    }

    /// <summary>
    /// The losses of a batch, float [tasks] in the order of the model's tasks; 0 for a task without rows in it. What layers add to them (balance
    /// losses) is handed over by <see cref="MultiTaskModule.TakePenalty"/>.
    /// </summary>
    public static Tensor Losses(this MultiTaskModule module, Batch batch) => stack(module.TaskLosses(batch).Losses);

    /// <summary>What training makes small: the losses weighed by the model's weighting, and what layers add to them; a scalar.</summary>
    public static Tensor Minimised(this MultiTaskModule module, Batch batch)
    {
        var (losses, penalty) = module.TaskLosses(batch);
        return module.Minimised(stack(losses), penalty);
    }

    /// <summary>
    /// The gradients of a step, whatever the weighting: added to <c>grad</c> of all parameters, as <see cref="Minimised(MultiTaskModule, Batch)"/> and
    /// <c>backward()</c> do where the weighting reads losses alone.
    /// </summary>
    /// <returns>The losses and, for each, its weight, float [tasks].</returns>
    public static (Tensor Losses, Tensor Weights) Backward(this MultiTaskModule module, Batch batch)
    {
        using var pass = new GradientPass(module, new TrainingPlan(), new GradientScaler(enabled: false), null, isSingle: true);
        var (losses, weights, _) = pass.Run(batch, null);
        return (losses, weights);
    }

    internal static Tensor Minimised(this MultiTaskModule module, Tensor losses, Tensor? penalty)
    {
        var weighed = module.WeightingModule.call(module.Model.WeightingRule.ReadsLogs ? Positive.Log(module.Model.WeightingRule.Describe(), losses) : losses);
        return penalty is null ? weighed : weighed + penalty;
    }

    /// <summary>The losses one by one, and what layers add to them; the forward pass computes in a smaller type where one is given.</summary>
    internal static (Tensor[] Losses, Tensor? Penalty) TaskLosses(this MultiTaskModule module, Batch batch, ScalarType? precision = null)
    {
        var tasks = module.Model.Tasks;
        var first = batch.PartOf(batch.Tasks[0])!;
        Tensor? penalty = null;
        var outputs = batch.IsJoint ? Forward(first, module.Forward) : null;
        Tensor[] losses =
        [
            .. tasks.Select((task, i) => batch.PartOf(task.Name) is { } part
                ? task.Loss.Mean(outputs?[i] ?? Forward(part, x => [module.Forward(task.Name, x)])[0], part.Target, part.Weights)
                : zeros([], device: first.Inputs.device)),
        ];
        return (losses, penalty);

        IReadOnlyList<Tensor> Forward(Batch.Part part, Func<Tensor, IReadOnlyList<Tensor>> forward)
        {
            IReadOnlyList<Tensor> given;
            if (precision is null) given = forward(part.Inputs);
            else
            {
                using var smaller = MixedPrecision.On(part.Inputs.device_type, precision);
                given = [.. forward(part.Inputs).Select(output => output.to(ScalarType.Float32))];
            }
            // Before the next task's pass replaces it.
            if (module.TakePenalty() is { } added) penalty = penalty is null ? added : penalty + added;
            return given;
        }
    }
}
