using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What losses over pairs of rows share.</summary>
internal static class Pairs
{
    // Low enough that its exponential is 0 beside any score, and finite, so that a row without partners has a gradient of 0 and no NaN.
    private const double Never = -1e30;

    /// <summary>Which rows have a label: bool [rows].</summary>
    public static Tensor Present(Tensor rows, Tensor? weights) =>
        weights is null ? ones(rows.shape[0], dtype: ScalarType.Bool, device: rows.device) : weights.gt(0);

    /// <summary>The row weights in the precision of the output, ones where there are none.</summary>
    public static Tensor Weights(Tensor output, Tensor? weights) =>
        weights is null ? ones(output.shape[0], dtype: output.dtype, device: output.device) : weights.to(output.dtype);

    /// <summary>log sum_j exp(scores_ij) over the columns that <paramref name="mask"/> (bool [rows, columns]) leaves: [rows].</summary>
    public static Tensor LogSum(Tensor scores, Tensor mask) => scores.masked_fill(mask.logical_not(), Never).logsumexp(1);

    /// <summary>sum w v / sum w, 0 where every weight is 0.</summary>
    public static Tensor Mean(Tensor values, Tensor weights) => (values * weights).sum() / weights.sum().clamp(1e-12);

    /// <summary>a_i == a_j, bool [rows, rows].</summary>
    public static Tensor Equal(Tensor values) => values.unsqueeze(1).eq(values.unsqueeze(0));

    /// <summary>Everything but the diagonal: bool [rows, rows].</summary>
    public static Tensor Others(Tensor rows) => eye(rows.shape[0], dtype: ScalarType.Bool, device: rows.device).logical_not();

    /// <summary>Rows scaled to length 1: float [..., d].</summary>
    public static Tensor Directions(Tensor embeddings) => nn.functional.normalize(embeddings, dim: embeddings.ndim - 1);
}
