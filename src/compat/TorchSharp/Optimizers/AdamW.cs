using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Modules;

/// <summary>AdamW: the weight decay shrinks the parameter, outside of the adaptive step.</summary>
/// <inheritdoc cref="AdamHelper{TOptions}"/>
public class AdamW : AdamHelper<AdamW.Options>
{
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
        bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup(parameters, null)], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize) { }

    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
        bool amsgrad = false, bool maximize = false)
        : base(parameters, AdamOptions.Of<Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)) { }

    private protected override bool DecoupledDecay => true;

    private protected override AdamState NewState(Parameter parameter) => new State(parameter);

    /// <summary>The moments of one parameter.</summary>
    public sealed class State(Parameter parameter) : AdamState(parameter);

    /// <summary>A group's options.</summary>
    public class Options : AdamOptions;

    /// <summary>Parameters with options of their own.</summary>
    public class ParamGroup : BetasParamGroup<Options>
    {
        public ParamGroup() { }

        [SetsRequiredMembers]
        public ParamGroup(IEnumerable<Parameter> parameters, Options? options) : base(parameters, options) { }

        [SetsRequiredMembers]
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : base(parameters, AdamOptions.Of<Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)) { }
    }
}
