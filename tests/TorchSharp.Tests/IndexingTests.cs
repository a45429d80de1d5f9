using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Against plain loops over the array that the tensor was made from.</summary>
public class IndexingTests
{
    // element [i, j, k] of shape 3 x 4 x 5 is 100 i + 10 j + k
    private static Tensor Grid() => tensor(
        [.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 4) from k in Enumerable.Range(0, 5) select (long)(100 * i + 10 * j + k)], [3, 4, 5]);

    private static long[] Values(Tensor x) => x.data<long>().ToArray();

    [Fact]
    public void Numbers_pick_along_the_first_dimensions()
    {
        Assert.Equal([4L, 5L], Grid()[2].shape);
        Assert.Equal([210L, 211L, 212L, 213L, 214L], Values(Grid()[2, 1]));
        Assert.Equal(213L, Grid()[2, 1, 3].item<long>());
        Assert.Equal(234L, Grid()[-1, -1, -1].item<long>());
    }

    [Fact]
    public void Slices_ranges_and_steps_keep_the_dimension()
    {
        Assert.Equal([12L, 13L, 14L], Values(Grid()[TensorIndex.Single(0), 1, 2..]));
        Assert.Equal([10L, 12L, 14L], Values(Grid()[0, 1, TensorIndex.Slice(step: 2)]));
        Assert.Equal([0L, 100L, 200L], Values(Grid()[.., 0, 0]));
        Assert.Equal([33L], Values(Grid()[TensorIndex.Single(0), ^1, 3..^1]));
        Assert.Equal([3L, 4L, 2L], Grid()[TensorIndex.Ellipsis, TensorIndex.Slice(0, 2)].shape);
        Assert.Equal([3L, 1L, 4L, 5L], Grid()[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([3L, 4L, 1L], Grid()[TensorIndex.Ellipsis, 2, TensorIndex.None].shape);
    }

    [Fact]
    public void Masks_and_index_tensors_pick_copies()
    {
        var x = Grid();
        Assert.Equal([220L, 221L, 222L, 223L, 224L, 230L, 231L, 232L, 233L, 234L], Values(x[x >= 220]));
        Assert.Equal([2L, 4L, 5L], x[tensor(new long[] { 2, 0 })].shape);
        Assert.Equal([3L, 103L, 203L], Values(x[TensorIndex.Colon, 0, tensor(new long[] { 3 })]));
        // a mask over two dimensions, then a number: one place in the list of index tensors, two dimensions of the tensor
        var mask = tensor(new[,] { { true, false, false, false }, { false, false, false, true }, { false, true, false, false } });
        Assert.Equal([2L, 132L, 212L], Values(x[mask, 2]));
        Assert.Equal([2L, 3L, 132L, 133L, 212L, 213L], Values(x[mask, 2..4]).Order().ToArray());
        Assert.Equal([12L, 134L], Values(x[tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 3 }), tensor(new long[] { 2, 4 })]));
    }

    [Fact]
    public void Assigning_writes_through()
    {
        var x = Grid();
        x[1, 2, 3] = 7L;
        x[0, 0] = tensor(new long[] { 9, 9, 9, 9, 9 });
        x[TensorIndex.Single(2), 0, 1..3] = 5L;
        x[x == 230] = -1L;
        Assert.Equal(7, x[1, 2, 3].item<long>());
        Assert.Equal([9L, 9L, 9L, 9L, 9L], Values(x[0, 0]));
        Assert.Equal([200L, 5L, 5L, 203L, 204L], Values(x[2, 0]));
        Assert.Equal(-1, x[2, 3, 0].item<long>());
        x[TensorIndex.Ellipsis] = 0L;
        Assert.Equal(0, x.sum().item<long>());
    }

    [Fact]
    public void A_view_shares_its_memory()
    {
        var x = Grid();
        x[0].fill_(1);
        Assert.Equal(20, x[0].sum().item<long>());
    }

    [Fact]
    public void Too_many_indices_are_named()
    {
        var error = Assert.Throws<IndexOutOfRangeException>(() => Grid()[0, 0, 0, TensorIndex.Colon]);
        Assert.Contains("[3, 4, 5]", error.Message);
    }

    [Fact]
    public void A_number_out_of_range_is_libtorchs_error_with_the_shape()
    {
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Grid()[5]);
        Assert.Contains("int64[3, 4, 5]", error.Message);
    }
}
