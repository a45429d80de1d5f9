using static TorchSharp.torch;

namespace Polytask;

/// <summary>What a fusion made of logits.</summary>
/// <param name="Logits">L + sum_t alpha_t d_t, [rows, vocabulary] of Float64.</param>
/// <param name="Alphas">alpha_t for each row and expert, [rows, experts] of Float64.</param>
/// <param name="Shifts">KL(Q_t || Q), how far each expert moved by its tuning, [rows, experts] of Float64.</param>
public sealed record FusedLogits(Tensor Logits, Tensor Alphas, Tensor Shifts) : IDisposable
{
    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Logits.Dispose();
        Alphas.Dispose();
        Shifts.Dispose();
    }
}
