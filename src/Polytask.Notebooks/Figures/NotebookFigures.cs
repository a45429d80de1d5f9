using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Figures;

/// <summary>A figure among the outputs of a notebook: a plotly figure, or a drawing.</summary>
/// <param name="Name">What its files are called: the figure's title in small letters and hyphens, else the notebook's name and which of its charts
/// or drawings it is, "mmoe-figure-2"; a number follows where an earlier figure has the name.</param>
/// <param name="Source">Plotly's {"data": [...], "layout": {...}}, or the text of an SVG.</param>
/// <param name="IsDrawing">Whether the source is an SVG.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
public sealed record NotebookFigure(string Name, string Source, bool IsDrawing, int Width, int Height)
{
    /// <summary>The figure at another width, in CSS pixels: a chart is laid out anew, a drawing is scaled.</summary>
    public NotebookFigure At(int width)
    {
        if (IsDrawing)
            return this with { Width = width, Height = Math.Max(1, (int)Math.Round(Height * (double)width / Width)) };
        var (figure, height) = PrintLayout.At((JsonObject)JsonNode.Parse(Source)!, (Width, Height), width);
        return this with { Source = figure.ToJsonString(), Width = width, Height = height };
    }
}

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
    /// <param name="notebook">The notebook.</param>
    /// <param name="notebookName">By which its figures without a title are called.</param>
    public static IReadOnlyList<NotebookFigure> Of(Notebook notebook, string notebookName)
    {
        var figures = new List<NotebookFigure>();
        var names = new Dictionary<string, int>();
        var (charts, drawings) = (0, 0);
        foreach (var output in notebook.CodeCells.SelectMany(cell => cell.Outputs.OfType<JsonObject>()))
        {
            if (FigureOf(output["data"] as JsonObject) is not { } figure)
                continue;
            var untitled = string.Create(CultureInfo.InvariantCulture,
                $"{notebookName}-{(figure.IsDrawing ? $"drawing-{++drawings}" : $"figure-{++charts}")}");
            var name = figure.Name.Length > 0 ? figure.Name : untitled;
            names[name] = names.GetValueOrDefault(name) + 1;
            if (names[name] > 1)
                name = string.Create(CultureInfo.InvariantCulture, $"{name}-{names[name]}");
            figures.Add(figure with { Name = name });
        }
        return figures;
    }

    private static NotebookFigure? FigureOf(JsonObject? data)
    {
        if (data?[MimeType] is JsonObject figure && figure["data"] is JsonArray)
        {
            var layout = figure["layout"] as JsonObject;
            return new NotebookFigure(NameOf(TitleOf(layout)), Finite(figure)!.ToJsonString(), IsDrawing: false,
                Length(layout, "width", DefaultWidth), Length(layout, "height", DefaultHeight));
        }
        if (data?["image/svg+xml"] is not JsonValue value || !value.TryGetValue<string>(out var svg))
            return null;
        var root = RootTag().Match(svg).Value;
        var box = ViewBox().Match(root);
        return new NotebookFigure(NameOf(DrawingTitle().Match(svg).Groups[1].Value), svg, IsDrawing: true,
            Side("width", box.Groups[1], DefaultWidth), Side("height", box.Groups[2], DefaultHeight));

        int Side(string name, Group inBox, int otherwise)
        {
            var own = Regex.Match(root, $@"\s{name}=""([0-9.]+)(?:px)?""");
            return double.TryParse((own.Success ? own.Groups[1] : inBox).ValueSpan, CultureInfo.InvariantCulture, out var pixels) && pixels >= 1
                ? (int)Math.Ceiling(pixels) : otherwise;
        }
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

    private static string NameOf(string title)
    {
        var name = new StringBuilder();
        foreach (var c in Tags().Replace(title, " ").ToLowerInvariant())
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

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex RootTag();

    [GeneratedRegex(@"viewBox=""[-0-9.]+[ ,]+[-0-9.]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)""")]
    private static partial Regex ViewBox();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex DrawingTitle();

    private static int Length(JsonObject? layout, string name, int otherwise) => layout?[name] is not JsonValue value ? otherwise
        : value.TryGetValue<double>(out var pixels) && pixels >= 1 ? (int)pixels
        : value.TryGetValue<long>(out var whole) && whole is >= 1 and <= int.MaxValue ? (int)whole : otherwise;
}
