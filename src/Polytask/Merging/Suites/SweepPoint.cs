namespace Polytask;

/// <summary>What a setting came to.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Scores">The scores of its model.</param>
public sealed record SweepPoint<T>(T Setting, SuiteScores Scores);

/// <summary>Choices among settings.</summary>
public static class SweepPoints
{
    /// <summary>The point with the highest average accuracy; of equal ones, which are common on a few hundred rows, the first.</summary>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public static SweepPoint<T> Best<T>(this IEnumerable<SweepPoint<T>> sweep) => sweep.MaxBy(point => point.Scores.Average)
        ?? throw new ArgumentException("the best of a sweep was asked for, but nothing was tried: give at least one setting");
}
