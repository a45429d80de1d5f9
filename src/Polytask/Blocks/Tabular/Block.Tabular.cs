namespace Polytask;

public abstract partial record Block
{
    /// <summary>Learned vectors for categorical columns; numeric columns pass through (columns as a tabular data set lists them).</summary>
    /// <param name="cardinalities">Per input column: the number of levels of a categorical column, 0 for a numeric one.</param>
    /// <param name="dimension">The length of each learned vector.</param>
    public static Embed Embed(IEnumerable<long> cardinalities, long dimension) => new([.. cardinalities], dimension);

    /// <summary>
    /// A token for each column, [columns] → [columns, width]: a learned vector for a level, a learned linear map of a number with layer normalisation.
    /// </summary>
    /// <param name="cardinalities">Per input column: the number of levels of a categorical column, 0 for a numeric one.</param>
    /// <param name="width">The length of each token.</param>
    public static Block FeatureTokens(IEnumerable<long> cardinalities, long width) => new FeatureTokens([.. cardinalities], width);

    /// <summary>
    /// A weight for each field of a row, between 0 and 2, that depends on all of them: [fields, width] → the same.
    /// See <see cref="Polytask.FieldGate"/>.
    /// </summary>
    /// <param name="score">[fields, width] → [fields]; zero at the start leaves all fields as they are.</param>
    public static FieldGate FieldGate(Block score) => new(score);

    /// <summary>
    /// MultiTab-Net (Sinodinos et al., AAAI 2026): a transformer over the columns of a row and one learned token for each task, then over the rows of the
    /// batch: [columns] → [tasks + columns, width], task tokens first. Task i reads its own with the tower <c>Block.Token(i)</c>.
    /// </summary>
    /// <param name="cardinalities">Per input column: the number of levels of a categorical column, 0 for a numeric one.</param>
    /// <param name="tasks">The number of task tokens.</param>
    /// <param name="width">The length of each token.</param>
    public static Tabular Tabular(IEnumerable<long> cardinalities, int tasks, long width = 16) => new([.. cardinalities], tasks, width);
}
