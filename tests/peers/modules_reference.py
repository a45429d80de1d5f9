"""Writes what Python's torch gives for the modules, functions and initialisations that TorchSharp.Tests checks.

    /usr/bin/python3 tests/peers/modules_reference.py        # torch 1.13.1; writes tests/TorchSharp.Tests/Reference/modules.safetensors

Each module case: seed 7, construct ("initial"), shift every floating parameter by a fixed pattern ("state"), run the inputs in training mode
("output"), the gradients of sum(output * pattern) ("gradients"), the state afterwards ("after") and the outputs in evaluation mode ("evaluated").
Input k is pattern(shape, 2, 0.3 k). A case is (constructor, input shapes, how to run it where that is more than calling it).
"""
import warnings
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import prune, rnn

from reference_file import pattern, write

torch.set_num_threads(1)
warnings.simplefilter("ignore")

IMAGE, VOLUME, LINE = (2, 2, 5, 6), (1, 2, 4, 5, 4), (2, 2, 7)
BAGS, OFFSETS = torch.tensor([1, 2, 4, 5, 4, 3]), torch.tensor([0, 2, 2])
LENGTHS = torch.tensor([2, 4, 3])
CAUSAL = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1)
PADDED = torch.tensor([[False, False, True], [False, False, False]])


def flat(result):
    """Tensors of nested tuples, one after another."""
    if isinstance(result, torch.Tensor):
        return [result]
    return [tensor for part in result if part is not None for tensor in flat(part)]


def packed(module, x):
    result = module(rnn.pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False))
    return rnn.pad_packed_sequence(result[0], batch_first=True, padding_value=0.5)[0], result[1]


def unpooled(pool, *sizes):
    return lambda m, x: m(*pool(x), *sizes)


