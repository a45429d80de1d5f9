using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Segment"/>.</summary>
internal sealed record SegmentHead : MapHead
{
    public SegmentHead(long classes) => Outputs = classes >= 2
        ? classes
        : throw new DeclarationException($"a segmentation head needs at least 2 classes, but got {classes}; "
            + "for one kind of edge or region use Head.Edges()");

    public override string Name => "segment";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.CrossEntropy();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.MeanIntersectionOverUnion, Metric.PixelAccuracy];

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => output.argmax(1);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"a segmentation head takes int64 classes 0 to {Outputs - 1} (negative: no label) [rows, height, width]";
        Targets.HaveShape(task, split, takes, ScalarType.Int64, target, null, null);
        Targets.AreWithout(task, split, takes, target, target.ge(Outputs));
    }

    public override string ToString() => $"segment {Outputs} classes";
}
