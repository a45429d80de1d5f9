namespace Polytask.Notebooks.Kernels;

/// <summary>A text that could stand at the cursor.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kind">What it is, in Jupyter's words: function, property, instance, class, module, keyword, magic, path.</param>
public sealed record Completion(string Text, string Kind);

/// <summary>What could stand at the cursor in place of a range of the source.</summary>
/// <param name="Start">The range's first character, as an index of UTF-16 units.</param>
/// <param name="End">The index after its last.</param>
/// <param name="Items">The texts, best first; empty where nothing fits.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);

/// <summary>What is known of the name at the cursor.</summary>
/// <param name="Signature">Its declaration, overloads on lines of their own, in the cell's language.</param>
/// <param name="Documentation">Its documentation as plain text; null where it has none.</param>
public sealed record Inspection(string Signature, string? Documentation);

/// <summary>Whether Enter should run what was typed, or open another line.</summary>
public enum Completeness
{
    /// <summary>It can run as it stands.</summary>
    Complete,

    /// <summary>More must follow.</summary>
    Incomplete,

    /// <summary>No continuation can make it right.</summary>
    Invalid,
}
