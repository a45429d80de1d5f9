using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Auto-Lambda (Liu, James, Davison and Johns, TMLR 2022; code lorenmt/auto-lambda, auto_lambda.py): with g_t the gradient of L_t on the training
/// rows and theta' = theta - alpha sum_t lambda_t g_t, lambda descends on sum_p L_p(theta') of the held-out rows over the primary tasks p; then theta
/// steps on sum_t lambda_t L_t with the new lambda. A task whose gradient agrees with what the primary tasks need elsewhere gains weight, another
/// loses it.
/// </summary>
/// <remarks>
/// theta does not depend on lambda here, so d theta' / d lambda_t = -alpha g_t, and the hypergradient -alpha g_t · v with v = grad sum_p L_p(theta') is
/// exact and of first order; the code takes the same number by a central difference of L_t(theta ± eps v). lambda starts at 0.1 and has its own Adam,
/// as in the code; it is kept at 0 or above, which the code does not do, so that no loss is ever made large. The look is a plain step of SGD, without
/// the momentum and the decay of the code's. The sum of the weights is free; heads are trained by lambda_t L_t too. Cost beyond the step: two forward
/// and T + 1 backward passes over half the batch, T P numbers; not differentiated.
/// </remarks>
/// <param name="Primary">The primary tasks; all where empty.</param>
/// <param name="Rate">Of lambda's Adam.</param>
/// <param name="Alpha">The step of the look ahead.</param>
internal sealed record AutoLambdaWeighting(ImmutableArray<string> Primary, double Rate, double Alpha) : BilevelWeighting
{
    private const double Initial = 0.1;

    public override BilevelRule Start(params IReadOnlyList<string> tasks)
    {
        foreach (var name in Primary)
        {
            if (!tasks.Contains(name))
                throw new DeclarationException(
                    $"Auto-Lambda names the primary task '{name}', but the model has {Names.Listed(tasks)}{Names.DidYouMean(name, tasks)}");
            if (Primary.Count(other => other == name) > 1)
                throw new DeclarationException($"Auto-Lambda names the primary task '{name}' twice; once is enough");
        }
        return new Rule(this, [.. tasks.Select(task => Primary.IsEmpty || Primary.Contains(task) ? 1.0 : 0)]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Auto-Lambda, learning rate {Rate}, alpha {Alpha}")
        + (Primary.IsEmpty ? "" : $", for {string.Join(", ", Primary)}");

    private sealed class Rule(AutoLambdaWeighting spec, double[] primary) : LambdaRule("Auto-Lambda", primary.Length, Initial, spec.Rate)
    {
        protected override (Tensor Lower, Tensor Upper) Weights(LookAhead look)
        {
            var (_, g) = look.Lower.Gradients();
            look.Move(g.Combined(Lambda), spec.Alpha);
            var (_, v) = look.Upper.Gradient(tensor(primary));
            Descend(-spec.Alpha * g.Products(v, ScalarType.Float64).squeeze(1).cpu(), least: 0);
            return (Lambda / 2, Lambda / 2);
        }
    }
}
