namespace Polytask;

/// <summary>
/// A weighting with two levels: the weights of the training losses (lower level) are moved by what they do to the losses of rows held out (upper
/// level), which a look ahead of the step tells. A training step cuts its batch into halves: the first is trained on in the look, the second held out
/// from it, and the step itself trains on both. So no split of the data is spent, as in the known codes, whose held-out batches are other training
/// batches. Batches are drawn in a new order in every epoch; with all rows in every step (<c>.FullBatch()</c>) the halves are the first and the last
/// rows of the data, always.
/// </summary>
public abstract record BilevelWeighting : Weighting
{
    /// <summary>The rule with its memory, for one training: also in a loop of one's own, by <see cref="BilevelRule.Backward"/>.</summary>
    /// <param name="tasks">The names of the tasks, in their order.</param>
    public abstract BilevelRule Start(params IReadOnlyList<string> tasks);
}
