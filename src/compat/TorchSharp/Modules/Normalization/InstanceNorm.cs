using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// (x - mean) / √(var + eps) · weight + bias with the mean and variance of each channel of each example: Ulyanov et al. (2016). With running
/// statistics these are used in evaluation.
/// </summary>
public abstract class InstanceNorm : NormBase
{
    private readonly int _dimensions;

    private protected InstanceNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name, int dimensions)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) => _dimensions = dimensions;

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var shape = input.shape;
        var channels = shape.Length - _dimensions - 1;
        if (shape[channels] != num_features)
            throw new ArgumentException($"expected input's size at dim={channels} to match num_features ({num_features}), but got: {shape[channels]}.");
        if (channels == 1) return Normalized(input);
        using var batch = input.unsqueeze(0);
        using var normalized = Normalized(batch);
        return normalized.squeeze(0);
    }

    private Tensor Normalized(Tensor input) =>
        nn.functional.instance_norm(input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);

    private protected override void ValidateInputDimensions(Tensor input)
    {
        var dimensions = input.dim();
        if (dimensions != _dimensions + 1 && dimensions != _dimensions + 2)
            throw new ArgumentException($"expected {_dimensions + 1}D or {_dimensions + 2}D input, but got {dimensions}D input.");
    }
}

/// <summary>Instance norm of [N, C, L] or [C, L].</summary>
public sealed class InstanceNorm1d : InstanceNorm
{
    internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d), 1) { }
}

/// <summary>Instance norm of [N, C, H, W] or [C, H, W].</summary>
public sealed class InstanceNorm2d : InstanceNorm
{
    internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d), 2) { }
}

/// <summary>Instance norm of [N, C, D, H, W] or [C, D, H, W].</summary>
public sealed class InstanceNorm3d : InstanceNorm
{
    internal InstanceNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm3d), 3) { }
}
