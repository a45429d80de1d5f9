namespace Polytask;

/// <summary>A user's measurement of the module while it is trained.</summary>
/// <param name="Name">The metric under which it is recorded.</param>
/// <param name="Interval">Measured after every so many epochs.</param>
/// <param name="Measure">Gives a value for each of some tasks; a value of the whole model has the empty name.</param>
internal sealed record Probe(string Name, int Interval, Func<TrainingContext, IEnumerable<(string Task, double Value)>> Measure);
