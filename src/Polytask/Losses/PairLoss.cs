using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A loss that compares the rows of a batch with each other. Its memory grows with the square of the rows, so a split is measured in pieces of
/// 2048 rows.
/// </summary>
internal abstract record PairLoss : Loss
{
    private const long RowsAtOnce = 2048;

    internal override double Value(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        var (rows, sum) = (target.shape[0], 0.0);
        for (long start = 0; start < rows; start += RowsAtOnce)
        {
            var length = Math.Min(RowsAtOnce, rows - start);
            sum += length * Mean(output.narrow(0, start, length), target.narrow(0, start, length)).to(ScalarType.Float64).item<double>();
        }
        return sum / rows;
    }
}
