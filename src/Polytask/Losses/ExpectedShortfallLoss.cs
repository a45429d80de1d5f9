using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = the mean of the worst share a of the rows' losses (the conditional value at risk: Rockafellar and Uryasev, Journal of Risk 2000; as
/// distributionally robust training: Levy et al., NeurIPS 2020); a = 1 is the plain mean.
/// </summary>
internal sealed record ExpectedShortfallLoss : Loss
{
    private readonly RowLoss rows;

    public ExpectedShortfallLoss(Loss loss, double share)
    {
        rows = loss as RowLoss
            ?? throw new DeclarationException(
                $"the worst rows need a loss that gives every row a number, but '{loss.Name}' reads the rows of a batch together");
        Share = share is > 0 and <= 1 ? share : throw new DeclarationException($"the share of worst rows lies above 0 and up to 1, but got {share}");
    }

    public double Share { get; }

    public override string Name => $"{rows.Name}, worst {Share.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (losses, order) = rows.PerRow(output, target).sort(0, descending: true);
        var weight = Pairs.Weights(losses, weights).index_select(0, order);
        // The worst rows up to the share of all weight; the row at its edge counts in part.
        var left = Share * weight.sum() - (weight.cumsum(0) - weight);
        return Pairs.Mean(losses, minimum(weight, left.clamp(min: 0)));
    }

    public override bool Fits(Head head) => rows.Fits(head);
}
