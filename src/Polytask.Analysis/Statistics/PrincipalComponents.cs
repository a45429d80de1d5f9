using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Analysis;

/// <summary>
/// The directions of largest variance of some vectors (Pearson 1901), exact, by the singular value decomposition of the centred rows in double
/// precision. The sign of a direction is free: the entry of largest size is made positive, so that a picture does not flip between runs.
/// </summary>
/// <param name="Scores">[rows, components]: each row's coordinates along the directions.</param>
/// <param name="Shares">[components]: the share of the whole variance that each direction has.</param>
public sealed record PrincipalComponents(double[,] Scores, double[] Shares)
{
    /// <summary>The leading components.</summary>
    /// <param name="vectors">[rows, features], at least two rows; detached, on any device.</param>
    /// <param name="count">How many components, at most the smaller of both dimensions.</param>
    /// <exception cref="DataException">Another shape, too few rows or features, or numbers that are not finite.</exception>
    public static PrincipalComponents Of(Tensor vectors, int count = 2)
    {
        var shape = string.Join(", ", vectors.shape);
        if (vectors.ndim != 2)
            throw new DataException($"principal components take vectors [rows, features], but got [{shape}]; flatten each example");
        if (count < 1 || count > Math.Min(vectors.shape[0], vectors.shape[1]) || vectors.shape[0] < 2)
            throw new DataException($"{count} principal components need at least {Math.Max(count, 2)} rows and {count} features, but got [{shape}]");
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var rows = vectors.cpu().to(ScalarType.Float64);
        if (!rows.isfinite().all().item<bool>())
            throw new DataException("principal components take finite numbers, but the vectors hold NaN or infinity");
        var centred = rows - rows.mean([0L], keepdim: true);
        var (_, values, directions) = linalg.svd(centred, fullMatrices: false);
        var leading = directions.narrow(0, 0, count);
        var largest = leading.gather(1, leading.abs().argmax(1, keepdim: true));
        var scores = centred.matmul((leading * largest.sign()).t()).contiguous().data<double>().ToArray();
        var variances = values.square();
        var shares = (variances.narrow(0, 0, count) / variances.sum().clamp(double.Epsilon)).data<double>().ToArray();
        var result = new double[rows.shape[0], count];
        Buffer.BlockCopy(scores, 0, result, 0, sizeof(double) * scores.Length);
        return new(result, shares);
    }
}
