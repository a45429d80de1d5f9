using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Normals"/>.</summary>
internal sealed record NormalsHead : MapHead
{
    public override string Name => "normals";

    public override long Outputs => 3;

    public override Loss DefaultLoss => Loss.Cosine();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.NormalMeanAngle, Metric.NormalsWithin(11.25)];

    // raw / max(|raw|, 1e-12), as nn.functional.normalize has it, whose norm over three channels takes many times as long on the CPU.
    public override Tensor Shaped(Tensor raw) => raw * raw.square().sum(1, keepdim: true).clamp(1e-24).rsqrt();

    public override void Check(string task, string split, Tensor target) => Targets.HaveShape(task, split,
        "a normals head takes Float32 vectors (NaN: not measured) [rows, 3, height, width]", ScalarType.Float32, target, 3, null, null);

    public override string ToString() => "normals";
}
