using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adam whose adaptive step waits until the variance of its second moment can be told (Liu et al., 2020, algorithm 2): ρ∞ = 2 / (1-β₂) - 1, ρₜ = ρ∞ -
/// 2tβ₂ᵗ / (1-β₂ᵗ); while ρₜ ≤ 5 the step follows the first moment alone.
/// </summary>
public class RAdam : BetasHelper<RAdam.Options, RAdam.State>
{
    public RAdam(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        : this([new ParamGroup(parameters, null)], lr, beta1, beta2, eps, weight_decay) { }

    public RAdam(
        IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        : base(parameters, BetasOptions.Of<Options>(lr, beta1, beta2, eps, weight_decay)) { }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (rate, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, false, options.weight_decay!.Value);
        state.exp_avg.lerp_(direction, 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(direction, direction, value: 1 - beta2);
        var size = rate / (1 - Math.Pow(beta1, state.step));
        var correction = 1 - Math.Pow(beta2, state.step);
        var longest = 2 / (1 - beta2) - 1;
        var length = longest - 2 * state.step * Math.Pow(beta2, state.step) / correction;
        if (length <= 5)
        {
            parameter.add_(state.exp_avg, alpha: -size);
            return;
        }
        var rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        var denominator = state.exp_avg_sq.sqrt().add_(options.eps!.Value);
        parameter.addcdiv_(state.exp_avg, denominator, value: -size * rectification * Math.Sqrt(correction));
    }

    /// <summary>The moments of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The running mean of the gradient.</summary>
        public Tensor exp_avg = null!;

        /// <summary>The running mean of the squared gradient.</summary>
        public Tensor exp_avg_sq = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Tensor(ref exp_avg);
            fields.Tensor(ref exp_avg_sq);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : BetasOptions;

    /// <summary>Parameters with options of their own.</summary>
    public class ParamGroup : BetasParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1.0, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
            : base(parameters, BetasOptions.Of<Options>(lr, beta1, beta2, eps, weight_decay)) { }
    }
}
