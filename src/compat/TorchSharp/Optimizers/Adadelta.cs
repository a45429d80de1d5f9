using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adadelta (Zeiler, 2012, algorithm 1): v ← ρv + (1-ρ)g², Δ = √(u + ε) / √(v + ε) · g, u ← ρu + (1-ρ)Δ², θ ← θ - lr · Δ.
/// </summary>
public class Adadelta : OptimizerHelper<Adadelta.Options, Adadelta.State>
{
    public Adadelta(IEnumerable<Parameter> parameters, double lr, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup(parameters, (Options?)null)], lr, rho, eps, weight_decay, maximize) { }

    public Adadelta(
        IEnumerable<ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : base(Options.Of(lr, rho, eps, weight_decay, maximize))
    {
        Require(rho is >= 0 and <= 1, "rho value", rho);
        Require(eps >= 0, "eps value", eps);
        Require(weight_decay >= 0, "weight_decay value", weight_decay);
        AddGroups(parameters);
    }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (rho, eps) = (options.rho!.Value, options.eps!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, options.maximize!.Value, options.weight_decay!.Value);
        state.square_avg.mul_(rho).addcmul_(direction, direction, value: 1 - rho);
        var delta = state.acc_delta.add(eps).sqrt_().div_(state.square_avg.add(eps).sqrt_()).mul_(direction);
        state.acc_delta.mul_(rho).addcmul_(delta, delta, value: 1 - rho);
        parameter.add_(delta, alpha: -options.LearningRate!.Value);
    }

    /// <summary>The running means of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The running mean of the squared gradient.</summary>
        public Tensor square_avg = null!;

        /// <summary>The running mean of the squared step.</summary>
        public Tensor acc_delta = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            square_avg = Zeros();
            acc_delta = Zeros();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Tensor(ref square_avg);
            fields.Tensor(ref acc_delta);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public double? rho;
        public double? eps;
        public double? weight_decay;
        public bool? maximize;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Number(ref rho);
            fields.Number(ref eps);
            fields.Number(ref weight_decay);
            fields.Switch(ref maximize);
        }

        internal static Options Of(double lr, double rho, double eps, double weight_decay, bool maximize) => new()
        {
            LearningRate = lr,
            rho = rho,
            eps = eps,
            weight_decay = weight_decay,
            maximize = maximize,
        };
    }

    /// <summary>Parameters with Adadelta's options.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
            : base(parameters, Options.Of(lr, rho, eps, weight_decay, maximize)) { }
    }
}
