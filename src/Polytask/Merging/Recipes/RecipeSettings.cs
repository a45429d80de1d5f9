using System.Collections.Immutable;
using System.Text.Json;

namespace Polytask;

/// <summary>An object of a recipe, read setting by setting; what nobody asked for is a misspelt one.</summary>
internal sealed class RecipeSettings
{
    private readonly JsonElement element;
    private readonly string where;
    private readonly Func<string, string> at;
    private readonly HashSet<string> asked = [];

    /// <param name="element">The object.</param>
    /// <param name="where">What messages call it.</param>
    /// <param name="at">A path of the recipe as a full path.</param>
    /// <exception cref="InvalidDataException">It is no object.</exception>
    public RecipeSettings(JsonElement element, string where, Func<string, string> at)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new InvalidDataException($"{where} is {Kind(element)}; expected an object");
        (this.element, this.where, this.at) = (element, where, at);
    }

    public JsonElement Required(string name) => Find(name) ?? throw new InvalidDataException($"{where} lacks \"{name}\""
        + Names.DidYouMean(name, element.EnumerateObject().Select(property => property.Name)));

    public double Number(string name, double otherwise) => Find(name) is { } value ? Number(name, value) : otherwise;

    /// <summary>One number or a list of them.</summary>
    public double[] Numbers(string name, params double[] otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => Number(name, item))] : [Number(name, value)];

    public int Whole(string name, int otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Unlike(name, value, "a whole number");

    public bool Flag(string name) => Find(name) is { } value
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Unlike(name, value, "true or false"));

    public T Choice<T>(string name, T otherwise) where T : struct, Enum
    {
        if (Find(name) is not { } value) return otherwise;
        var known = Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant()).ToArray();
        var text = Text(name, value);
        return known.Contains(text) ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new InvalidDataException($"\"{name}\" of {where} is '{text}'; expected {Names.Listed(known)}{Names.DidYouMean(text, known)}");
    }

    public string Path(string name) => at(Text(name, Required(name)));

    public ImmutableArray<string> Paths(string name) => [.. List(name, Required(name)).Select(at)];

    public ImmutableArray<string> Texts(string name, ImmutableArray<string> otherwise) =>
        Find(name) is { } value ? [.. List(name, value)] : otherwise;

    /// <summary>Refuses a setting that was not asked for.</summary>
    /// <exception cref="InvalidDataException">There is one.</exception>
    public void RefuseOthers()
    {
        if (element.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !asked.Contains(name)) is { } other)
            throw new InvalidDataException($"{where} has no setting \"{other}\"; it takes {Names.Listed(asked)}{Names.DidYouMean(other, asked)}");
    }

    private JsonElement? Find(string name)
    {
        asked.Add(name);
        return element.TryGetProperty(name, out var value) ? value : null;
    }

    private double Number(string name, JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw Unlike(name, value, "a number");

    private string Text(string name, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()! : throw Unlike(name, value, "a text");

    private IEnumerable<string> List(string name, JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(item => Text(name, item)) : throw Unlike(name, value, "a list of texts");

    private InvalidDataException Unlike(string name, JsonElement value, string expected) =>
        new($"\"{name}\" of {where} is {Kind(value)}; expected {expected}");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text '{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
