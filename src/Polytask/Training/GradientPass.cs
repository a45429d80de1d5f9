using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Forward and backward over a batch: afterwards the gradients lie in the parameters.</summary>
internal sealed class GradientPass : IDisposable
{
    private readonly MultiTaskModule module;
    private readonly TrainingPlan plan;
    private readonly GradientScaler scaler;
    private readonly RestingLosses? resting;
    private readonly TaskDirections directions;
    private readonly BilevelPass? ahead;

    /// <param name="module">The module, in training mode.</param>
    /// <param name="plan">Its precision and the number of parts that a batch is computed in.</param>
    /// <param name="scaler">Scales what is minimised.</param>
    /// <param name="resting">The losses of tasks that rest; null where none does.</param>
    /// <param name="isSingle">Whether there is one pass and no further one, for which looking at the layers' calls does not pay.</param>
    /// <exception cref="DeclarationException">The plan asks of a weighting of gradients what it has not.</exception>
    public GradientPass(MultiTaskModule module, TrainingPlan plan, GradientScaler scaler, RestingLosses? resting, bool isSingle = false)
    {
        (this.module, this.plan, this.scaler, this.resting) = (module, plan, scaler, resting);
        directions = new TaskDirections(module, scaler, plan.GradientMode, plan.RecordsGradients, isSingle);
        if (plan.RecordsGradients && plan.AccumulatedParts > 1)
            throw new DeclarationException($"gradients are recorded of whole batches; leave out .Accumulate({plan.AccumulatedParts}) or .RecordGradients()");
        var reads = module.Model.WeightingRule as GradientWeighting;
        if (plan.GradientMode != TaskGradientMode.Loop && reads is not { ReadsRepresentation: false, IsPerInstance: false })
            throw new DeclarationException($"model '{module.Model.Name}': weighting '{module.Model.WeightingRule.Describe()}' has no Gramian of the shared "
                + $"parameters' gradients to compute; leave out .TaskGradients(TaskGradientMode.{plan.GradientMode})");
        if (module.TaskRule is null) return;
        var weighting = $"model '{module.Model.Name}': weighting '{module.Model.WeightingRule.Describe()}' reads the tasks' gradients";
        if (plan.AccumulatedParts > 1)
            throw new DeclarationException($"{weighting} of a whole batch; leave out .Accumulate({plan.AccumulatedParts}), or choose one that reads losses");
        if (reads is { IsPerInstance: true } && (plan.RecordsGradients || plan.Precision is not null))
            throw new DeclarationException($"{weighting} of single rows, in full precision; leave out "
                + (plan.RecordsGradients ? ".RecordGradients()" : ".MixedPrecision(...)") + ", or .PerInstance()");
        if (!plan.OptimizerRule.IsElementwise)
            throw new DeclarationException($"{weighting} and minimises no one number, which {plan.OptimizerRule.Name} needs; choose another optimiser");
        if (module.TaskRule is BilevelRule rule) ahead = new BilevelPass(module, plan, rule);
    }

    /// <summary>The dot products of the tasks' gradients in the last pass, where the plan records them.</summary>
    public Tensor? Gramian { get; private set; }

    /// <summary>One pass.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="factors">What each loss is multiplied by before it is weighed, float [tasks]; null for 1.</param>
    /// <returns>
    /// The losses and, for each, the derivative of what was minimised with respect to it, float [tasks]; and what was minimised, without the share
    /// of resting tasks being of interest.
    /// </returns>
    public (Tensor Losses, Tensor Weights, Tensor Minimised) Run(Batch batch, Tensor? factors)
    {
        if (batch.Tasks.Count < module.Model.Tasks.Length || !batch.IsJoint) factors = WithShares(batch, factors);
        if (ahead is not null) return ahead.Run(batch, factors, plan.RecordsGradients ? losses => Gramian = directions.GramianOf(losses) : null);
        if (module.TaskRule is not null) return Directed(batch, factors);
        if (plan.AccumulatedParts == 1) return Backward(batch, factors, 1);
        var parts = batch.Cut(plan.AccumulatedParts).ToArray();
        var counts = stack([.. parts.Select(Counts)]);                       // [parts, tasks]
        var shares = counts / counts.sum([0]).clamp(1e-12);
        Tensor? losses = null, weights = null, minimised = null;
        for (var i = 0; i < parts.Length; i++)
        {
            // With loss_m the part's loss and a_m its share of the rows, f linear: 1/M sum_m f(M a_m loss_m) = f(sum_m a_m loss_m).
            var share = shares[i];
            var scale = share * parts.Length;
            var part = Backward(parts[i], factors is null ? scale : factors * scale, parts.Length);
            (losses, weights) = (Sum(losses, part.Losses * share), Sum(weights, part.Weights));
            minimised = Sum(minimised, part.Minimised);
        }
        return (losses!, weights!, minimised!);
    }

