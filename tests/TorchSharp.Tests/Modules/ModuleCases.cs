using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>A module, the shapes of its inputs, and its outputs as a function of them.</summary>
internal sealed record ModuleCase(nn.Module Module, long[][] Shapes, Func<Tensor[], Tensor[]> Run)
{
    public Tensor[] Inputs() => [.. Shapes.Select((shape, k) => Reference.Pattern(shape, 2, 0.3 * k))];
}

/// <summary>The modules of tests/peers/modules_reference.py, made and called in C#.</summary>
internal static partial class ModuleCases
{
    private static readonly long[] Image = [2, 2, 5, 6];
    private static readonly long[] Volume = [1, 2, 4, 5, 4];
    private static readonly long[] Line = [2, 2, 7];

    /// <summary>What the gradients are of: sum(output · pattern) over the floating outputs.</summary>
    public static Tensor Sum(Tensor[] outputs) => outputs.Where(output => output.is_floating_point())
        .Select(output => (output * Reference.Pattern(output.shape).to(output.dtype)).sum()).Aggregate((left, right) => left + right);

    private static ModuleCase On(nn.Module<Tensor, Tensor> module, params long[] shape) => new(module, [shape], x => [module.call(x[0])]);

    private static ModuleCase On(nn.Module<Tensor, Tensor, Tensor> module, long[] first, long[] second) => new(module, [first, second], x => [module.call(x[0], x[1])]);

    public static ModuleCase Make(string name) => Plain(name) ?? Sized(name) ?? Sequence(name) ?? throw new ArgumentException($"no module is made for the reference '{name}'");

