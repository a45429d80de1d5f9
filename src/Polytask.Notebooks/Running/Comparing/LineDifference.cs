namespace Polytask.Notebooks.Running.Comparing;

/// <summary>The lines by which two texts differ, found with the longest common subsequence (Hunt and McIlroy 1976) over what counts as the
/// same.</summary>
internal static class LineDifference
{
    private const int MostLines = 40;

    /// <summary>Beyond this many lines the table of the subsequence would take too long; only the ends that agree are left out then.</summary>
    private const int MostCells = 4_000_000;

    /// <summary>Lines that begin with "- " (before), "+ " (now) and "  ..." where some are left out; empty where the texts agree.</summary>
    public static IReadOnlyList<string> Of(string[] before, string[] now, Func<string, string, bool> same)
    {
        var (start, end) = (0, 0);
        while (start < before.Length && start < now.Length && same(before[start], now[start]))
            start++;
        while (end < before.Length - start && end < now.Length - start && same(before[^(end + 1)], now[^(end + 1)]))
            end++;
        var lines = Middle(before[start..^end], now[start..^end], same).ToList();
        if (lines.Count <= MostLines)
            return lines;
        var left = lines.Count - MostLines;
        return [.. lines.Take(MostLines), $"  ... and {left} more {(left == 1 ? "line" : "lines")}"];
    }

    private static IEnumerable<string> Middle(string[] before, string[] now, Func<string, string, bool> same)
    {
        if ((long)before.Length * now.Length > MostCells)
            return [.. before.Select(l => "- " + l), .. now.Select(l => "+ " + l)];

        // length[i, j]: of the longest common subsequence of before[i..] and now[j..].
        var length = new int[before.Length + 1, now.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                length[i, j] = same(before[i], now[j]) ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        var lines = new List<string>();
        var (a, b) = (0, 0);
        while (a < before.Length || b < now.Length)
        {
            if (a < before.Length && b < now.Length && same(before[a], now[b]))
                (a, b) = (a + 1, b + 1);
            else if (a < before.Length && (b == now.Length || length[a + 1, b] >= length[a, b + 1]))
                lines.Add("- " + before[a++]);
            else
                lines.Add("+ " + now[b++]);
        }
        return lines;
    }
}
