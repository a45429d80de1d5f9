using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>L = sum_k w_k L_k over losses of the same output.</summary>
internal sealed record SumLoss : Loss
{
    public SumLoss(IEnumerable<(double Weight, Loss Loss)> terms)
    {
        Terms = [.. terms];
        if (Terms.IsEmpty) throw new DeclarationException("a sum of losses needs at least one");
        foreach (var (weight, loss) in Terms)
            if (!double.IsFinite(weight))
                throw new DeclarationException($"a sum weighs its losses by finite numbers, but '{loss.Name}' got {weight}");
    }

    public ImmutableArray<(double Weight, Loss Loss)> Terms { get; }

    public override string Name => string.Join(" + ", Terms.Select(term =>
        term.Weight == 1 ? term.Loss.Name : $"{term.Weight.ToString(CultureInfo.InvariantCulture)} x ({term.Loss.Name})"));

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null) =>
        Terms.Select(term => term.Weight * term.Loss.Mean(output, target, weights)).Aggregate((sum, next) => sum + next);

    internal override double Value(Tensor output, Tensor target) => Terms.Sum(term => term.Weight * term.Loss.Value(output, target));

    public override bool Fits(Head head) => Terms.All(term => term.Loss.Fits(head));
}
