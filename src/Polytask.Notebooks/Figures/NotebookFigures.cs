using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Figures;

/// <summary>A plotly figure among the outputs of a notebook.</summary>
/// <param name="Name">What its files are called: the figure's title in small letters and hyphens, else the identifier of its cell; a number
/// follows where an earlier figure has the name.</param>
/// <param name="Json">{"data": [...], "layout": {...}}.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
public sealed record NotebookFigure(string Name, string Json, int Width, int Height);

/// <summary>Finds the figures of a notebook.</summary>
public static partial class NotebookFigures
{
    /// <summary>The mime type of plotly's JSON.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>The width of a figure that says none.</summary>
    public const int DefaultWidth = 700;

    /// <summary>The height of a figure that says none.</summary>
    public const int DefaultHeight = 450;

    private const int LongestName = 60;

    /// <summary>The figures in the order of the outputs.</summary>
    public static IReadOnlyList<NotebookFigure> Of(Notebook notebook)
    {
        var figures = new List<NotebookFigure>();
        var names = new Dictionary<string, int>();
        var number = 0;
        foreach (var cell in notebook.CodeCells)
        {
            number++;
            foreach (var output in cell.Outputs.OfType<JsonObject>())
            {
                if ((output["data"] as JsonObject)?[MimeType] is not JsonObject figure || figure["data"] is not JsonArray)
                    continue;
                var layout = figure["layout"] as JsonObject;
                var name = NameOf(layout) is { Length: > 0 } title ? title : cell.Id ?? string.Create(CultureInfo.InvariantCulture, $"cell-{number}");
                names[name] = names.GetValueOrDefault(name) + 1;
                if (names[name] > 1)
                    name = string.Create(CultureInfo.InvariantCulture, $"{name}-{names[name]}");
                figures.Add(new NotebookFigure(name, Finite(figure)!.ToJsonString(), Length(layout, "width", DefaultWidth),
                    Length(layout, "height", DefaultHeight)));
            }
        }
        return figures;
    }

    /// <summary>A copy in which numbers that JSON lacks (NaN, infinities) are null, which is how plotly draws them: as gaps.</summary>
    public static JsonNode? Finite(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Finite(f.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Finite)]),
        JsonValue value when value.TryGetValue<double>(out var number) && !double.IsFinite(number) => null,
        _ => node?.DeepClone(),
    };

    /// <summary>The title of a figure, which is a text or an object with one; empty where it has none.</summary>
    public static string TitleOf(JsonObject? layout)
    {
        var title = layout?["title"] is JsonObject titled ? titled["text"] : layout?["title"];
        return title is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
    }

    private static string NameOf(JsonObject? layout)
    {
        var name = new StringBuilder();
        foreach (var c in Tags().Replace(TitleOf(layout), " ").ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }
        var text = name.ToString().TrimEnd('-');
        return text.Length > LongestName ? text[..LongestName].TrimEnd('-') : text;
    }

    /// <summary>plotly's titles may hold line breaks and bold parts.</summary>
    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    private static int Length(JsonObject? layout, string name, int otherwise) => layout?[name] is not JsonValue value ? otherwise
        : value.TryGetValue<double>(out var pixels) && pixels >= 1 ? (int)pixels
        : value.TryGetValue<long>(out var whole) && whole is >= 1 and <= int.MaxValue ? (int)whole : otherwise;
}
