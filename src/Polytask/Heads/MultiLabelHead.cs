using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

internal sealed record MultiLabelHead : Head
{
    public MultiLabelHead(long labels) => Outputs = labels >= 1
        ? labels
        : throw new DeclarationException($"a multi-label head needs at least 1 label, but got {labels}");

    public override string Name => "multi-label";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.BinaryCrossEntropy();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.AreaUnderCurve, Metric.F1(Averaging.Macro), Metric.HammingLoss];

    public override bool LearnsPartialRows => true;

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => output.gt(0).to(output.dtype);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"a multi-label head takes Float32 zeros and ones [rows, {Outputs}]";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, Outputs);
        Targets.AreWithout(task, split, takes, target, target.ne(0).logical_and(target.ne(1)).logical_and(target.isnan().logical_not()));
    }

    public override string ToString() => $"multi-label {Outputs}";
}
