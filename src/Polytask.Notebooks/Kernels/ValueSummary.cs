using System.Collections;
using System.Runtime.CompilerServices;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Kernels;

/// <summary>
/// What a variable holds, in part of a line and without running anything that a cell wrote: to look at a value must not change it, or
/// take time.
/// </summary>
/// <param name="separator">What the language puts between the items of a collection.</param>
/// <param name="print">How the language prints a single value.</param>
internal sealed class ValueSummary(string separator, Func<object, string?> print)
{
    private const int MaximumLength = 80;
    private const int MaximumItems = 10;

    /// <summary>The value's text; null where only its own code could tell.</summary>
    public string? Of(object? value)
    {
        if (Text(value) is not { } text)
            return null;
        var line = string.Join(' ', text.Split((char[])['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaximumLength ? line : line[..MaximumLength] + "...";
    }

    private string? Text(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case string text:
                return text.Length <= MaximumLength ? $"\"{text}\"" : $"\"{text[..MaximumLength]}...\" ({text.Length} characters)";
            case bool or char or Enum or Type or DateTime or DateTimeOffset or TimeSpan or Guid or decimal:
                return print(value);
            case ITuple tuple:
                var parts = Enumerable.Range(0, Math.Min(tuple.Length, MaximumItems)).Select(i => Text(tuple[i])).ToArray();
                return parts.Contains(null) ? null : $"({string.Join(", ", parts)}{(tuple.Length > MaximumItems ? ", ..." : "")})";
        }
        var type = value.GetType();
        if (type.IsPrimitive)
            return print(value);
        if (IsPlainCollection(type) && Count(value) is { } count)
            return Items(value, count);
        if (value is IEnumerable || !IsOfLibrary(type) || !ValueMembers.HasOwnText(type))
            return null;
        try
        {
            return print(value);
        }
        catch (Exception)
        {
            // A disposed tensor, a closed reader: there is nothing to tell.
            return null;
        }
    }

    private string Items(object collection, int count)
    {
        var isRow = collection is not (IDictionary or Array { Rank: > 1 });
        var texts = isRow ? ((IEnumerable)collection).Cast<object?>().Take(MaximumItems).Select(Text).ToArray() : [];
        return !isRow || texts.Contains(null)
            ? $"{count} {(count == 1 ? "item" : "items")}"
            : $"[{string.Join(separator, texts)}{(count > MaximumItems ? $"{separator}... ({count} items)" : "")}]";
    }

    /// <summary>Whether going through a collection only reads it: what LINQ and its like make calls functions of cells.</summary>
    private static bool IsPlainCollection(Type type) => type.IsArray || type.Namespace is "Microsoft.FSharp.Collections"
        or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Concurrent" or "System.Collections.Frozen";

    /// <summary>How many items a collection holds; null for what only finds out by going through them.</summary>
    private static int? Count(object value) =>
        value is ICollection collection ? collection.Count
        : Array.Find(value.GetType().GetInterfaces(), IsCounted) is { } counted
            ? (int?)counted.GetProperty(nameof(IReadOnlyCollection<>.Count))!.GetValue(value)
            : null;

    private static bool IsCounted(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>);

    /// <summary>Whether a type comes from an assembly file and not from a cell, and so does all that it can be made of.</summary>
    private static bool IsOfLibrary(Type type) =>
        !type.Assembly.IsDynamic && type.Assembly.Location.Length > 0 && type.GetGenericArguments().All(a => a.IsSealed && IsOfLibrary(a));
}
