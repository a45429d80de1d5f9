using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    /// <summary>Operators that only the modules use.</summary>
    private void Modules()
    {
        On("conv3d", x => Ops.conv3d_named(x[0], x[1], x[2], [1, 1, 1], "same", [1, 1, 1], 1), R(1, 1, 3, 2, 2), R(2, 1, 2, 2, 2), R(2));
        On("conv_transpose3d", x => Ops.conv_transpose3d(x[0], x[1], x[2], [2, 1, 1], [0, 0, 0], [1, 0, 0], 1, [1, 1, 1]), R(1, 2, 2, 2, 2), R(2, 1, 2, 2, 2), R(1));
        On("max_pool1d_with_indices", x => Ops.max_pool1d_with_indices(x[0], [2], [2], [0], [1], false).values, R(1, 2, 6));
        On("max_pool2d_with_indices", x => Ops.max_pool2d_with_indices(x[0], [2, 2], [2, 2], [0, 0], [1, 1], false).values, R(1, 2, 4, 4));
        On("max_pool3d_with_indices", x => Ops.max_pool3d_with_indices(x[0], [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], false).values, R(1, 1, 2, 4, 4));
        On("max_unpool2d", x => Ops.max_unpool2d(x[0], Index(0, 3, 9, 15).reshape(1, 1, 2, 2), [4, 4]), R(1, 1, 2, 2));
        On("max_unpool3d", x => Ops.max_unpool3d(x[0], Index(0, 3, 9, 15).reshape(1, 1, 1, 2, 2), [2, 4, 4], [2, 2, 2], [0, 0, 0]), R(1, 1, 1, 2, 2));
        On("fractional_max_pool2d", x => Ops.fractional_max_pool2d(x[0], [2, 2], [2, 3], N(0.3, 0.7).reshape(1, 1, 2)).values, R(1, 1, 5, 6));
        On("fractional_max_pool3d", x => Ops.fractional_max_pool3d(x[0], [2, 2, 2], [2, 2, 2], N(0.3, 0.7, 0.5).reshape(1, 1, 3)).values, R(1, 1, 4, 4, 4));
        On("avg_pool3d", x => Ops.avg_pool3d(x[0], [2, 2, 2], [1, 2, 2], [0, 0, 0], false, true, null), R(1, 1, 3, 4, 4));
        On("adaptive_avg_pool3d", x => Ops.adaptive_avg_pool3d(x[0], [2, 1, 2]), R(1, 1, 3, 2, 4));
        On("adaptive_max_pool3d", x => Ops.adaptive_max_pool3d(x[0], [2, 1, 2]).values, R(1, 1, 3, 2, 4));
        On("upsample_nearest1d", x => Ops.upsample_nearest1d(x[0], [6], null), R(1, 2, 3));
        On("upsample_nearest2d", x => Ops.upsample_nearest2d(x[0], null, [2, 1.5]), R(1, 2, 2, 3));
        On("upsample_nearest3d", x => Ops.upsample_nearest3d(x[0], [2, 4, 3], null), R(1, 1, 2, 2, 2));
        On("_upsample_nearest_exact1d", x => Ops.upsample_nearest_exact1d(x[0], [5], null), R(1, 2, 3));
        On("_upsample_nearest_exact2d", x => Ops.upsample_nearest_exact2d(x[0], [4, 5], null), R(1, 1, 2, 3));
        On("_upsample_nearest_exact3d", x => Ops.upsample_nearest_exact3d(x[0], [2, 4, 3], null), R(1, 1, 2, 2, 2));
        On("upsample_linear1d", x => Ops.upsample_linear1d(x[0], [6], false, null), R(1, 2, 3));
        On("upsample_bilinear2d", x => Ops.upsample_bilinear2d(x[0], null, false, [2, 1.5]), R(1, 2, 2, 3));
        On("upsample_bicubic2d", x => Ops.upsample_bicubic2d(x[0], [4, 6], true, null), R(1, 1, 3, 3));
        On("upsample_trilinear3d", x => Ops.upsample_trilinear3d(x[0], [3, 3, 4], false, null), R(1, 1, 2, 2, 2));
        On("_upsample_bilinear2d_aa", x => Ops.upsample_bilinear2d_aa(x[0], [2, 3], false, null), R(1, 1, 4, 5));
        On("_upsample_bicubic2d_aa", x => Ops.upsample_bicubic2d_aa(x[0], [2, 3], false, null), R(1, 1, 4, 5));
        On("ctc_loss", x => Ops.ctc_loss_of_tensors(x[0].log_softmax(2), Index(new long[,] { { 1, 2 } }), Index(4), Index(2), 0, 1, false), R(4, 1, 3));
        On("mish", x => Ops.mish_(x[0].clone()), R(3));
        On("rrelu", x => Ops.rrelu_(x[0].clone(), 0.1, 0.3, false), R(3));
        On("alpha_dropout", x => Ops.alpha_dropout_(x[0].clone(), 0.5, false), R(3));
        On("feature_alpha_dropout", x => Ops.feature_alpha_dropout(x[0], 0.5, false), R(3, 2, 2));
        On("feature_alpha_dropout", x => Ops.feature_alpha_dropout_(x[0].clone(), 0.5, false), R(3, 2, 2));
        On("pad_sequence", x => Ops.pad_sequence([x[0], x[1]], true, 0.5), R(3, 2), R(2, 2));
        On("_pack_padded_sequence", x => Ops.pack_padded_sequence(x[0], Index(3, 2).cpu(), false).data, R(3, 2, 2));
        On("_pad_packed_sequence", x => Ops.pad_packed_sequence(x[0], Index(2, 2, 1).cpu(), true, 0, 3).output, R(5, 2));
        On("lstm", x => Ops.lstm_packed(x[0], Index(2, 1).cpu(), [x[1], x[2]], [x[3], x[4]], false, 1, 0, true, false).output, R(3, 2), R(1, 2, 2), R(1, 2, 2), R(8, 2), R(8, 2));
        On("gru", x => Ops.gru_packed(x[0], Index(2, 1).cpu(), x[1], [x[2], x[3]], false, 1, 0, true, false).output, R(3, 2), R(1, 2, 2), R(6, 2), R(6, 2));
        On("rnn_tanh", x => Ops.rnn_tanh(x[0], x[1], [x[2], x[3]], false, 1, 0, true, false, true).output, R(1, 3, 2), R(1, 1, 2), R(2, 2), R(2, 2));
        On("rnn_tanh", x => Ops.rnn_tanh_packed(x[0], Index(2, 1).cpu(), x[1], [x[2], x[3]], false, 1, 0, true, false).output, R(3, 2), R(1, 2, 2), R(2, 2), R(2, 2));
        On("rnn_relu", x => Ops.rnn_relu(x[0], x[1], [x[2], x[3]], false, 1, 0, true, false, true).output, R(1, 3, 2), R(1, 1, 2), R(2, 2), R(2, 2));
        On("rnn_relu", x => Ops.rnn_relu_packed(x[0], Index(2, 1).cpu(), x[1], [x[2], x[3]], false, 1, 0, true, false).output, R(3, 2), R(1, 2, 2), R(2, 2), R(2, 2));
        On("lstm_cell", x => Ops.lstm_cell(x[0], [x[1], x[2]], x[3], x[4], x[5], x[6]).hidden, R(2, 3), R(2, 2), R(2, 2), R(8, 3), R(8, 2), R(8), R(8));
        On("gru_cell", x => Ops.gru_cell(x[0], x[1], x[2], x[3], x[4], x[5]), R(2, 3), R(2, 2), R(6, 3), R(6, 2), R(6), R(6));
        On("rnn_tanh_cell", x => Ops.rnn_tanh_cell(x[0], x[1], x[2], x[3], x[4], x[5]), R(2, 3), R(2, 2), R(2, 3), R(2, 2), R(2), R(2));
        On("rnn_relu_cell", x => Ops.rnn_relu_cell(x[0], x[1], x[2], x[3], x[4], x[5]), R(2, 3), R(2, 2), R(2, 3), R(2, 2), R(2), R(2));
    }
}
