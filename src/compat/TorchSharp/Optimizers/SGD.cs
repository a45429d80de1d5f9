using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Stochastic gradient descent: with momentum μ the step follows b ← μ b + (1 - dampening) g, where b starts as the first g;
/// Nesterov's form follows g + μ b. Weight decay adds weight_decay · θ to g.
/// </summary>
public class SGD : OptimizerHelper, IMomentum
{
    private readonly Options _defaults;

    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup(parameters, (Options?)null)], lr, momentum, dampening, weight_decay, nesterov, maximize) { }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        Require(lr >= 0, "learning rate", lr);
        Require(momentum >= 0, "momentum value", momentum);
        Require(weight_decay >= 0, "weight_decay value", weight_decay);
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public double Momentum
    {
        get => _defaults.momentum!.Value;
        set => _defaults.momentum = value;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override OptimizerOptions Complete(OptimizerOptions? options)
    {
        var own = (Options?)options ?? new Options();
        own.LearningRate ??= _defaults.LearningRate;
        own.momentum ??= _defaults.momentum;
        own.dampening ??= _defaults.dampening;
        own.weight_decay ??= _defaults.weight_decay;
        own.nesterov ??= _defaults.nesterov;
        own.maximize ??= _defaults.maximize;
        return own;
    }

    private protected override void Update(Modules.ParamGroup group, ReadOnlySpan<Parameter> parameters, ReadOnlySpan<OptimizerState> states)
    {
        var options = (Options)group.Options;
        var (momentum, dampening, decay) = (options.momentum!.Value, options.dampening!.Value, options.weight_decay!.Value);
        var rate = options.maximize!.Value ? options.LearningRate!.Value : -options.LearningRate!.Value;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            using var gradient = parameter.grad;
            if (gradient is null) continue;
            using var decayed = decay == 0 ? null : gradient.add(parameter, alpha: decay);
            var direction = decayed ?? gradient;
            if (momentum == 0)
            {
                parameter.add_(direction, alpha: rate);
                continue;
            }
            var state = (State)states[i];
            if (state.momentum_buffer is { } buffer) buffer.mul_(momentum).add_(direction, alpha: 1 - dampening);
            else state.momentum_buffer = buffer = direction.clone().DetachFromDisposeScope();
            if (options.nesterov!.Value)
            {
                using var ahead = direction.add(buffer, alpha: momentum);
                parameter.add_(ahead, alpha: rate);
            }
            else parameter.add_(buffer, alpha: rate);
        }
    }

    /// <summary>The momentum of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        /// <summary>Null before the first step.</summary>
        public Tensor? momentum_buffer;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var theirs = ((State)source).momentum_buffer;
            if (theirs is null) Initialize(new Options());
            else
            {
                momentum_buffer ??= Zeros();
                Load(ref momentum_buffer, theirs);
            }
        }

        /// <inheritdoc/>
        public override void to(Device device)
        {
            if (momentum_buffer is not null) Move(ref momentum_buffer, device);
        }

        /// <inheritdoc/>
        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && (momentum_buffer is null ? state.momentum_buffer is null : state.momentum_buffer is { } theirs && momentum_buffer.allclose(theirs));

        public void Dispose() => momentum_buffer?.Dispose();
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay, nesterov, maximize) = (other.momentum, other.dampening, other.weight_decay, other.nesterov, other.maximize);
        }
    }

    /// <summary>Parameters with SGD's options.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        { }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
