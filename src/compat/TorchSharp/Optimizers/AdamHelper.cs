using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// The step of Adam (Kingma and Ba, 2015, algorithm 1) and AdamW (Loshchilov and Hutter, 2019, algorithm 2), which differ in where the weight decay
/// acts: m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², θ ← θ - lr · (m / (1-β₁ᵗ)) / (√(v / (1-β₂ᵗ)) + ε). With amsgrad (Reddi et al., 2018, algorithm 2) the
/// largest v so far takes v's place.
/// </summary>
public abstract class AdamHelper<TOptions> : BetasHelper<TOptions, AdamState> where TOptions : AdamOptions, new()
{
    private protected AdamHelper(IEnumerable<ParamGroup> groups, TOptions defaults) : base(groups, defaults) { }

    /// <summary>True where the decay shrinks the parameter itself, false where it joins the gradient.</summary>
    private protected abstract bool DecoupledDecay { get; }

    private protected override bool TryUpdateInOnePass(TOptions options, Parameter parameter, Tensor gradient, AdamState state)
    {
        if (state.max_exp_avg_sq is not null) return false;
        var (rate, beta1, beta2, decay) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value);
        var step = state.step + 1;
        // Both bias corrections move into the step size and ε, so that no pass over the elements is spent on them.
        var root = Math.Sqrt(1 - Math.Pow(beta2, step));
        var pass = new AdamPass(
            Sign: options.maximize!.Value ? -1 : 1, Decay: DecoupledDecay ? 0 : (float)decay, Shrink: DecoupledDecay ? (float)(1 - rate * decay) : 1,
            Towards1: (float)(1 - beta1), Beta2: (float)beta2, Towards2: (float)(1 - beta2),
            Size: (float)(rate * root / (1 - Math.Pow(beta1, step))), Epsilon: (float)(options.eps!.Value * root));
        if (!OnePass.TryRun(pass, parameter, gradient, state.exp_avg, state.exp_avg_sq)) return false;
        state.step = step;
        return true;
    }

    private protected override void Update(TOptions options, Parameter parameter, Tensor gradient, AdamState state)
    {
        var (rate, beta1, beta2, decay) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, options.maximize!.Value, DecoupledDecay ? 0 : decay);
        if (DecoupledDecay && decay != 0) parameter.mul_(1 - rate * decay);
        state.exp_avg.lerp_(direction, 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(direction, direction, value: 1 - beta2);
        state.max_exp_avg_sq?.copy_(state.max_exp_avg_sq.maximum(state.exp_avg_sq));
        var root = Math.Sqrt(1 - Math.Pow(beta2, state.step));
        var denominator = (state.max_exp_avg_sq ?? state.exp_avg_sq).sqrt().add_(options.eps!.Value * root);
        parameter.addcdiv_(state.exp_avg, denominator, value: -rate * root / (1 - Math.Pow(beta1, state.step)));
    }
}
