using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.OrdinalSoftmax"/>.</summary>
internal sealed record OrdinalSoftmaxHead : Head
{
    public OrdinalSoftmaxHead(long levels) => Outputs = levels >= 2
        ? levels
        : throw new DeclarationException($"an ordinal softmax head needs at least 2 levels, but got {levels}");

    public override string Name => "ordinal softmax";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.SoftOrdinal();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } =
    [
        Metric.MeanAbsoluteError.Reading(output => output.argmax(1).to(ScalarType.Float64), target => target.to(ScalarType.Float64)),
        Metric.QuadraticKappa,
        Metric.Accuracy,
    ];

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => output.argmax(1);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"an ordinal softmax head takes int64 levels 0 to {Outputs - 1} [rows]";
        Targets.HaveShape(task, split, takes, ScalarType.Int64, target);
        Targets.AreWithout(task, split, takes, target, target.ge(Outputs));
    }

    public override string ToString() => $"ordinal softmax {Outputs} levels";
}
