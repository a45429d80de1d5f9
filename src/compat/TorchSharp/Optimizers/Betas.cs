using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>The options of optimisers with running means of two moments of the gradient.</summary>
public abstract class BetasOptions : OptimizerOptions
{
    /// <summary>The decay of the first moment.</summary>
    public double? beta1;

    /// <summary>The decay of the second moment.</summary>
    public double? beta2;

    /// <summary>Added to a denominator.</summary>
    public double? eps;

    public double? weight_decay;

    private protected override void Visit(FieldVisitor fields)
    {
        base.Visit(fields);
        fields.Number(ref beta1);
        fields.Number(ref beta2);
        fields.Number(ref eps);
        fields.Number(ref weight_decay);
    }

    internal static TOptions Of<TOptions>(
        double lr, double beta1, double beta2, double eps, double weight_decay) where TOptions : BetasOptions, new() => new()
        {
            LearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
        };
}

/// <summary>A group of parameters with such options.</summary>
public abstract class BetasParamGroup<TOptions> : ParamGroup<TOptions>, IBetas where TOptions : BetasOptions
{
    private protected BetasParamGroup() { }

    [SetsRequiredMembers]
    private protected BetasParamGroup(IEnumerable<Parameter> parameters, TOptions? options) : base(parameters, options) { }

    public (double, double) Betas
    {
        get => (Options.beta1!.Value, Options.beta2!.Value);
        set => (Options.beta1, Options.beta2) = value;
    }
}

/// <summary>An optimiser with such options.</summary>
public abstract class BetasHelper<TOptions, TState> : OptimizerHelper<TOptions, TState>, IBetas
    where TOptions : BetasOptions, new() where TState : OptimizerState
{
    private protected BetasHelper(IEnumerable<ParamGroup> groups, TOptions defaults) : base(defaults)
    {
        Require(defaults.beta1 is >= 0 and < 1, "beta1", defaults.beta1);
        Require(defaults.beta2 is >= 0 and < 1, "beta2", defaults.beta2);
        Require(defaults.eps >= 0, "ε", defaults.eps);
        Require(defaults.weight_decay >= 0, "weight_decay value", defaults.weight_decay);
        AddGroups(groups);
    }

    /// <summary>The decays of the optimiser's own options, for groups that have none.</summary>
    public (double, double) Betas
    {
        get => (Defaults.beta1!.Value, Defaults.beta2!.Value);
        set => (Defaults.beta1, Defaults.beta2) = value;
    }
}
