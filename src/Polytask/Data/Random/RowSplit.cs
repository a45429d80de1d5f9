namespace Polytask;

/// <summary>Which rows a seed gives to training, validation and test: 60, 20 and 20 percent of a random order, no row twice.</summary>
public sealed record RowSplit(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>The fewest rows that give every part at least one.</summary>
    public const int FewestRows = 3;

    /// <summary>The split of <paramref name="rows"/> rows: a fifth each (rounded, at least one) for validation and test, the rest for
    /// training.</summary>
    /// <exception cref="DataException">There are fewer than <see cref="FewestRows"/> rows.</exception>
    public static RowSplit Of(int rows, int seed, string dataset)
    {
        if (rows < FewestRows)
            throw new DataException($"{dataset}: {rows} rows cannot be split into training, validation and test; at least {FewestRows} are needed");
        var order = StableRandom.For(seed, "split").Permutation(rows);
        var part = Math.Max(1, (int)Math.Round(rows / 5.0));
        return new(order[..^(2 * part)], order[^(2 * part)..^part], order[^part..]);
    }
}
