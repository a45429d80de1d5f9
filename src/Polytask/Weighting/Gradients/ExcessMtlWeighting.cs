using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// ExcessMTL (He et al., ICML 2024, equations 6 to 9): the excess risk of a task, what its loss is above the best it can reach, is estimated by
/// E_t = g_tᵀ diag(S_t + 1e-7)^(-1/2) g_t with the summed squares S_t of its gradients, and robust weights follow it:
/// w_t ← w_t exp(eta E_t / E_t(first)), normalised. From 1/T, as in the paper (LibMTL: from 1, the weights summing to T); the first step is the
/// measure of the others and leaves the weights as they are. d = sum_t w_t g_t. Memory: S, T P numbers. O(T P); not differentiated.
/// </summary>
internal sealed record ExcessMtlWeighting(double Eta) : JacobianWeighting
{
    public override JacobianRule Start(int tasks) => new Rule(Eta, tasks);

    public override string ToString() => "ExcessMTL";

    private sealed class Rule : MemoryRule
    {
        private readonly double eta;

        public Rule(double eta, int tasks) : base("ExcessMTL", tasks)
        {
            this.eta = eta;
            register_buffer("logits", zeros(tasks, dtype: ScalarType.Float64));
            register_buffer("first", zeros(tasks, dtype: ScalarType.Float64));
        }

        protected override IEnumerable<Tensor> Direction(ImmutableArray<Tensor> rows)
        {
            var (risk, logits, first) = (zeros(Tasks, dtype: ScalarType.Float64), get_buffer("logits")!, get_buffer("first")!);
            foreach (var (s, g) in Memory.Zip(rows))
            {
                s.add_(g * g);
                risk.add_((g * g / (s + 1e-7).sqrt()).reshape(Tasks, -1).sum(1, type: ScalarType.Float64).cpu());
            }
            if (NextStep() == 1) first.copy_(risk);
            // A task without gradient in the first step has no measure, and its weight stays level.
            else logits.add_((eta * risk.to(first.device) / first).nan_to_num(0, 0, 0));
            return Weighted(rows, logits.softmax(0).cpu().data<double>().ToArray());
        }
    }
}
