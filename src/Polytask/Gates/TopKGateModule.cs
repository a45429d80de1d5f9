using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The logits of a sparse gate, without a bias, and their noise.</summary>
internal sealed class Router : nn.Module
{
    private readonly TorchSharp.Modules.Linear logits;
    private readonly TorchSharp.Modules.Linear? noise;
    private readonly TopKGate spec;

    public Router(TopKGate spec, long features, int experts) : base("router")
    {
        (this.spec, Experts) = (spec, experts);
        logits = nn.Linear(features, experts, false);
        // From zero, as in the paper: noise of standard deviation softplus(0) = log 2 at the start.
        if (spec.HasLearnedNoise) nn.init.zeros_((noise = nn.Linear(features, experts, false)).weight!);
        RegisterComponents();
    }

    public int Experts { get; }

    /// <summary>[rows, features] → logits without noise, and the noise's standard deviation (null without noise), each [rows, experts].</summary>
    public (Tensor Clean, Tensor? Deviation) Of(Tensor x)
    {
        if (!training) return (logits.call(x), null);
        if (spec.Jitter > 0) x = x * rand_like(x).mul(2 * spec.Jitter).add(1 - spec.Jitter);
        var clean = logits.call(x);
        return (clean, noise is not null ? nn.functional.softplus(noise.call(x)) + 1e-2
            : spec.Noise > 0 ? full_like(clean, spec.Noise / Experts) : null);
    }
}

/// <summary>Which experts every row goes to, and with what weight.</summary>
/// <param name="Experts">int64 [rows, k].</param>
/// <param name="Weights">float [rows, k]; 0 where the expert was full.</param>
/// <param name="Kept">bool [rows, k], or null where no expert was full.</param>
internal readonly record struct Routes(Tensor Experts, Tensor Weights, Tensor? Kept);

/// <summary>A sparse gate with weights; see <see cref="TopKGate"/>.</summary>
internal sealed class TopKGateModule : GateModule
{
    private readonly TopKGate spec;
    private readonly Router router;
    private readonly Parameter? task;

    public TopKGateModule(TopKGate spec, Router router, long? embedding)
    {
        (this.spec, this.router) = (spec, router);
        if (embedding is { } dimension) task = new Parameter(randn(dimension));
        RegisterComponents();
    }

    /// <summary>[rows, ...input] → weights [rows, experts], 0 for experts that are not chosen.</summary>
    public override Tensor forward(Tensor x)
    {
        var routes = Route(x.flatten(1));
        return zeros([x.shape[0], router.Experts], dtype: routes.Weights.dtype, device: x.device).scatter(1, routes.Experts, routes.Weights);
    }

    /// <summary>[rows, features] → the chosen experts.</summary>
    public Routes Route(Tensor x)
    {
        var read = task is null ? x : cat([x, task.unsqueeze(0).expand(x.shape[0], -1)], 1);
        var (clean, deviation) = router.Of(read);
        var logits = deviation is null ? clean : clean + randn_like(clean) * deviation;
        var probabilities = logits.softmax(1);
        var (weights, experts) = probabilities.topk(spec.K, 1);
        if (training) Penalise(clean, deviation, logits, probabilities, experts, weights);
        if (spec.IsRenormalised) weights = weights / weights.sum(1, keepdim: true);
        if (spec.CapacityFactor is not { } factor) return new(experts, weights, null);
        var kept = Kept(experts, (long)Math.Ceiling(factor * x.shape[0] * spec.K / router.Experts));
        return new(experts, weights * kept, kept);
    }

    // First choices go before second ones, whatever the row; among equals the batch's order decides, or chance.
    private Tensor Kept(Tensor experts, long capacity)
    {
        using var scope = NewDisposeScope();
        var rows = experts.shape[0];
        var order = spec.Overflow == Overflow.Random ? randperm(rows, device: experts.device) : arange(rows, device: experts.device);
        var wanted = experts.index_select(0, order).t().flatten();                                          // [k * rows], first choices first
        var queues = nn.functional.one_hot(wanted, router.Experts).cumsum(0);                               // place in each expert's queue, from 1
        var place = queues.gather(1, wanted.unsqueeze(1)).view(spec.K, rows).t();
        var kept = zeros_like(experts, dtype: ScalarType.Bool);
        return kept.index_copy_(0, order, place.le(capacity)).MoveToOuterDisposeScope();
    }

    private void Penalise(Tensor clean, Tensor? deviation, Tensor logits, Tensor probabilities, Tensor experts, Tensor weights)
    {
        if (spec.LogitPenalty > 0) Penalise(logits.logsumexp(1).square().mean() * spec.LogitPenalty);
        if (spec.Balance == Balance.None) return;
        var rows = (double)experts.shape[0];
        var counts = bincount(experts.flatten(), minlength: router.Experts).to(probabilities.dtype);
        if (spec.Balance == Balance.Switch)
        {
            Penalise((counts / (rows * spec.K)).dot(probabilities.mean([0L])) * (spec.BalanceFactor * router.Experts));
            return;
        }
        var importance = zeros_like(probabilities).scatter(1, experts, weights).sum([0L]);
        var load = deviation is null || spec.K >= router.Experts ? counts : SmoothLoad(clean, deviation, logits);
        Penalise((Variation(importance) + Variation(load)) * spec.BalanceFactor);
    }

    // The expected number of rows of each expert if its own noise were drawn again: Phi((clean - the k-th best of the others) / deviation).
    private Tensor SmoothLoad(Tensor clean, Tensor deviation, Tensor logits)
    {
        var best = logits.topk(spec.K + 1, 1).values;
        var (last, next) = (best.narrow(1, spec.K - 1, 1), best.narrow(1, spec.K, 1));
        var threshold = where(logits.gt(next), next, last);
        return ((clean - threshold) / deviation).div(Math.Sqrt(2)).erf().add(1).div(2).sum([0L]);
    }

    // cv^2 = variance / mean^2, with the population's variance as M3ViT's code has it; constant where all are 0.
    private static Tensor Variation(Tensor values) => values.var(unbiased: false) / (values.mean().square() + 1e-10);
}
