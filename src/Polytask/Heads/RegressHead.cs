using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

internal sealed record RegressHead : Head
{
    public RegressHead(long outputs, long? features) : base(features)
    {
        if (outputs < 1) throw new DeclarationException($"a regression head needs at least 1 output, but got {outputs}");
        Outputs = outputs;
    }

    public override string Name => "regress";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.MeanSquaredError();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.MeanSquaredError, Metric.CoefficientOfDetermination];

    public override Tensor Shaped(Tensor raw) => Outputs == 1 ? raw.squeeze(1) : raw;

    public override void Check(string task, string split, Tensor target)
    {
        var fits = target.dtype == ScalarType.Float32 && (Outputs == 1 ? target.ndim == 1 : target.ndim == 2 && target.shape[1] == Outputs);
        if (!fits)
            throw new DataException(
                $"task '{task}', {split} split: a regression head of {(Outputs == 1 ? "1 output" : $"{Outputs} outputs")} "
                + $"takes Float32 values {(Outputs == 1 ? "[rows]" : $"[rows, {Outputs}]")}, "
                + $"but the target is {target.dtype} [{string.Join(", ", target.shape)}]");
    }

    public override string ToString() => Outputs == 1 ? "regress" : $"regress {Outputs} values";
}
