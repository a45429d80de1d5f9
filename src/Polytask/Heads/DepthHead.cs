using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;


/// <summary>See <see cref="Head.Depth"/>.</summary>
internal sealed record DepthHead : MapHead
{
    public override string Name => "depth";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.AbsoluteError();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.MeanAbsoluteError, Metric.RootMeanSquaredError];

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    public override void Check(string task, string split, Tensor target) => Targets.HaveShape(
        task, split, "a depth head takes Float32 depths (NaN: not measured) [rows, height, width]", ScalarType.Float32, target, null, null);

    public override string ToString() => "depth";
}
