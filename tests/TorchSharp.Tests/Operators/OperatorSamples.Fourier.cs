using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void Fourier()
    {
        On("fft_fft", x => view_as_real(fft.fft_(x[0], 4, 1)), R(2, 3));
        On("fft_ifft", x => view_as_real(fft.ifft(x[0], norm: FFTNormType.Ortho).resolve_conj()), R(2, 4));
        On("fft_rfft", x => view_as_real(fft.rfft(x[0], dim: 0, norm: FFTNormType.Forward)), R(5, 2));
        On("fft_irfft", x => fft.irfft(complex(x[0], x[1]), 5), R(2, 3), R(2, 3));
        On("fft_hfft", x => fft.hfft(complex(x[0], x[1])), R(2, 3), R(2, 3));
        On("fft_ihfft", x => view_as_real(fft.ihfft(x[0]).resolve_conj()), R(2, 6));
        On("fft_fft2", x => view_as_real(fft.fft2(x[0])), R(2, 3, 4));
        On("fft_ifft2", x => view_as_real(fft.ifft2(x[0], s: [2, 5])), R(3, 4));
        On("fft_rfft2", x => view_as_real(fft.rfft2(x[0], dim: [0, 1])), R(3, 4, 2));
        On("fft_irfft2", x => fft.irfft2(complex(x[0], x[1])), R(3, 3), R(3, 3));
        On("fft_hfft2", x => fft.hfft2(complex(x[0], x[1])), R(3, 3), R(3, 3));
        On("fft_ihfft2", x => view_as_real(fft.ihfft2(x[0])), R(3, 4));
        On("fft_fftn", x => view_as_real(fft.fftn(x[0], norm: FFTNormType.Ortho)), R(2, 3, 2));
        On("fft_ifftn", x => view_as_real(fft.ifftn(x[0], dim: [0, 2])), R(2, 3, 2));
        On("fft_rfftn", x => view_as_real(fft.rfftn(x[0])), R(2, 3, 4));
        On("fft_irfftn", x => fft.irfftn(complex(x[0], x[1])), R(2, 3, 3), R(2, 3, 3));
        On("fft_hfftn", x => fft.hfftn(complex(x[0], x[1])), R(2, 3), R(2, 3));
        On("fft_ihfftn", x => view_as_real(fft.ihfftn(x[0])), R(2, 4));
        On("fft_fftshift", x => fft.fftshift(x[0], [1]), R(2, 5));
        On("fft_ifftshift", x => fft.ifftshift(x[0]), R(3, 5));
        On("stft", x => view_as_real(stft(x[0], 4, 2, window: Hann(4), return_complex: true)), R(12));
        On("istft", x => istft(stft(x[0], 4, 2, window: Hann(4), return_complex: true), 4, 2, window: Hann(4), length: 12), R(12));
    }

    private void Sparse()
    {
        On("sparse_coo_tensor", x => Coordinates(x[0]).to_dense(), R(3));
        On("to_sparse", x => x[0].to_sparse().to_dense(), R(3, 2));
        On("to_sparse", x => x[0].to_sparse(1).to_dense(), R(3, 2));
        On("to_dense", x => Coordinates(x[0]).to_dense(), R(3));
        On("coalesce", x => Coordinates(x[0]).coalesce().to_dense(), R(3));
        On("matmul", x => Coordinates(N(1, -2, 3)).matmul(x[0]), R(2, 2));
    }

    private Tensor Hann(long length) => hann_window(length, dtype: type, device: device);

    /// <summary>A sparse 3 x 2 matrix of three values, two of them at the same place.</summary>
    private Tensor Coordinates(Tensor values) => sparse_coo_tensor(Index(new long[,] { { 0, 2, 2 }, { 1, 0, 0 } }), values, [3, 2]);
}
