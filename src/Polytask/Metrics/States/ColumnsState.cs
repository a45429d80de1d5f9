using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Keeps a few numbers of every row on the CPU, for metrics that compare rows with each other.</summary>
/// <param name="columns">(output, target) → what is kept, [rows, columns].</param>
/// <param name="finish">(columns, weights) → the number; the weights are null where all rows count the same.</param>
/// <param name="takesWeights">Whether there is a weighted form.</param>
internal sealed class ColumnsState(Func<Tensor, Tensor, Tensor> columns, Func<double[][], double[]?, MetricValue> finish, bool takesWeights = true)
    : MetricState
{
    public const string NoWeights = "it has no weighted form; measure this split without row weights, or choose another metric";

    private readonly List<double[]> kept = [];
    private readonly List<double[]> weighed = [];
    private int width;

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        if (weights is not null && !takesWeights)
            throw new DataException(NoWeights);
        var chosen = columns(output, target);
        width = (int)chosen.shape[1];
        kept.Add(Sums.Numbers(chosen));
        if (weights is not null) weighed.Add(Sums.Numbers(weights));
    }

    protected override MetricValue Finish()
    {
        var rows = kept.Sum(batch => batch.Length) / width;
        if (weighed.Count > 0 && weighed.Sum(batch => batch.Length) != rows)
            throw new DataException("some rows have weights and others none; give all of a split weights, or none");
        var all = new double[width][];
        for (var column = 0; column < width; column++)
        {
            all[column] = new double[rows];
            var at = 0;
            foreach (var batch in kept)
                for (var i = column; i < batch.Length; i += width) all[column][at++] = batch[i];
        }
        return finish(all, weighed.Count > 0 ? [.. weighed.SelectMany(batch => batch)] : null);
    }
}
