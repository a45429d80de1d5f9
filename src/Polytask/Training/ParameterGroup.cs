namespace Polytask;

/// <summary>What a plan says of one part of a model; what is null is as for the rest.</summary>
/// <param name="Part">
/// A part as <see cref="MultiTaskModule.PartOf"/> calls it: "backbone", "experts", "gates", "stitch", "tasks", "weighting", ...; or the name of a
/// task, whose tower and head are meant then, before what is said of "tasks".
/// </param>
/// <param name="LearningRate">The learning rate, before the schedule.</param>
/// <param name="WeightDecay">The weight decay.</param>
/// <param name="IsFrozen">Whether its parameters keep their values (running statistics of normalisation layers do not).</param>
public sealed record ParameterGroup(string Part, double? LearningRate = null, double? WeightDecay = null, bool? IsFrozen = null)
{
    /// <inheritdoc/>
    public override string ToString() => Part
        + (LearningRate is { } rate ? FormattableString.Invariant($" at {rate}") : "")
        + (WeightDecay is { } decay ? FormattableString.Invariant($" decayed by {decay}") : "")
        + (IsFrozen is true ? " frozen" : "");
}
