using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Depth"/>.</summary>
internal sealed record DepthHead : MapHead
{
    public override string Name => "depth";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.AbsoluteError();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.DepthAbsoluteError, Metric.DepthRelativeError];

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    public override void Check(string task, string split, Tensor target)
    {
        // Sensors and data sets write 0 where nothing was measured: as a depth it would be learned.
        const string takes = "a depth head takes Float32 depths above 0 (NaN: not measured) [rows, height, width]";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, null, null);
        Targets.AreWithout(task, split, takes, target, target.le(0));
    }

    public override string ToString() => "depth";
}
