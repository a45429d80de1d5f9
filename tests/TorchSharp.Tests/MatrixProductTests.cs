using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Products on both sides of the size from which they go another way, in every layout, against double precision.</summary>
public class MatrixProductTests
{
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
            var exact = a.to(ScalarType.Float64).matmul(b.to(ScalarType.Float64));
            // The bound on the error of a product in float32, entry by entry.
            var bound = a.to(ScalarType.Float64).abs().matmul(b.to(ScalarType.Float64).abs()) * (inner * 1.2e-7) + 1e-6;
            Assert.True(((a.matmul(b).to(ScalarType.Float64) - exact).abs() <= bound).all().item<bool>());
            var sum = c.addmm(a, b, beta: -0.5f, alpha: 2).to(ScalarType.Float64);
            Assert.True(((sum - (2 * exact - 0.5 * c.to(ScalarType.Float64))).abs() <= 2 * bound + 1e-6).all().item<bool>());
            // With beta 0 what was there does not count, not even NaN.
            Assert.False(full_like(c, float.NaN).addmm(a, b, beta: 0, alpha: 1).isnan().any().item<bool>());
        }
    }
}
