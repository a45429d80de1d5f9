using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>What the tests share with the scripts of tests/peers.</summary>
internal static class Reference
{
    /// <summary>What Python's torch 1.13.1 gave for modules; tests/peers/modules_reference.py wrote it.</summary>
    public static ReferenceFile Modules { get; } = new("modules");

    /// <summary>The numbers scale · sin(1 + 1.7 k) + shift, as the scripts make them.</summary>
    public static Tensor Pattern(long[] shape, double scale = 1, double shift = 0)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return tensor(Enumerable.Range(0, (int)count).Select(k => (float)(scale * Math.Sin(1 + 1.7 * k) + shift)).ToArray()).reshape(shape);
    }

    public static double[] Doubles(Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
