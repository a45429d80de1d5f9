using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Cox"/>.</summary>
internal sealed record CoxHead : Head
{
    public override string Name => "cox";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.CoxLikelihood();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.ConcordanceIndex];

    // A common constant cancels in the partial likelihood.
    public override nn.Module<Tensor, Tensor> Build(Shape features) => nn.Linear(features.Count, 1, hasBias: false);

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    public override void Check(string task, string split, Tensor target)
    {
        const string takes = "a Cox head takes Float32 [rows, 2]: the time, at least 0, and 1 for an event or 0 for a censored row";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, 2);
        var (time, died) = (target.select(1, 0), target.select(1, 1));
        Targets.AreWithout(task, split, takes, died, died.ne(0).logical_and(died.ne(1)));
        Targets.AreWithout(task, split, takes, time, time.lt(0));
    }

    public override string ToString() => "cox";
}
