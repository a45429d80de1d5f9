using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What all states share: they see rows that fit, without gradients, and an output that is no number makes them undefined.</summary>
internal abstract class MetricState : IMetricState
{
    public const string NoRow = "no row was measured";

    private bool anyRow;
    private bool notANumber;

    public void Add(Tensor output, Tensor target, Tensor? weights = null)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var rows = output.shape[0];
        if (target.shape[0] != rows) throw new DataException($"{rows} rows of outputs, but {target.shape[0]} of targets");
        if (weights is not null && (weights.ndim != 1 || weights.shape[0] != rows))
            throw new DataException($"row weights are [{rows}], but got [{string.Join(", ", weights.shape)}]");
        if (rows == 0) return;
        anyRow = true;
        // Minus infinity stays: it is a logit of probability 0.
        notANumber |= output.is_floating_point() && output.isnan().logical_or(output.eq(double.PositiveInfinity)).any().item<bool>();
        if (!notANumber) Take(output, target, weights?.to(ScalarType.Float64));
    }

    public MetricValue Value => !anyRow ? MetricValue.Undefined(NoRow)
        : notANumber ? MetricValue.Undefined("an output is not a finite number")
        : Finish();

    /// <summary>Takes in at least one row; weights are double [rows].</summary>
    protected abstract void Take(Tensor output, Tensor target, Tensor? weights);

    /// <summary>The number of what was taken in.</summary>
    protected abstract MetricValue Finish();
}
