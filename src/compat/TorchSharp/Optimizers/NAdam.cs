using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adam with Nesterov's momentum (Dozat, 2016, algorithm 2), the momentum warmed up as μₜ = β₁ (1 - 0.96^(t · momentum_decay) / 2).
/// </summary>
public class NAdam : BetasHelper<NAdam.Options, NAdam.State>
{
    public NAdam(
        IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
        double momentum_decay = 4e-3)
        : this([new ParamGroup(parameters, null)], lr, beta1, beta2, eps, weight_decay, momentum_decay) { }

    public NAdam(
        IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
        double momentum_decay = 4e-3)
        : base(parameters, Options.Of(lr, beta1, beta2, eps, weight_decay, momentum_decay))
    {
        Require(momentum_decay >= 0, "momentum_decay value", momentum_decay);
    }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (rate, beta1, beta2, decay) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.momentum_decay!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, false, options.weight_decay!.Value);
        double Momentum(long step) => beta1 * (1 - 0.5 * Math.Pow(0.96, step * decay));
        var (momentum, next) = (Momentum(state.step), Momentum(state.step + 1));
        state.mu_product *= momentum;
        state.exp_avg.lerp_(direction, 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(direction, direction, value: 1 - beta2);
        var denominator = state.exp_avg_sq.div(1 - Math.Pow(beta2, state.step)).sqrt_().add_(options.eps!.Value);
        parameter.addcdiv_(direction, denominator, value: -rate * (1 - momentum) / (1 - state.mu_product));
        parameter.addcdiv_(state.exp_avg, denominator, value: -rate * next / (1 - state.mu_product * next));
    }

    /// <summary>The moments of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The product of all momenta so far.</summary>
        public double mu_product;

        /// <summary>The running mean of the gradient.</summary>
        public Tensor exp_avg = null!;

        /// <summary>The running mean of the squared gradient.</summary>
        public Tensor exp_avg_sq = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            mu_product = 1;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Number(ref mu_product);
            fields.Tensor(ref exp_avg);
            fields.Tensor(ref exp_avg_sq);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : BetasOptions
    {
        /// <summary>How fast the momentum's warm-up ends.</summary>
        public double? momentum_decay;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Number(ref momentum_decay);
        }

        internal static Options Of(double lr, double beta1, double beta2, double eps, double weight_decay, double momentum_decay)
        {
            var options = Of<Options>(lr, beta1, beta2, eps, weight_decay);
            options.momentum_decay = momentum_decay;
            return options;
        }
    }

    /// <summary>Parameters with options of their own.</summary>
    public class ParamGroup : BetasParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1.0, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            double momentum_decay = 4e-3)
            : base(parameters, Options.Of(lr, beta1, beta2, eps, weight_decay, momentum_decay)) { }
    }
}
