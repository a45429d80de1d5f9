using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Stochastic gradient descent: with momentum μ the step follows b ← μ b + (1 - dampening) g, where b starts as the first g; Nesterov's form follows
/// g + μ b. Weight decay adds weight_decay · θ to g.
/// </summary>
public class SGD : OptimizerHelper<SGD.Options, SGD.State>, IMomentum
{
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
        bool maximize = false)
        : this([new ParamGroup(parameters, (Options?)null)], lr, momentum, dampening, weight_decay, nesterov, maximize) { }

    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
        bool maximize = false)
        : base(Options.Of(lr, momentum, dampening, weight_decay, nesterov, maximize))
    {
        Require(momentum >= 0, "momentum value", momentum);
        Require(weight_decay >= 0, "weight_decay value", weight_decay);
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        AddGroups(parameters);
    }

    /// <summary>The momentum of the optimiser's own options, for groups that have none.</summary>
    public double Momentum
    {
        get => Defaults.momentum!.Value;
        set => Defaults.momentum = value;
    }

    private protected override bool TakesSparseGradients => true;

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override bool TryUpdateInOnePass(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (sign, decay, rate) = (options.maximize!.Value ? -1f : 1f, (float)options.weight_decay!.Value, (float)options.LearningRate!.Value);
        var momentum = (float)options.momentum!.Value;
        if (momentum == 0) return OnePass.TryRun(new SgdPass(sign, decay, rate), parameter, gradient);
        var buffer = state.momentum_buffer;
        if (buffer is null) return false;
        var nesterov = options.nesterov!.Value;
        var pass = new MomentumPass(
            sign, decay, momentum, (float)(1 - options.dampening!.Value), Ahead: nesterov ? 1 : 0, Along: nesterov ? momentum : 1, rate);
        return OnePass.TryRun(pass, parameter, gradient, buffer);
    }

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        var (momentum, rate) = (options.momentum!.Value, options.LearningRate!.Value);
        var direction = Direction(gradient, parameter, options.maximize!.Value, options.weight_decay!.Value);
        if (momentum != 0)
        {
            if (state.momentum_buffer is { } buffer) buffer.mul_(momentum).add_(direction, alpha: 1 - options.dampening!.Value);
            else state.momentum_buffer = buffer = direction.clone().DetachFromDisposeScope();
            direction = options.nesterov!.Value ? direction.add(buffer, alpha: momentum) : buffer;
        }
        parameter.add_(direction, alpha: -rate);
    }

    /// <summary>The momentum of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Null before the first step with momentum.</summary>
        public Tensor? momentum_buffer;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            momentum_buffer = null;
        }

        private protected override void Visit(FieldVisitor fields) => fields.Optional(ref momentum_buffer);
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Number(ref momentum);
            fields.Number(ref dampening);
            fields.Number(ref weight_decay);
            fields.Switch(ref nesterov);
            fields.Switch(ref maximize);
        }

        internal static Options Of(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) => new()
        {
            LearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
    }

    /// <summary>Parameters with SGD's options.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(parameters, Options.Of(lr, momentum, dampening, weight_decay, nesterov, maximize)) { }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
