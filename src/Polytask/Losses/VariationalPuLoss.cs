using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = sum_c { w_c log mean_i p_ic - mean over known positives of log p_ic }, p = s(z): needs no share of positives (VPU: Chen et al., NeurIPS 2020,
/// equation 7); w_c = (mean_i p_ic)^g without a gradient plays rare labels down (PU-MLC: Yuan, Zhang and Huang, ICME 2024).
/// </summary>
internal sealed record VariationalPuLoss : Loss
{
    public VariationalPuLoss(double balance) => Balance = balance >= 0 && double.IsFinite(balance)
        ? balance
        : throw new DeclarationException($"the re-balance exponent is a finite number of at least 0, but got {balance}");

    public double Balance { get; }

    public override string Name => "variational pu" + (Balance == 0 ? "" : $", re-balance {Balance.ToString(CultureInfo.InvariantCulture)}");

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (logits, labels) = output.ndim == 1 ? (output.unsqueeze(1), target.unsqueeze(1)) : (output, target);
        var rows = Pairs.Weights(output, weights).unsqueeze(1);
        var positive = rows * labels.nan_to_num(0);                                  // a label that is not known is unlabelled
        var mean = ((rows * logits.sigmoid()).sum(dim: 0) / rows.sum().clamp(1e-12)).clamp(1e-12);
        var expected = mean.log() * mean.detach().pow(Balance);
        var known = (positive * logits.log_sigmoid()).sum(dim: 0) / positive.sum(dim: 0).clamp(1e-12);
        return (expected - known).sum() * rows.sum().gt(0).to(output.dtype);
    }

    public override bool Fits(Head head) => head is BinaryHead or MultiLabelHead;
}
