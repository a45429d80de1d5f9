using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// The step of Adam (Kingma and Ba, 2015, algorithm 1) and AdamW (Loshchilov and Hutter, 2019, algorithm 2), which differ in where the weight decay acts:
/// m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², θ ← θ - lr · (m / (1-β₁ᵗ)) / (√(v / (1-β₂ᵗ)) + ε).
/// </summary>
public abstract class AdamHelper : OptimizerHelper, IBetas
{
    private readonly AdamOptions _defaults;

    private protected AdamHelper(AdamOptions defaults)
    {
        Require(defaults.LearningRate >= 0, "learning rate", defaults.LearningRate!.Value);
        Require(defaults.eps >= 0, "ε", defaults.eps!.Value);
        Require(defaults.beta1 is >= 0 and < 1, "beta1", defaults.beta1!.Value);
        Require(defaults.beta2 is >= 0 and < 1, "beta2", defaults.beta2!.Value);
        Require(defaults.weight_decay >= 0, "weight_decay value", defaults.weight_decay!.Value);
        _defaults = defaults;
    }

    public (double, double) Betas
    {
        get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
        set => (_defaults.beta1, _defaults.beta2) = value;
    }

    /// <summary>True where the decay shrinks the parameter itself, false where it joins the gradient.</summary>
    private protected abstract bool DecoupledDecay { get; }

    private protected abstract AdamOptions NewOptions();

    private protected override OptimizerOptions Complete(OptimizerOptions? options)
    {
        var own = (AdamOptions?)options ?? NewOptions();
        own.CompleteFrom(_defaults);
        return own;
    }

    private protected override void Update(ParamGroup group, ReadOnlySpan<Parameter> parameters, ReadOnlySpan<OptimizerState> states)
    {
        var options = (AdamOptions)group.Options;
        for (var i = 0; i < parameters.Length; i++)
        {
            using var gradient = parameters[i].grad;
            if (gradient is null) continue;
            var state = (AdamState)states[i];
            state.step++;
            Step(options, parameters[i], gradient, state);
        }
    }

    private void Step(AdamOptions options, Parameter parameter, Tensor gradient, AdamState state)
    {
        var (rate, beta1, beta2, decay) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value);
        // Both bias corrections move into the step size and ε, so that no tensor operation is spent on them.
        var correction1 = 1 - Math.Pow(beta1, state.step);
        var correction2 = Math.Sqrt(1 - Math.Pow(beta2, state.step));

        using var negative = options.maximize!.Value ? gradient.neg() : null;
        var ascent = negative ?? gradient;
        using var decayed = decay != 0 && !DecoupledDecay ? ascent.add(parameter, alpha: decay) : null;
        var direction = decayed ?? ascent;
        if (decay != 0 && DecoupledDecay) parameter.mul_(1 - rate * decay);

        state.exp_avg.lerp_(direction, 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(direction, direction, value: 1 - beta2);
        if (state.max_exp_avg_sq is { } largest)
        {
            using var larger = largest.maximum(state.exp_avg_sq);
            largest.copy_(larger);
        }
        using var denominator = (state.max_exp_avg_sq ?? state.exp_avg_sq).sqrt();
        denominator.add_(options.eps!.Value * correction2);
        parameter.addcdiv_(state.exp_avg, denominator, value: -rate * correction2 / correction1);
    }
}
