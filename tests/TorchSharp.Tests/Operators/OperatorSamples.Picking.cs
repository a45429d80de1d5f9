using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void Picking()
    {
        On("gather", x => x[0].gather(1, Index(new long[,] { { 0, 2 }, { 1, 1 } })), R(2, 3));
        On("scatter", x => x[0].scatter(1, Index(new long[,] { { 0, 2 }, { 1, 0 } }), x[1]), R(2, 3), R(2, 2));
        On("scatter_add", x => x[0].scatter_add(0, Index(0, 0, 1), x[1]), R(2), R(3));
        On("scatter_reduce", x => Ops.scatter_reduce(x[0], 0, Index(0, 0, 1), x[1], "amax", true), R(2), R(3));
        On("diagonal_scatter", x => x[0].diagonal_scatter(x[1]), R(2, 3), R(2));
        On("select_scatter", x => x[0].select_scatter(x[1], 0, 1), R(2, 3), R(3));
        On("slice_scatter", x => x[0].slice_scatter(x[1], 1, 1, 3), R(2, 3), R(2, 2));
        On("index", x => x[0][TensorIndex.Colon, TensorIndex.Tensor(Index(2, 0, 0))], R(2, 3));
        On("index_put", x => x[0].clone().index_put_(x[1], Index(1, 0)), R(3), R(2));
        On("index_select", x => x[0].index_select(1, Index(2, 0)), R(2, 3));
        On("index_add", x => x[0].index_add(0, Index(1, 1), x[1], 2), R(3), R(2));
        On("index_copy", x => x[0].index_copy(0, Index(2, 0), x[1]), R(3), R(2));
        On("index_fill", x => x[0].index_fill(0, Index(1), 4), R(3));
        On("take", x => x[0].take(Index(5, 0, 0)), R(2, 3));
        On("take_along_dim", x => x[0].take_along_dim(Index(new long[,] { { 0 }, { 2 } }), 1), R(2, 3));
        On("masked_fill", x => x[0].masked_fill(x[0] > 0, 2), R(5));
        On("masked_scatter", x => x[0].masked_scatter(Mask(true, false, true), x[1]), R(3), R(3));
        On("masked_select", x => x[0].masked_select(Mask(true, false, true)), R(3));
        On("topk", x => x[0].topk(2).values, R(2, 4));
        On("sort", x => x[0].sort(1, descending: true).Values, R(2, 4));
        On("msort", x => x[0].msort(), R(4, 2));
        On("copy", x => Zeros(2, 3).copy_(x[0]), R(2, 3));
        On("fill", x => Zeros(2, 3).fill_(x[0]), R());
        On("squeeze", x => x[0].squeeze(1), R(2, 1, 3));
    }
}
