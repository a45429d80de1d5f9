using System.Globalization;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running;

/// <summary>
/// Which cells of a notebook run. A cell is named by its identifier or by its number among the cells that can run, as headings and
/// traces have it. The cells of the parameters always run.
/// </summary>
/// <param name="From">The first one; null: from the start.</param>
/// <param name="Until">The last one; null: to the end.</param>
/// <param name="Only">The only ones; empty: all between the two.</param>
public sealed record CellSelection(string? From = null, string? Until = null, params IReadOnlyList<string> Only)
{
    /// <summary>Whether it leaves anything out.</summary>
    public bool IsEverything => From is null && Until is null && Only.Count == 0;

    /// <summary>The cells that run, out of those that can.</summary>
    /// <exception cref="NotebookFormatException">A name is of no cell.</exception>
    internal HashSet<Cell> Choose(IReadOnlyList<Cell> cells, Func<Cell, bool> always, string notebook)
    {
        var from = From is null ? 0 : IndexOf(From, "--from");
        var until = Until is null ? cells.Count - 1 : IndexOf(Until, "--until");
        if (from > until && From is not null && Until is not null)
            throw new NotebookFormatException($"{notebook}: the cell of --from {From} comes after that of --until {Until}");
        var only = Only.Select(name => IndexOf(name, "--only")).ToHashSet();
        return [.. cells.Where((cell, i) => i >= from && i <= until && (only.Count == 0 || only.Contains(i)) || always(cell))];

        int IndexOf(string name, string option)
        {
            for (var i = 0; i < cells.Count; i++)
                if (cells[i].Id == name)
                    return i;
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= cells.Count)
                return number - 1;
            throw new NotebookFormatException(
                $"{notebook}: {option} {name}: there is no such cell; a number from 1 to {cells.Count} or the identifier of a code cell is expected");
        }
    }
}
