using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = sum_k BCE(c_k, [y > k]) over the steps between levels, c_k the logit of P(label > k) (CORAL: Cao, Mirjalili and Raschka, Pattern Recognition
/// Letters 2020, equation 4 with equal weights).
/// </summary>
internal sealed record CoralLoss : RowLoss
{
    public override string Name => "coral";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var steps = arange(output.shape[1], dtype: ScalarType.Int64, device: output.device);
        var passed = target.unsqueeze(1).gt(steps).to(output.dtype);
        return nn.functional.binary_cross_entropy_with_logits(output, passed, reduction: nn.Reduction.None).sum(1);
    }

    public override bool Fits(Head head) => head is OrdinalHead;
}
