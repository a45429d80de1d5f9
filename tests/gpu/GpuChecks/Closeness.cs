using TorchSharp;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>How far a device's numbers may be from the CPU's in double precision.</summary>
internal static class Closeness
{
    /// <summary>Some hundred units of float32's last place, relative to the largest number of the tensor: sums run in another order.</summary>
    public const double Single = 1e-4;

    /// <summary>Equal shape and not-a-numbers, and every element within the tolerance of the largest one.</summary>
    public static void Require(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.True(expected.shape.SequenceEqual(actual.shape),
            $"{what}: shape [{string.Join(", ", actual.shape)}] for [{string.Join(", ", expected.shape)}]");
        var (wanted, found) = (Numbers(expected), Numbers(actual));
        var largest = wanted.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (var k = 0; k < wanted.Length; k++)
        {
            Assert.True(wanted[k].Equals(found[k]) || Math.Abs(wanted[k] - found[k]) <= tolerance * Math.Max(1, largest),
                $"{what}[{k}]: {found[k]} for {wanted[k]}");
        }
    }

    private static double[] Numbers(Tensor tensor) => tensor.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
