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
        // Both bias corrections move into the step size and ε, so that no pass over the elements is spent on them.
        var correction1 = 1 - Math.Pow(beta1, state.step);
        var correction2 = Math.Sqrt(1 - Math.Pow(beta2, state.step));
        var pass = new AdamPass(
            Sign: options.maximize!.Value ? -1 : 1, Decay: DecoupledDecay ? 0 : decay, Shrink: DecoupledDecay ? 1 - rate * decay : 1, Beta1: beta1, Beta2: beta2,
            Size: rate * correction2 / correction1, Epsilon: options.eps!.Value * correction2);
        if (state.max_exp_avg_sq is null && pass.TryRun(parameter, gradient, state.exp_avg, state.exp_avg_sq)) return;
        pass.RunByOperators(parameter, gradient, state);
    }
}
