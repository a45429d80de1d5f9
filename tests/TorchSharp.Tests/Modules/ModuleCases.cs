using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>The modules of tests/peers/torch_reference.py, made in C#, with the shapes of their inputs.</summary>
internal static class ModuleCases
{
    public static (nn.Module<Tensor, Tensor> Module, long[] Input) Make(string name) => name switch
    {
        "linear" => (nn.Linear(5, 3), [4, 5]),
        "linear without bias" => (nn.Linear(5, 3, hasBias: false), [2, 4, 5]),
        "sequential" => (nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2)), [3, 5]),
        "named sequential" => (nn.Sequential(("first", nn.Linear(5, 4)), ("bend", nn.Tanh()), ("last", nn.Linear(4, 2))), [3, 5]),
        "relu" => (nn.ReLU(), [3, 5]),
        "leaky relu" => (nn.LeakyReLU(0.2), [3, 5]),
        "elu" => (nn.ELU(0.7), [3, 5]),
        "selu" => (nn.SELU(), [3, 5]),
        "gelu" => (nn.GELU(), [3, 5]),
        "gelu by tanh" => (nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh), [3, 5]),
        "silu" => (nn.SiLU(), [3, 5]),
        "tanh" => (nn.Tanh(), [3, 5]),
        "sigmoid" => (nn.Sigmoid(), [3, 5]),
        "softplus" => (nn.Softplus(2, 1.5), [3, 5]),
        "softmax" => (nn.Softmax(1), [3, 5]),
        "log softmax" => (nn.LogSoftmax(0), [3, 5]),
        "batch norm 1d" => (nn.BatchNorm1d(3), [6, 3]),
        "batch norm 1d of sequences" => (nn.BatchNorm1d(3, eps: 1e-3, momentum: 0.3), [4, 3, 5]),
        "batch norm 1d without affine" => (nn.BatchNorm1d(3, affine: false), [6, 3]),
        "batch norm 1d without statistics" => (nn.BatchNorm1d(3, track_running_stats: false), [6, 3]),
        "batch norm 2d" => (nn.BatchNorm2d(2), [3, 2, 4, 4]),
        "layer norm" => (nn.LayerNorm(6), [4, 6]),
        "layer norm of two dimensions" => (nn.LayerNorm([3, 4], eps: 1e-3), [2, 3, 4]),
        "group norm" => (nn.GroupNorm(2, 4), [2, 4, 3, 3]),
        "conv 1d" => (nn.Conv1d(3, 4, 3, stride: 2, padding: 1), [2, 3, 7]),
        "conv 1d same" => (nn.Conv1d(3, 4, 4, Padding.Same, bias: false), [2, 3, 7]),
        "conv 1d circular" => (nn.Conv1d(3, 4, 3, padding: 2, padding_mode: PaddingModes.Circular), [2, 3, 7]),
        "conv 2d" => (nn.Conv2d(2, 4, 3, padding: 1), [2, 2, 5, 6]),
        "conv 2d grouped" => (nn.Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2), groups: 2), [1, 4, 6, 7]),
        "conv 2d reflect" => (nn.Conv2d(2, 3, (3, 3), padding: (1, 2), padding_mode: PaddingModes.Reflect), [1, 2, 5, 6]),
        "conv 2d same" => (nn.Conv2d(2, 3, (3, 4), Padding.Same), [1, 2, 5, 6]),
        "max pool 1d" => (nn.MaxPool1d(3, stride: 2, padding: 1), [2, 2, 7]),
        "max pool 2d" => (nn.MaxPool2d(2), [2, 2, 4, 6]),
        "avg pool 1d" => (nn.AvgPool1d(3, stride: 2, padding: 1), [2, 2, 7]),
        "avg pool 2d" => (nn.AvgPool2d((2, 3), stride: (1, 1), padding: (1, 0), count_include_pad: false), [2, 2, 4, 6]),
        "adaptive avg pool 1d" => (nn.AdaptiveAvgPool1d(3), [2, 2, 7]),
        "adaptive avg pool 2d" => (nn.AdaptiveAvgPool2d((2, 3)), [2, 2, 5, 7]),
        "flatten" => (nn.Flatten(1, 2), [2, 3, 2, 2]),
        "unflatten" => (nn.Unflatten(1, [2, 3]), [2, 6]),
        _ => throw new ArgumentException($"no module is made for the reference '{name}'"),
    };
}
