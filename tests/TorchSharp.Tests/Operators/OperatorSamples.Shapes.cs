using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void Shapes()
    {
        // ---- shapes and views
        Each(R, ("view", x => x.view(3, 2)), ("reshape", x => x.reshape(-1)), ("view_as", x => x.view_as(Zeros(6))), ("flatten", x => x.flatten()),
            ("unflatten", x => x.unflatten(1, 3, 1)), ("squeeze", x => x.unsqueeze(0).squeeze()), ("unsqueeze", x => x.unsqueeze(1)),
            ("transpose", x => x.transpose(0, 1)), ("t", x => x.t()), ("adjoint", x => x.adjoint()), ("permute", x => x.permute(1, 0)),
            ("movedim", x => x.movedim([0], [1])), ("expand", x => x.expand(4, 2, 3)), ("expand_as", x => x.expand_as(Zeros(2, 2, 3))),
            ("broadcast_to", x => x.broadcast_to(2, 2, 3)), ("broadcast_tensors", x => broadcast_tensors(x, Zeros(4, 1, 1))[0]), ("repeat", x => x.repeat(2, 2)),
            ("repeat_interleave", x => x.repeat_interleave(2, 1)), ("tile", x => x.tile([2, 1])), ("narrow", x => x.narrow(1, 1, 2)),
            ("select", x => x.select(1, 2)), ("slice", x => x.slice(1, 0, 3, 2)), ("diagonal", x => x.diagonal()), ("diag", x => x.diag()),
            ("diag_embed", x => x.diag_embed()), ("diagflat", x => x.diagflat()), ("tril", x => x.tril()), ("triu", x => x.triu()),
            ("unfold", x => x.unfold(1, 2, 1)), ("as_strided", x => x.as_strided([2, 2], [1, 2])), ("ravel", x => x.ravel()),
            ("atleast_1d", x => x.atleast_1d()), ("atleast_2d", x => x.atleast_2d()), ("atleast_3d", x => x.atleast_3d()), ("contiguous", x => x.t().contiguous()),
            ("clone", x => x.clone()), ("flip", x => x.flip(1)), ("fliplr", x => x.fliplr()), ("flipud", x => x.flipud()), ("roll", x => x.roll(1, 1)),
            ("rot90", x => Ops.rot90_operator(x, 1, [0, 1])), ("to", x => x.to(type, copy: true)), ("real", x => complex(x, x * 2).real),
            ("imag", x => complex(x, x * 2).imag), ("complex", x => complex(x, x * 2).abs()));
        On("pixel_shuffle", x => Ops.pixel_shuffle(x[0], 2), R(1, 4, 2, 2));
        On("pixel_unshuffle", x => Ops.pixel_unshuffle(x[0], 2), R(1, 1, 4, 4));

        // ---- joining and splitting
        On("cat", x => cat([x[0], x[1]], 1), R(2, 3), R(2, 2));
        On("stack", x => stack([x[0], x[1]], 1), R(2, 3), R(2, 3));
        On("hstack", x => hstack([x[0], x[1]]), R(2, 3), R(2, 3));
        On("vstack", x => vstack([x[0], x[1]]), R(2, 3), R(2, 3));
        On("dstack", x => dstack([x[0], x[1]]), R(2, 3), R(2, 3));
        On("column_stack", x => column_stack([x[0], x[1]]), R(3), R(3));
        On("block_diag", x => block_diag(x[0], x[1]), R(2, 3), R(1, 2));
        On("cartesian_prod", x => cartesian_prod([x[0], x[1]]), R(2), R(3));
        On("meshgrid", x => meshgrid([x[0], x[1]])[0], R(2), R(3));
        On("split", x => x[0].split(2)[1], R(5));
        On("split_with_sizes", x => x[0].split([1, 4])[1], R(5));
        On("split_with_sizes", x => x[0].split(1L, 4L)[1], R(5));
        On("hsplit", x => x[0].hsplit(2)[1], R(2, 4));
        On("vsplit", x => x[0].vsplit(1L, 2L)[1], R(3, 2));
        On("dsplit", x => x[0].dsplit(2)[1], R(1, 2, 4));
        On("tensor_split", x => x[0].tensor_split(Index(2, 3))[2], R(5));
        On("movedim", x => movedim(x[0], 0, 1), R(2, 3));
        On("chunk", x => x[0].chunk(2)[1], R(5));
        On("unbind", x => x[0].unbind(1)[1], R(2, 3));
        On("tensor_split", x => x[0].tensor_split(2)[1], R(5));
        On("tensor_split", x => x[0].tensor_split([2L, 3L])[2], R(5));
    }
}
