using static TorchSharp.torch;

namespace Polytask;

/// <summary>Keeps all rows on the CPU for a metric that has to see them at once.</summary>
internal sealed class GatheringState(Func<Tensor, Tensor, double> of) : IMetricState
{
    private readonly List<Tensor> outputs = [];
    private readonly List<Tensor> targets = [];

    public void Add(Tensor output, Tensor target, Tensor? weights = null)
    {
        if (weights is not null)
            throw new DataException("a metric that is a function of outputs and targets knows no row weights; give it a state that reads them");
        outputs.Add(Kept(output));
        targets.Add(Kept(target));
    }

    public MetricValue Value
    {
        get
        {
            if (outputs.Count == 0) return MetricValue.Undefined(MetricState.NoRow);
            using var untracked = no_grad();
            using var scope = NewDisposeScope();
            return of(cat(outputs, 0), cat(targets, 0));
        }
    }

    public void Dispose()
    {
        foreach (var kept in outputs.Concat(targets)) kept.Dispose();
        outputs.Clear();
        targets.Clear();
    }

    // A batch is often a view of the split: keeping a view would keep the whole.
    private static Tensor Kept(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return rows.detach().cpu().clone().DetachFromDisposeScope();
    }
}
