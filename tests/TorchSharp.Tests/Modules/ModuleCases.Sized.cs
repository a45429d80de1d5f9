using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Modules whose outputs have other sizes: convolutions, pools, padding, patches, interpolation.</summary>
internal static partial class ModuleCases
{
    private static ModuleCase? Sized(string name) => name switch
    {
        "conv 1d" => On(nn.Conv1d(3, 4, 3, stride: 2, padding: 1), 2, 3, 7),
        "conv 1d same" => On(nn.Conv1d(3, 4, 4, Padding.Same, bias: false), 2, 3, 7),
        "conv 1d circular" => On(nn.Conv1d(3, 4, 3, padding: 2, padding_mode: PaddingModes.Circular), 2, 3, 7),
        "conv 1d unbatched" => On(nn.Conv1d(3, 2, 3), 3, 7),
        "conv 2d" => On(nn.Conv2d(2, 4, 3, padding: 1), 2, 2, 5, 6),
        "conv 2d grouped" => On(nn.Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2), groups: 2), 1, 4, 6, 7),
        "conv 2d reflect" => On(nn.Conv2d(2, 3, (3, 3), padding: (1, 2), padding_mode: PaddingModes.Reflect), 1, 2, 5, 6),
        "conv 2d same" => On(nn.Conv2d(2, 3, (3, 4), Padding.Same), 1, 2, 5, 6),
        "conv 3d" => On(nn.Conv3d(2, 3, (2, 3, 2), stride: (1, 2, 1), padding: (0, 1, 0)), Volume),
        "conv 3d same" => On(nn.Conv3d(2, 2, 2, Padding.Same, groups: 2), Volume),
        "conv 3d replicate" => On(nn.Conv3d(2, 1, 3, padding: 1, padding_mode: PaddingModes.Replicate, bias: false), Volume),
        "conv transpose 1d" => On(nn.ConvTranspose1d(2, 3, 3, stride: 2, padding: 1, output_padding: 1), Line),
        "conv transpose 1d to a size" => ToSize(nn.ConvTranspose1d(2, 3, 3, stride: 3)),
        "conv transpose 2d" => On(nn.ConvTranspose2d(2, 4, (2, 3), stride: (2, 1), padding: (0, 1), output_padding: (1, 0), dilation: (1, 2), groups: 2), 2, 2, 3, 4),
        "conv transpose 2d without bias" => On(nn.ConvTranspose2d(2, 3, 2, bias: false), 2, 2, 3, 4),
        "conv transpose 3d" => On(nn.ConvTranspose3d(2, 1, (1, 2, 2), stride: (1, 2, 1)), 1, 2, 2, 3, 2),
        "max pool 1d" => On(nn.MaxPool1d(3, stride: 2, padding: 1), Line),
        "max pool 2d" => On(nn.MaxPool2d(2), 2, 2, 4, 6),
        "max pool 3d" => On(nn.MaxPool3d((2, 3, 2), stride: (1, 2, 2), padding: (1, 0, 1)), Volume),
        "max pool 1d with indices" => WithIndices(nn.MaxPool1d(2), pool => pool.forward_with_indices, Line),
        "max pool 2d with indices" => WithIndices(
            nn.MaxPool2d([2, 3], stride: [1, 2], dilation: [2, 1], ceil_mode: true), pool => pool.forward_with_indices, Image),
        "max pool 3d with indices" => WithIndices(nn.MaxPool3d(2), pool => pool.forward_with_indices, Volume),
        "max unpool 1d" => Unpooled(nn.MaxUnpool1d(2), nn.MaxPool1d(2).forward_with_indices, null, Line),
        "max unpool 1d to a size" => Unpooled(nn.MaxUnpool1d(2), nn.MaxPool1d(2).forward_with_indices, [7], Line),
        "max unpool 2d" => Unpooled(nn.MaxUnpool2d((2, 2), stride: (2, 2)), nn.MaxPool2d(2).forward_with_indices, null, 1, 2, 4, 6),
        "max unpool 3d" => Unpooled(nn.MaxUnpool3d(2), nn.MaxPool3d(2).forward_with_indices, null, 1, 1, 2, 4, 4),
        "avg pool 1d" => On(nn.AvgPool1d(3, stride: 2, padding: 1), Line),
        "avg pool 2d" => On(nn.AvgPool2d((2, 3), stride: (1, 1), padding: (1, 0), count_include_pad: false), 2, 2, 4, 6),
        "avg pool 3d" => On(nn.AvgPool3d((2, 3, 2), stride: (1, 2, 2), padding: (1, 0, 1), ceil_mode: true, divisor_override: 5), Volume),
        "lp pool 1d" => On(nn.LPPool1d(2, 3, stride: 2), Line),
        "lp pool 2d" => On(nn.LPPool2d(4, [2, 3], stride: [1, 2], ceil_mode: true), Image),
        "fractional max pool 2d" => On(nn.FractionalMaxPool2d((2, 3), output_size: (3, 2)), Image),
        "fractional max pool 3d" => On(nn.FractionalMaxPool3d([2, 2, 2], output_ratio: [0.5, 0.6, 0.5]), Volume),
        "adaptive avg pool 1d" => On(nn.AdaptiveAvgPool1d(3), Line),
        "adaptive avg pool 2d" => On(nn.AdaptiveAvgPool2d((2, 3)), 2, 2, 5, 7),
        "adaptive avg pool 3d" => On(nn.AdaptiveAvgPool3d((2, 3, 1)), Volume),
        "adaptive max pool 1d" => On(nn.AdaptiveMaxPool1d(3), Line),
        "adaptive max pool 2d" => WithIndices(nn.AdaptiveMaxPool2d([2, 3]), pool => pool.forward_with_indices, 2, 2, 5, 7),
        "adaptive max pool 3d" => On(nn.AdaptiveMaxPool3d([2, 3, 1]), Volume),
        "reflection pad 1d" => On(nn.ReflectionPad1d((2, 1)), Line),
        "reflection pad 2d" => On(nn.ReflectionPad2d((2, 1, 0, 3)), Image),
        "reflection pad 3d" => On(nn.ReflectionPad3d(1), Volume),
        "replication pad 1d" => On(nn.ReplicationPad1d(2), Line),
        "replication pad 2d" => On(nn.ReplicationPad2d((2, 1, 0, 3)), Image),
        "replication pad 3d" => On(nn.ReplicationPad3d((2, 1, 0, 3, 1, 0)), Volume),
        "constant pad 1d" => On(nn.ConstantPad1d((2, 1), 0.5), Line),
        "constant pad 2d" => On(nn.ConstantPad2d(1, 0.5), Image),
        "constant pad 3d" => On(nn.ConstantPad3d((2, 1, 0, 3, 1, 0), -1), Volume),
        "zero pad 2d" => On(nn.ZeroPad2d((1, 0, 2, -1)), Image),
        "unfold" => On(nn.Unfold((2, 3), dilation: (1, 2), padding: (1, 1), stride: (2, 1)), Image),
        "fold" => On(nn.Fold((4, 5), (2, 3), padding: (0, 1), stride: (2, 1)), 2, 12, 10),
        "upsample nearest 1d" => On(nn.Upsample([10]), Line),
        "upsample nearest 2d" => On(nn.Upsample(scale_factor: [2, 1.5]), Image),
        "upsample nearest 3d" => On(nn.Upsample(scale_factor: [1, 2, 1.5]), 1, 2, 2, 2, 3),
        "upsample linear" => On(nn.Upsample([10], mode: UpsampleMode.Linear, align_corners: true), Line),
        "upsample bilinear" => On(nn.Upsample(scale_factor: [1.7, 1.5], mode: UpsampleMode.Bilinear), Image),
        "upsample bilinear recomputed" => On(nn.Upsample(scale_factor: [1.7, 1.5], mode: UpsampleMode.Bilinear, recompute_scale_factor: true), Image),
        "upsample bicubic" => On(nn.Upsample([3, 8], mode: UpsampleMode.Bicubic, align_corners: false), Image),
        "upsample trilinear" => On(nn.Upsample([3, 3, 4], mode: UpsampleMode.Trilinear), 1, 2, 2, 2, 3),
        _ => null,
    };

    private static ModuleCase ToSize(ConvTranspose1d module) => new(module, [Line], x => [module.forward(x[0], [22])]);

    private static ModuleCase WithIndices<T>(T pool, Func<T, Func<Tensor, (Tensor, Tensor)>> of, params long[] shape) where T : nn.Module => new(pool, [shape], x =>
    {
        var (values, indices) = of(pool)(x[0]);
        return [values, indices];
    });

    private static ModuleCase Unpooled(nn.Module<Tensor, Tensor, long[]?, Tensor> module, Func<Tensor, (Tensor, Tensor)> pool, long[]? size, params long[] shape) => new(module, [shape], x =>
    {
        var (values, indices) = pool(x[0]);
        return [module.call(values, indices, size)];
    });
}
