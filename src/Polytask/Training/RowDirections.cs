using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The gradients of a step with one objective for each row and task: of the Gramian of all their gradients the weighting makes weights, and one backward
/// pass of the weighed losses trains all parameters, the tasks' own too.
/// </summary>
/// <param name="module">The module, in training mode.</param>
/// <param name="scaler">Scales losses against the underflow of float16.</param>
/// <param name="tape">The calls of its layers.</param>
internal sealed class RowDirections(MultiTaskModule module, GradientScaler scaler, LayerTape tape)
{
    /// <summary>Afterwards the gradients lie in the parameters.</summary>
    /// <param name="batch">The rows, the same for all tasks.</param>
    /// <param name="weighting">How their gradients are weighed.</param>
    /// <param name="factors">What each task's losses are multiplied by, float [tasks]; null for 1.</param>
    /// <returns>The mean losses and the sums of their rows' weights, float [tasks].</returns>
    public (Tensor Losses, Tensor Weights) Backward(Batch batch, GradientWeighting weighting, Tensor? factors)
    {
        var place = $"model '{module.Model.Name}': weighting '{weighting.Describe()}'";
        if (!batch.IsJoint) throw new DataException($"{place} needs the same rows for all tasks, but each has rows of its own; leave out .PerInstance()");
        var tasks = module.Model.Tasks;
        var outputs = module.Forward(batch.PartOf(batch.Tasks[0])!.Inputs);
        if (module.TakePenalty() is { requires_grad: true } penalty) scaler.Scale(penalty).backward(retain_graph: true);
        var measured = new Tensor[tasks.Length];
        Tensor[] rows = [.. tasks.Select((task, i) =>
        {
            if (task.Loss is not RowLoss loss)
                throw new DeclarationException($"{place} needs a loss for each row, but task '{task.Name}' has '{task.Loss}', which is one of the whole batch");
            // A sampler may leave the task out of this step.
            if (batch.PartOf(task.Name) is not { } part)
            {
                measured[i] = zeros([], device: outputs[i].device);
                return zeros([outputs[i].shape[0]], device: outputs[i].device);
            }
            measured[i] = loss.Mean(outputs[i].detach(), part.Target, part.Weights);
            var each = loss.PerRow(outputs[i], part.Target);
            if (part.Weights is { } counted) each = each * counted;
            if (factors is not null) each = each * factors[i];
            return weighting.ReadsLogs ? Positive.Log(weighting.Describe(), each) : each;
        })];
        var values = stack(rows).reshape(-1);
        var parameters = module.parameters().Where(parameter => parameter.requires_grad).ToArray();
        var w = TaskDirections.Asked(() => weighting.Start((int)values.shape[0])
            .call(RowGramian.Of(rows, tape, parameters), values.detach().cpu().to(ScalarType.Float64))).to(values.dtype).to(values.device);
        TaskDirections.Add(parameters, [.. autograd.grad([scaler.Scale((values * w).sum())], parameters, allow_unused: true)]);
        return (stack(measured), w.reshape(tasks.Length, -1).sum([1L]));
    }
}