    // By a weighting that reads the tasks' gradients; what it minimises has no name, so the weighed losses stand for it.
    private (Tensor Losses, Tensor Weights, Tensor Minimised) Directed(Batch batch, Tensor? factors)
    {
        var measured = new List<Tensor>();
        var (losses, weights) = directions.Backward(batch, part =>
        {
            var (each, penalty) = module.TaskLosses(part, plan.Precision);
            measured.Add(stack(each).detach());
            var weighed = Scaled(each, factors);
            var rule = module.Model.WeightingRule;
            return (rule.ReadsLogs ? [.. Positive.Log(rule.Describe(), stack(weighed)).unbind()] : weighed, penalty);
        }, factors);
        if (measured.Count == 0) measured.Add(losses);
        if (plan.RecordsGradients) Gramian = directions.Gramian;
        return (stack([.. measured]).mean([0L]), factors is null ? weights : weights * factors, (losses * weights).sum());
    }

    private (Tensor Losses, Tensor Weights, Tensor Minimised) Backward(Batch batch, Tensor? factors, int parts)
    {
        var (each, penalty) = module.TaskLosses(batch, plan.Precision);
        if (plan.RecordsGradients) Gramian = directions.GramianOf(Scaled(each, factors));
        var losses = stack(each);
        // Without any label in the batch there may be nothing to differentiate.
        if (losses.requires_grad) losses.retain_grad();
        var weighed = factors is null ? losses : losses * factors;
        if (resting is not null) weighed = Rested(batch, weighed);
        var minimised = module.Minimised(weighed, penalty);
        if (parts > 1) minimised /= parts;
        if (minimised.requires_grad) scaler.Scale(minimised).backward();
        var weights = losses.grad ?? zeros_like(losses);
        return (losses.detach(), scaler.IsEnabled ? weights / scaler.CurrentScale : weights, minimised.detach());
    }

    // What a weighting is given, whether it reads losses or gradients.
    private static Tensor[] Scaled(Tensor[] losses, Tensor? factors) =>
        factors is null ? losses : [.. losses.Zip(factors.unbind(), (loss, factor) => loss * factor)];

    // The losses of tasks that rest in place of their zeros; those of the others are kept for later.
    private Tensor Rested(Batch batch, Tensor weighed)
    {
        if (batch.Tasks.Count < module.Model.Tasks.Length)
        {
            var ran = tensor([.. module.Model.Tasks.Select(task => batch.PartOf(task.Name) is not null)], device: weighed.device);
            weighed = where(ran, weighed, resting!.Last);
        }
        using var untracked = no_grad();
        resting!.Last.copy_(weighed);
        return weighed;
    }

    // A sampler's batch is divided among tasks: each loss counts by its share of the rows.
    private Tensor? WithShares(Batch batch, Tensor? factors)
    {
        var shares = Array.ConvertAll([.. module.Model.Tasks], task => (float)(batch.PartOf(task.Name)?.Share ?? 1));
        if (Array.TrueForAll(shares, share => share == 1)) return factors;
        var given = tensor(shares, device: batch.Inputs(batch.Tasks[0]).device);
        return factors is null ? given : factors * given;
    }

    private Tensor Counts(Batch batch) => stack([.. module.Model.Tasks.Select(task => batch.PartOf(task.Name) switch
    {
        null => zeros([], device: batch.Inputs(batch.Tasks[0]).device),
        { Weights: { } weights } => weights.sum(),
        var part => full([], (float)part.Target.shape[0], device: part.Target.device),
    })]);

    /// <inheritdoc/>
    public void Dispose() => directions.Dispose();

    private static Tensor Sum(Tensor? sum, Tensor part) => sum is null ? part : sum + part;
}