MODULES = {
    "linear": (lambda: nn.Linear(5, 3), [(4, 5)]),
    "linear without bias": (lambda: nn.Linear(5, 3, bias=False), [(2, 4, 5)]),
    "bilinear": (lambda: nn.Bilinear(3, 2, 4), [(5, 3), (5, 2)]),
    "bilinear without bias": (lambda: nn.Bilinear(3, 2, 4, bias=False), [(2, 5, 3), (2, 5, 2)]),
    "sequential": (lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2)), [(3, 5)]),
    "named sequential": (lambda: nn.Sequential(OrderedDict([("first", nn.Linear(5, 4)), ("bend", nn.Tanh()), ("last", nn.Linear(4, 2))])), [(3, 5)]),
    "relu": (nn.ReLU, [(3, 5)]),
    "relu 6": (nn.ReLU6, [(3, 5)], lambda m, x: m(4 * x)),
    "leaky relu": (lambda: nn.LeakyReLU(0.2), [(3, 5)]),
    "prelu": (lambda: nn.PReLU(), [(3, 5)]),
    "prelu of channels": (lambda: nn.PReLU(3, 0.1), [(2, 3, 4)]),
    "rrelu": (lambda: nn.RReLU(0.1, 0.4), [(3, 5)]),
    "elu": (lambda: nn.ELU(0.7), [(3, 5)]),
    "celu": (lambda: nn.CELU(1.3), [(3, 5)]),
    "selu": (nn.SELU, [(3, 5)]),
    "gelu": (nn.GELU, [(3, 5)]),
    "gelu by tanh": (lambda: nn.GELU(approximate="tanh"), [(3, 5)]),
    "glu": (lambda: nn.GLU(1), [(3, 6, 2)]),
    "silu": (nn.SiLU, [(3, 5)]),
    "mish": (nn.Mish, [(3, 5)]),
    "hardsigmoid": (nn.Hardsigmoid, [(3, 5)], lambda m, x: m(2 * x)),
    "hardswish": (nn.Hardswish, [(3, 5)], lambda m, x: m(2 * x)),
    "hardtanh": (lambda: nn.Hardtanh(-0.5, 0.7), [(3, 5)]),
    "hardshrink": (lambda: nn.Hardshrink(0.4), [(3, 5)]),
    "softshrink": (lambda: nn.Softshrink(0.4), [(3, 5)]),
    "tanhshrink": (nn.Tanhshrink, [(3, 5)]),
    "threshold": (lambda: nn.Threshold(0.3, -2), [(3, 5)]),
    "tanh": (nn.Tanh, [(3, 5)]),
    "sigmoid": (nn.Sigmoid, [(3, 5)]),
    "log sigmoid": (nn.LogSigmoid, [(3, 5)]),
    "softplus": (lambda: nn.Softplus(2, 1.5), [(3, 5)]),
    "softsign": (nn.Softsign, [(3, 5)]),
    "softmax": (lambda: nn.Softmax(1), [(3, 5)]),
    "softmin": (lambda: nn.Softmin(0), [(3, 5)]),
    "softmax 2d": (nn.Softmax2d, [(2, 3, 2, 2)]),
    "log softmax": (lambda: nn.LogSoftmax(0), [(3, 5)]),
    "dropout": (lambda: nn.Dropout(0.3), [(6, 5)]),
    "dropout 1d": (lambda: nn.Dropout1d(0.3), [(3, 4, 2)]),
    "dropout 2d": (lambda: nn.Dropout2d(0.3), [(3, 4, 2, 2)]),
    "dropout 3d": (lambda: nn.Dropout3d(0.3), [(3, 4, 1, 2, 2)]),
    "alpha dropout": (lambda: nn.AlphaDropout(0.3), [(6, 5)]),
    "feature alpha dropout": (lambda: nn.FeatureAlphaDropout(0.3), [(3, 4, 2, 2)]),
    "batch norm 1d": (lambda: nn.BatchNorm1d(3), [(6, 3)]),
    "batch norm 1d of sequences": (lambda: nn.BatchNorm1d(3, eps=1e-3, momentum=0.3), [(4, 3, 5)]),
    "batch norm 1d without affine": (lambda: nn.BatchNorm1d(3, affine=False), [(6, 3)]),
    "batch norm 1d without statistics": (lambda: nn.BatchNorm1d(3, track_running_stats=False), [(6, 3)]),
    "batch norm 2d": (lambda: nn.BatchNorm2d(2), [(3, 2, 4, 4)]),
    "batch norm 3d": (lambda: nn.BatchNorm3d(2), [(3, 2, 2, 3, 2)]),
    "instance norm 1d": (lambda: nn.InstanceNorm1d(3, affine=True, track_running_stats=True), [(2, 3, 5)]),
    "instance norm 1d unbatched": (lambda: nn.InstanceNorm1d(3), [(3, 5)]),
    "instance norm 2d": (lambda: nn.InstanceNorm2d(2, eps=1e-3, affine=True), [(2, 2, 3, 4)]),
    "instance norm 3d": (lambda: nn.InstanceNorm3d(2, track_running_stats=True, momentum=0.4), [(2, 2, 2, 3, 2)]),
    "layer norm": (lambda: nn.LayerNorm(6), [(4, 6)]),
    "layer norm of two dimensions": (lambda: nn.LayerNorm([3, 4], eps=1e-3), [(2, 3, 4)]),
    "group norm": (lambda: nn.GroupNorm(2, 4), [(2, 4, 3, 3)]),
    "local response norm": (lambda: nn.LocalResponseNorm(3, 0.5, 0.6, 1.5), [(2, 5, 2, 3)]),
    "local response norm of an even size": (lambda: nn.LocalResponseNorm(2, 0.5), [(2, 5, 3)]),
    "conv 1d": (lambda: nn.Conv1d(3, 4, 3, stride=2, padding=1), [(2, 3, 7)]),
    "conv 1d same": (lambda: nn.Conv1d(3, 4, 4, padding="same", bias=False), [(2, 3, 7)]),
    "conv 1d circular": (lambda: nn.Conv1d(3, 4, 3, padding=2, padding_mode="circular"), [(2, 3, 7)]),
    "conv 1d unbatched": (lambda: nn.Conv1d(3, 2, 3), [(3, 7)]),
    "conv 2d": (lambda: nn.Conv2d(2, 4, 3, padding=1), [(2, 2, 5, 6)]),
    "conv 2d grouped": (lambda: nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2), [(1, 4, 6, 7)]),
    "conv 2d reflect": (lambda: nn.Conv2d(2, 3, 3, padding=(1, 2), padding_mode="reflect"), [(1, 2, 5, 6)]),
    "conv 2d same": (lambda: nn.Conv2d(2, 3, (3, 4), padding="same"), [(1, 2, 5, 6)]),
    "conv 3d": (lambda: nn.Conv3d(2, 3, (2, 3, 2), stride=(1, 2, 1), padding=(0, 1, 0)), [VOLUME]),
    "conv 3d same": (lambda: nn.Conv3d(2, 2, 2, padding="same", groups=2), [VOLUME]),
    "conv 3d replicate": (lambda: nn.Conv3d(2, 1, 3, padding=1, padding_mode="replicate", bias=False), [VOLUME]),
    "conv transpose 1d": (lambda: nn.ConvTranspose1d(2, 3, 3, stride=2, padding=1, output_padding=1), [LINE]),
    "conv transpose 1d to a size": (lambda: nn.ConvTranspose1d(2, 3, 3, stride=3), [LINE], lambda m, x: m(x, [22])),
    "conv transpose 2d": (lambda: nn.ConvTranspose2d(2, 4, (2, 3), stride=(2, 1), padding=(0, 1), output_padding=(1, 0), groups=2, dilation=(1, 2)), [(2, 2, 3, 4)]),
    "conv transpose 2d without bias": (lambda: nn.ConvTranspose2d(2, 3, 2, bias=False), [(2, 2, 3, 4)]),
    "conv transpose 3d": (lambda: nn.ConvTranspose3d(2, 1, (1, 2, 2), stride=(1, 2, 1)), [(1, 2, 2, 3, 2)]),
    "max pool 1d": (lambda: nn.MaxPool1d(3, stride=2, padding=1), [LINE]),
    "max pool 2d": (lambda: nn.MaxPool2d(2), [(2, 2, 4, 6)]),
    "max pool 3d": (lambda: nn.MaxPool3d((2, 3, 2), stride=(1, 2, 2), padding=(1, 0, 1)), [VOLUME]),
    "max pool 2d with indices": (lambda: nn.MaxPool2d((2, 3), stride=(1, 2), dilation=(2, 1), ceil_mode=True, return_indices=True), [IMAGE]),
    "max pool 1d with indices": (lambda: nn.MaxPool1d(2, return_indices=True), [LINE]),
    "max pool 3d with indices": (lambda: nn.MaxPool3d(2, return_indices=True), [VOLUME]),
    "max unpool 1d": (lambda: nn.MaxUnpool1d(2), [LINE], unpooled(nn.MaxPool1d(2, return_indices=True))),
    "max unpool 1d to a size": (lambda: nn.MaxUnpool1d(2), [LINE], unpooled(nn.MaxPool1d(2, return_indices=True), [7])),
    "max unpool 2d": (lambda: nn.MaxUnpool2d(2, stride=(2, 2)), [(1, 2, 4, 6)], unpooled(nn.MaxPool2d(2, return_indices=True))),
    "max unpool 3d": (lambda: nn.MaxUnpool3d(2), [(1, 1, 2, 4, 4)], unpooled(nn.MaxPool3d(2, return_indices=True))),
    "avg pool 1d": (lambda: nn.AvgPool1d(3, stride=2, padding=1), [LINE]),
    "avg pool 2d": (lambda: nn.AvgPool2d((2, 3), stride=1, padding=(1, 0), count_include_pad=False), [(2, 2, 4, 6)]),
    "avg pool 3d": (lambda: nn.AvgPool3d((2, 3, 2), stride=(1, 2, 2), padding=(1, 0, 1), ceil_mode=True, divisor_override=5), [VOLUME]),
    "lp pool 1d": (lambda: nn.LPPool1d(2, 3, stride=2), [LINE]),
    "lp pool 2d": (lambda: nn.LPPool2d(4, (2, 3), stride=(1, 2), ceil_mode=True), [IMAGE]),
    "fractional max pool 2d": (lambda: nn.FractionalMaxPool2d((2, 3), output_size=(3, 2)), [IMAGE]),
    "fractional max pool 3d": (lambda: nn.FractionalMaxPool3d(2, output_ratio=(0.5, 0.6, 0.5)), [VOLUME]),
    "adaptive avg pool 1d": (lambda: nn.AdaptiveAvgPool1d(3), [LINE]),
    "adaptive avg pool 2d": (lambda: nn.AdaptiveAvgPool2d((2, 3)), [(2, 2, 5, 7)]),
    "adaptive avg pool 3d": (lambda: nn.AdaptiveAvgPool3d((2, 3, 1)), [VOLUME]),
    "adaptive max pool 1d": (lambda: nn.AdaptiveMaxPool1d(3), [LINE]),
    "adaptive max pool 2d": (lambda: nn.AdaptiveMaxPool2d((2, 3), return_indices=True), [(2, 2, 5, 7)]),
    "adaptive max pool 3d": (lambda: nn.AdaptiveMaxPool3d((2, 3, 1)), [VOLUME]),
    "reflection pad 1d": (lambda: nn.ReflectionPad1d((2, 1)), [LINE]),
    "reflection pad 2d": (lambda: nn.ReflectionPad2d((2, 1, 0, 3)), [IMAGE]),
    "reflection pad 3d": (lambda: nn.ReflectionPad3d(1), [VOLUME]),
    "replication pad 1d": (lambda: nn.ReplicationPad1d(2), [LINE]),
    "replication pad 2d": (lambda: nn.ReplicationPad2d((2, 1, 0, 3)), [IMAGE]),
    "replication pad 3d": (lambda: nn.ReplicationPad3d((2, 1, 0, 3, 1, 0)), [VOLUME]),
    "constant pad 1d": (lambda: nn.ConstantPad1d((2, 1), 0.5), [LINE]),
    "constant pad 2d": (lambda: nn.ConstantPad2d(1, 0.5), [IMAGE]),
    "constant pad 3d": (lambda: nn.ConstantPad3d((2, 1, 0, 3, 1, 0), -1), [VOLUME]),
    "zero pad 2d": (lambda: nn.ZeroPad2d((1, 0, 2, -1)), [IMAGE]),
    "flatten": (lambda: nn.Flatten(1, 2), [(2, 3, 2, 2)]),
    "unflatten": (lambda: nn.Unflatten(1, (2, 3)), [(2, 6)]),
    "identity": (nn.Identity, [(2, 3)]),
    "unfold": (lambda: nn.Unfold((2, 3), dilation=(1, 2), padding=1, stride=(2, 1)), [IMAGE]),
    "fold": (lambda: nn.Fold((4, 5), (2, 3), padding=(0, 1), stride=(2, 1)), [(2, 12, 10)]),
    "pixel shuffle": (lambda: nn.PixelShuffle(2), [(2, 8, 2, 3)]),
    "pixel unshuffle": (lambda: nn.PixelUnshuffle(2), [(2, 2, 4, 6)]),
    "channel shuffle": (lambda: nn.ChannelShuffle(3), [(2, 6, 2, 2)], lambda m, x: x.reshape(2, 3, 2, 2, 2).transpose(1, 2).reshape(x.shape) if m.training else m(x)),
    "cosine similarity": (lambda: nn.CosineSimilarity(dim=2, eps=1e-6), [(2, 3, 4), (2, 3, 4)]),
    "pairwise distance": (lambda: nn.PairwiseDistance(3, eps=1e-3, keepdim=True), [(3, 4), (3, 4)]),
    "upsample nearest 1d": (lambda: nn.Upsample(size=[10]), [LINE]),
    "upsample nearest 2d": (lambda: nn.Upsample(scale_factor=(2.0, 1.5)), [IMAGE]),
    "upsample nearest 3d": (lambda: nn.Upsample(scale_factor=(1.0, 2.0, 1.5)), [(1, 2, 2, 2, 3)]),
    "upsample linear": (lambda: nn.Upsample(size=[10], mode="linear", align_corners=True), [LINE]),
    "upsample bilinear": (lambda: nn.Upsample(scale_factor=(1.7, 1.5), mode="bilinear"), [IMAGE]),
    "upsample bilinear recomputed": (lambda: nn.Upsample(scale_factor=(1.7, 1.5), mode="bilinear", recompute_scale_factor=True), [IMAGE]),
    "upsample bicubic": (lambda: nn.Upsample(size=(3, 8), mode="bicubic", align_corners=False), [IMAGE]),
    "upsample trilinear": (lambda: nn.Upsample(size=(3, 3, 4), mode="trilinear"), [(1, 2, 2, 2, 3)]),
    "embedding": (lambda: nn.Embedding(7, 3, padding_idx=2), [], lambda m: m(torch.tensor([[1, 2], [6, 1]]))),
    "embedding with a largest norm": (lambda: nn.Embedding(7, 3, max_norm=0.8, scale_grad_by_freq=True), [], lambda m: m(torch.tensor([[1, 2], [6, 1]]))),
    "embedding bag": (lambda: nn.EmbeddingBag(7, 3), [], lambda m: m(BAGS, OFFSETS)),
    "embedding bag of sums": (lambda: nn.EmbeddingBag(7, 3, mode="sum", padding_idx=4, include_last_offset=True), [], lambda m: m(BAGS, torch.tensor([0, 2, 6]))),
    "embedding bag of maxima": (lambda: nn.EmbeddingBag(7, 3, mode="max", max_norm=1.5), [], lambda m: m(BAGS.reshape(2, 3))),
    "embedding bag with weights": (lambda: nn.EmbeddingBag(7, 3, mode="sum"), [(2, 3)], lambda m, w: m(BAGS.reshape(2, 3), per_sample_weights=w)),
    "lstm": (lambda: nn.LSTM(3, 4), [(5, 2, 3)]),
    "lstm in two layers and directions": (lambda: nn.LSTM(3, 2, 2, batch_first=True, bidirectional=True), [(2, 4, 3), (4, 2, 2), (4, 2, 2)], lambda m, x, h, c: m(x, (h, c))),
    "lstm unbatched without bias": (lambda: nn.LSTM(3, 4, bias=False), [(5, 3), (1, 4), (1, 4)], lambda m, x, h, c: m(x, (h, c))),
    "lstm packed": (lambda: nn.LSTM(3, 2, bidirectional=True), [(3, 4, 3)], packed),
    "gru": (lambda: nn.GRU(3, 4, 2), [(5, 2, 3)]),
    "gru with a state": (lambda: nn.GRU(3, 2, batch_first=True, bidirectional=True), [(2, 4, 3), (2, 2, 2)]),
    "gru packed": (lambda: nn.GRU(3, 2), [(3, 4, 3)], packed),
    "rnn": (lambda: nn.RNN(3, 4), [(5, 2, 3), (1, 2, 4)]),
    "rnn of relu": (lambda: nn.RNN(3, 2, 2, nonlinearity="relu", batch_first=True, bidirectional=True), [(2, 4, 3)]),
    "rnn packed": (lambda: nn.RNN(3, 2), [(3, 4, 3)], packed),
    "rnn of relu packed": (lambda: nn.RNN(3, 2, nonlinearity="relu"), [(3, 4, 3)], packed),
    "lstm cell": (lambda: nn.LSTMCell(3, 2), [(4, 3), (4, 2), (4, 2)], lambda m, x, h, c: m(x, (h, c))),
    "lstm cell unbatched": (lambda: nn.LSTMCell(3, 2, bias=False), [(3,)]),
    "gru cell": (lambda: nn.GRUCell(3, 2), [(4, 3), (4, 2)]),
    "rnn cell": (lambda: nn.RNNCell(3, 2), [(4, 3), (4, 2)]),
    "rnn cell of relu": (lambda: nn.RNNCell(3, 2, bias=False, nonlinearity="relu"), [(4, 3)]),
    "attention": (lambda: nn.MultiheadAttention(4, 2), [(3, 2, 4)], lambda m, x: m(x, x, x)),
    "attention without weights": (lambda: nn.MultiheadAttention(4, 2, bias=False), [(3, 2, 4), (5, 2, 4), (5, 2, 4)], lambda m, q, k, v: m(q, k, v, need_weights=False)),
    "attention to other widths": (lambda: nn.MultiheadAttention(4, 2, kdim=3, vdim=2), [(3, 2, 4), (5, 2, 3), (5, 2, 2)]),
    "attention with masks": (lambda: nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True), [(3, 2, 4)], lambda m, x: m(x, x, x, key_padding_mask=PADDED, attn_mask=CAUSAL)),
    "attention with numbers as mask": (lambda: nn.MultiheadAttention(4, 2), [(3, 2, 4), (4, 3, 3)], lambda m, x, mask: m(x, x, x, attn_mask=mask, need_weights=False)),
    "encoder layer": (lambda: nn.TransformerEncoderLayer(4, 2, 6, 0.0), [(3, 2, 4)]),
    "encoder layer of gelu with masks": (lambda: nn.TransformerEncoderLayer(4, 2, 6, 0.0, "gelu"), [(3, 2, 4)], lambda m, x: m(x, CAUSAL, PADDED)),
    "encoder": (lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0.0), 2), [(3, 2, 4)], lambda m, x: m(x, CAUSAL)),
    "decoder layer": (lambda: nn.TransformerDecoderLayer(4, 2, 6, 0.0), [(3, 2, 4), (5, 2, 4)]),
    "decoder": (lambda: nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 6, 0.0, "gelu"), 2), [(3, 2, 4), (3, 2, 4)],
                lambda m, x, y: m(x, y, CAUSAL, CAUSAL.T, memory_key_padding_mask=PADDED.logical_not() & False)),
    "transformer": (lambda: nn.Transformer(4, 2, 1, 1, 6, 0.0), [(3, 2, 4), (3, 2, 4)], lambda m, x, y: m(x, y, tgt_mask=CAUSAL, src_key_padding_mask=PADDED)),
}


