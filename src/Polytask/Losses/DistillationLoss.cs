using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = (1 - a) T^2 KL(softmax(t / T) || softmax(z / T)) + a CE(z, y), t the teacher's logits, T the temperature, a the share of the hard labels
/// (Hinton, Vinyals and Dean, 2015, section 2).
/// </summary>
internal sealed record DistillationLoss : RowLoss
{
    public DistillationLoss(double temperature, double hard)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new DeclarationException($"distillation needs a finite temperature above 0, but got {temperature}");
        if (hard is not (>= 0 and <= 1)) throw new DeclarationException($"the share of hard labels is from 0 to 1, but got {hard}");
        (Temperature, Hard) = (temperature, hard);
    }

    public double Temperature { get; }

    public double Hard { get; }

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"distillation, temperature {Temperature}")
        + (Hard == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", hard labels {Hard}"));

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var classes = output.shape[1];
        var teacher = (target.narrow(1, 0, classes) / Temperature).log_softmax(1);
        var soft = (teacher.exp() * (teacher - (output / Temperature).log_softmax(1))).sum(1) * (Temperature * Temperature);
        if (Hard == 0) return soft;
        if (target.shape[1] == classes)
            throw new DataException($"the loss '{Name}' needs labels in a last column of its target, [rows, {classes + 1}], "
                + $"but the target has {classes}");
        var entropy = nn.functional.cross_entropy(output, target.select(1, classes).to(ScalarType.Int64), reduction: nn.Reduction.None);
        return (1 - Hard) * soft + Hard * entropy;
    }

    public override bool Fits(Head head) => head is ImitateHead;
}
