using Plotly.NET;

namespace Polytask.Analysis;

public static partial class Charts
{
    /// <summary>
    /// A matrix as coloured cells with the numbers in them, the first row on top: amounts from white to blue, numbers of either sign from red over
    /// white to blue. White is 0.
    /// </summary>
    /// <param name="rows">[rows][columns].</param>
    /// <param name="rowNames">A name per row.</param>
    /// <param name="columnNames">A name per column.</param>
    /// <param name="meaning">What a number is.</param>
    /// <param name="range">
    /// The numbers of the two ends of the colours; by default from 0, or minus the largest, to the largest. Matrices to be compared need the same.
    /// </param>
    /// <exception cref="DataException">There are not as many names as rows and columns, or the range is empty.</exception>
    public static GenericChart Matrix(IReadOnlyList<double[]> rows, IReadOnlyList<string> rowNames, IReadOnlyList<string> columnNames, string meaning,
        (double Low, double High)? range = null)
    {
        Same(rows.Count, rowNames.Count, "rows of numbers", "names of rows");
        foreach (var row in rows) Same(row.Length, columnNames.Count, "numbers in a row", "names of columns");
        double[] finite = [.. rows.SelectMany(row => row).Where(double.IsFinite)];
        var largest = finite.Select(Math.Abs).Append(0).Max();
        var ends = range ?? (finite.Any(value => value < 0) ? -largest : 0, largest);
        if (!(ends.Low < ends.High))
            throw new DataException(FormattableString.Invariant(
                $"a matrix of {meaning} needs a range of numbers for its colours, but got {ends.Low} to {ends.High}; name another range"));
        return Heatmaps.Of([.. rows], columnNames, rowNames, ends, meaning)
            .Styled(Heatmaps.IsWritten(columnNames.Count) ? $"cells: {HouseStyle.Plain(meaning)}" : "", "");
    }
}