def module_case(make, shapes, run=lambda module, *inputs: module(*inputs)):
    torch.manual_seed(7)
    module = make()
    case = {f"initial/{key}": value.clone() for key, value in module.state_dict().items()}
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(pattern(parameter.shape, 0.3))
    case.update({f"state/{key}": value.clone() for key, value in module.state_dict().items()})
    inputs = [pattern(shape, 2.0, 0.3 * k).requires_grad_() for k, shape in enumerate(shapes)]
    outputs = flat(run(module, *inputs))
    sum((output * pattern(output.shape)).sum() for output in outputs if output.is_floating_point()).backward()
    case.update({f"output/{k}": output for k, output in enumerate(outputs)})
    case.update({f"gradients/input {k}": source.grad for k, source in enumerate(inputs)})
    case.update({f"gradients/{name}": parameter.grad for name, parameter in module.named_parameters()})
    case.update({f"after/{key}": value.clone() for key, value in module.state_dict().items()})
    case.update({f"evaluated/{k}": output for k, output in enumerate(flat(run(module.eval(), *inputs)))})
    return case


def gaussian(a, b, full, reduction):
    """TorchSharp sums over each example before it reduces."""
    each = F.gaussian_nll_loss(a, b, (b * 0.5).exp(), full=full, eps=1e-6, reduction="none").sum(1)
    return each.mean() if reduction == "mean" else each


