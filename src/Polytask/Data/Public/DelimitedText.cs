namespace Polytask;

/// <summary>Text without a header whose cells stand between separators that no cell contains: the form of many older data sets.</summary>
internal static class DelimitedText
{
    /// <summary>The rows of a text, cells trimmed; empty lines are skipped.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="reader">The text.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="columns">The number of cells of a row.</param>
    /// <param name="comment">What the lines start with that are no rows, or null.</param>
    /// <exception cref="DataException">A row has another number of cells.</exception>
    public static List<string[]> Rows(string path, TextReader reader, string separator, int columns, string? comment = null)
    {
        var (rows, known) = (new List<string[]>(), new Dictionary<string, string>());
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0 || (comment is not null && text.StartsWith(comment, StringComparison.Ordinal))) continue;
            var cells = text.Split(separator);
            if (cells.Length != columns)
                throw new DataException(
                    $"'{path}', line {line}: {cells.Length} cells, but this data set has {columns}; the file is damaged or another one");
            for (var i = 0; i < cells.Length; i++)
            {
                // The same few texts again and again: one string each.
                var cell = cells[i].Trim();
                if (!known.TryGetValue(cell, out cells[i]!)) cells[i] = known[cell] = cell;
            }
            rows.Add(cells);
        }
        return rows;
    }
}
