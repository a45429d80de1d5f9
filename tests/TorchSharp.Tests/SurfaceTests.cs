using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Ways to call that TorchSharp has beside the plain one: other names, other forms of an argument, and what they give.</summary>
public class SurfaceTests
{
    private static readonly Tensor grid = arange(6, float64).reshape(2, 3);

    private static double[] Numbers(Tensor tensor) => tensor.data<double>().ToArray();

    [Fact]
    public void Static_functions_name_their_operands_left_and_right()
    {
        Assert.Equal(Numbers(grid + 1), Numbers(add(left: grid, right: 1)));
        Assert.Equal(Numbers(grid * grid), Numbers(mul(left: grid, right: grid)));
        Assert.Equal(Numbers(grid % 2), Numbers(remainder(left: grid, right: 2)));
        Assert.True(equal(eq(left: grid, right: grid), ones_like(grid, @bool)));
        Assert.Equal([0.0, 1, 2], Numbers(split(tensor: grid, split_size_or_sections: [1, 1])[0]));
        Assert.Equal([0.0, 3], Numbers(unbind(grid, dim: 1L)[0]));
        Assert.Equal(Numbers(grid.std([1])), Numbers(std(grid, dimensions: 1)));
    }

    [Fact]
    public void Positions_select_an_element_however_they_are_given()
    {
        Assert.Equal(5.0, grid[new long[] { 1, 2 }].item<double>());
        Assert.Equal([3.0, 4, 5], Numbers(grid[new long[] { 1 }]));
        var copy = grid.clone();
        copy[new long[] { 1, 2 }] = tensor(-1.0);
        Assert.Equal([0.0, 1, 2, 3, 4, -1], Numbers(copy));
        Assert.Equal(5.0, grid.reshape(1, 1, 1, 2, 3)[0, 0, 0, 1, 2].item<double>());
        Assert.Equal(4, grid[1, 1].storage_offset());
        Assert.Equal([[1L, 1], [0, 2]], grid.eq(3).logical_or(grid.eq(5)).nonzero_as_list().Select(t => t.data<long>().ToArray()));
    }

    [Fact]
    public void New_tensors_take_type_and_device_from_the_old_one()
    {
        foreach (var made in new[] { grid.new_zeros(2, 3), grid.new_zeros([2, 3]), grid.new_zeros(new long[] { 2, 3 }), grid.new_full(2, 3, 0) })
        {
            Assert.Equal([2L, 3], made.shape);
            Assert.Equal(float64, made.dtype);
            Assert.Equal(0, made.sum().item<double>());
        }
        Assert.Equal(int64, grid.new_ones(4, dtype: int64).dtype);
        Assert.Equal([5L], randint(0, 10, new[] { 5 }).shape);
        Assert.All(grid.randint_like(3, 5).data<double>(), x => Assert.InRange(x, 3, 4));
    }

    [Fact]
    public void Sums_and_extremes_over_several_dimensions()
    {
        Assert.Equal(15, grid.sum(0, 1).item<double>());
        Assert.Equal([15.0], Numbers(grid.reshape(1, 2, 3).sum(1, 2)));
        Assert.Equal(5, grid.amax(0, 1).item<double>());
        var (min, max) = grid.aminmax(1);
        Assert.Equal([0.0, 3], Numbers(min));
        Assert.Equal([2.0, 5], Numbers(max));
        Assert.Equal(Math.Sqrt(55), norm(grid).item<double>(), 12);
        Assert.Equal([3.0, 12], Numbers(norm(grid, 1, p: 1)));
    }

    [Fact]
    public void Parts_of_a_complex_tensor_are_properties()
    {
        var z = complex(grid, grid + 1);
        Assert.Equal(Numbers(grid), Numbers(z.real));
        Assert.Equal(Numbers(grid + 1), Numbers(z.imag));
        Assert.Equal(Numbers((-grid - 1).mT), Numbers(z.mH.resolve_conj().imag));
        Assert.Equal([3L, 2], z.H.shape);
    }