CLASSES = torch.tensor([0, 2, 1, 2])
WEIGHT = torch.tensor([0.5, 1.5, 2.0])
SIGNS = torch.tensor([1.0, -1.0, -1.0, 1.0])
LABELS = torch.tensor([[0, 2, -1], [1, -1, 0], [2, 1, 0], [0, -1, -1]])
SOURCE = pattern((1, 2, 4, 5), 1.0)
ATTENTION = pattern((2, 4, 3), 1.2, -0.1)

# Functions of a [4, 3] and b [4, 3], with the gradient of sum(result * pattern) for a.
FUNCTIONS = {
    "mse": lambda a, b: F.mse_loss(a, b),
    "mse sum": lambda a, b: F.mse_loss(a, b, reduction="sum"),
    "mse none": lambda a, b: F.mse_loss(a, b, reduction="none"),
    "l1": lambda a, b: F.l1_loss(a, b),
    "smooth l1": lambda a, b: F.smooth_l1_loss(a, b, beta=0.7),
    "huber": lambda a, b: F.huber_loss(a, b, delta=0.7),
    "cross entropy": lambda a, b: F.cross_entropy(a, CLASSES),
    "cross entropy weighted": lambda a, b: F.cross_entropy(a, CLASSES, WEIGHT),
    "cross entropy ignoring": lambda a, b: F.cross_entropy(a, CLASSES, ignore_index=2),
    "cross entropy smoothed": lambda a, b: F.cross_entropy(a, CLASSES, reduction="sum", label_smoothing=0.1),
    "cross entropy of probabilities": lambda a, b: F.cross_entropy(a, torch.softmax(b, 1)),
    "nll": lambda a, b: F.nll_loss(torch.log_softmax(a, 1), CLASSES, WEIGHT),
    "binary cross entropy": lambda a, b: F.binary_cross_entropy(torch.sigmoid(a), torch.sigmoid(b), WEIGHT),
    "binary cross entropy with logits": lambda a, b: F.binary_cross_entropy_with_logits(a, torch.sigmoid(b)),
    "binary cross entropy with logits weighted": lambda a, b: F.binary_cross_entropy_with_logits(a, torch.sigmoid(b), WEIGHT, reduction="none", pos_weight=WEIGHT),
    "kl div": lambda a, b: F.kl_div(torch.log_softmax(a, 1), torch.softmax(b, 1), reduction="sum"),
    "kl div of logs": lambda a, b: F.kl_div(torch.log_softmax(a, 1), torch.log_softmax(b, 1), reduction="mean", log_target=True),
    "poisson": lambda a, b: F.poisson_nll_loss(a, b.abs() * 3, full=True),
    "poisson of means": lambda a, b: F.poisson_nll_loss(a.abs(), b.abs() * 3, log_input=False, eps=1e-3, reduction="none"),
    "gaussian": lambda a, b: gaussian(a, b, False, "mean"),
    "gaussian full": lambda a, b: gaussian(a, b, True, "none"),
    "cosine embedding": lambda a, b: F.cosine_embedding_loss(a, b, SIGNS, margin=-0.8),
    "hinge embedding": lambda a, b: F.hinge_embedding_loss(a.abs(), SIGNS[:, None], margin=1.0),
    "margin ranking": lambda a, b: F.margin_ranking_loss(a, b, SIGNS[:, None], margin=0.3, reduction="sum"),
    "multi margin": lambda a, b: F.multi_margin_loss(a, CLASSES, p=2, margin=0.8, weight=WEIGHT),
    "multi label margin": lambda a, b: F.multilabel_margin_loss(a, LABELS),
    "multi label soft margin": lambda a, b: F.multilabel_soft_margin_loss(a, torch.sigmoid(b).round(), WEIGHT),
    "multi label soft margin none": lambda a, b: F.multilabel_soft_margin_loss(a, torch.sigmoid(b).round(), reduction="none"),
    "soft margin": lambda a, b: F.soft_margin_loss(a, SIGNS[:, None]),
    "triplet": lambda a, b: F.triplet_margin_loss(a, b, a.flip(0), margin=2.0, p=3),
    "triplet swapped": lambda a, b: F.triplet_margin_loss(a, b, b.flip(0), margin=2.0, swap=True, reduction="none"),
    "triplet with a distance": lambda a, b: F.triplet_margin_with_distance_loss(a, b, b.flip(0), distance_function=lambda x, y: (x - y).abs().sum(1), margin=2.0, swap=True),
    "triplet with the usual distance": lambda a, b: F.triplet_margin_with_distance_loss(a, b, b.flip(0), reduction="sum"),
    "ctc": lambda a, b: F.ctc_loss(torch.log_softmax(torch.stack([a, b], 1), 2), torch.tensor([[1, 2], [2, 0]]), torch.tensor([4, 3]), torch.tensor([2, 1])),
    "ctc of the impossible": lambda a, b: F.ctc_loss(
        torch.log_softmax(torch.stack([a, b], 1), 2), torch.tensor([1, 1, 2]), torch.tensor([2, 3]), torch.tensor([2, 1]), reduction="sum", zero_infinity=True),
    "cosine similarity": lambda a, b: F.cosine_similarity(a, b),
    "pairwise distance": lambda a, b: F.pairwise_distance(a, b),
    "normalize": lambda a, b: F.normalize(a),
    "normalize by the sum": lambda a, b: F.normalize(a, p=1, dim=0),
    "one hot": lambda a, b: F.one_hot(CLASSES, 4),
    "one hot of as many as there are": lambda a, b: F.one_hot(CLASSES),
    "pad": lambda a, b: F.pad(a, (1, 2, 0, 1), value=0.5),
    "pad reflect": lambda a, b: F.pad(a[None], (2, 1), mode="reflect"),
    "pad replicate": lambda a, b: F.pad(a[None, None], (2, 1, 0, 3), mode="replicate"),
    "pad circular": lambda a, b: F.pad(a[None, None], (2, 1, 0, 3), mode="circular"),
    "dropout2d kept": lambda a, b: F.dropout2d(a.reshape(1, 4, 3, 1), 0.5, training=False),
    "layer norm": lambda a, b: F.layer_norm(a, (3,), WEIGHT, WEIGHT),
    "attention": lambda a, b: F._scaled_dot_product_attention(a[None], ATTENTION, ATTENTION * 2)[0],
    "attention with numbers as mask": lambda a, b: F._scaled_dot_product_attention(a[None], ATTENTION, ATTENTION * 2, attn_mask=torch.outer(b[:, 0], b[:, 1]))[0],
    "attention with a mask": lambda a, b: F._scaled_dot_product_attention(a[None], ATTENTION, ATTENTION * 2, attn_mask=torch.ones(4, 4).tril(1).bool())[0],
    "causal attention": lambda a, b: F._scaled_dot_product_attention(a[None], ATTENTION, ATTENTION * 2, is_causal=True)[0],
    "interpolate area": lambda a, b: F.interpolate(a[None, None], scale_factor=(0.5, 0.7), mode="area"),
    "interpolate exactly 1d": lambda a, b: F.interpolate(a[None], size=[5], mode="nearest-exact"),
    "interpolate exactly 2d": lambda a, b: F.interpolate(a[None, None], scale_factor=(1.6, 2.2), mode="nearest-exact"),
    "interpolate exactly 3d": lambda a, b: F.interpolate(a[None, None, None], size=(2, 3, 4), mode="nearest-exact"),
    "interpolate without stairs": lambda a, b: F.interpolate(a[None, None], size=(2, 2), mode="bilinear", antialias=True),
    "interpolate smoothly without stairs": lambda a, b: F.interpolate(a[None, None], size=(2, 2), mode="bicubic", antialias=True),
    "affine grid": lambda a, b: F.affine_grid(a.reshape(2, 2, 3), (2, 1, 3, 2), align_corners=False),
    "affine grid with corners": lambda a, b: F.affine_grid(a.reshape(1, 3, 4), (1, 1, 2, 3, 2), align_corners=True),
    **{f"grid sample {mode} {padding} {corners}": (lambda a, b, mode=mode, padding=padding, corners=corners: F.grid_sample(
        SOURCE, a.reshape(1, 2, 3, 2) * 0.7, mode=mode, padding_mode=padding, align_corners=corners))
       for mode in ("nearest", "bilinear") for padding in ("zeros", "reflection", "border") for corners in (True, False)},
}


