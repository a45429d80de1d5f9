using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public sealed class DotProductTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4096)]
    [InlineData(3 * 4096)]
    [InlineData(3 * 4096 + 5)]
    public void Products_in_pieces_are_those_in_double_precision(int length)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Values.Normal(1, 3, length), Values.Normal(2, 4, length));
        var expected = x.to(ScalarType.Float64).matmul(y.to(ScalarType.Float64).t());
        var products = DotProducts.Of(x, y);
        Assert.Equal(ScalarType.Float64, products.dtype);
        Assert.Equal([3L, 4], products.shape);
        // Of the lengths of the rows, not of products that nearly cancel.
        Assert.True((products - expected).abs().max().item<double>() < 1e-7 * length);
        // Parts of a larger block, as layers hand them over.
        var slice = cat([x, x], 1).narrow(1, length / 2, length);
        var wide = slice.to(ScalarType.Float64);
        Assert.True((DotProducts.Of(slice, slice) - wide.matmul(wide.t())).abs().max().item<double>() < 1e-7 * length);
    }
}
