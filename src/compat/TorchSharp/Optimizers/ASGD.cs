using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Averaged gradient descent (Polyak and Juditsky, 1992): θ ← (1 - λη)θ - ηg with η = lr / (1 + λ · lr · t)^α; from step t0 on the state's ax is the
/// mean of θ over the steps.
/// </summary>
public class ASGD : OptimizerHelper<ASGD.Options, ASGD.State>
{
    public ASGD(
        IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0,
        bool maximize = false)
        : this([new ParamGroup(parameters, (Options?)null)], lr, lambd, alpha, t0, weight_decay, maximize) { }

    public ASGD(
        IEnumerable<ParamGroup<Options>> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6,
        double weight_decay = 0, bool maximize = false)
        : base(Options.Of(lr, lambd, alpha, t0, weight_decay, maximize))
    {
        Require(weight_decay >= 0, "weight_decay value", weight_decay);
        AddGroups(parameters);
    }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (rate, lambda) = (options.LearningRate!.Value, options.lambd!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, options.maximize!.Value, options.weight_decay!.Value);
        parameter.mul_(1 - lambda * state.eta).add_(direction, alpha: -state.eta);
        if (state.mu == 1) state.ax.copy_(parameter);
        else state.ax.lerp_(parameter, state.mu);
        state.eta = rate / Math.Pow(1 + lambda * rate * state.step, options.alpha!.Value);
        state.mu = 1 / Math.Max(1, state.step - options.t0!.Value);
    }

    /// <summary>The average of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The next step's size.</summary>
        public double eta;

        /// <summary>The next step's weight in the average.</summary>
        public double mu;

        /// <summary>The average.</summary>
        public Tensor ax = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            (step, eta, mu) = (0, options.LearningRate!.Value, 1);
            ax = Zeros();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Number(ref eta);
            fields.Number(ref mu);
            fields.Tensor(ref ax);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public bool? maximize;
        public double? lambd;
        public double? alpha;
        public double? weight_decay;
        public double? t0;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Switch(ref maximize);
            fields.Number(ref lambd);
            fields.Number(ref alpha);
            fields.Number(ref weight_decay);
            fields.Number(ref t0);
        }

        internal static Options Of(double lr, double lambd, double alpha, double t0, double weight_decay, bool? maximize) => new()
        {
            LearningRate = lr,
            lambd = lambd,
            alpha = alpha,
            t0 = t0,
            weight_decay = weight_decay,
            maximize = maximize,
        };
    }

    /// <summary>Parameters with ASGD's options.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        /// <summary>The direction, up or down, is the optimiser's.</summary>
        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0)
            : base(parameters, Options.Of(lr, lambd, alpha, t0, weight_decay, maximize: null)) { }
    }
}
