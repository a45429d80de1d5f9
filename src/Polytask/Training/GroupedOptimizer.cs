using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The plan's optimiser over all parameters that are trained: one <see cref="FlatOptimizer"/> for each learning rate and weight decay and, where a
/// sampler lets tasks rest, for each task's own parameters, which a step without the task leaves out.
/// </summary>
internal sealed class GroupedOptimizer : IDisposable
{
    private readonly Group[] groups;
    private readonly Parameter[] frozen;

    public GroupedOptimizer(MultiTaskModule module, TrainingPlan plan)
    {
        var (parts, rule) = (new ParameterParts(module), plan.OptimizerRule);
        parts.Check(plan.Groups);
        Dictionary<Parameter, string> owners = plan.TaskSampler is null ? [] : parts.Owners();
        var trained = new List<(string Name, Parameter Parameter, double Rate, double Decay, string? Owner)>();
        var kept = new List<Parameter>();
        foreach (var (name, parameter) in module.named_parameters())
        {
            // A parameter that the model itself keeps from training stays so.
            if (!parameter.requires_grad) continue;
            var settings = parts.SettingsOf(name, plan.Groups);
            if (settings.IsFrozen is true) kept.Add(parameter);
            else
            {
                if (!rule.TakesSettings && settings.WeightDecay is not null)
                    throw new DeclarationException($"optimiser '{rule.Name}' is a function of your own, which has its own weight decay: "
                        + $"leave it out of .Group(\"{settings.Part}\", ...)");
                trained.Add((name, parameter, settings.LearningRate ?? rule.LearningRate, settings.WeightDecay ?? rule.WeightDecay,
                    owners.GetValueOrDefault(parameter)));
            }
        }
        if (trained.Count == 0)
            throw new DeclarationException($"the plan freezes every parameter of model '{module.Model.Name}'; leave one part to train");
        frozen = [.. kept];
        foreach (var parameter in frozen) parameter.requires_grad = false;
        Parameters = [.. trained.Select(entry => entry.Parameter)];
        groups =
        [
            .. trained.GroupBy(entry => (entry.Rate, entry.Decay, entry.Owner)).Select(alike => new Group(alike.Key.Owner, alike.Key.Rate,
                alike.Key.Rate != rule.LearningRate, new FlatOptimizer(alike.Select(entry => (entry.Name, entry.Parameter)),
                    parameters => rule.Make(parameters, alike.Key.Rate, alike.Key.Decay), plan.StepsFlat && rule.IsElementwise))),
        ];
    }

    /// <summary>All parameters that are trained.</summary>
    public Parameter[] Parameters { get; }

    /// <summary>The factor of every learning rate, for schedules.</summary>
    public double RateFactor
    {
        set
        {
            foreach (var group in groups)
                if (value != 1 || group.IsScheduled || group.HasOwnRate) group.SetRate(value);
        }
    }

    public void ForgetGradients()
    {
        foreach (var group in groups) group.Optimizer.ForgetGradients();
    }

    /// <summary>A step of all parameters but those of resting tasks.</summary>
    /// <param name="batch">The tasks that ran.</param>
    /// <param name="closure">Computes loss and gradients anew, for an optimiser that asks for them.</param>
    public void Step(Batch batch, Func<Tensor>? closure)
    {
        foreach (var group in groups)
            if (group.Owner is null || batch.PartOf(group.Owner) is not null) group.Optimizer.Step(closure);
    }

    /// <summary>What is remembered, group by group; tensors are not copies.</summary>
    public FlatOptimizerState[] Save() => [.. groups.Select(group => group.Optimizer.Save())];

    /// <summary>Goes on from what was saved.</summary>
    public void Load(IReadOnlyList<FlatOptimizerState> states)
    {
        if (states.Count != groups.Length)
            throw new InvalidDataException($"{states.Count} groups of parameters are saved, but there are {groups.Length}");
        foreach (var (group, state) in groups.Zip(states)) group.Optimizer.Load(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var group in groups) group.Optimizer.Dispose();
        foreach (var parameter in frozen) parameter.requires_grad = true;
    }

    private sealed record Group(string? Owner, double Rate, bool HasOwnRate, FlatOptimizer Optimizer)
    {
        public bool IsScheduled { get; private set; }

        public void SetRate(double factor)
        {
            IsScheduled = true;
            Optimizer.LearningRate = factor * Rate;
        }
    }
}
