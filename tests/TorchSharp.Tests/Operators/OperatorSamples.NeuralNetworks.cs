using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void NeuralNetworks()
    {
        On("conv1d", x => Ops.conv1d(x[0], x[1], x[2], [1], [1], [1], 1), R(1, 2, 5), R(3, 2, 3), R(3));
        On("conv1d", x => Ops.conv1d_named(x[0], x[1], x[2], [1], "same", [1], 1), R(1, 2, 5), R(3, 2, 3), R(3));
        On("conv2d", x => Ops.conv2d(x[0], x[1], x[2], [2, 1], [1, 0], [1, 1], 2), R(1, 2, 5, 4), R(4, 1, 3, 2), R(4));
        On("conv2d", x => Ops.conv2d_named(x[0], x[1], x[2], [1, 1], "valid", [1, 1], 1), R(1, 2, 4, 4), R(3, 2, 2, 2), R(3));
        On("conv3d", x => Ops.conv3d(x[0], x[1], x[2], [1, 1, 1], [0, 0, 0], [1, 1, 1], 1), R(1, 1, 3, 3, 3), R(2, 1, 2, 2, 2), R(2));
        On("conv_transpose1d", x => Ops.conv_transpose1d(x[0], x[1], x[2], [2], [0], [0], 1, [1]), R(1, 2, 3), R(2, 2, 2), R(2));
        On("conv_transpose2d", x => Ops.conv_transpose2d(x[0], x[1], x[2], [1, 1], [0, 0], [0, 0], 1, [1, 1]), R(1, 2, 3, 3), R(2, 2, 2, 2), R(2));
        On("max_pool1d", x => Ops.max_pool1d(x[0], [2], [2], [0], [1], false), R(1, 2, 6));
        On("max_pool2d", x => Ops.max_pool2d(x[0], [2, 2], [2, 2], [0, 0], [1, 1], false), R(1, 2, 4, 4));
        On("max_pool3d", x => Ops.max_pool3d(x[0], [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], false), R(1, 1, 2, 4, 4));
        On("avg_pool1d", x => Ops.avg_pool1d(x[0], [2], [2], [0], false, true), R(1, 2, 6));
        On("avg_pool2d", x => Ops.avg_pool2d(x[0], [2, 2], [2, 2], [0, 0], false, true, null), R(1, 2, 4, 4));
        On("adaptive_avg_pool1d", x => Ops.adaptive_avg_pool1d(x[0], [2]), R(1, 2, 5));
        On("adaptive_avg_pool2d", x => Ops.adaptive_avg_pool2d(x[0], [2, 2]), R(1, 2, 5, 4));
        On("adaptive_max_pool1d", x => Ops.adaptive_max_pool1d(x[0], [2]).values, R(1, 2, 5));
        On("adaptive_max_pool2d", x => Ops.adaptive_max_pool2d(x[0], [2, 2]).values, R(1, 2, 5, 4));
        On("im2col", x => Ops.im2col(x[0], [2, 2], [1, 1], [0, 0], [1, 1]), R(1, 2, 3, 3));
        On("col2im", x => Ops.col2im(x[0], [3, 3], [2, 2], [1, 1], [0, 0], [1, 1]), R(1, 8, 4));
        On("grid_sampler", x => Ops.grid_sampler(x[0], x[1] * 0.4, 0, 0, false), R(1, 1, 4, 4), U(1, 2, 2, 2));
        On("affine_grid_generator", x => Ops.affine_grid_generator(x[0], [1, 1, 2, 2], false), R(1, 2, 3));
        On("constant_pad_nd", x => Ops.constant_pad_nd(x[0], [1, 2], 0.5), R(2, 3));
        On("reflection_pad1d", x => Ops.reflection_pad1d(x[0], [1, 1]), R(1, 2, 4));
        On("reflection_pad2d", x => Ops.reflection_pad2d(x[0], [1, 1, 1, 1]), R(1, 1, 3, 3));
        On("replication_pad1d", x => Ops.replication_pad1d(x[0], [1, 1]), R(1, 2, 4));
        On("replication_pad2d", x => Ops.replication_pad2d(x[0], [1, 1, 1, 1]), R(1, 1, 3, 3));
        On("dropout", x => Ops.dropout(x[0], 0.5, false), R(3));
        On("alpha_dropout", x => Ops.alpha_dropout(x[0], 0.5, false), R(3));
        On("feature_dropout", x => Ops.feature_dropout(x[0], 0.5, false), R(3, 2, 2));
        On("embedding", x => Ops.embedding(x[0], Index(2, 0, 2), -1, false, false), R(3, 2));
        On("embedding_bag", x => Ops.embedding_bag(x[0], Index(2, 0, 2), Index(0, 2), false, 0, false, null, false, null).output, R(3, 2));
        On("layer_norm", x => Ops.layer_norm(x[0], [3], x[1], x[2], 1e-5), R(2, 3), R(3), R(3));
        On("group_norm", x => Ops.group_norm(x[0], 2, x[1], x[2], 1e-5), R(2, 4, 3), R(4), R(4));
        On("batch_norm", x => Ops.batch_norm(x[0], x[1], x[2], null, null, true, 0.1, 1e-5, false), R(4, 3), R(3), R(3));
        On("instance_norm", x => Ops.instance_norm(x[0], x[1], x[2], null, null, true, 0.1, 1e-5, false), R(2, 2, 5), R(2), R(2));
        On("pad", x => Ops.pad(x[0], [1, 1], "reflect", null), R(1, 2, 4));
        On("mse_loss", x => Ops.mse_loss(x[0], x[1], 1), R(2, 3), R(2, 3));
        On("l1_loss", x => Ops.l1_loss(x[0], x[1], 1), R(2, 3), R(2, 3));
        On("smooth_l1_loss", x => Ops.smooth_l1_loss(x[0], x[1], 1, 0.5), R(2, 3), R(2, 3));
        On("huber_loss", x => Ops.huber_loss(x[0], x[1], 1, 0.5), R(2, 3), R(2, 3));
        On("cross_entropy_loss", x => Ops.cross_entropy_loss(x[0], Index(0, 2), null, 1, -100, 0.1), R(2, 3));
        On("nll_loss_nd", x => Ops.nll_loss(x[0].log_softmax(1), Index(0, 2), null, 0, -100), R(2, 3));
        On("binary_cross_entropy", x => Ops.binary_cross_entropy(x[0], N(0, 1, 1), null, 1), Q(3));
        On("binary_cross_entropy_with_logits", x => Ops.binary_cross_entropy_with_logits(x[0], N(0, 1, 1), null, null, 1), R(3));
        On("kl_div", x => Ops.kl_div(x[0].log_softmax(0), N(0.2, 0.3, 0.5), 2, false), R(3));
        On("poisson_nll_loss", x => Ops.poisson_nll_loss(x[0], N(0, 1, 3), true, false, 1e-8, 1), R(3));
        On("hinge_embedding_loss", x => Ops.hinge_embedding_loss(x[0], N(-1, 1, 1), 1, 1), R(3));
        On("margin_ranking_loss", x => Ops.margin_ranking_loss(x[0], x[1], N(-1, 1, 1), 0.5, 1), R(3), R(3));
        On("cosine_embedding_loss", x => Ops.cosine_embedding_loss(x[0], x[1], N(-1, 1), 0.1, 1), R(2, 3), R(2, 3));
        On("triplet_margin_loss", x => Ops.triplet_margin_loss(x[0], x[1], x[2], 5, 2, 1e-6, false, 1), R(2, 3), R(2, 3), R(2, 3));
        On("soft_margin_loss", x => Ops.soft_margin_loss(x[0], N(-1, 1, 1), 1), R(3));
        On("multi_margin_loss", x => Ops.multi_margin_loss(x[0], Index(0, 2), 1, 1, null, 1), R(2, 3));
        On("multilabel_margin_loss", x => Ops.multilabel_margin_loss(x[0], Index(new long[,] { { 2, 0, -1 } }), 1), R(1, 3));
        On("ctc_loss", x => Ops.ctc_loss(x[0].log_softmax(2), Index(new long[,] { { 1, 2 } }), [4], [2], 0, 1, false), R(4, 1, 3));
        On("lstm", x => Ops.lstm(x[0], [x[1], x[2]], [x[3], x[4]], false, 1, 0, true, false, true).output, R(1, 3, 2), R(1, 1, 2), R(1, 1, 2), R(8, 2), R(8, 2));
        On("gru", x => Ops.gru(x[0], x[1], [x[2], x[3]], false, 1, 0, true, false, true).output, R(1, 3, 2), R(1, 1, 2), R(6, 2), R(6, 2));
    }
}
