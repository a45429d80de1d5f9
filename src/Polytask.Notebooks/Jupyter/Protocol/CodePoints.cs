namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>Positions in a text: the protocol counts Unicode code points, .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The index of UTF-16 units at which so many code points of a text end; the text's length where it has fewer.</summary>
    public static int ToIndex(string text, long points)
    {
        var index = 0;
        for (; points > 0 && index < text.Length; points--)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>How many code points a text has before an index of UTF-16 units.</summary>
    public static int FromIndex(string text, int index)
    {
        var points = 0;
        for (var at = 0; at < index; points++)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return points;
    }
}
