using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What training makes small: one number for a batch of a task. Most losses are a mean over rows (<see cref="RowLoss"/>); one that reads the rows of
/// a batch together, as a soft F1 or a contrast between rows does, derives from this record.
/// </summary>
public abstract partial record Loss
{
    /// <summary>What messages and tables call this loss.</summary>
    public abstract string Name { get; }

    /// <summary>The task's loss over a batch, a scalar; 0 without a gradient where every weight is 0.</summary>
    /// <param name="output">What the task's head gives, [rows, ...].</param>
    /// <param name="target">The task's target, [rows, ...]; 0 in rows without a label.</param>
    /// <param name="weights">float [rows]: 0 for a row without a label, otherwise the row's weight; null where every row weighs 1.</param>
    public abstract Tensor Mean(Tensor output, Tensor target, Tensor? weights = null);

    /// <summary>Whether this loss can train that head.</summary>
    public virtual bool Fits(Head head) => true;

    /// <summary>The loss over labelled rows of any number, in double precision where it is a mean.</summary>
    internal virtual double Value(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        return Mean(output, target).to(ScalarType.Float64).item<double>();
    }

    /// <summary>
    /// sum_i w_i v_i / sum_i w_i, 0 where every weight is 0: a mean over all rows would change the task's weight with the share of missing labels.
    /// </summary>
    /// <param name="values">float [rows].</param>
    /// <param name="weights">float [rows], or null where every row weighs 1.</param>
    protected static Tensor WeightedMean(Tensor values, Tensor? weights) => weights is null
        ? values.mean()
        : values.dot(weights.to(values.dtype)) / weights.sum().to(values.dtype).clamp(1e-12);

    /// <summary>
    /// The mean over the worst share of the labelled rows, by any loss with a number per row: training for the tail (conditional value at risk, a
    /// distributionally robust objective); see Rockafellar and Uryasev, Journal of Risk 2000.
    /// </summary>
    /// <param name="loss">The loss of a row.</param>
    /// <param name="share">The share of worst rows, above 0 and up to 1 (the plain mean).</param>
    public static Loss WorstRows(Loss loss, double share)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new ExpectedShortfallLoss(loss, share);
    }

    /// <summary>A weighted sum of losses of the same output: <c>Loss.Sum((1, Loss.CrossEntropy()), (0.5, Loss.Dice()))</c>.</summary>
    public static Loss Sum(params (double Weight, Loss Loss)[] terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new SumLoss(terms);
    }

    /// <summary>A loss of your own.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="perRow">
    /// (output, target) → the loss of each row, float [rows]; in training on the plan's device, where a missing label is 0 and its row counts for
    /// nothing;
    /// in evaluation on the CPU, labelled rows only.
    /// </param>
    public static Loss Of(string name, Func<Tensor, Tensor, Tensor> perRow)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(perRow);
        return new OwnLoss(name, perRow);
    }

    /// <summary>A loss of your own that reads the rows of a batch together.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="mean">
    /// (output, target, weights) → the loss of the batch, a scalar. Weights are float [rows], 0 for a row without a label, or null where every row
    /// weighs 1.
    /// </param>
    public static Loss OfBatch(string name, Func<Tensor, Tensor, Tensor?, Tensor> mean)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(mean);
        return new OwnBatchLoss(name, mean);
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    private sealed record OwnBatchLoss(string Label, Func<Tensor, Tensor, Tensor?, Tensor> Batch) : Loss
    {
        public override string Name => Label;

        public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null) => Batch(output, target, weights) is { ndim: 0 } mean
            ? mean
            : throw new DeclarationException($"loss '{Label}' must give one number for the batch; for one per row use Loss.Of");
    }

    private sealed record OwnLoss(string Label, Func<Tensor, Tensor, Tensor> Rows) : RowLoss
    {
        public override string Name => Label;

        public override Tensor PerRow(Tensor output, Tensor target) => Rows(output, target) is { ndim: 1 } rows && rows.shape[0] == target.shape[0]
            ? rows
            : throw new DeclarationException(
                $"loss '{Label}' must give one number per row, [{target.shape[0]}]; use reduction None and sum over the outputs of a row");
    }
}
