using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Resilient backpropagation (Riedmiller and Braun, 1993): every element has a step size of its own, which grows by etaplus while its gradient keeps
/// its sign and shrinks by etaminus when the sign turns; then the element waits for a step. Only the sign of the gradient counts.
/// </summary>
public class Rprop : OptimizerHelper<Rprop.Options, Rprop.State>
{
    public Rprop(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6,
        double max_step = 50, bool maximize = false)
        : this([new ParamGroup(parameters, (Options?)null)], lr, etaminus, etaplus, min_step, max_step, maximize) { }

    public Rprop(
        IEnumerable<ParamGroup> parameters, double lr = 1e-2, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6,
        double max_step = 50, bool maximize = false)
        : base(Options.Of(lr, etaminus, etaplus, min_step, max_step, maximize))
    {
        if (!(etaminus > 0 && etaminus < 1 && etaplus > 1))
            throw new ArgumentException(
                FormattableString.Invariant($"Invalid eta values: {etaminus}, {etaplus}; etaminus must lie between 0 and 1 and etaplus above 1"));
        AddGroups(parameters);
    }

    private protected override State NewState(Parameter parameter) => new(parameter);

    private protected override void Update(Options options, Parameter parameter, Tensor gradient, State state)
    {
        state.step++;
        var direction = Direction(gradient, parameter, options.maximize!.Value, decay: 0);
        var turn = direction.mul(state.prev).sign();
        var turned = turn.lt(0);
        var factor = ones_like(turn).masked_fill_(turn.gt(0), options.etaplus!.Value).masked_fill_(turned, options.etaminus!.Value);
        state.step_size.mul_(factor).clamp_(options.min_step!.Value, options.max_step!.Value);
        state.prev.copy_(direction).masked_fill_(turned, 0);
        parameter.addcmul_(state.prev.sign(), state.step_size, value: -1);
    }

    /// <summary>The step sizes of one parameter.</summary>
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>The last gradient, with zeros where its sign had turned.</summary>
        public Tensor prev = null!;

        /// <summary>The elements' step sizes.</summary>
        public Tensor step_size = null!;

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            prev = Zeros();
            step_size = full_like(_parameter, options.LearningRate!.Value).DetachFromDisposeScope();
        }

        private protected override void Visit(FieldVisitor fields)
        {
            fields.Integer(ref step);
            fields.Tensor(ref prev);
            fields.Tensor(ref step_size);
        }
    }

    /// <summary>A group's options.</summary>
    public class Options : OptimizerOptions
    {
        public bool? maximize;
        public double? etaminus;
        public double? etaplus;
        public double? min_step;
        public double? max_step;

        private protected override void Visit(FieldVisitor fields)
        {
            base.Visit(fields);
            fields.Switch(ref maximize);
            fields.Number(ref etaminus);
            fields.Number(ref etaplus);
            fields.Number(ref min_step);
            fields.Number(ref max_step);
        }

        internal static Options Of(double lr, double etaminus, double etaplus, double min_step, double max_step, bool maximize) => new()
        {
            LearningRate = lr,
            etaminus = etaminus,
            etaplus = etaplus,
            min_step = min_step,
            max_step = max_step,
            maximize = maximize,
        };
    }

    /// <summary>Parameters with Rprop's options.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-2, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6,
            double max_step = 50, bool maximize = false)
            : base(parameters, Options.Of(lr, etaminus, etaplus, min_step, max_step, maximize)) { }
    }
}
