using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A gate of owned experts to their owner alone (HoME, arXiv 2408.05430, equation 11); see <see cref="ExpertsLayer.WithSelfGates"/>.</summary>
internal sealed class SelfGateModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear logits;

    public SelfGateModule(Shape input, int experts) : base("self_gate")
    {
        logits = nn.Linear(input.Count, experts);
        RegisterComponents();
    }

    /// <summary>[rows, ...input] → [rows, experts].</summary>
    public override Tensor forward(Tensor x)
    {
        var scores = logits.call(x.flatten(1));
        return scores.shape[1] == 1 ? scores.sigmoid() : ExpertSoftmax.Of(scores);
    }
}
