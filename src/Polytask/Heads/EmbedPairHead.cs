using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.RepresentPairs"/>.</summary>
internal sealed record EmbedPairHead : Head
{
    private readonly long dimension;

    public EmbedPairHead(long dimension) => this.dimension = dimension >= 1
        ? dimension
        : throw new DeclarationException($"an embedding needs at least 1 dimension, but got {dimension}");

    public override string Name => "represent pairs";

    public override long Outputs => dimension;

    public override Loss DefaultLoss => Loss.InfoNce();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Neighbours.OtherSide];

    public override bool ReadsVector => false;

    public override nn.Module<Tensor, Tensor> Build(Shape features) => nn.Linear(features[1], dimension);

    public override Tensor Shaped(Tensor raw) => raw;

    public override void CheckFeatures(Shape given, string place, string giver)
    {
        if (given.Rank != 2 || given[0] != 2)
            throw new DeclarationException($"{place}: an embedding pair reads 2 x features, one row for each side, but {giver} gives {given}");
    }

    public override void Check(string task, string split, Tensor target) =>
        Targets.HaveShape(task, split, "an embedding pair takes Float32 ones [rows] (NaN: not a pair)", ScalarType.Float32, target);

    public override string ToString() => $"represent pairs {dimension}";
}
