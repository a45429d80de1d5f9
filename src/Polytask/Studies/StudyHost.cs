namespace Polytask;

/// <summary>What the program that runs a script of studies wants to hear of them.</summary>
internal static class StudyHost
{
    /// <summary>Called with every result before <see cref="Study.Run(CancellationToken)"/> returns it.</summary>
    public static Action<StudyResult>? Finished { get; set; }
}
