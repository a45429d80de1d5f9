using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A declaration (a model, a plan) as texts, the same in every process for the same declaration: by the names of its outermost parts, so that two can
/// be told apart part by part. Of functions it holds the numbers and words that they captured, and not their code.
/// </summary>
internal static class Declaration
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The texts of a value's fields.</summary>
    public static SortedDictionary<string, string> Of(object value)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, field) in DeclaredFields.Of(value.GetType())) parts[name] = Text(field.GetValue(value), []);
        return parts;
    }

    private static string Text(object? value, List<object> above)
    {
        switch (value)
        {
            case null: return "none";
            case string text: return $"\"{text}\"";
            case Tensor tensor:
                using (var hash = new ContentHash().Add(tensor)) return $"tensor {hash}";
            case IFormattable plain when value.GetType().IsPrimitive || value is Enum or decimal:
                return plain.ToString(null, CultureInfo.InvariantCulture);
            case bool yes: return yes ? "true" : "false";
            case Delegate function: return $"function({Captured(function.Target)})";
        }
        // A value that holds itself, or one of a kind that is not a declaration, is known by its type.
        if (above.Exists(outer => ReferenceEquals(outer, value)) || !IsDeclared(value)) return value.GetType().Name;
        above.Add(value);
        var texts = value is IEnumerable items
            ? IsEmpty(value) ? [] : items.Cast<object?>().Select(item => Text(item, above)).ToList()
            : DeclaredFields.Of(value.GetType()).Select(field => $"{field.Name}: {Text(field.Field.GetValue(value), above)}").ToList();
        above.RemoveAt(above.Count - 1);
        return value is IEnumerable ? $"[{string.Join(", ", texts)}]" : $"{value.GetType().Name}({string.Join(", ", texts)})";
    }

    // What a compiler keeps for a lambda: its numbers and words tell two uses of one function apart.
    private static string Captured(object? target) =>
        target is null || !target.GetType().IsDefined(typeof(CompilerGeneratedAttribute), false) ? "" : string.Join(", ",
            target.GetType().GetFields(Fields).Where(field => field.FieldType.IsPrimitive || field.FieldType == typeof(string))
                .Select(field => Text(field.GetValue(target), [])));

    // The library's own types, and those that users derive from them: losses, blocks, samplers.
    private static bool IsDeclared(object value)
    {
        if (value is IEnumerable or ITuple) return true;
        var type = value.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)) return true;
        while (type is not null && type.Assembly != typeof(Declaration).Assembly) type = type.BaseType;
        return type is not null;
    }

    // ImmutableArray's default throws when it is gone through.
    private static bool IsEmpty(object value) => value.GetType().GetProperty("IsDefaultOrEmpty")?.GetValue(value) is true;
}
