using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = sum over k up to y of BCE(c_k, [y > k]), c_k the logit of P(label > k | label >= k): -log P(y), each step learned from the rows that reach it
/// (CORN: Shi, Cao and Raschka, Pattern Analysis and Applications 2023, equation 5, which divides by the number of such pairs instead of rows).
/// </summary>
internal sealed record CornLoss : RowLoss
{
    public override string Name => "corn";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var steps = arange(output.shape[1], dtype: ScalarType.Int64, device: output.device);
        var (passed, reached) = (target.unsqueeze(1).gt(steps), target.unsqueeze(1).ge(steps));
        var losses = nn.functional.binary_cross_entropy_with_logits(output, passed.to(output.dtype), reduction: nn.Reduction.None);
        return losses.masked_fill(reached.logical_not(), 0).sum(1);
    }

    public override bool Fits(Head head) => head is OrdinalConditionalHead;
}
