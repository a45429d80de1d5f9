using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Imitate"/>.</summary>
internal sealed record ImitateHead : Head
{
    public ImitateHead(long classes) => Outputs = classes >= 2
        ? classes
        : throw new DeclarationException($"an imitating head needs at least 2 classes, but got {classes}");

    public override string Name => "imitate";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.Distillation();

    public override IReadOnlyList<Metric> DefaultMetrics =>
        [Metric.Accuracy.Named("agreement").Reading(target: teacher => teacher.narrow(1, 0, Outputs).argmax(1))];

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => output.argmax(1);

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"an imitating head takes Float32 logits of its teacher [rows, {Outputs}], with a label in a last column where wanted";
        if (target.ndim != 2 || target.shape[1] != Outputs + 1)
        {
            Targets.HaveShape(task, split, takes, ScalarType.Float32, target, Outputs);
            return;
        }
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, Outputs + 1);
        var label = target.select(1, Outputs);
        Targets.AreWithout(task, split, $"the label of an imitating head is a class 0 to {Outputs - 1}", label,
            label.lt(0).logical_or(label.ge(Outputs)).logical_or(label.ne(label.floor())));
    }

    public override string ToString() => $"imitate {Outputs} classes";
}
