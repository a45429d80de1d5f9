using System.Numerics;

namespace Polytask;

/// <summary>
/// PCB-Merging (Du et al., "Parameter competition balancing for model merging", NeurIPS 2024), flat: over all merged tensors of a model. A_t =
/// |tau_t| clamped at its 0.01 % and 99.99 % quantiles, nrm brings a task's numbers to [0, 1] by their least and largest. Balance: beta_t = exp(T
/// nrm(A_t)^2) tanh(tau_t sum_s tau_s), within and between tasks. Drop: s_t = nrm(beta_t clamped from below at its 1 - r quantile). theta =
/// theta_0 + lambda sum_t s_t sign(tau_t) A_t / sum_t s_t, and theta_0 where the sum is 0. Quantiles are exact, between neighbours linear. Five
/// passes and samples (<see cref="OrderStatistic"/>).
/// </summary>
/// <param name="Keep">r; 0.1 to 0.2.</param>
/// <param name="Scale">lambda, about 1 to 2.</param>
internal sealed record PcbMerge(double Keep, double Scale) : BlockMethod
{
    private const double Outliers = 1e-4;

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var (tasks, scale) = (passes.Tasks, T.CreateChecked(Scale));
        // sum_s tau_s, in a row of the scratch that no other step uses.
        BlockRule<T> sum = (in Block<T> block) =>
        {
            var total = block.Scratch(1);
            total.Clear();
            for (var task = 0; task < tasks; task++) SpanArithmetic.Add<T>(block.Tau(task), total);
        };
        var summed = passes.After(sum);
        var low = OrderStatistic.Quantile(summed, Outliers, null);
        var high = OrderStatistic.Quantile(summed, 1 - Outliers, null);
        OrderStatistic.Values<T> balance = (in Block<T> block, int task) =>
        {
            var tau = block.Tau(task);
            var total = block.Scratch(1);
            var beta = block.Scratch(0);
            var count = T.CreateChecked(tasks);
            for (var i = 0; i < tau.Length; i++)
            {
                var a = Unit(T.Clamp(T.Abs(tau[i]), low[task], high[task]), low[task], high[task]);
                beta[i] = T.Exp(count * a * a) * T.Tanh(tau[i] * total[i]);
            }
            return beta;
        };
        var least = OrderStatistic.Quantile(summed, 1 - Keep, balance);
        var most = OrderStatistic.KthLargest(summed, 1, balance);
        return (in Block<T> block) =>
        {
            sum(block);
            var shares = block.Scratch(2);
            var result = block.Result;
            shares.Clear();
            result.Clear();
            for (var task = 0; task < tasks; task++)
            {
                var tau = block.Tau(task);
                var beta = balance(block, task);
                for (var i = 0; i < tau.Length; i++)
                {
                    var share = Unit(T.Max(beta[i], least[task]), least[task], most[task]);
                    result[i] += share * T.CopySign(T.Clamp(T.Abs(tau[i]), low[task], high[task]), tau[i]) * (T.IsZero(tau[i]) ? T.Zero : T.One);
                    shares[i] += share;
                }
            }
            var start = block.Base;
            for (var i = 0; i < result.Length; i++) result[i] = start[i] + (T.IsZero(shares[i]) ? T.Zero : scale * result[i] / shares[i]);
        };
    }

    public override string ToString() => FormattableString.Invariant($"PCB keep {Keep}, scale {Scale}");

    // Numbers that are all one are all at the lower end.
    private static T Unit<T>(T value, T low, T high) where T : unmanaged, INumber<T> => high > low ? (value - low) / (high - low) : T.Zero;
}
