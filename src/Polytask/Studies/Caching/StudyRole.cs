using System.Globalization;

namespace Polytask;

/// <summary>Which cells of a study this process computes; the others come from the folder that it shares with other processes.</summary>
internal enum StudyPart
{
    /// <summary>All that are not in the cache.</summary>
    Everything,

    /// <summary>Its own share first, then those that no other process is at; it waits for the rest.</summary>
    Share,

    /// <summary>None.</summary>
    Gather,
}

/// <summary>
/// The part of a process in a study, which <c>polytask study</c> gives to the processes that it starts: one script, several processes, one folder.
/// Each goes through the whole script, so that a script may hold several studies, of which a later one needs the results of an earlier one.
/// </summary>
/// <param name="Part">What it computes.</param>
/// <param name="Index">Which of the shares is its own.</param>
/// <param name="Count">The number of shares.</param>
/// <param name="Since">When the processes were started: what failed since then in another one is not tried again here.</param>
/// <param name="Folder">The cache of studies that name none.</param>
internal sealed record StudyRole(StudyPart Part, int Index = 0, int Count = 1, DateTimeOffset? Since = null, string? Folder = null)
{
    /// <summary>The environment variable that holds a role.</summary>
    public const string Variable = "POLYTASK_STUDY_ROLE";

    /// <summary>The environment variable that holds the cache of studies that name none.</summary>
    public const string FolderVariable = "POLYTASK_STUDY_CACHE";

    public static StudyRole Alone { get; } = new(StudyPart.Everything);

    /// <summary>The role of this process.</summary>
    public static StudyRole OfProcess => Parse(
        Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null);

    /// <summary>Whether other processes count on the cells of this one, or this one on theirs.</summary>
    public bool IsShared => Part != StudyPart.Everything;

    public bool IsOwn(int cell) => Part == StudyPart.Everything || cell % Count == Index;

    /// <summary>What the variable holds: "share 0/4 2026-01-31T12:00:00+00:00", "gather".</summary>
    public override string ToString() => Part switch
    {
        StudyPart.Share => $"share {Index}/{Count} {Since:O}",
        StudyPart.Gather => "gather",
        _ => "",
    };

    /// <exception cref="DeclarationException">The text is no role.</exception>
    public static StudyRole Parse(string? text, string? folder)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return Alone with { Folder = folder };
        if (words is ["gather"]) return new(StudyPart.Gather, Folder: folder);
        if (words is ["share", var share, var since] && Fraction(share) is var (index, count)
            && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var start))
            return new(StudyPart.Share, index, count, start, folder);
        throw new DeclarationException(
            $"the environment variable {Variable} is '{text}'; 'share 2/8 2026-01-31T12:00:00Z' (share, shares, start of all) or 'gather' is expected");
    }

    // "2/8" as share 2 of the shares 0 to 7; null where it is none.
    private static (int Index, int Count)? Fraction(string text) =>
        text.Split('/') is [var left, var right] && int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && index < count ? (index, count) : null;
}
