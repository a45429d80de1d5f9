using System.Collections.Immutable;

namespace Polytask;

public sealed partial record TrainingPlan
{
    internal ImmutableArray<Action<TrainingContext>> EpochCallbacks { get; private init; } = [];

    internal ImmutableArray<Action<TrainingContext>> StepCallbacks { get; private init; } = [];

    internal ImmutableArray<Probe> Probes { get; private init; } = [];

    /// <summary>Calls a function after every validation, which may end the training: <c>.OnEpoch(now => { if (...) now.Stop(); })</c>.</summary>
    public TrainingPlan OnEpoch(Action<TrainingContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return this with { EpochCallbacks = EpochCallbacks.Add(callback) };
    }

    /// <summary>Calls a function after every step of the optimiser, which may end the training.</summary>
    public TrainingPlan OnStep(Action<TrainingContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return this with { StepCallbacks = StepCallbacks.Add(callback) };
    }

    /// <summary>Whether the tasks' gradients are looked at in every step.</summary>
    public bool RecordsGradients { get; private init; }

    /// <summary>
    /// Looks at the tasks' gradients at the shared parameters in every step, for what weightings are about: of the losses as the weighting is given
    /// them, times the plan's loss weights. The history then has, per epoch that is validated, the mean over its steps: split "gradients", a task's
    /// "norm", a pair's ("income, married") "cosine" and "conflict", the share of steps in which it was below 0. A callback of steps sees each step's
    /// <see cref="TrainingContext.Gramian"/>. A weighting of losses takes a backward pass more for each task then; one of gradients has them.
    /// </summary>
    public TrainingPlan RecordGradients() => this with { RecordsGradients = true };

    /// <summary>
    /// Measures the module after epochs, without gradients: <c>.Probe("cka", now => Cka(now.Representation("a"), now.Representation("b")))</c>. The
    /// value is recorded in the history as split "probe", task "", and metric <paramref name="name"/>. What the function draws at random changes
    /// nothing in the training.
    /// </summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="measure">Gives the value.</param>
    /// <param name="every">The epochs between two measurements.</param>
    public TrainingPlan Probe(string name, Func<TrainingContext, double> measure, int every = 1)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return Probe(name, context => [("", measure(context))], every);
    }

    /// <summary>As the other, with a value for each of some tasks.</summary>
    public TrainingPlan Probe(string name, Func<TrainingContext, IEnumerable<(string Task, double Value)>> measure, int every = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(measure);
        if (Probes.Any(probe => probe.Name == name))
            throw new DeclarationException($"there already is a probe '{name}'; give each a name of its own");
        return this with { Probes = Probes.Add(new(name, (int)Positive(every, "a probe's interval"), measure)) };
    }
}
