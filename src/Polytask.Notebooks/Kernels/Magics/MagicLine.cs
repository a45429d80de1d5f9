namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>The line of a magic command as it is being written: the words before the cursor's, and that one.</summary>
/// <param name="Words">The words before the one at the cursor.</param>
/// <param name="Start">The column at which the word at the cursor starts, behind a quote that opens it.</param>
/// <param name="End">The column after its last character.</param>
/// <param name="Typed">Its part before the cursor.</param>
/// <param name="IsQuoted">Whether it stands in quotes.</param>
internal sealed record MagicLine(string[] Words, int Start, int End, string Typed, bool IsQuoted)
{
    public static MagicLine At(string line, int column)
    {
        var words = new List<string>();
        for (var i = 0; ;)
        {
            while (i < column && char.IsWhiteSpace(line[i]))
                i++;
            var quote = i < column && line[i] is '@' && i + 1 < column && line[i + 1] is '"' ? i + 1 : i;
            var quoted = quote < column && line[quote] is '"';
            var start = quoted ? quote + 1 : i;
            var end = start;
            while (end < line.Length && (quoted ? line[end] != '"' : !char.IsWhiteSpace(line[end])))
                end++;
            if (column <= end)
                return new MagicLine([.. words], start, end, line[start..column], quoted);
            words.Add(line[start..end]);
            i = quoted ? end + 1 : end;
        }
    }
}