def function_case(function):
    a, b = pattern((4, 3), 2.0).requires_grad_(), pattern((4, 3), 1.5, 0.3)
    result = function(a, b)
    case = {"value": result}
    if result.requires_grad:
        (result * pattern(result.shape)).sum().backward()
        case["gradient"] = a.grad
    return case


INITIALIZATIONS = {
    "kaiming uniform": lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu"),
    "kaiming normal": lambda t: nn.init.kaiming_normal_(t, a=0.1, mode="fan_out"),
    "xavier uniform": lambda t: nn.init.xavier_uniform_(t, gain=nn.init.calculate_gain("tanh")),
    "xavier normal": lambda t: nn.init.xavier_normal_(t),
    "uniform": lambda t: nn.init.uniform_(t, -0.5, 2.0),
    "normal": lambda t: nn.init.normal_(t, 1.0, 0.5),
    "orthogonal": lambda t: nn.init.orthogonal_(t, 2.0),
}


def initialization_case(fill):
    case = {}
    for kind, shape in (("matrix", (4, 6)), ("kernel", (3, 2, 2, 2))):
        torch.manual_seed(11)
        case[kind] = fill(torch.empty(shape))
    return case


def structured(amount, dim):
    return lambda layer: prune.ln_structured(prune.l1_unstructured(layer, "weight", amount=2), "weight", amount=amount, n=2, dim=dim)


