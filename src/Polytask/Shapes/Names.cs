namespace Polytask;

/// <summary>Names in messages: lists of them, and the nearest to a misspelt one.</summary>
internal static class Names
{
    /// <summary>'a', 'b' and 'c'.</summary>
    public static string Listed(IEnumerable<string> names)
    {
        var quoted = names.Select(name => $"'{name}'").ToArray();
        return quoted.Length switch
        {
            0 => "none",
            1 => quoted[0],
            _ => string.Join(", ", quoted[..^1]) + " and " + quoted[^1],
        };
    }

    /// <summary>"; did you mean 'x'?" when a known name is within two edits (or a third of its length), else nothing.</summary>
    public static string DidYouMean(string name, IEnumerable<string> known)
    {
        var nearest = known.Select(candidate => (candidate, distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.distance).FirstOrDefault();
        return nearest.candidate is not null && nearest.distance <= Math.Max(2, name.Length / 3) ? $"; did you mean '{nearest.candidate}'?" : "";
    }

    /// <summary>Whether a name fits a pattern, in which * stands for any letters.</summary>
    public static bool Match(string pattern, string name)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1) return pattern == name;
        if (!name.StartsWith(pieces[0], StringComparison.Ordinal)) return false;
        var place = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            var found = name.IndexOf(piece, place, StringComparison.Ordinal);
            if (found < 0) return false;
            place = found + piece.Length;
        }
        return name.Length - place >= pieces[^1].Length && name.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    // Levenshtein's edit distance, one row at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[right.Length];
    }
}
