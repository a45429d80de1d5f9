using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Represent"/>.</summary>
internal sealed record EmbedHead : Head
{
    public EmbedHead(long dimension) => Outputs = dimension >= 1
        ? dimension
        : throw new DeclarationException($"an embedding needs at least 1 dimension, but got {dimension}");

    public override string Name => "represent";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.SupervisedContrastive();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Neighbours.Group];

    public override Tensor Shaped(Tensor raw) => raw;

    public override void Check(string task, string split, Tensor target) =>
        Targets.HaveShape(task, split, "an embedding head takes int64 group numbers [rows]", ScalarType.Int64, target);

    public override string ToString() => $"represent {Outputs}";
}
