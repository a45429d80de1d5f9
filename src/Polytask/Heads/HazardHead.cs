using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Hazard"/>.</summary>
internal sealed record HazardHead : Head
{
    public HazardHead(long intervals) => Outputs = intervals >= 1
        ? intervals
        : throw new DeclarationException($"a hazard head needs at least 1 interval, but got {intervals}");

    public override string Name => "hazard";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.DiscreteHazard();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.ConcordanceIndex.Reading(output => Survival(output).sum(1).neg())];

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => Survival(output);

    // S_t = prod_(s <= t) (1 - h_s). Its sum is the expected number of intervals survived: the fewer, the higher the risk.
    private static Tensor Survival(Tensor output) => output.neg().log_sigmoid().cumsum(1).exp();

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"a hazard head of {Outputs} intervals takes Float32 [rows, 2]: the interval, 0 to {Outputs - 1}, "
            + "and 1 for an event or 0 for a censored row";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, 2);
        var (time, died) = (target.select(1, 0), target.select(1, 1));
        Targets.AreWithout(task, split, takes, died, died.ne(0).logical_and(died.ne(1)));
        Targets.AreWithout(task, split, takes, time, time.lt(0).logical_or(time.ge(Outputs)).logical_or(time.ne(time.floor())));
    }

    public override string ToString() => $"hazard {Outputs} intervals";
}
