using System.Collections;
using System.Runtime.CompilerServices;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Kernels;

/// <summary>
/// What a variable holds, in part of a line and without running anything that a cell wrote: to look at a value must not change it, or
/// take time.
/// </summary>
internal static class ValueSummary
{
    private const int MaximumLength = 80;
    private const int MaximumItems = 10;

    /// <summary>The value's text; null where only its own code could tell.</summary>
    public static string? Of(object? value)
    {
        if (Text(value) is not { } text)
            return null;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= MaximumLength ? line : line[..MaximumLength] + "...";
    }

    private static string? Text(object? value)
    {
        switch (value)
        {
            case string text:
                return text.Length <= MaximumLength ? $"\"{text}\"" : $"\"{text[..MaximumLength]}...\" ({text.Length} characters)";
            case null or bool or char or Enum or Type or DateTime or DateTimeOffset or TimeSpan or Guid or decimal:
                return PlainText.OneLine(value);
            case ITuple tuple:
                var parts = Enumerable.Range(0, Math.Min(tuple.Length, MaximumItems)).Select(i => Text(tuple[i])).ToArray();
                return parts.Contains(null) ? null : $"({string.Join(", ", parts)}{(tuple.Length > MaximumItems ? ", ..." : "")})";
        }
        var type = value.GetType();
        if (type.IsPrimitive)
            return PlainText.OneLine(value);
        if (IsPlainCollection(type) && Count(value) is { } count)
            return Items(value, count);
        if (!IsOfLibrary(type))
            return null;
        try
        {
            return value is not IEnumerable && ValueMembers.HasOwnText(type) ? value.ToString() : null;
        }
        catch (Exception)
        {
            // A disposed tensor, a closed reader: there is nothing to tell.
            return null;
        }
    }

    private static string? Items(object collection, int count)
    {
        var texts = collection is IDictionary or Array { Rank: > 1 } ? [] : ((IEnumerable)collection).Cast<object?>().Take(MaximumItems).Select(Text).ToArray();
        return texts.Length == 0 && count > 0 || texts.Contains(null)
            ? $"{count} {(count == 1 ? "item" : "items")}"
            : $"[{string.Join(", ", texts)}{(count > MaximumItems ? $", ... ({count} items)" : "")}]";
    }

    /// <summary>Whether going through a collection only reads it: what LINQ and its like make calls functions of cells.</summary>
    private static bool IsPlainCollection(Type type) => type.IsArray || type.Namespace is "Microsoft.FSharp.Collections" or "System.Collections.Generic"
        or "System.Collections.Immutable" or "System.Collections.Concurrent" or "System.Collections.Frozen";

    /// <summary>How many items a collection holds; null for what only finds out by going through them.</summary>
    private static int? Count(object value) =>
        value is ICollection collection ? collection.Count
        : value.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)) is { } counted
            ? (int?)counted.GetProperty(nameof(IReadOnlyCollection<>.Count))!.GetValue(value)
            : null;

    /// <summary>Whether a type, with all that it is made of, comes from an assembly file and not from a cell.</summary>
    private static bool IsOfLibrary(Type type) => type.IsArray
        ? IsOfLibrary(type.GetElementType()!)
        : !type.Assembly.IsDynamic && type.Assembly.Location.Length > 0 && type.GetGenericArguments().All(IsOfLibrary);
}
