using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The gradients of a step whose weighting looks ahead. The batch is cut into halves: rows that the look trains on, and rows held out from it. The
/// step trains on both; the losses of the halves count alike, whatever labels they miss. What layers add to the losses counts in full, but not in
/// the look.
/// </summary>
internal sealed class BilevelPass
{
    private readonly MultiTaskModule module;
    private readonly TrainingPlan plan;
    private readonly BilevelRule rule;

    /// <param name="module">The module, in training mode.</param>
    /// <param name="plan">Its precision.</param>
    /// <param name="rule">The weighting with its state.</param>
    /// <exception cref="DeclarationException">The plan asks for what a look ahead has not.</exception>
    public BilevelPass(MultiTaskModule module, TrainingPlan plan, BilevelRule rule)
    {
        (this.module, this.plan, this.rule) = (module, plan, rule);
        var weighting = $"model '{module.Model.Name}': weighting '{module.Model.WeightingRule.Describe()}' looks ahead";
        if (plan.Sharpness is not null)
            throw new DeclarationException($"{weighting} once in a step, from the step's own weights; leave out .Sam(...)");
        if (plan.TaskSampler is not null)
            throw new DeclarationException($"{weighting} for all tasks in every step; leave out .Sample(...)");
        if (plan.Precision == ScalarType.Float16)
            throw new DeclarationException($"{weighting} without the scaled losses that Float16 needs; use .MixedPrecision(ScalarType.BFloat16)");
    }

    /// <summary>The look, then one backward pass. Afterwards the gradients lie in the parameters.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="factors">What each loss is multiplied by before it is weighed, float [tasks]; null for 1.</param>
    /// <param name="beforeBackward">Given the losses, means over the halves, while their graph is there.</param>
    /// <returns>The losses and, for each, the derivative of what was minimised, float [tasks]; and what was minimised.</returns>
    public (Tensor Losses, Tensor Weights, Tensor Minimised) Run(Batch batch, Tensor? factors, Action<Tensor[]>? beforeBackward)
    {
        var halves = batch.Cut(2).ToArray();
        if (halves.Length < 2)
            throw new DataException($"weighting '{module.Model.WeightingRule.Describe()}' cuts a batch into 2 halves, but one has a single row; "
                + "use .Batch(rows) with more");
        var (a, b) = TaskDirections.Asked(() => rule.Look(Look(halves[0]), Look(halves[1]),
            module.parameters().Where(parameter => parameter.requires_grad), Statistics()));
        Half lower = Read(halves[0], factors), upper = Read(halves[1], factors);
        beforeBackward?.Invoke([.. ((lower.Losses + upper.Losses) / 2).unbind()]);
        var minimised = LookAhead.Weighed(lower.Weighed, a) + LookAhead.Weighed(upper.Weighed, b);
        foreach (var penalty in new[] { lower.Penalty, upper.Penalty })
            if (penalty is not null) minimised += penalty / 2;
        foreach (var half in new[] { lower, upper })
            if (half.Losses.requires_grad) half.Losses.retain_grad();
        if (minimised.requires_grad) minimised.backward();
        return (((lower.Losses + upper.Losses) / 2).detach(), Derivative(lower) + Derivative(upper), minimised.detach());

        Func<IReadOnlyList<Tensor>> Look(Batch half) => () => Read(half, factors).Weighed.unbind();
    }

    private static Tensor Derivative(Half half) => half.Losses.grad ?? zeros_like(half.Losses);

    private Half Read(Batch half, Tensor? factors)
    {
        var (each, penalty) = module.TaskLosses(half, plan.Precision);
        var losses = stack(each);
        var weighed = factors is null ? losses : losses * factors;
        var weighting = module.Model.WeightingRule;
        return new(losses, weighting.ReadsLogs ? Positive.Log(weighting.Describe(), weighed) : weighed, penalty);
    }

    // Running statistics and their like, which a look leaves alone. Not Except: tensors are equal where their values are.
    private IEnumerable<Tensor> Statistics()
    {
        var own = rule.buffers().ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        return module.buffers().Where(buffer => !own.Contains(buffer));
    }

    private sealed record Half(Tensor Losses, Tensor Weighed, Tensor? Penalty);
}