# A layer, the shape of its input, and what is done to it.
REPARAMETRISED = {
    "weight norm of linear": (lambda: nn.Linear(4, 3), (2, 4), nn.utils.weight_norm),
    "weight norm as a whole": (lambda: nn.Linear(4, 3), (2, 4), lambda layer: nn.utils.weight_norm(layer, dim=None)),
    "weight norm of conv 2d": (lambda: nn.Conv2d(2, 3, (2, 3), stride=(1, 2), padding=1, padding_mode="circular"), IMAGE, lambda layer: nn.utils.weight_norm(layer, dim=1)),
    "weight norm of conv 1d": (lambda: nn.Conv1d(2, 3, 4, padding="same"), LINE, nn.utils.weight_norm),
    "weight norm of conv transpose 1d": (lambda: nn.ConvTranspose1d(2, 3, 3, stride=2, output_padding=1), LINE, nn.utils.weight_norm),
    "spectral norm of linear": (lambda: nn.Linear(4, 3), (2, 4), nn.utils.spectral_norm),
    "spectral norm of conv 3d": (lambda: nn.Conv3d(2, 2, 2, bias=False), VOLUME, lambda layer: nn.utils.spectral_norm(layer, n_power_iterations=3)),
    "spectral norm of conv transpose 2d": (lambda: nn.ConvTranspose2d(2, 3, 2), IMAGE, nn.utils.spectral_norm),
    "random elements": (lambda: nn.Linear(4, 3), (2, 4), lambda layer: prune.random_unstructured(layer, "weight", amount=5)),
    "smallest elements": (lambda: nn.Linear(4, 3), (2, 4), lambda layer: prune.l1_unstructured(layer, "weight", amount=0.4)),
    "smallest elements twice": (lambda: nn.Conv1d(2, 3, 2), LINE, lambda layer: prune.l1_unstructured(prune.l1_unstructured(layer, "weight", amount=3), "weight", amount=0.5)),
    "smallest rows": (lambda: nn.Linear(4, 5), (2, 4), lambda layer: prune.ln_structured(layer, "weight", amount=0.4, n=1, dim=0)),
    "smallest columns after elements": (lambda: nn.Linear(4, 3), (2, 4), structured(2, 1)),
    "random channels": (lambda: nn.Conv2d(2, 4, 2), IMAGE, lambda layer: prune.random_structured(layer, "weight", amount=2, dim=0)),
    "custom mask": (lambda: nn.Linear(4, 3), (2, 4), lambda layer: prune.custom_from_mask(layer, "weight", (pattern((3, 4)) > 0).float())),
}


def reparametrised_case(make, shape, change):
    torch.manual_seed(7)
    layer = change(make())
    case = {f"initial/{key}": value.clone() for key, value in layer.state_dict().items()}
    x = pattern(shape, 2.0).requires_grad_()
    output = layer(x)
    (output * pattern(output.shape)).sum().backward()
    case.update({"output": output, "input gradient": x.grad})
    case.update({f"gradients/{name}": parameter.grad for name, parameter in layer.named_parameters()})
    case.update({f"after/{key}": value.clone() for key, value in layer.state_dict().items()})
    layer.eval()
    case["evaluated"] = layer(x)
    case["weight"] = layer.weight
    return case


def main():
    tensors = {}
    for group, cases in (
        ("modules", {name: module_case(*case) for name, case in MODULES.items()}),
        ("functions", {name: function_case(function) for name, function in FUNCTIONS.items()}),
        ("reparametrised", {name: reparametrised_case(*case) for name, case in REPARAMETRISED.items()}),
        ("initializations", {name: initialization_case(fill) for name, fill in INITIALIZATIONS.items()}),
    ):
        for name, case in cases.items():
            tensors.update({f"{group}/{name}/{key}": value for key, value in case.items()})
    write("modules", tensors)


if __name__ == "__main__":
    main()
