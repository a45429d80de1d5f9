using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

internal sealed record BinaryHead(long? Insists) : Head(Insists)
{
    public override string Name => "binary";

    public override long Outputs => 1;

    public override Loss DefaultLoss => Loss.BinaryCrossEntropy();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.AreaUnderCurve, Metric.Accuracy];

    public override Tensor Shaped(Tensor raw) => raw.squeeze(1);

    public override Tensor Predict(Tensor output) => output.gt(0).to(output.dtype);

    public override void Check(string task, string split, Tensor target)
    {
        if (target.dtype != ScalarType.Float32 || target.ndim != 1)
            throw new DataException(
                $"task '{task}', {split} split: a binary head takes Float32 zeros and ones [rows], "
                + $"but the target is {target.dtype} [{string.Join(", ", target.shape)}]");
        var others = target.ne(0).logical_and(target.ne(1));
        if (others.any().item<bool>())
            throw new DataException(
                $"task '{task}', {split} split: a binary head takes labels 0 and 1, "
                + $"but the target holds {target.masked_select(others)[0].item<float>()}");
    }

    public override string ToString() => "binary";
}
