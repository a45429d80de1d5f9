using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Maxima of [N, C, H, W] over windows at places drawn at random, so that any output size or ratio of sizes can be had. Graham (2014).
/// </summary>
public sealed class FractionalMaxPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal FractionalMaxPool2d(long[] kernel_size, long[]? output_size, double[]? output_ratio) : base(nameof(FractionalMaxPool2d))
    {
        if (output_size is null == output_ratio is null)
            throw new ArgumentException("FractionalMaxPool2d needs either output_size or output_ratio, and not both.", nameof(output_size));
        (this.kernel_size, this.output_size, this.output_ratio) = (kernel_size, output_size, output_ratio);
    }

    public long[] kernel_size { get; set; }

    public long[]? output_size { get; set; }

    public double[]? output_ratio { get; set; }

    public override Tensor forward(Tensor input) => functional.fractional_max_pool2d(input, kernel_size, output_size, output_ratio);

    /// <summary>The maxima and their places.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        functional.fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio);
}

/// <summary>
/// Maxima of [N, C, D, H, W] over windows at places drawn at random, so that any output size or ratio of sizes can be had. Graham (2014).
/// </summary>
public sealed class FractionalMaxPool3d : ParameterLessModule<Tensor, Tensor>
{
    internal FractionalMaxPool3d(long[] kernel_size, long[]? output_size, double[]? output_ratio) : base(nameof(FractionalMaxPool3d))
    {
        if (output_size is null == output_ratio is null)
            throw new ArgumentException("FractionalMaxPool3d needs either output_size or output_ratio, and not both.", nameof(output_size));
        (this.kernel_size, this.output_size, this.output_ratio) = (kernel_size, output_size, output_ratio);
    }

    public long[] kernel_size { get; set; }

    public long[]? output_size { get; set; }

    public double[]? output_ratio { get; set; }

    public override Tensor forward(Tensor input) => functional.fractional_max_pool3d(input, kernel_size, output_size, output_ratio);

    /// <summary>The maxima and their places.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        functional.fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio);
}
