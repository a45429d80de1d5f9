using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Count"/>.</summary>
internal sealed record CountHead : Head
{
    public override string Name => "count";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.PoissonLikelihood();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } =
    [Metric.MeanAbsoluteError.Reading(rate => rate.exp()), Metric.RootMeanSquaredError.Reading(rate => rate.exp())];

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    public override Tensor Predict(Tensor output) => output.exp();

    public override void Check(string task, string split, Tensor target)
    {
        const string takes = "a count head takes Float32 whole numbers of at least 0 [rows]";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target);
        Targets.AreWithout(task, split, takes, target, target.lt(0).logical_or(target.ne(target.floor())));
    }

    public override string ToString() => "count";
}
