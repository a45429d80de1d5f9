using System.Collections.Immutable;

namespace Polytask;

public sealed partial record TrainingPlan
{
    /// <summary>Settings of single parts of a model, the last one of a part.</summary>
    public ImmutableArray<ParameterGroup> Groups { get; private init; } = [];

    /// <summary>
    /// Settings of one part of the model: <c>.Group("experts", learningRate: 1e-4)</c>, <c>.Group("backbone", frozen: true)</c>. What is left out
    /// stays as for the rest. A part that the model does not have is refused when training starts.
    /// </summary>
    /// <param name="part">"backbone", "experts", "gates", "stitch", "tasks", "weighting", ... (<see cref="MultiTaskModule.PartOf"/>), or a task.</param>
    /// <param name="learningRate">The part's learning rate, which the schedule multiplies as all others.</param>
    /// <param name="weightDecay">The part's weight decay.</param>
    /// <param name="frozen">Whether the part's parameters keep their values.</param>
    public TrainingPlan Group(string part, double? learningRate = null, double? weightDecay = null, bool? frozen = null)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (learningRate is { } rate) Positive(rate, $"the learning rate of '{part}'");
        if (weightDecay is { } decay) NotNegative(decay, $"the weight decay of '{part}'");
        var before = Groups.FirstOrDefault(group => group.Part == part) ?? new(part);
        var merged = new ParameterGroup(part, learningRate ?? before.LearningRate, weightDecay ?? before.WeightDecay, frozen ?? before.IsFrozen);
        return this with { Groups = Groups.RemoveAll(group => group.Part == part).Add(merged) };
    }

    /// <summary>The learning rate of one part of the model: <c>.LearningRate("stitch", 0.1)</c>; see <see cref="Group"/>.</summary>
    public TrainingPlan LearningRate(string part, double learningRate) => Group(part, learningRate: learningRate);

    /// <summary>Keeps the parameters of parts as they are; see <see cref="Group"/>.</summary>
    public TrainingPlan Freeze(params string[] parts) => parts.Aggregate(this, (plan, part) => plan.Group(part, frozen: true));
}
