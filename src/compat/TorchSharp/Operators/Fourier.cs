namespace TorchSharp;

/// <summary>Where a Fourier transform and its inverse divide by the number of points: only the inverse, only the forward one, or both by the root.</summary>
public enum FFTNormType
{
    Backward = 0,
    Forward = 1,
    Ortho = 2,
}

public static partial class torch
{
    /// <summary>Discrete Fourier transforms, batched over the dimensions that are not transformed.</summary>
    public static partial class fft
    {
        /// <summary>Of <paramref name="n"/> points along a dimension (cut or padded with zeros to them; -1: as many as there are).</summary>
        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_fft(input, Points(n), dim, Name(norm));

        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_ifft(input, Points(n), dim, Name(norm));

        /// <summary>Of a real input: the first half of the spectrum, n / 2 + 1 numbers, which determines the other half.</summary>
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_rfft(input, Points(n), dim, Name(norm));

        /// <summary>The inverse of <see cref="rfft"/>; give <paramref name="n"/> when the number of points was odd.</summary>
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_irfft(input, Points(n), dim, Name(norm));

        /// <summary>Of an input that is Hermitian in the time domain, of which the first half is given: a real spectrum.</summary>
        public static Tensor hfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_hfft(input, Points(n), dim, Name(norm));

        public static Tensor ihfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_ihfft(input, Points(n), dim, Name(norm));

        /// <summary>Over two dimensions, the last two unless others are given.</summary>
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_fft2(input, s, dim, Name(norm));

        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_ifft2(input, s, dim, Name(norm));

        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_rfft2(input, s, dim, Name(norm));

        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_irfft2(input, s, dim, Name(norm));

        public static Tensor hfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_hfft2(input, s, dim, Name(norm));

        public static Tensor ihfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_ihfft2(input, s, dim, Name(norm));

        /// <summary>Over all dimensions, unless some are given.</summary>
        public static Tensor fftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_fftn(input, s, dim, Name(norm));

        public static Tensor ifftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_ifftn(input, s, dim, Name(norm));

        public static Tensor rfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_rfftn(input, s, dim, Name(norm));

        public static Tensor irfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_irfftn(input, s, dim, Name(norm));

        public static Tensor hfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_hfftn(input, s, dim, Name(norm));

        public static Tensor ihfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Ops.fft_ihfftn(input, s, dim, Name(norm));

        /// <summary>The frequencies of the spectrum of <paramref name="n"/> points that are <paramref name="d"/> apart: first the positive ones.</summary>
        public static Tensor fftfreq(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.fft_fftfreq(n, d, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

        /// <summary>The frequencies of <see cref="rfft"/>.</summary>
        public static Tensor rfftfreq(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.fft_rfftfreq(n, d, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

        /// <summary>Moves the zero frequency to the middle.</summary>
        public static Tensor fftshift(Tensor input, long[]? dim = null) => Ops.fft_fftshift(input, dim);

        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Ops.fft_ifftshift(input, dim);

        private static long? Points(long n) => n < 0 ? null : n;

        private static string Name(FFTNormType norm) => norm.ToString().ToLowerInvariant();
    }

    /// <summary>
    /// The spectra of overlapping windows: [..., frequencies, frames]. The hop is a quarter of <paramref name="n_fft"/> and the window as
    /// long as it, unless given.
    /// </summary>
    public static Tensor stft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    /// <summary>The signal whose <see cref="stft"/> this is, by overlapping and adding.</summary>
    public static Tensor istft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false,
        bool? onesided = null, long length = -1, bool return_complex = false) =>
        input.istft(n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex);

    /// <summary>A triangle: 1 - |2 k / n - 1|, where n is the length (periodic) or one less (symmetric).</summary>
    public static Tensor bartlett_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.bartlett_window(len, periodic, Floating(dtype), device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>0.42 - 0.5 cos(2 π k / n) + 0.08 cos(4 π k / n).</summary>
    public static Tensor blackman_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.blackman_window(len, periodic, Floating(dtype), device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>alpha - beta cos(2 π k / n).</summary>
    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        // By way of decimals: 0.54f stands for 0.54, which a float64 window should have in its own precision.
        Ops.hamming_window(len, periodic, (double)(decimal)alpha, (double)(decimal)beta, Floating(dtype), device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>sin²(π k / n).</summary>
    public static Tensor hann_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.hann_window(len, periodic, Floating(dtype), device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>I0(beta √(1 - (2 k / n - 1)²)) / I0(beta).</summary>
    public static Tensor kaiser_window(
        long len, bool periodic = true, float beta = 12.0f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.kaiser_window(len, periodic, beta, Floating(dtype), device ?? DefaultDevice).Requiring(requires_grad);

    private static ScalarType? Floating(ScalarType? dtype) =>
        dtype is { } type && !is_floating_point(type) ? throw new ArgumentException($"a window cannot be of type {type}: only floating-point types are supported") : dtype ?? DefaultDtype;

    public partial class Tensor
    {
        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
            Ops.stft(
                this, n_fft, hop_length < 0 ? null : hop_length, win_length < 0 ? null : win_length, window, center,
                pad_mode.ToString().ToLowerInvariant(), normalized, onesided, return_complex);

        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false,
            bool? onesided = null, long length = -1, bool return_complex = false) =>
            Ops.istft(
                this, n_fft, hop_length < 0 ? null : hop_length, win_length < 0 ? null : win_length, window, center, normalized, onesided,
                length < 0 ? null : length, return_complex);
    }
}
