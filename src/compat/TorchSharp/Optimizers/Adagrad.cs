using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011, the diagonal form of figure 1): s ← s + g², θ ← θ - lr / (1 + (t-1) · lr_decay) · g / (√s + ε).
/// </summary>
public class Adagrad : OptimizerHelper<Adagrad.Options, Adagrad.State>
{
    public Adagrad(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0,
        double eps = 1e-10)
        : this([new ParamGroup(parameters, (Options?)null)], lr, lr_decay, weight_decay, initial_accumulator_value, eps) { }

    public Adagrad(
        IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0,
        double eps = 1e-10)
        : base(Options.Of(lr, lr_decay, weight_decay, initial_accumulator_value, eps))
    {
        Require(eps >= 0, "ε", eps);
        Require(lr_decay >= 0, "lr_decay value", lr_decay);
        Require(weight_decay >= 0, "weight_decay value", weight_decay);
        Require(initial_accumulator_value >= 0, "initial_accumulator_value", initial_accumulator_value);
        AddGroups(parameters);
    }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private static double Rate(Options options, long step) => options.LearningRate!.Value / (1 + (step - 1) * options.lr_decay!.Value);

    private protected override bool TryUpdateInOnePass(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var pass = new SquarePass(
            Sign: 1, Decay: (float)options.weight_decay!.Value, Keep: 1, Take: 1, Rate: (float)Rate(options, state.step + 1),
            Epsilon: (float)options.eps!.Value);
        if (!OnePass.TryRun(pass, parameter, gradient, state.sum)) return false;
        state.step++;
        return true;
    }

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        if (parameter.is_complex()) throw new NotImplementedException("Adagrad optimization over complex parameters");
        state.step++;
        var direction = Direction(gradient, parameter, maximize: false, options.weight_decay!.Value);
        state.sum.addcmul_(direction, direction, value: 1);
        parameter.addcdiv_(direction, state.sum.sqrt().add_(options.eps!.Value), value: -Rate(options, state.step));
    }

    /// <summary>The sum of one parameter's squared gradients.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The sum of the squared gradients.</summary>
        public Tensor sum = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            sum = full_like(_parameter, ((Options)options).initial_accumulator_value!.Value).DetachFromDisposeScope();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Tensor(ref sum);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public double? lr_decay;
        public double? initial_accumulator_value;
        public double? eps;
        public double? weight_decay;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Number(ref lr_decay);
            fields.Number(ref initial_accumulator_value);
            fields.Number(ref eps);
            fields.Number(ref weight_decay);
        }

        internal static Options Of(double lr, double lr_decay, double weight_decay, double initial_accumulator_value, double eps) => new()
        {
            LearningRate = lr,
            lr_decay = lr_decay,
            weight_decay = weight_decay,
            initial_accumulator_value = initial_accumulator_value,
            eps = eps,
        };
    }

    /// <summary>Parameters with Adagrad's options.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0,
            double eps = 1e-10)
            : base(parameters, Options.Of(lr, lr_decay, weight_decay, initial_accumulator_value, eps)) { }
    }
}
