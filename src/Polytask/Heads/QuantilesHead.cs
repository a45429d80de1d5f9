using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Quantiles"/>.</summary>
internal sealed record QuantilesHead : Head
{
    public QuantilesHead(IEnumerable<double> levels)
    {
        Levels = [.. levels];
        DefaultLoss = Loss.Pinball([.. Levels]);
        for (var i = 1; i < Levels.Length; i++)
            if (Levels[i] <= Levels[i - 1])
                throw new DeclarationException($"quantile levels rise, but {Levels[i]} comes after {Levels[i - 1]}");
        DefaultMetrics = Levels.Length == 1
            ? [Metric.PinballLoss([.. Levels])]
            : [Metric.PinballLoss([.. Levels]), Metric.IntervalCoverage, Metric.IntervalWidth];
    }

    public ImmutableArray<double> Levels { get; }

    public override string Name => "quantiles";

    public override long Outputs => Levels.Length;

    public override Loss DefaultLoss { get; }

    public override IReadOnlyList<Metric> DefaultMetrics { get; }

    public override Tensor Shaped(Tensor raw) => raw;

    public override void Check(string task, string split, Tensor target) =>
        Targets.HaveShape(task, split, "a quantile head takes Float32 values [rows]", ScalarType.Float32, target);

    public override string ToString() => $"quantiles {string.Join(", ", Levels.Select(level => level.ToString(CultureInfo.InvariantCulture)))}";
}