    [Fact]
    public void Rows_can_be_joined_without_making_a_list()
    {
        var (a, b) = (tensor(new[] { 1.0, 2 }), tensor(new[] { 3.0, 4 }));
        Assert.Equal([1.0, 2, 3, 4], Numbers(hstack(a, b)));
        Assert.Equal([2L, 2], vstack(a, b).shape);
        Assert.Equal([1L, 2, 2], dstack(a, b).shape);
        Assert.Equal(Numbers(vstack(a, b)), Numbers(row_stack([a, b])));
        Assert.Equal(Numbers(grid.mm(grid.T).mm(grid)), Numbers(chain_matmul(grid, grid.T, grid)));
    }

    [Fact]
    public void Linear_algebra_in_its_other_forms()
    {
        // Only the named triangle is read: 2 beside a diagonal of ones has the eigenvalues -1 and 3.
        var upper = tensor(new[,] { { 1.0, 2 }, { 100, 1 } });
        Assert.Equal([-1.0, 3], Numbers(linalg.eigh(upper, 'U').eigenvalues).Select(x => Math.Round(x, 10)));
        Assert.Equal([-1.0, 3], Numbers(linalg.eigvalsh(upper, 'U')).Select(x => Math.Round(x, 10)));
        var diagonal = diag(tensor(new[] { 1.0, 4 }));
        Assert.Equal(Math.Sqrt(17) * Math.Sqrt(17) / 4, linalg.cond(diagonal, "fro").item<double>(), 10);
        Assert.Equal(4, linalg.cond(diagonal, 1).item<double>(), 10);
        Assert.Equal(1, linalg.matrix_rank(diagonal, atol: 2).item<long>());
        Assert.Equal([1.0, 0.0], Numbers(linalg.pinv(diag(tensor(new[] { 1.0, 1e-9 })), rtol: 1e-3).diagonal()));
        Assert.Equal([1.0, 4], Numbers(linalg.diagonal(diagonal)));
    }

    [Fact]
    public void Powers_turns_and_areas()
    {
        var x = tensor(new[] { 1.0, 2, 3 });
        Assert.Equal([1.0, 1, 1, 4, 2, 1, 9, 3, 1], Numbers(vander(x)));
        Assert.Equal([1.0, 1, 1, 2, 1, 3], Numbers(x.vander(2, increasing: true)));
        Assert.Equal([2.0, 5, 1, 4, 0, 3], Numbers(grid.rot90()));
        Assert.Equal(Numbers(grid.rot90(-1)), Numbers(rot90(grid, 1, (1, 0))));
        Assert.Equal(4, trapz(x, 1.0).item<double>());
        Assert.Equal([1.5, 4], Numbers(x.cumulative_trapezoid()));
        Assert.Equal(Math.PI * Math.PI / 6, tensor(1.0).polygamma(1).item<double>(), 8);
    }

    [Fact]
    public void In_place_forms_change_the_tensor_itself()
    {
        var x = tensor(new[] { 7.0, -7 });
        Assert.Same(x, x.divide_(2, RoundingMode.floor));
        Assert.Equal([3.0, -4], Numbers(x));
        Assert.Same(x, div_(x, tensor(2.0)));
        Assert.Equal([1.5, -2], Numbers(x));
        Assert.Same(x, x.absolute_());
        Assert.Equal([1.5, 2], Numbers(x));
        Assert.Equal(Numbers(x.gelu(TorchSharp.Modules.GELU.Approximate.tanh)), Numbers(x.clone().gelu_(TorchSharp.Modules.GELU.Approximate.tanh)));
        Assert.NotEqual(Numbers(x.gelu()), Numbers(x.gelu(TorchSharp.Modules.GELU.Approximate.tanh)));
    }

    [Fact]
    public void Counts_drawn_at_random_have_their_means()
    {
        manual_seed(1);
        Assert.InRange(zeros(20_000).geometric_(0.25).mean().item<float>(), 3.9, 4.1);
        Assert.InRange(zeros(20_000).bernoulli_(full(20_000, 0.3, float32)).mean().item<float>(), 0.28, 0.32);
        Assert.InRange(binomial(full(20_000, 10, float32), full(20_000, 0.3, float32)).mean().item<float>(), 2.9, 3.1);
    }
}
