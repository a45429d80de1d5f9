using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Products on both sides of the size from which they go another way, in every layout, against double precision.</summary>
public class MatrixProductTests
{
    /// <summary>The product, and the bound on the error of one in float32, entry by entry.</summary>
    private static (Tensor Exact, Tensor Bound) InDoublePrecision(Tensor a, Tensor b)
    {
        var (left, right) = (a.to(ScalarType.Float64), b.to(ScalarType.Float64));
        return (left.matmul(right), left.abs().matmul(right.abs()) * (a.shape[1] * 1.2e-7) + 1e-6);
    }

    [Theory]
    [InlineData(1, 300, 300)]
    [InlineData(3, 500, 700)]
    [InlineData(64, 64, 64)]
    [InlineData(80, 90, 100)]
    [InlineData(256, 640, 128)]
    [InlineData(640, 1, 900)]
    [InlineData(17, 20000, 5)]
    public void Products_of_every_layout_are_those_in_double_precision(int rows, int inner, int columns)
    {
        using var scope = NewDisposeScope();
        manual_seed(rows);
        foreach (var (leftTurned, rightTurned) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            var a = leftTurned ? randn(inner, rows).t() : randn(rows, inner);
            var b = rightTurned ? randn(columns, inner).t() : randn(inner, columns);
            var c = randn(rows, columns);
            var (exact, bound) = InDoublePrecision(a, b);
            Assert.True(((a.matmul(b).to(ScalarType.Float64) - exact).abs() <= bound).all().item<bool>());
            var sum = c.addmm(a, b, beta: -0.5f, alpha: 2).to(ScalarType.Float64);
            Assert.True(((sum - (2 * exact - 0.5 * c.to(ScalarType.Float64))).abs() <= 2 * bound + 1e-6).all().item<bool>());
            // With beta 0 what was there does not count, not even NaN.
            Assert.False(full_like(c, float.NaN).addmm(a, b, beta: 0, alpha: 1).isnan().any().item<bool>());
        }
    }

    // The sizes on both sides of those between which a batch goes another way; the strides of a dimension of length 1 mean nothing.
    [Theory]
    [InlineData(5, 7, 8, 7)]
    [InlineData(5, 8, 10, 5)]
    [InlineData(64, 16, 12, 16)]
    [InlineData(3, 1, 500, 4)]
    [InlineData(3, 30, 1, 40)]
    [InlineData(3, 40, 20, 1)]
    [InlineData(1, 32, 32, 64)]
    [InlineData(2, 32, 64, 33)]
    [InlineData(0, 16, 12, 16)]
    public void Batched_products_of_every_layout_are_those_of_their_matrices(int batch, int rows, int inner, int columns)
    {
        using var scope = NewDisposeScope();
        manual_seed(rows);
        Func<int, int, Tensor>[] layouts =
        [
            (n, m) => randn(batch, n, m),
            (n, m) => randn(batch, m, n).transpose(1, 2),
            (n, m) => randn(1, n, m).expand(batch, n, m),                          // one matrix for all
            (n, m) => randn(batch, n, 3 * m).narrow(2, m, m),                      // rows that lie apart
            (n, m) => randn(batch, m, 3 * n).narrow(2, n, n).transpose(1, 2),
            (n, m) => randn(n, batch, m).transpose(0, 1),                          // as the heads of attention
            (n, m) => randn(batch, n, 2 * m).slice(2, 0, 2 * m, 2),                // neither rows nor columns in one piece
            (n, m) => randn(batch, n, 1).expand(batch, n, m),
            (n, m) => randn(batch, 1, m).expand(batch, n, m),
        ];
        foreach (var left in layouts)
            foreach (var right in layouts)
            {
                var (a, b) = (left(rows, inner), right(inner, columns));
                var product = a.bmm(b);
                Assert.Equal([batch, rows, columns], product.shape);
                Assert.True(product.is_contiguous());
                for (var i = 0; i < batch; i++)
                {
                    var (exact, bound) = InDoublePrecision(a[i], b[i]);
                    Assert.True(((product[i].to(ScalarType.Float64) - exact).abs() <= bound).all().item<bool>());
                }
            }
    }

    [Fact]
    public void A_batched_product_has_the_gradients_of_its_matrices_and_refuses_what_does_not_fit()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (a, b, factor) = (randn(6, 16, 12, requires_grad: true), randn(6, 12, 16, requires_grad: true), randn(6, 16, 16));
        (a.bmm(b) * factor).sum().backward();
        for (var i = 0; i < 6; i++)
        {
            // d sum(F * AB) / dA = F B', and for B it is A' F.
            Assert.True(a.grad![i].allclose(factor[i].mm(b[i].t()), 1e-5, 1e-5));
            Assert.True(b.grad![i].allclose(a[i].t().mm(factor[i]), 1e-5, 1e-5));
        }
        Assert.ThrowsAny<Exception>(() => randn(6, 16, 12).bmm(randn(6, 13, 16)));
        Assert.ThrowsAny<Exception>(() => randn(6, 16, 12).bmm(randn(5, 12, 16)));
        Assert.ThrowsAny<Exception>(() => randn(6, 16, 12).bmm(randn(6, 12, 16, dtype: ScalarType.Float64)));
    }
}
