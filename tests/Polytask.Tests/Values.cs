using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests;

/// <summary>Numbers in and out of tensors, and the largest difference between two.</summary>
internal static class Values
{
    public static double[] Numbers(this Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    public static double Difference(Tensor left, Tensor right)
    {
        Assert.Equal(left.shape, right.shape);
        return (left.detach() - right.detach()).abs().max().item<float>();
    }

    public static Tensor Normal(int seed, params long[] shape)
    {
        var random = StableRandom.For(seed, "test values");
        return tensor(Array.ConvertAll(random.Gaussians((int)shape.Aggregate(1L, (a, b) => a * b)), value => (float)value)).reshape(shape);
    }
}
