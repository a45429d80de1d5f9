using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adam in the maximum norm (Kingma and Ba, 2015, algorithm 2): m ← β₁m + (1-β₁)g, u ← max(β₂u, |g| + ε), θ ← θ - lr / (1-β₁ᵗ) · m / u.
/// </summary>
public class Adamax : BetasHelper<Adamax.Options, Adamax.State>
{
    public Adamax(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        : this([new ParamGroup(parameters, null)], lr, beta1, beta2, eps, weight_decay) { }

    public Adamax(
        IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        : base(parameters, BetasOptions.Of<Options>(lr, beta1, beta2, eps, weight_decay)) { }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, false, options.weight_decay!.Value);
        state.exp_avg.lerp_(direction, 1 - beta1);
        state.exp_inf.copy_(state.exp_inf.mul(beta2).maximum(direction.abs().add_(options.eps!.Value)));
        parameter.addcdiv_(state.exp_avg, state.exp_inf, value: -options.LearningRate!.Value / (1 - Math.Pow(beta1, state.step)));
    }

    /// <summary>The moments of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The running mean of the gradient.</summary>
        public Tensor exp_avg = null!;

        /// <summary>The decayed maximum of the gradient's size.</summary>
        public Tensor exp_inf = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            exp_avg = Zeros();
            exp_inf = Zeros();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Tensor(ref exp_avg);
            fields.Tensor(ref exp_inf);
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
