using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// FORUM (Ye et al., ECAI 2024), first-order multi-objective bilevel optimisation, for task weights: with w = softmax(lambda), f(lambda, theta) =
/// sum_t w_t L_t(theta) on the training rows and F_t(theta) = L_t(theta) on the held-out rows, all F_t are made small under the constraint
/// q = f(lambda, theta) - min f(lambda, ·) ≤ 0. The minimum is taken at theta^ after N steps of SGD from theta, so that grad q =
/// (grad_lambda f(lambda, theta) - grad_lambda f(lambda, theta^), grad_theta f(lambda, theta)). Among the directions with grad q · d ≤
/// -rho |grad q|², d = -(sum_t pi_t grad F_t + nu grad q) serves the worst-served F_t best: (pi, nu) minimises
/// |sum_t pi_t grad F_t + nu grad q|² / 2 - nu rho |grad q|² over the simplex and nu ≥ 0. pi is averaged over steps k with the share k^(-3/4) of
/// the new, and nu = max(rho - grad q · sum_t pi_t grad F_t / |grad q|², 0) follows it; lambda and theta descend along d together. The weights of
/// the training rows sum to nu, those of the held-out rows to 1: where both agree nu is 0, lambda rests, and the held-out rows alone are trained on.
/// </summary>
/// <remarks>
/// From the authors' code (Baijiong-Lin/FORUM, and LibMTL's trainer.py); the paper itself was not at hand. Otherwise than there: the gradients of F are
/// as they are, where the code gives each length 1; the problem for pi has the 1/2 that its dual asks for; the average counts steps, where the code
/// counts epochs. No derivative of second order, nor through the N steps. Cost beyond the step: N + 2 forward and T + N backward passes over half
/// the batch, T P numbers; not differentiated.
/// </remarks>
/// <param name="Rate">Of lambda's Adam.</param>
/// <param name="Alpha">The step of the N steps.</param>
/// <param name="Inner">N.</param>
/// <param name="Rho">How fast q is to fall.</param>
internal sealed record ForumWeighting(double Rate, double Alpha, int Inner, double Rho) : BilevelWeighting
{
    private const double Decay = 0.75;

    public override BilevelRule Start(params IReadOnlyList<string> tasks) => new Rule(this, tasks.Count);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"FORUM, learning rate {Rate}, {Inner} steps of {Alpha}, rho {Rho}");

    private sealed class Rule : LambdaRule
    {
        private readonly ForumWeighting spec;

        public Rule(ForumWeighting spec, int tasks) : base("FORUM", tasks, 0, spec.Rate)
        {
            this.spec = spec;
            register_buffer("pi", full(tasks, 1.0 / tasks, dtype: ScalarType.Float64));
        }

        protected override (Tensor Lower, Tensor Upper) Weights(LookAhead look)
        {
            var (w, one) = (Lambda.softmax(0), ones(1));
            var (_, v) = look.Upper.Gradients();
            var (here, f) = look.Lower.Gradient(w);
            look.Move(f.Combined(one), spec.Alpha);
            for (var step = 1; step < spec.Inner; step++) look.Move(look.Lower.Gradient(w).Row.Combined(one), spec.Alpha);
            var q = Softmax.Slope(w).matmul(here - look.Lower.Losses()); // its derivative by lambda; by theta it is f's
            var square = f.Gramian(ScalarType.Float64).item<double>() + q.dot(q).item<double>();
            var across = v.Products(f, ScalarType.Float64).cpu().squeeze(1); // F knows no lambda

            var best = SimplexRayQuadratic.Minimum(
                Values(v.Gramian(ScalarType.Float64).cpu()), across.data<double>().ToArray(), square, spec.Rho * square);
            var pi = get_buffer("pi")!;
            pi.add_(Math.Pow(NextStep, -Decay) * (tensor(best, device: pi.device) - pi));
            var mixed = pi.clone().cpu();
            var nu = square > 0 ? Math.Max(spec.Rho - across.dot(mixed).item<double>() / square, 0) : 0;
            Descend(nu * q);
            return (nu * w, mixed);
        }

        private static double[,] Values(Tensor gramian)
        {
            var values = new double[gramian.shape[0], gramian.shape[1]];
            Buffer.BlockCopy(gramian.contiguous().data<double>().ToArray(), 0, values, 0, values.Length * sizeof(double));
            return values;
        }
    }
}
