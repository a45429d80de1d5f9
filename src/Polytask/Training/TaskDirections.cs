using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The gradients of a step whose weighting reads the tasks' gradients. Shared parameters (those that several tasks train) get what the weighting makes
/// of the tasks' gradients there; each task's own get the gradient of its loss, weighed where the weighting says so. What layers add to the losses
/// counts in full.
/// </summary>
/// <param name="module">The module, in training mode.</param>
/// <param name="scaler">Scales losses against the underflow of float16.</param>
/// <param name="records">Whether <see cref="Gramian"/> is wanted where the weighting does not read it.</param>
internal sealed class TaskDirections(MultiTaskModule module, GradientScaler scaler, bool records)
{
    private const int SampledBatches = 3;

    /// <summary>The dot products of the tasks' gradients in the last pass, float64 [tasks, tasks]; null where three batches were looked at.</summary>
    public Tensor? Gramian { get; private set; }

    /// <summary>The dot products of the tasks' gradients at the shared parameters; zeros where nothing is shared. The graph stays.</summary>
    public Tensor GramianOf(Tensor[] losses)
    {
        using var gradients = Gradients(losses, Shared);
        return Products(gradients, gradients, losses.Length);
    }

    /// <summary>One backward pass for each task, and one for what is the tasks' own. Afterwards the gradients lie in the parameters.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="losses">(rows) → the losses by task, and what layers add to them.</param>
    /// <returns>The losses and their weights, float [tasks]; ones where the weighting has none.</returns>
    public (Tensor Losses, Tensor Weights) Backward(Batch batch, Func<Batch, (Tensor[] Losses, Tensor? Penalty)> losses) =>
        module.Model.WeightingRule is SampledWeighting sampled ? Sampled(batch, losses, sampled.MeanShare) : Whole(losses(batch));

    private (Tensor Losses, Tensor Weights) Whole((Tensor[] Losses, Tensor? Penalty) given)
    {
        var (values, shared) = (Values(given.Losses), Shared);
        using var gradients = Gradients(given.Losses, shared);
        if (records || module.TaskRule is GramianRule) Gramian = Products(gradients, gradients, given.Losses.Length);
        if (module.TaskRule is JacobianRule jacobian)
        {
            // The rule may remember gradients: it sees them as they are, and the optimiser's are scaled again.
            var scale = scaler.CurrentScale;
            if (scale != 1) foreach (var block in gradients?.Blocks ?? []) block.div_(scale);
            Tensor[] direction = gradients is null ? [] : Asked(() => jacobian.Combine(gradients, values));
            if (scale != 1) foreach (var part in direction) part.mul_(scale);
            Put(given, null, shared, direction);
            return (Detached(given.Losses), ones_like(Detached(given.Losses)));
        }
        var weights = Asked(() => ((GramianRule)module.TaskRule!).call(Gramian!, values));
        var weighsHeads = module.Model.WeightingRule is GradientWeighting { WeighsHeads: true };
        Put(given, weighsHeads ? weights : null, shared, gradients?.Combined(weights) ?? []);
        return (Detached(given.Losses), weights.to(given.Losses[0].dtype).to(given.Losses[0].device));
    }

    private (Tensor Losses, Tensor Weights) Sampled(Batch batch, Func<Batch, (Tensor[] Losses, Tensor? Penalty)> losses, double meanShare)
    {
        var parts = batch.Cut(SampledBatches).ToArray();
        if (parts.Length < SampledBatches)
            throw new DataException($"weighting '{module.Model.WeightingRule}' cuts a batch into {SampledBatches} parts, but one has fewer rows; use .Batch(rows) "
                + "with more");
        var shared = Shared;
        var rows = parts.Select(part =>
        {
            var given = losses(part);
            var gradients = Gradients(given.Losses, shared);
            Put((given.Losses, given.Penalty), null, shared, [], 1.0 / SampledBatches);
            return (given.Losses, Gradients: gradients);
        }).ToArray();
        var values = stack([.. rows.Select(row => Values(row.Losses))]).mean([0L]);
        var products = Products(rows[0].Gradients, rows[1].Gradients, rows[0].Losses.Length);
        var weights = Asked(() => ((GramianRule)module.TaskRule!).call(products, values));
        var mixed = (weights + meanShare / values.shape[0]) / (1 + meanShare);
        Add(shared, rows[2].Gradients?.Combined(mixed) ?? []);
        foreach (var row in rows) row.Gradients?.Dispose();
        var device = rows[0].Losses[0].device;
        return (values.to(rows[0].Losses[0].dtype).to(device), mixed.to(rows[0].Losses[0].dtype).to(device));
    }

    // What a rule does not take in the middle of a training (NaN, a Gramian that is none any more) is the training's end, not a wrong call.
    internal static T Asked<T>(Func<T> rule)
    {
        try
        {
            return rule();
        }
        catch (Exception error) when (error is ArgumentException or ArithmeticException)
        {
            throw new TrainingException(error.Message);
        }
    }

    private Tensor Products(TaskGradients? rows, TaskGradients? others, int tasks) => rows is null
        ? zeros(tasks, tasks, ScalarType.Float64)
        : rows.Products(others!, ScalarType.Float64).cpu().div(scaler.CurrentScale * scaler.CurrentScale);

    private Parameter[] Shared => [.. module.SharedParameters()];

    private static Tensor Values(Tensor[] losses) => Detached(losses).cpu().to(ScalarType.Float64);

    private static Tensor Detached(Tensor[] losses) => stack(losses).detach();

    // Null where nothing is shared. A task without rows or labels in the batch has the gradient zero.
    private TaskGradients? Gradients(Tensor[] losses, Parameter[] shared) => shared.Length == 0 ? null : TaskGradients.Of(
        [.. losses.Select(loss => scaler.Scale(loss.requires_grad ? loss : shared[0].sum() * 0))], shared, retainGraph: true);

    // The tasks' own parameters, the penalty, and the direction of the shared ones.
    private void Put((Tensor[] Losses, Tensor? Penalty) given, Tensor? weights, Parameter[] shared, Tensor[] direction, double share = 1)
    {
        if (given.Penalty is { requires_grad: true } penalty) scaler.Scale(penalty * share).backward(retain_graph: true);
        var trained = shared.ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        Parameter[] own = [.. module.parameters().Where(parameter => parameter.requires_grad && !trained.Contains(parameter))];
        var losses = stack(given.Losses);
        if (own.Length > 0 && losses.requires_grad)
        {
            var each = weights is null ? losses : losses * weights.to(losses.dtype).to(losses.device);
            Add(own, [.. autograd.grad([scaler.Scale(each.sum() * share)], own, allow_unused: true)]);
        }
        Add(shared, direction);
    }

    private static void Add(Parameter[] parameters, Tensor?[] gradients)
    {
        using var untracked = no_grad();
        foreach (var (parameter, gradient) in parameters.Zip(gradients))
        {
            if (gradient is null || gradient.IsInvalid) continue;
            parameter.grad = parameter.grad is { } before ? before + gradient : gradient;
        }
    }
}
