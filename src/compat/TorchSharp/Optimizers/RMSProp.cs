using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// RMSprop (Tieleman and Hinton, 2012, lecture 6.5): v ← αv + (1-α)g², θ ← θ - lr · g / (√v + ε); centred (Graves, 2013, equation 40) the squared
/// mean of g is taken from v under the root; with momentum μ the step follows b ← μb + g / (√v + ε).
/// </summary>
public class RMSProp : OptimizerHelper<RMSProp.Options, RMSProp.State>, IMomentum
{
    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0.0,
        bool centered = false, bool maximize = false)
        : this([new ParamGroup(parameters, (Options?)null)], lr, alpha, eps, weight_decay, momentum, centered, maximize) { }

    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0.0,
        bool centered = false, bool maximize = false)
        : base(Options.Of(lr, alpha, eps, weight_decay, momentum, centered, maximize))
    {
        Require(eps >= 0, "ε", eps);
        Require(alpha >= 0, "alpha", alpha);
        Require(momentum >= 0, "momentum value", momentum);
        Require(weight_decay >= 0, "weight_decay value", weight_decay);
        AddGroups(parameters);
    }

    /// <summary>The momentum of the optimiser's own options, for groups that have none.</summary>
    public double Momentum
    {
        get => Defaults.momentum!.Value;
        set => Defaults.momentum = value;
    }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override bool TryUpdateInOnePass(Options options, Parameter parameter, Tensor gradient, State state)
    {
        if (options.centered!.Value) return false;
        var (alpha, momentum) = (options.alpha!.Value, options.momentum!.Value);
        var pass = new SquarePass(
            Sign: options.maximize!.Value ? -1 : 1, Decay: (float)options.weight_decay!.Value, Keep: (float)alpha, Take: (float)(1 - alpha),
            Rate: (float)options.LearningRate!.Value, Epsilon: (float)options.eps!.Value);
        var taken = momentum == 0
            ? OnePass.TryRun(pass, parameter, gradient, state.square_avg)
            : OnePass.TryRun(new SquareMomentumPass(pass, (float)momentum), parameter, gradient, state.square_avg, state.Buffer);
        if (taken) state.step++;
        return taken;
    }

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (alpha, momentum, rate) = (options.alpha!.Value, options.momentum!.Value, options.LearningRate!.Value);
        state.step++;
        var direction = Direction(gradient, parameter, options.maximize!.Value, options.weight_decay!.Value);
        state.square_avg.mul_(alpha).addcmul_(direction, direction, value: 1 - alpha);
        var variance = state.square_avg;
        if (options.centered!.Value)
        {
            var mean = state.Average.lerp_(direction, 1 - alpha);
            variance = variance.addcmul(mean, mean, value: -1);
        }
        var denominator = variance.sqrt().add_(options.eps!.Value);
        if (momentum > 0) parameter.add_(state.Buffer.mul_(momentum).addcdiv_(direction, denominator), alpha: -rate);
        else parameter.addcdiv_(direction, denominator, value: -rate);
    }

    /// <summary>The running means of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The running mean of the squared gradient.</summary>
        public Tensor square_avg = null!;

        /// <summary>Null before the first step with momentum.</summary>
        public Tensor? momentum_buffer;

        /// <summary>The running mean of the gradient; null before the first centred step.</summary>
        public Tensor? grad_avg;

        internal Tensor Buffer => momentum_buffer ??= Zeros();

        internal Tensor Average => grad_avg ??= Zeros();

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            square_avg = Zeros();
            momentum_buffer = grad_avg = null;
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Tensor(ref square_avg);
            fields.Optional(ref momentum_buffer);
            fields.Optional(ref grad_avg);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public bool? maximize;
        public double? momentum;
        public double? alpha;
        public double? eps;
        public double? weight_decay;
        public bool? centered;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Switch(ref maximize);
            fields.Number(ref momentum);
            fields.Number(ref alpha);
            fields.Number(ref eps);
            fields.Number(ref weight_decay);
            fields.Switch(ref centered);
        }

        internal static Options Of(double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool? maximize) => new()
        {
            LearningRate = lr,
            alpha = alpha,
            eps = eps,
            weight_decay = weight_decay,
            momentum = momentum,
            centered = centered,
            maximize = maximize,
        };
    }

    /// <summary>Parameters with RMSprop's options.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        /// <summary>The direction, up or down, is the optimiser's.</summary>
        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0,
            double momentum = 0.0, bool centered = false)
            : base(parameters, Options.Of(lr, alpha, eps, weight_decay, momentum, centered, maximize: null)) { }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
