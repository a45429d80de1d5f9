using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Ordinal"/>.</summary>
internal sealed record OrdinalHead : Head
{
    private readonly long levels;

    public OrdinalHead(long levels) => this.levels = levels >= 2
        ? levels
        : throw new DeclarationException($"an ordinal head needs at least 2 levels, but got {levels}");

    public override string Name => "ordinal";

    public override long Outputs => levels - 1;

    public override Loss DefaultLoss => Loss.CumulativeLink();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } =
    [
        Metric.MeanAbsoluteError.Reading(Level, target => target.to(ScalarType.Float64)),
        Metric.QuadraticKappa.Reading(Votes),
        Metric.Accuracy.Reading(Votes),
    ];

    public override nn.Module<Tensor, Tensor> Build(Shape features) => new Thresholds(features.Count, Outputs);

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => output.gt(0).sum(1);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"an ordinal head takes int64 levels 0 to {levels - 1} [rows]";
        Targets.HaveShape(task, split, takes, ScalarType.Int64, target);
        Targets.AreWithout(task, split, takes, target, target.ge(levels));
    }

    private static Tensor Level(Tensor output) => output.gt(0).sum(1).to(ScalarType.Float64);

    // [rows, levels], 1 at the level predicted: what metrics of classes read.
    private static Tensor Votes(Tensor output) => nn.functional.one_hot(output.gt(0).sum(1), output.shape[1] + 1).to(output.dtype);

    public override string ToString() => $"ordinal {levels} levels";
}
