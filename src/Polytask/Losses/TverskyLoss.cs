using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = 1 - mean over classes of (TP + 1) / (TP + a FP + b FN + 1), the soft counts of a row's labelled pixels (Salehi et al., MLMI 2017, equation 2);
/// a = b = 1/2 is the Dice loss (Milletari et al., 3DV 2016).
/// </summary>
internal sealed record TverskyLoss : RowLoss
{
    public TverskyLoss(double falsePositives, double falseNegatives)
    {
        foreach (var weight in (double[])[falsePositives, falseNegatives])
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new DeclarationException($"the Tversky loss weighs its errors by finite numbers of at least 0, but got {weight}");
        (FalsePositives, FalseNegatives) = (falsePositives, falseNegatives);
    }

    public double FalsePositives { get; }

    public double FalseNegatives { get; }

    public override string Name => (FalsePositives, FalseNegatives) is (0.5, 0.5)
        ? "dice"
        : string.Create(CultureInfo.InvariantCulture, $"tversky, {FalsePositives} and {FalseNegatives}");

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var (shares, labels, known) = Maps.Shares(output, target);
        Tensor Sum(Tensor pixels) => (pixels * known).flatten(2).sum(2);             // [rows, classes]
        var (hit, wrong, missed) = (Sum(shares * labels), Sum(shares * (1 - labels)), Sum((1 - shares) * labels));
        return 1 - ((hit + 1) / (hit + FalsePositives * wrong + FalseNegatives * missed + 1)).mean([1]);
    }

    public override bool Fits(Head head) => head is SegmentHead or EdgesHead;
}
