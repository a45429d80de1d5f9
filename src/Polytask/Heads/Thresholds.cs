using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// One score for all steps between levels, and a threshold for each: w.x - b_k, the logit of P(level > k). Thresholds rise by construction,
/// b_(k+1) = b_k + softplus(g_k), so that probabilities of levels are never negative. float [batch, features] → [batch, steps].
/// </summary>
internal sealed class Thresholds : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear score;
    private readonly TorchSharp.Modules.Parameter first;
    private readonly TorchSharp.Modules.Parameter gaps;

    public Thresholds(long features, long steps) : base("thresholds")
    {
        register_module("score", score = nn.Linear(features, 1, hasBias: false));
        // Steps one apart, around 0: softplus(0.5413) = 1.
        register_parameter("first", first = new(full(1, -(steps - 1) / 2f)));
        register_parameter("gaps", gaps = new(full(steps - 1, 0.5413f)));
    }

    public override Tensor forward(Tensor x)
    {
        var thresholds = cat([first, first + nn.functional.softplus(gaps).cumsum(0)], 0);
        return score.call(x) - thresholds;
    }
}
