using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.OrdinalConditional"/>.</summary>
internal sealed record OrdinalConditionalHead : Head
{
    private readonly long levels;

    public OrdinalConditionalHead(long levels) => this.levels = levels >= 2
        ? levels
        : throw new DeclarationException($"an ordinal conditional head needs at least 2 levels, but got {levels}");

    public override string Name => "ordinal conditional";

    public override long Outputs => levels - 1;

    public override Loss DefaultLoss => Loss.Corn();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } =
    [
        Metric.MeanAbsoluteError.Reading(output => Level(output).to(ScalarType.Float64), target => target.to(ScalarType.Float64)),
        Metric.QuadraticKappa.Reading(Votes),
        Metric.Accuracy.Reading(Votes),
    ];

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => Level(output);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"an ordinal conditional head takes int64 levels 0 to {levels - 1} [rows]";
        Targets.HaveShape(task, split, takes, ScalarType.Int64, target);
        Targets.AreWithout(task, split, takes, target, target.ge(levels));
    }

    // P(label > k) is the product of the conditional probabilities up to k, so it falls with k.
    private static Tensor Level(Tensor output) => output.log_sigmoid().cumsum(1).gt(Math.Log(0.5)).sum(1);

    // [rows, levels], 1 at the level predicted: what metrics of classes read.
    private static Tensor Votes(Tensor output) => nn.functional.one_hot(Level(output), output.shape[1] + 1).to(output.dtype);

    public override string ToString() => $"ordinal conditional {levels} levels";
}
