namespace Polytask;

/// <summary>Which rows a seed gives to training, validation and test: 60, 20 and 20 percent of a random order, no row twice.</summary>
public sealed record RowSplit(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>The fewest rows that give every part at least one.</summary>
    public const int FewestRows = 3;

    /// <summary>The split of <paramref name="rows"/> rows: a fifth each (rounded, at least one) for validation and test, the rest for
    /// training.</summary>
    /// <exception cref="DataException">There are fewer than <see cref="FewestRows"/> rows.</exception>
    public static RowSplit Of(int rows, int seed, string dataset) =>
        Splitting.Default.Of(new SplitRows(dataset, rows, _ => []), seed);
}
