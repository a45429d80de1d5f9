using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

internal sealed record ClassifyHead : Head
{
    public ClassifyHead(long classes, long? features) : base(features)
    {
        if (classes < 2)
            throw new DeclarationException($"a classification head needs at least 2 classes, but got {classes}; for yes or no use Head.Binary()");
        Outputs = classes;
    }

    public override string Name => "classify";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.CrossEntropy();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.Accuracy, Metric.AreaUnderCurve];

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => output.argmax(1);

    public override void Check(string task, string split, Tensor target)
    {
        if (target.dtype != ScalarType.Int64 || target.ndim != 1)
            throw new DataException(
                $"task '{task}', {split} split: a classification head takes int64 class numbers [rows], "
                + $"but the target is {target.dtype} [{string.Join(", ", target.shape)}]");
        var highest = target.max().item<long>();
        if (highest >= Outputs)
            throw new DataException(
                $"task '{task}', {split} split: label {highest} is outside the {Outputs} classes 0 to {Outputs - 1}; "
                + $"declare Head.Classify({highest + 1}) or mend the labels");
    }

    public override string ToString() => $"classify {Outputs} classes";
}
