using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The gradients of a step whose weighting reads the tasks' gradients. Shared parameters (those that several tasks train) get what the weighting makes
/// of the tasks' gradients there; each task's own get the gradient of its loss, weighed where the weighting says so. What layers add to the losses
/// counts in full.
/// </summary>
internal sealed class TaskDirections : IDisposable
{
    private const int SampledBatches = 3;

    private readonly MultiTaskModule module;
    private readonly GradientScaler scaler;
    private readonly TaskGradientMode mode;
    private readonly bool records;
    private readonly LayerTape? tape;
    private readonly Tensor[] shared;
    private readonly Parameter[][] own;

    /// <param name="module">The module, in training mode.</param>
    /// <param name="scaler">Scales losses against the underflow of float16.</param>
    /// <param name="mode">How the gradients are computed.</param>
    /// <param name="records">Whether <see cref="Gramian"/> is wanted where the weighting does not read it.</param>
    /// <param name="isSingle">Whether there is one pass and no further one.</param>
    public TaskDirections(MultiTaskModule module, GradientScaler scaler, TaskGradientMode mode, bool records, bool isSingle)
    {
        (this.module, this.scaler, this.mode, this.records) = (module, scaler, mode, records);
        shared = [.. module.SharedParameters()];
        own = [.. module.Model.Tasks.Select(task => module.TaskParameters(task.Name).ToArray())];
        if (module.Model.WeightingRule is GradientWeighting { ReadsRepresentation: false } weighting
            && (weighting.IsPerInstance || (mode == TaskGradientMode.Loop && !isSingle)))
            tape = new LayerTape(module, weighting.IsPerInstance) { IsRecording = false };
    }

    /// <summary>The dot products of the tasks' gradients in the last pass, float64 [tasks, tasks]; null where three batches were looked at.</summary>
    public Tensor? Gramian { get; private set; }

    /// <summary>The dot products of the tasks' gradients at the shared parameters; zeros where nothing is shared. The graph stays.</summary>
    public Tensor GramianOf(Tensor[] losses) => shared.Length == 0
        ? zeros(losses.Length, losses.Length, dtype: ScalarType.Float64)
        : Unscaled(SharedGradients.Of(Scaled(losses), shared, Array.ConvertAll(losses, _ => Array.Empty<Parameter>()), retainGraph: true).Gramian());

