using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = 1/a log(1 + exp(a (b - z_y))), z_y = (o_y - mean o) / sd o the standardised score of the label: unchanged when all scores are shifted or
/// scaled (de Brebisson and Vincent, 2016).
/// </summary>
internal sealed record ZLoss : RowLoss
{
    public ZLoss(double sharpness, double location)
    {
        if (!(sharpness > 0 && double.IsFinite(sharpness)))
            throw new DeclarationException($"the Z-loss needs a finite sharpness above 0, but got {sharpness}");
        if (!double.IsFinite(location)) throw new DeclarationException($"the Z-loss needs a finite location, but got {location}");
        (Sharpness, Location) = (sharpness, location);
    }

    public double Sharpness { get; }

    public double Location { get; }

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"z-loss, a {Sharpness}, b {Location}");

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var centred = output - output.mean([1], keepdim: true);
        var deviation = (centred.square().mean([1]) + 1e-12).sqrt();
        var score = centred.gather(1, target.unsqueeze(1)).squeeze(1) / deviation;
        return (Sharpness * (score - Location)).log_sigmoid() / -Sharpness;
    }

    public override bool Fits(Head head) => head is ClassifyHead;
}
