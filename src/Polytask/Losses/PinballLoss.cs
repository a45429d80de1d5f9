using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = mean over levels q of max(q (y - z_q), (q - 1) (y - z_q)): its minimiser is the q-quantile of y (Koenker and Bassett, Econometrica 1978).
/// </summary>
internal sealed record PinballLoss : RowLoss
{
    public PinballLoss(IEnumerable<double> levels)
    {
        Levels = [.. levels];
        if (Levels.IsEmpty) throw new DeclarationException("the pinball loss needs at least one quantile level");
        foreach (var level in Levels)
            if (level is not (> 0 and < 1)) throw new DeclarationException($"a quantile level lies between 0 and 1, but got {level}");
    }

    public ImmutableArray<double> Levels { get; }

    public override string Name => $"pinball {string.Join(", ", Levels.Select(level => level.ToString(CultureInfo.InvariantCulture)))}";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var levels = tensor([.. Levels], dtype: output.dtype, device: output.device);
        var below = target.unsqueeze(1) - (output.ndim == 1 ? output.unsqueeze(1) : output); // [rows, levels]
        return maximum(levels * below, (levels - 1) * below).mean([1]);
    }

    public override bool Fits(Head head) => head is QuantilesHead quantiles ? quantiles.Levels.SequenceEqual(Levels)
        : Levels.Length == 1 && head is RegressHead { Outputs: 1 };
}
