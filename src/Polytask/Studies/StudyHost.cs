namespace Polytask;

/// <summary>What the program that runs a script of studies wants to hear of them.</summary>
internal static class StudyHost
{
    /// <summary>Called with every result before <see cref="Study.Run(CancellationToken)"/> returns it.</summary>
    public static Action<StudyResult>? Finished { get; set; }

    /// <summary>Ends every study with the cells that are finished.</summary>
    public static CancellationToken Cancel { get; set; }
}
