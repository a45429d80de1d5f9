using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Edges"/>.</summary>
internal sealed record EdgesHead : MapHead
{
    public override string Name => "edges";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.BinaryCrossEntropy();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.EdgeF(), Metric.F1()];

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    public override Tensor Predict(Tensor output) => output.gt(0).to(output.dtype);

    public override void Check(string task, string split, Tensor target)
    {
        const string takes = "an edge head takes Float32 zeros and ones (NaN: no label) [rows, height, width]";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, null, null);
        Targets.AreWithout(task, split, takes, target, target.ne(0).logical_and(target.ne(1)).logical_and(target.isnan().logical_not()));
    }

    public override string ToString() => "edges";
}
