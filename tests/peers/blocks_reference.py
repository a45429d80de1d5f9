"""Prints what PyTorch gives for blocks whose weights follow a formula; tests/Polytask.Tests/Blocks/ReferenceTests.cs pins the values.

    /usr/bin/python3 tests/peers/blocks_reference.py        # torch 1.13.1

Each weight is 0.3 sin(seed + 1.7 i) at place i, seed the sum of the characters of its name in the C# module modulo 97; inputs are the same with seeds
of their own, times 2. What PyTorch has as a module is computed by that module, the rest by its functions.
"""
import torch
import torch.nn.functional as F
from torch import nn


def wave(shape, seed, scale=0.3):
    count = torch.Size(shape).numel()
    return (scale * torch.sin(seed + 1.7 * torch.arange(count, dtype=torch.float64))).float().reshape(shape)


def weight(name, *shape):
    return wave(shape, sum(map(ord, name)) % 97)


def given(seed, *shape):
    return wave(shape, seed, 2)


def fill(module, names):
    """names: PyTorch's name of a part -> the C# module's."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            for old, new in names:
                if name.startswith(old):
                    name = new + name[len(old):]
                    break
            parameter.copy_(weight(name, *parameter.shape))


def show(title, tensor):
    print(f"{title} {list(tensor.shape)}: " + ", ".join(f"{value:.6f}" for value in tensor.detach().flatten().tolist()))


def attention_names(part, prefix):
    return [(f"{part}.in_proj_", f"{prefix}.in_proj."), (f"{part}.out_proj.", f"{prefix}.out_proj.")]


def transformer():
    options = dict(dim_feedforward=6, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
    encoder, encoder_norm = nn.TransformerEncoderLayer(4, 2, **options), nn.LayerNorm(4)
    layer = "encoder.layers.0."
    fill(encoder, attention_names("self_attn", layer + "mixer") + [("norm1", layer + "norm_mixer"), ("norm2", layer + "norm_feedforward"), ("linear", layer + "linear")])
    fill(encoder_norm, [("", "encoder.norm.")])
    layers, norm = [nn.TransformerDecoderLayer(4, 2, **options) for _ in range(2)], nn.LayerNorm(4)
    for i, one in enumerate(layers):
        layer = f"layers.{i}."
        fill(one, attention_names("self_attn", layer + "mixer") + attention_names("multihead_attn", layer + "cross")
             + [("norm1", layer + "norm_mixer"), ("norm2", layer + "norm_cross"), ("norm3", layer + "norm_feedforward"), ("linear", layer + "linear")])
    fill(norm, [("", "norm.")])
    x = given(1, 1, 6, 4)
    memory = encoder_norm(encoder(x[:, :3]))
    target = x[:, 3:]
    future = torch.ones(3, 3, dtype=torch.bool).triu(1)
    for one in layers:
        target = one(target, memory, tgt_mask=future)
    show("transformer", norm(target))


def batch_norm(x, name):
    channels = x.shape[1]
    return F.batch_norm(x, torch.zeros(channels), torch.ones(channels), weight(name + ".weight", channels), weight(name + ".bias", channels), training=True)


def unit(x, name, channels, stride=1):
    return batch_norm(F.conv2d(x, weight(name + ".0.weight", channels, x.shape[1], 3, 3), stride=stride, padding=1), name + ".1").relu()


def basic_block(x, name, channels, stride):
    inner = batch_norm(F.conv2d(x, weight(name + ".inner.0.weight", channels, x.shape[1], 3, 3), stride=stride, padding=1), name + ".inner.1").relu()
    inner = batch_norm(F.conv2d(inner, weight(name + ".inner.3.weight", channels, channels, 3, 3), padding=1), name + ".inner.4")
    if stride > 1:
        x = batch_norm(F.conv2d(x, weight(name + ".shortcut.0.weight", channels, x.shape[1], 1, 1), stride=stride), name + ".shortcut.1")
    return (x + inner).relu()


def resnet():
    x = unit(given(2, 2, 1, 5, 5), "0", 2)
    show("resnet", basic_block(basic_block(x, "1", 2, 1), "2", 3, 2).mean((2, 3)))


def unet():
    x = given(3, 1, 1, 3, 5)
    top = unit(unit(x, "encoder.0.0", 2), "encoder.0.1", 2)
    deep = unit(unit(top, "encoder.1.0", 3, 2), "encoder.1.1", 3)
    show("unet", unit(torch.cat([F.interpolate(deep, size=top.shape[2:]), top], 1), "decoder.0", 2).mean(2))


def tcn(is_normalised=False):
    x = given(4, 1, 5, 2).transpose(1, 2)

    def kernel(name, channels, inputs):
        if not is_normalised:
            return weight(name + ".weight", channels, inputs, 2)
        return torch._weight_norm(weight(name + ".weight_v", channels, inputs, 2), weight(name + ".weight_g", channels, 1, 1), 0)

    def conv(x, name, channels, dilation):
        return F.conv1d(F.pad(x, (dilation, 0)), kernel(name, channels, x.shape[1]), weight(name + ".bias", channels), dilation=dilation).relu()

    first = conv(conv(x, "layers.0.first", 3, 1), "layers.0.second", 3, 1)
    x = (F.conv1d(x, weight("layers.0.projection.weight", 3, 2, 1), weight("layers.0.projection.bias", 3)) + first).relu()
    x = (x + conv(conv(x, "layers.1.first", 3, 2), "layers.1.second", 3, 2)).relu()
    show("tcn with weight norm" if is_normalised else "tcn", x.transpose(1, 2))


def tcn_with_weight_norm():
    tcn(is_normalised=True)


def gcn():
    adjacency = torch.zeros(4, 4)
    for i, j in [(0, 1), (1, 2), (1, 3)]:
        adjacency[i, j] = adjacency[j, i] = 1
    linked = adjacency + torch.eye(4)
    scale = torch.diag(linked.sum(1) ** -0.5)
    spread = scale @ linked @ scale
    x = given(5, 1, 4, 2)
    x = (spread @ x @ weight("layers.0.weight", 3, 2).T + weight("biases.0", 3)).relu()
    show("gcn", spread @ x @ weight("layers.1.weight", 2, 3).T + weight("biases.1", 2))


def recurrent():
    for kind in (nn.GRU, nn.LSTM):
        module, name = kind(2, 2, 2, batch_first=True, bidirectional=True), kind.__name__.lower()
        fill(module, [("", name + ".")])
        output, state = module(given(6, 1, 4, 2))
        state = state if kind is nn.GRU else state[0]
        show(name, output[0, 1])
        show(name + " last", torch.cat([state[-2], state[-1]], 1))


def pooling_attention():
    x = F.linear(given(7, 1, 5, 4), weight("linear.weight", 4, 4), weight("linear.bias", 4)).relu()
    attention = nn.MultiheadAttention(4, 2, batch_first=True)
    fill(attention, [("in_proj_", "attention.attention.in_proj."), ("out_proj.", "attention.attention.out_proj.")])
    seeds = weight("seeds", 2, 4).unsqueeze(0)

    def norm(x, name):
        return F.layer_norm(x, (4,), weight(name + ".weight", 4), weight(name + ".bias", 4))

    read = norm(seeds + attention(seeds, x, x)[0], "attention.norm1")
    show("pooling attention", norm(read + F.linear(read, weight("attention.linear.weight", 4, 4), weight("attention.linear.bias", 4)).relu(), "attention.norm2"))


def mlp():
    x = given(8, 3, 2)
    hidden = batch_norm(F.linear(x, weight("layers.0.weight", 3, 2), weight("layers.0.bias", 3)), "norms.0")
    show("mlp batch", F.linear(F.silu(hidden), weight("layers.1.weight", 2, 3), weight("layers.1.bias", 2)))
    hidden = F.layer_norm(F.linear(x, weight("layers.0.weight", 3, 2), weight("layers.0.bias", 3)), (3,), weight("norms.0.weight", 3), weight("norms.0.bias", 3))
    show("mlp layer", F.leaky_relu(hidden))


for case in (transformer, resnet, unet, tcn, tcn_with_weight_norm, gcn, recurrent, pooling_attention, mlp):
    case()
