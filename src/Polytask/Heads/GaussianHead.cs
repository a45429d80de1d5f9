using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Gaussian"/>.</summary>
internal sealed record GaussianHead : Head
{
    private readonly long values;

    public GaussianHead(long values) => this.values = values >= 1
        ? values
        : throw new DeclarationException($"a Gaussian head needs at least 1 value, but got {values}");

    public override string Name => "gaussian";

    public override long Outputs => 2 * values;

    public override Loss DefaultLoss => Loss.GaussianLikelihood();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } =
        [Metric.MeanSquaredError.Reading(Mean), Metric.CoefficientOfDetermination.Reading(Mean)];

    public override Tensor Shaped(Tensor raw) => values == 1 ? raw : raw.reshape(-1, values, 2);

    public override Tensor Predict(Tensor output) => Mean(output);

    private static Tensor Mean(Tensor output) => output.select(output.ndim - 1, 0);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = values == 1 ? "a Gaussian head of 1 value takes Float32 values [rows]"
            : $"a Gaussian head of {values} values takes Float32 values [rows, {values}]";
        if (values == 1) Targets.HaveShape(task, split, takes, ScalarType.Float32, target);
        else Targets.HaveShape(task, split, takes, ScalarType.Float32, target, values);
    }

    public override string ToString() => values == 1 ? "gaussian" : $"gaussian {values} values";
}
