using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = -sum_k q_k log p_k, p = softmax(logits), q = softmax(-a |k - y|): levels near the label share in it (SORD: Diaz and Marathe, CVPR 2019,
/// equation 1 with the absolute distance).
/// </summary>
internal sealed record SoftOrdinalLoss : RowLoss
{
    public SoftOrdinalLoss(double sharpness) => Sharpness = sharpness > 0 && double.IsFinite(sharpness)
        ? sharpness
        : throw new DeclarationException($"soft ordinal labels need a finite sharpness above 0, but got {sharpness}");

    public double Sharpness { get; }

    public override string Name => $"soft ordinal, sharpness {Sharpness.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var levels = arange(output.shape[1], dtype: ScalarType.Int64, device: output.device);
        var shares = (target.unsqueeze(1) - levels).abs().to(output.dtype).mul(-Sharpness).softmax(1);
        return -(shares * output.log_softmax(1)).sum(1);
    }

    public override bool Fits(Head head) => head is OrdinalSoftmaxHead;
}
