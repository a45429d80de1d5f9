using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = e^2 / 2 where |e| is at most delta, else delta (|e| - delta / 2), e = z - y (Huber, Annals of Mathematical Statistics 1964); the mean over the
/// outputs of a row.
/// </summary>
internal sealed record HuberLoss : RowLoss
{
    public HuberLoss(double delta) => Delta = delta > 0 && double.IsFinite(delta)
        ? delta
        : throw new DeclarationException($"the Huber loss needs a finite delta above 0, but got {delta}");

    public double Delta { get; }

    public override string Name => $"huber, delta {Delta.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor PerRow(Tensor output, Tensor target) =>
        Cells.OfValues(output, target, (values, labels) => nn.functional.huber_loss(values, labels, Delta, nn.Reduction.None));

    public override bool Fits(Head head) => head is RegressHead or DepthHead;
}
