using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What the convolutions share: W of shape [out_channels, in_channels / groups, kernel...], transposed [in_channels, out_channels / groups, kernel...],
/// and b of shape [out_channels].
/// </summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;
    private readonly long[] _borders;

    private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype) : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        if (groups <= 0 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"{name}: in_channels ({in_channels}) and out_channels ({out_channels}) must be divisible by groups ({groups})", nameof(groups));
        if (padding_type == TorchSharp.Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions", nameof(stride));
        (this.in_channels, this.out_channels, this.kernel_size, this.stride, this.dilation) = (in_channels, out_channels, kernel_size, stride, dilation);
        (this.transposed, this.output_padding) = (transposed, output_padding);
        (this.groups, this.padding_mode, this.padding_type) = (groups, padding_mode, padding_type);
        this.padding = padding_type is null ? padding ?? new long[kernel_size.Length] : null;
        _borders = Borders();

        var (rows, columns) = transposed ? (in_channels, out_channels / groups) : (out_channels, in_channels / groups);
        _weight = new Parameter(empty([rows, columns, .. kernel_size], dtype: dtype, device: device));
        _bias = bias ? new Parameter(empty(out_channels, dtype: dtype, device: device)) : null;
        ConditionallyRegisterParameter(nameof(weight), _weight);
        ConditionallyRegisterParameter(nameof(bias), _bias);
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; }

    public long[] stride { get; }

    public long[]? padding { get; }

    public Padding? padding_type { get; }

    public long[] dilation { get; }

    public bool transposed { get; }

    public long[] output_padding { get; }

    public long groups { get; }

    public PaddingModes padding_mode { get; }

    public Parameter weight
    {
        get => _weight;
        set => ConditionallyRegisterParameter(nameof(weight), _weight = value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => ConditionallyRegisterParameter(nameof(bias), _bias = value);
    }

    /// <summary>Draws PyTorch's initial values anew.</summary>
    public void reset_parameters() => DefaultInitialization.Uniform(_weight, _bias);

    /// <summary>Whether an input is [N, in_channels, ...] or [in_channels, ...] with as many dimensions as the kernel.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var batched = (int)(input.dim() - dimensions - 1);
        return batched is 0 or 1 && input.shape[batched] == in_channels;
    }

    /// <summary>Refuses an input of another shape.</summary>
    private protected void Expect(Tensor input)
    {
        var dimensions = kernel_size.Length;
        if (!ValidateShape(input, dimensions))
            throw new ArgumentException($"Expected {dimensions + 1}D (unbatched) or {dimensions + 2}D (batched) input with {in_channels} channels to {GetName()}, "
                + $"but got an input of shape [{string.Join(", ", input.shape)}].", nameof(input));
    }

    /// <summary>The input with its border, for the padding modes that the convolution itself does not know.</summary>
    private protected Tensor Bordered(Tensor input) => nn.functional.pad(input, _borders, padding_mode);

    /// <summary>Padding before and after each dimension, the last dimension first, as <c>pad</c> takes it.</summary>
    private long[] Borders()
    {
        var borders = new List<long>();
        for (var i = kernel_size.Length - 1; i >= 0; i--)
        {
            var total = padding is not null ? 2 * padding[i] : padding_type == TorchSharp.Padding.Same ? dilation[i] * (kernel_size[i] - 1) : 0;
            borders.Add(total / 2);
            borders.Add(total - total / 2);
        }
        return [.. borders];
    }
}
