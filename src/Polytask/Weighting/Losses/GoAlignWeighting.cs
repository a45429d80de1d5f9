using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// GO4Align (Shen et al., NeurIPS 2024): p on the simplex, from 1/T, p_t ← p_t exp(-eta L_t) renormalised; u_t = p_t (sum_k L_k) / L_t; the numbers u are
/// put into K groups of the least squares within (exactly, for they lie on a line), and each task counts by its group's mean. O(K T^2). Losses above 0.
/// </summary>
internal sealed record GoAlignWeighting(int Groups, double Rate) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Aligned(tasks.Count, this);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"go4align, {Groups} groups, rate {Rate}");

    private sealed class Aligned : nn.Module<Tensor, Tensor>
    {
        private readonly GoAlignWeighting spec;

        public Aligned(int tasks, GoAlignWeighting spec) : base("go4align")
        {
            this.spec = spec;
            register_buffer("shares", full(tasks, 1.0 / tasks, ScalarType.Float64));
        }

        public override Tensor forward(Tensor losses)
        {
            using var scope = NewDisposeScope();
            var values = losses.detach().cpu().to(ScalarType.Float64);
            _ = Positive.Log("go4align", values);
            var shares = get_buffer("shares")!;
            if (training)
                using (no_grad())
                {
                    shares.mul_((-spec.Rate * values).exp().to(shares.device));
                    shares.div_(shares.sum());
                }
            var needs = (shares.cpu() * values.sum() / values).data<double>().ToArray();
            var weights = tensor(LineGroups.Means(needs, Math.Min(spec.Groups, needs.Length))).to(losses.dtype).to(losses.device);
            return losses.dot(weights).MoveToOuterDisposeScope();
        }
    }
}
