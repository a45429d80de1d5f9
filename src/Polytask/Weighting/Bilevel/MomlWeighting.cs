using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Multi-objective meta learning, MOML (Ye et al., NeurIPS 2021) for task weights: with w = softmax(lambda) and theta' = theta - alpha sum_t w_t g_t
/// on the training rows, the upper level is the vector of the losses L_t(theta') of the held-out rows. Row t of H, [T, T], is the gradient of
/// L_t(theta') with respect to lambda; lambda descends on Hᵀ pi with the weights pi of MGDA, so that no task's held-out loss is given up for
/// another's; then theta steps on sum_t w_t L_t with the new w. The weights sum to 1.
/// </summary>
/// <remarks>
/// With v_t = grad L_t(theta') on the held-out rows, H = -alpha (V Gᵀ) S is exact, S = diag(w) - w wᵀ being the softmax's derivative, and no
/// second-order term is left out: theta does not depend on lambda. LibMTL does the same; the authors' own code (Baijiong-Lin/MOML, MTL/moml_nyu.py)
/// differentiates through the step. The softmax, and an Adam of lambda's own, are from those codes, against which this was written; the paper itself
/// was not at hand. H has rank T - 1 at most: where tasks differ, MGDA often finds 0 in the hull of its rows, and lambda rests. Cost beyond the step:
/// two forward and 2 T backward passes over half the batch, 2 T P numbers; not differentiated.
/// </remarks>
/// <param name="Rate">Of lambda's Adam.</param>
/// <param name="Alpha">The step of the look ahead.</param>
/// <param name="Normalization">What MGDA divides the rows of H by while pi is found.</param>
internal sealed record MomlWeighting(double Rate, double Alpha, MgdaNormalization Normalization) : BilevelWeighting
{
    public override BilevelRule Start(params IReadOnlyList<string> tasks) => new Rule(this, tasks.Count);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"MOML, learning rate {Rate}, alpha {Alpha}")
        + (Normalization == MgdaNormalization.None ? "" : $", by {Normalization}");

    private sealed class Rule(MomlWeighting spec, int tasks) : LambdaRule("MOML", tasks, 0, spec.Rate)
    {
        private readonly GramianRule mgda = Weighting.Mgda(spec.Normalization).Start(tasks);

        protected override (Tensor Lower, Tensor Upper) Weights(LookAhead look)
        {
            var w = Lambda.softmax(0);
            var (_, g) = look.Lower.Gradients();
            look.Move(g.Combined(w), spec.Alpha);
            var (losses, v) = look.Upper.Gradients();
            var h = -spec.Alpha * v.Products(g, ScalarType.Float64).cpu().matmul(Softmax.Slope(w));
            var pi = mgda.call(h.matmul(h.t()), losses);
            Descend(pi.matmul(h));
            w = Lambda.softmax(0);
            return (w / 2, w / 2);
        }
    }
}
