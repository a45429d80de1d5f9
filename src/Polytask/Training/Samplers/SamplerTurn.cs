namespace Polytask;

/// <summary>What a sampler knows when it picks the rows of a step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step of the epoch, from 0.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Rows">The training rows of each task.</param>
/// <param name="Batch">The rows of a step.</param>
/// <param name="Random">The numbers to draw from: those of the run's seed and the epoch.</param>
public sealed record SamplerTurn(
    int Epoch, long Step, IReadOnlyList<string> Tasks, IReadOnlyList<long> Rows, int Batch, StableRandom Random);