    /// <summary>The passes of a step. Afterwards the gradients lie in the parameters.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="losses">(rows) → the losses by task, and what layers add to them.</param>
    /// <param name="factors">What is multiplied into the losses already, float [tasks], for those of single rows; null for 1.</param>
    /// <returns>The losses and their weights, float [tasks]; ones where the weighting has none.</returns>
    public (Tensor Losses, Tensor Weights) Backward(Batch batch, Func<Batch, (Tensor[] Losses, Tensor? Penalty)> losses, Tensor? factors)
    {
        try
        {
            if (tape is not null) tape.IsRecording = true;
            return module.Model.WeightingRule switch
            {
                SampledWeighting sampled => Sampled(batch, losses, sampled.MeanShare),
                GradientWeighting { IsPerInstance: true } weighting => new RowDirections(module, scaler, tape!).Backward(batch, weighting, factors),
                GradientWeighting { ReadsRepresentation: true } => AtRepresentation(batch, losses),
                _ => Whole(losses(batch)),
            };
        }
        finally
        {
            if (tape is not null)
            {
                tape.IsRecording = false;
                tape.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => tape?.Dispose();

    private (Tensor Losses, Tensor Weights) Whole((Tensor[] Losses, Tensor? Penalty) given)
    {
        Penalise(given.Penalty);
        if (module.TaskRule is JacobianRule jacobian) return Combined(given.Losses, jacobian);
        var losses = Scaled(given.Losses);
        ITaskGradients gradients = mode switch
        {
            _ when shared.Length == 0 => SharedGradients.Of(losses, [], own),
            TaskGradientMode.Batched => SharedGradients.Batched(losses, shared, own),
            TaskGradientMode.Columns => new GramianColumns(losses, shared, own),
            _ => SharedGradients.Of(losses, shared, own, tape),
        };
        Gramian = shared.Length == 0 ? zeros(losses.Length, losses.Length, dtype: ScalarType.Float64) : Unscaled(gradients.Gramian());
        var weights = Asked(() => ((GramianRule)module.TaskRule!).call(Gramian, Values(given.Losses)));
        AddOwn(gradients, WeighsHeads ? weights : null);
        if (shared.Length > 0) Add(shared, gradients.Combined(weights));
        return (Detached(given.Losses), weights.to(given.Losses[0].dtype).to(given.Losses[0].device));
    }

    private (Tensor Losses, Tensor Weights) Combined(Tensor[] losses, JacobianRule rule)
    {
        var gradients = SharedGradients.Of(Scaled(losses), shared, own);
        AddOwn(gradients, null);
        if (shared.Length > 0)
        {
            if (records) Gramian = Unscaled(gradients.Gramian());
            var rows = gradients.Rows(losses.Length);
            // The rule may remember gradients: it sees them as they are, and the optimiser's are scaled again.
            var scale = scaler.CurrentScale;
            if (scale != 1) foreach (var block in rows.Blocks) block.div_(scale);
            var direction = Asked(() => rule.Combine(rows, Values(losses)));
            if (scale != 1) foreach (var part in direction) part.mul_(scale);
            Add(shared, direction);
        }
        return (Detached(losses), ones_like(Detached(losses)));
    }

    // One pass for each task to what all of them read, and one of the weighed losses through what lies before it.
    private (Tensor Losses, Tensor Weights) AtRepresentation(Batch batch, Func<Batch, (Tensor[] Losses, Tensor? Penalty)> losses)
    {
        IReadOnlyList<Tensor> read = [];
        module.RepresentationsSeen = given => read = given;
        (Tensor[] Losses, Tensor? Penalty) given;
        try
        {
            given = losses(batch);
        }
        finally
        {
            module.RepresentationsSeen = null;
        }
        var place = $"model '{module.Model.Name}': weighting '{module.Model.WeightingRule.Describe()}'";
        if (read.Count == 0) throw new DataException($"{place} needs the same rows for all tasks, but each has rows of its own; leave out .AtRepresentation()");
        if (read.Any(tensor => !ReferenceEquals(tensor, read[0])))
            throw new DataException($"{place} needs one representation that all tasks read, but they read different ones (experts, towers and layers of "
                + "their own give each its own); leave out .AtRepresentation()");
        Penalise(given.Penalty);
        if (!read[0].requires_grad) throw new DataException($"{place} finds nothing to train before the tasks' representation; leave out .AtRepresentation()");
        var scaled = Scaled(given.Losses);
        var gradients = SharedGradients.Of(scaled, [read[0]], own, retainGraph: true);
        Gramian = Unscaled(gradients.Gramian());
        var weights = Asked(() => ((GramianRule)module.TaskRule!).call(Gramian, Values(given.Losses)));
        AddOwn(gradients, WeighsHeads ? weights : null);
        var weighed = (stack(scaled) * weights.to(scaled[0].dtype).to(scaled[0].device)).sum();
        if (shared.Length > 0 && weighed.requires_grad) Add(shared, [.. autograd.grad([weighed], shared, allow_unused: true)]);
        return (Detached(given.Losses), weights.to(given.Losses[0].dtype).to(given.Losses[0].device));
    }

    private (Tensor Losses, Tensor Weights) Sampled(Batch batch, Func<Batch, (Tensor[] Losses, Tensor? Penalty)> losses, double meanShare)
    {
        var parts = batch.Cut(SampledBatches).ToArray();
        if (parts.Length < SampledBatches)
            throw new DataException($"weighting '{module.Model.WeightingRule}' cuts a batch into {SampledBatches} parts, but one has fewer rows; use .Batch(rows) "
                + "with more");
        var rows = parts.Select(part =>
        {
            var given = losses(part);
            Penalise(given.Penalty, 1.0 / SampledBatches);
            var gradients = SharedGradients.Of(Scaled(given.Losses), shared, own);
            AddOwn(gradients, null, 1.0 / SampledBatches);
            return (given.Losses, Gradients: shared.Length == 0 ? null : gradients.Rows(given.Losses.Length));
        }).ToArray();
        var values = stack([.. rows.Select(row => Values(row.Losses))]).mean([0L]);
        var products = rows[0].Gradients is { } first ? Unscaled(first.Products(rows[1].Gradients!, ScalarType.Float64).cpu())
            : zeros(values.shape[0], values.shape[0], dtype: ScalarType.Float64);
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

    private bool WeighsHeads => module.Model.WeightingRule is GradientWeighting { WeighsHeads: true };

    private Tensor[] Scaled(Tensor[] losses) => scaler.CurrentScale == 1 ? losses : Array.ConvertAll(losses, scaler.Scale);

    private Tensor Unscaled(Tensor gramian) => scaler.CurrentScale == 1 ? gramian : gramian.div(scaler.CurrentScale * scaler.CurrentScale);

    private static Tensor Values(Tensor[] losses) => Detached(losses).cpu().to(ScalarType.Float64);

    private static Tensor Detached(Tensor[] losses) => stack(losses).detach();

    private void Penalise(Tensor? penalty, double share = 1)
    {
        if (penalty is { requires_grad: true }) scaler.Scale(penalty * share).backward(retain_graph: true);
    }

    private void AddOwn(ITaskGradients gradients, Tensor? weights, double share = 1)
    {
        for (var task = 0; task < own.Length; task++)
        {
            var factor = share * (weights?[task].item<double>() ?? 1);
            Add(own[task], factor == 1 ? gradients.Own[task] : Array.ConvertAll(gradients.Own[task], gradient => gradient?.mul(factor)));
        }
    }

    internal static void Add(IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?> gradients)
    {
        using var untracked = no_grad();
        foreach (var (parameter, gradient) in parameters.Zip(gradients))
        {
            if (gradient is null || gradient.IsInvalid) continue;
            parameter.grad = parameter.grad is { } before ? before + gradient : gradient;
        }
    }
}
