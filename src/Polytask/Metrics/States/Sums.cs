using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Numbers that leave the device.</summary>
internal static class Sums
{
    /// <summary>Adds to running sums, which the first batch gives their number.</summary>
    public static void Add(ref double[] sums, Tensor more)
    {
        var numbers = Numbers(more);
        if (sums.Length == 0) sums = numbers;
        else
            for (var i = 0; i < sums.Length; i++) sums[i] += numbers[i];
    }

    /// <summary>All numbers of a tensor, row after row.</summary>
    public static double[] Numbers(Tensor tensor) => tensor.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
}