    private static ModuleCase? Plain(string name) => name switch
    {
        "linear" => On(nn.Linear(5, 3), 4, 5),
        "linear without bias" => On(nn.Linear(5, 3, hasBias: false), 2, 4, 5),
        "bilinear" => On(nn.Bilinear(3, 2, 4), [5, 3], [5, 2]),
        "bilinear without bias" => On(nn.Bilinear(3, 2, 4, hasBias: false), [2, 5, 3], [2, 5, 2]),
        "sequential" => On(nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2)), 3, 5),
        "named sequential" => On(nn.Sequential(("first", nn.Linear(5, 4)), ("bend", nn.Tanh()), ("last", nn.Linear(4, 2))), 3, 5),
        "relu" => On(nn.ReLU(), 3, 5),
        "relu 6" => Scaled(nn.ReLU6(), 4),
        "leaky relu" => On(nn.LeakyReLU(0.2), 3, 5),
        "prelu" => On(nn.PReLU(1), 3, 5),
        "prelu of channels" => On(nn.PReLU(3, 0.1), 2, 3, 4),
        "rrelu" => On(nn.RReLU(0.1, 0.4), 3, 5),
        "elu" => On(nn.ELU(0.7), 3, 5),
        "celu" => On(nn.CELU(1.3), 3, 5),
        "selu" => On(nn.SELU(), 3, 5),
        "gelu" => On(nn.GELU(), 3, 5),
        "gelu by tanh" => On(nn.GELU(GELU.Approximate.tanh), 3, 5),
        "glu" => On(nn.GLU(1), 3, 6, 2),
        "silu" => On(nn.SiLU(), 3, 5),
        "mish" => On(nn.Mish(), 3, 5),
        "hardsigmoid" => Scaled(nn.Hardsigmoid(), 2),
        "hardswish" => Scaled(nn.Hardswish(), 2),
        "hardtanh" => On(nn.Hardtanh(-0.5, 0.7), 3, 5),
        "hardshrink" => On(nn.Hardshrink(0.4), 3, 5),
        "softshrink" => On(nn.Softshrink(0.4), 3, 5),
        "tanhshrink" => On(nn.Tanhshrink(), 3, 5),
        "threshold" => On(nn.Threshold(0.3, -2), 3, 5),
        "tanh" => On(nn.Tanh(), 3, 5),
        "sigmoid" => On(nn.Sigmoid(), 3, 5),
        "log sigmoid" => On(nn.LogSigmoid(), 3, 5),
        "softplus" => On(nn.Softplus(2, 1.5), 3, 5),
        "softsign" => On(nn.Softsign(), 3, 5),
        "softmax" => On(nn.Softmax(1), 3, 5),
        "softmin" => On(nn.Softmin(0), 3, 5),
        "softmax 2d" => On(nn.Softmax2d(), 2, 3, 2, 2),
        "log softmax" => On(nn.LogSoftmax(0), 3, 5),
        "dropout" => On(nn.Dropout(0.3), 6, 5),
        "dropout 1d" => On(nn.Dropout1d(0.3), 3, 4, 2),
        "dropout 2d" => On(nn.Dropout2d(0.3), 3, 4, 2, 2),
        "dropout 3d" => On(nn.Dropout3d(0.3), 3, 4, 1, 2, 2),
        "alpha dropout" => On(nn.AlphaDropout(0.3), 6, 5),
        "feature alpha dropout" => On(nn.FeatureAlphaDropout(0.3), 3, 4, 2, 2),
        "batch norm 1d" => On(nn.BatchNorm1d(3), 6, 3),
        "batch norm 1d of sequences" => On(nn.BatchNorm1d(3, eps: 1e-3, momentum: 0.3), 4, 3, 5),
        "batch norm 1d without affine" => On(nn.BatchNorm1d(3, affine: false), 6, 3),
        "batch norm 1d without statistics" => On(nn.BatchNorm1d(3, track_running_stats: false), 6, 3),
        "batch norm 2d" => On(nn.BatchNorm2d(2), 3, 2, 4, 4),
        "batch norm 3d" => On(nn.BatchNorm3d(2), 3, 2, 2, 3, 2),
        "instance norm 1d" => On(nn.InstanceNorm1d(3, affine: true, track_running_stats: true), 2, 3, 5),
        "instance norm 1d unbatched" => On(nn.InstanceNorm1d(3), 3, 5),
        "instance norm 2d" => On(nn.InstanceNorm2d(2, eps: 1e-3, affine: true), 2, 2, 3, 4),
        "instance norm 3d" => On(nn.InstanceNorm3d(2, track_running_stats: true, momentum: 0.4), 2, 2, 2, 3, 2),
        "layer norm" => On(nn.LayerNorm(6), 4, 6),
        "layer norm of two dimensions" => On(nn.LayerNorm([3, 4], eps: 1e-3), 2, 3, 4),
        "group norm" => On(nn.GroupNorm(2, 4), 2, 4, 3, 3),
        "local response norm" => On(nn.LocalResponseNorm(3, 0.5, 0.6, 1.5), 2, 5, 2, 3),
        "local response norm of an even size" => On(nn.LocalResponseNorm(2, 0.5), 2, 5, 3),
        "flatten" => On(nn.Flatten(1, 2), 2, 3, 2, 2),
        "unflatten" => On(nn.Unflatten(1, [2, 3]), 2, 6),
        "identity" => On(nn.Identity(), 2, 3),
        "pixel shuffle" => On(nn.PixelShuffle(2), 2, 8, 2, 3),
        "pixel unshuffle" => On(nn.PixelUnshuffle(2), 2, 2, 4, 6),
        "channel shuffle" => On(nn.ChannelShuffle(3), 2, 6, 2, 2),
        "cosine similarity" => On(nn.CosineSimilarity(2, 1e-6), [2, 3, 4], [2, 3, 4]),
        "pairwise distance" => On(nn.PairwiseDistance(3, 1e-3, true), [3, 4], [3, 4]),
        _ => null,
    };

    private static ModuleCase Scaled(nn.Module<Tensor, Tensor> module, double factor) => new(module, [[3, 5]], x => [module.call(x[0] * factor)]);
}
