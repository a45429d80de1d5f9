using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>(Σ xᵖ)^(1/p) over each window of [N, C, L], with p = norm_type.</summary>
public sealed class LPPool1d : ParameterLessModule<Tensor, Tensor>
{
    internal LPPool1d(double norm_type, long kernel_size, long? stride, bool ceil_mode) : base(nameof(LPPool1d)) =>
        (this.norm_type, this.kernel_size, this.stride, this.ceil_mode) = (norm_type, kernel_size, stride, ceil_mode);

    public double norm_type { get; set; }

    public long kernel_size { get; set; }

    public long? stride { get; set; }

    public bool ceil_mode { get; set; }

    public override Tensor forward(Tensor input) => functional.lp_pool1d(input, norm_type, kernel_size, stride, ceil_mode);
}

/// <summary>(Σ xᵖ)^(1/p) over each window of [N, C, H, W], with p = norm_type.</summary>
public sealed class LPPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal LPPool2d(double norm_type, long[] kernel_size, long[]? stride, bool ceil_mode) : base(nameof(LPPool2d)) =>
        (this.norm_type, this.kernel_size, this.stride, this.ceil_mode) = (norm_type, kernel_size, stride, ceil_mode);

    public double norm_type { get; set; }

    public long[] kernel_size { get; set; }

    public long[]? stride { get; set; }

    public bool ceil_mode { get; set; }

    public override Tensor forward(Tensor input) => functional.lp_pool2d(input, norm_type, kernel_size, stride, ceil_mode);
}
