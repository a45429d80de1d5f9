using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// (x - mean) / √(var + eps) · weight + bias per channel. Training uses the batch's mean and biased variance and updates the running statistics
/// (with the unbiased variance); evaluation uses the running statistics.
/// </summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var average = momentum ?? 0.0;
        if (training && track_running_stats && num_batches_tracked is { } batches)
        {
            batches.add_(1);
            // Without momentum the running statistics are the plain mean over all batches.
            if (momentum is null) average = 1.0 / batches.item<long>();
        }
        var fromBatch = training || (running_mean is null && running_var is null);
        var useRunning = !training || track_running_stats;
        return nn.functional.batch_norm(input, useRunning ? running_mean : null, useRunning ? running_var : null, weight, bias, fromBatch, average, eps);
    }
}

/// <summary>Batch norm of [N, C] or [N, C, L].</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d)) { }

    private protected override void ValidateInputDimensions(Tensor input)
    {
        var dimensions = input.dim();
        if (dimensions is not (2 or 3)) throw new ArgumentException($"expected 2D or 3D input, but got {dimensions}D input.");
    }
}

/// <summary>Batch norm of [N, C, H, W].</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d)) { }

    private protected override void ValidateInputDimensions(Tensor input)
    {
        var dimensions = input.dim();
        if (dimensions != 4) throw new ArgumentException($"expected 4D input, but got {dimensions}D input.");
    }
}

/// <summary>Batch norm of [N, C, D, H, W].</summary>
public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm3d)) { }

    private protected override void ValidateInputDimensions(Tensor input)
    {
        var dimensions = input.dim();
        if (dimensions != 5) throw new ArgumentException($"expected 5D input, but got {dimensions}D input.");
    }
}
