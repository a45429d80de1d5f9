using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The correction Delta that DOGE adds to all task vectors of a matrix (Wei et al., "Modeling multi-task model merging as adaptive projective
/// gradient descent", ICML 2025; one product for each row, as in the reference code). With s = sum_i lambda_i it lowers
/// <code>
/// J(Delta) = sum_j sum_a r_aj²,   r_aj = tau_j[a] . (tau_j[a] - sum_i lambda_i (tau_i[a] + Delta[a]))
/// dJ / dDelta[a] = -2 s sum_j r_aj tau_j[a]
/// </code>
/// by steps along (I - P) gradient; P = U U^T projects on the subspace that the tasks share on the side of outputs.
/// </summary>
public static class DogeCorrection
{
    private const double RelativeRate = 0.02;

    /// <summary>Delta of one matrix.</summary>
    /// <param name="taus">tau_t, [outputs, inputs] each, on one device and of one floating type, in which is computed.</param>
    /// <param name="coefficients">lambda_t.</param>
    /// <param name="options">Steps, projection and learning rate; its coefficients and its mask have no part in this.</param>
    /// <returns>Delta, which the caller disposes, and J before each step and after the last one. A step reads the task vectors twice; twice their
    /// memory is taken.</returns>
    public static (Tensor Delta, double[] Objective) Find(IReadOnlyList<Tensor> taus, IReadOnlyList<double> coefficients, DogeOptions options)
    {
        if (taus.Count == 0 || taus.Any(tau => tau.Dimensions != 2 || !tau.shape.AsSpan().SequenceEqual(taus[0].shape)))
            throw new ArgumentException("DOGE corrects task vectors of one matrix, [outputs, inputs] each, but got "
                + (taus.Count == 0 ? "none" : string.Join(" and ", taus.Select(tau => $"[{string.Join(", ", tau.shape)}]"))), nameof(taus));
        if (coefficients.Count != taus.Count)
            throw new ArgumentException($"DOGE takes a coefficient for each of {taus.Count} task vectors, but got {coefficients.Count}");
        options.Checked();
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        // Without a learning rate lengths are in units of the task vectors' size, which leaves no number on a scale of its own.
        var stacked = stack([.. taus.Select(tau => tau.detach())], 1).contiguous();
        var size = stacked.square().mean().sqrt().ToDouble();
        if (size == 0) return (zeros_like(taus[0]).MoveToOuterDisposeScope(), new double[options.Steps + 1]);
        var unit = options.LearningRate is null ? size : 1;
        var surrogate = new Surrogate(stacked / unit, coefficients);
        var shared = options.IsProjected ? SharedDirections(taus, options.Subspace) : null;
        using var delta = new Parameter(zeros_like(taus[0]));
        var rate = options.LearningRate ?? RelativeRate;
        using var adam = optim.Adam([delta], rate);
        var objective = new double[options.Steps + 1];
        for (var step = 0; ; step++)
        {
            using var inner = NewDisposeScope();
            var residuals = surrogate.Residuals(delta);
            objective[step] = Math.Pow(unit, 4) * residuals.square().sum().ToDouble();
            if (step == options.Steps) break;
            var gradient = surrogate.Gradient(residuals);
            if (shared is not null) gradient -= shared.matmul(shared.t().matmul(gradient));
            if (options.IsPlainDescent)
            {
                delta.sub_(rate * gradient);
                continue;
            }
            delta.grad = gradient;
            adam.step();
            delta.grad = null;
        }
        return ((delta.detach() * unit).MoveToOuterDisposeScope(), objective);
    }

    /// <summary>
    /// U, [outputs, q / parts], orthonormal columns: of each tau_t the q / T (rounded down) largest left singular vectors side by side, and of those
    /// the largest left singular vectors. Null where a number of them is 0.
    /// </summary>
    internal static Tensor? SharedDirections(IReadOnlyList<Tensor> taus, int parts)
    {
        var shorter = taus[0].shape.Min();
        var (own, kept) = (shorter / taus.Count, shorter / parts);
        if (own == 0 || kept == 0) return null;
        var columns = cat([.. taus.Select(tau => linalg.svd(tau.detach(), fullMatrices: false).U.narrow(1, 0, own))], 1);
        var directions = linalg.svd(columns, fullMatrices: false).U;
        return directions.narrow(1, 0, Math.Min(kept, directions.shape[1]));
    }

    /// <summary>J and its gradient.</summary>
    internal sealed class Surrogate
    {
        private readonly Tensor taus;
        private readonly Tensor constants;
        private readonly double sum;

        /// <param name="taus">[outputs, T, inputs].</param>
        /// <param name="coefficients">lambda_t.</param>
        public Surrogate(Tensor taus, IReadOnlyList<double> coefficients)
        {
            (this.taus, sum) = (taus, coefficients.Sum());
            using var scope = NewDisposeScope();
            var lambda = tensor([.. coefficients]).to(taus.dtype, taus.device);
            var merged = (taus * lambda.view(1, -1, 1)).sum([1L], keepdim: true);
            constants = (taus * (taus - merged)).sum([2L], keepdim: true).MoveToOuterDisposeScope();
        }

        /// <summary>r, [outputs, T, 1].</summary>
        public Tensor Residuals(Tensor delta) => constants - sum * taus.bmm(delta.unsqueeze(2));

        /// <summary>dJ / dDelta, [outputs, inputs].</summary>
        public Tensor Gradient(Tensor residuals) => residuals.transpose(1, 2).bmm(taus).squeeze(1).mul_(-2 * sum);
    }
}
