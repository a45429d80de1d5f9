namespace Polytask;

/// <summary>What a table's column is and what becomes of it.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Kind">What its values are; null for a dropped column.</param>
/// <param name="Role">What it is used for.</param>
/// <param name="Use">The tasks that it labels, or why it is dropped; empty for an input.</param>
/// <param name="Levels">Its levels or classes in order, "missing" last where inputs miss; none for numbers and dropped columns.</param>
/// <param name="Missing">How many of its values are missing.</param>
/// <param name="Features">How many features it becomes; 0 unless it is an input.</param>
public sealed record TableColumn(string Name, ColumnKind? Kind, ColumnRole Role, string Use, IReadOnlyList<string> Levels, int Missing, int Features);
