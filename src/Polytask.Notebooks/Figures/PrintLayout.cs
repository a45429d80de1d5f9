using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Figures;

/// <summary>
/// Lays a chart out anew for a column of a paper. Scaling a wide chart down would leave letters that nobody can read: here the letters get
/// the size of a paper's small print, margins follow the letters, the legend goes below the plot, and plotly.js arranges the rest.
/// </summary>
internal static class PrintLayout
{
    /// <summary>8 points, in CSS pixels.</summary>
    private const double BaseText = 8 * 96 / 72.0;

    /// <summary>6.5 points, in CSS pixels: nothing is written smaller.</summary>
    private const double SmallestText = 6.5 * 96 / 72.0;

    /// <summary>10 points, in CSS pixels.</summary>
    private const double TitleText = 10 * 96 / 72.0;

    /// <summary>7 points, in CSS pixels: the names of two methods fit beside each other.</summary>
    private const double LegendText = 7 * 96 / 72.0;

    /// <summary>How wide a letter of Open Sans is on average, as a share of its size.</summary>
    private const double LetterWidth = 0.53;

    /// <summary>plotly.js's own size of letters where a chart says none.</summary>
    private const double PlotlyText = 12;

    /// <summary>plotly.js's own margins where a chart says none.</summary>
    private static readonly (string Name, double Pixels)[] PlotlyMargins = [("l", 80), ("r", 80), ("t", 100), ("b", 80)];

    /// <summary>A chart that becomes much narrower becomes relatively higher, or its legend and titles would leave no room for the plot.</summary>
    private const double LeastHeight = 0.75;

    /// <summary>The figure at another width.</summary>
    /// <param name="figure">{"data": [...], "layout": {...}}.</param>
    /// <param name="size">Its size, in CSS pixels.</param>
    /// <param name="width">The new width, in CSS pixels.</param>
    public static (JsonObject Figure, int Height) At(JsonObject figure, (int Width, int Height) size, int width)
    {
        var laid = (JsonObject)figure.DeepClone();
        if (laid["layout"] is not JsonObject layout)
            laid["layout"] = layout = [];
        var template = (layout["template"] as JsonObject)?["layout"] as JsonObject;
        var aspect = size.Height / (double)size.Width;
        var height = (int)Math.Round(width * (width < 0.6 * size.Width ? Math.Max(aspect, LeastHeight) : aspect));

        var before = Number(layout["font"]?["size"]) ?? Number(template?["font"]?["size"]) ?? PlotlyText;
        var factor = BaseText / before;
        ScaleFonts(layout, factor);
        ScaleFonts(laid["data"], factor);
        var font = layout["font"] as JsonObject ?? [];
        font["size"] = BaseText;
        if (font.Parent is null)
            layout["font"] = font;

        var margin = layout["margin"] as JsonObject ?? [];
        foreach (var (name, pixels) in PlotlyMargins)
        {
            var set = Number(margin[name]) ?? Number(template?["margin"]?[name]);
            // Labels and titles of axes get their room from automargin; what a chart leaves to plotly.js is made for a screen.
            margin[name] = set is { } own ? Math.Round(own * Math.Min(1, factor), 1) : Math.Round(pixels * 0.3, 1);
        }
        if (margin.Parent is null)
            layout["margin"] = margin;

        foreach (var name in (string[])["xaxis", "yaxis"])
            if (layout[name] is null)
                layout[name] = new JsonObject();
        foreach (var (name, axis) in layout.Where(part => IsAxis(part.Key)).Select(part => (part.Key, part.Value as JsonObject)))
        {
            if (axis is null)
                continue;
            axis["automargin"] = true;
            if (TitleOf(axis) is { } label)
                SetTitle(label, BaseText, name[0] == 'x' ? 0.95 * width : 0.75 * height);
        }
        if (TitleOf(layout) is { } title)
        {
            SetTitle(title, TitleText, width);
            (title["automargin"], title["yref"], title["y"], title["yanchor"]) = (true, "container", 1, "top");
            title["pad"] = new JsonObject { ["t"] = SmallestText / 2, ["b"] = SmallestText / 2 };
        }

        var legend = layout["legend"] as JsonObject ?? [];
        if (legend["x"] is null && legend["y"] is null)
        {
            (legend["orientation"], legend["xanchor"], legend["yanchor"]) = ("h", "center", "bottom");
            (legend["xref"], legend["yref"], legend["x"], legend["y"]) = ("container", "container", 0.5, 0);
            if (legend["font"]?["size"] is null)
                legend["font"] = new JsonObject { ["size"] = LegendText };
            if (legend.Parent is null)
                layout["legend"] = legend;
        }
        (layout["width"], layout["height"], layout["autosize"]) = (width, height, false);
        return (laid, height);
    }

    private static bool IsAxis(string name) =>
        (name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal))
        && name.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>A title as an object with a text; a text alone becomes one. Null where there is none.</summary>
    private static JsonObject? TitleOf(JsonObject owner)
    {
        if (owner["title"] is JsonValue value && value.TryGetValue<string>(out var text))
            owner["title"] = new JsonObject { ["text"] = text };
        return owner["title"] is JsonObject title && title["text"] is JsonValue ? title : null;
    }

    /// <summary>Titles get the size that they have in papers, and break between words where they are longer than their side of the plot.</summary>
    private static void SetTitle(JsonObject title, double size, double room)
    {
        var font = title["font"] as JsonObject ?? [];
        font["size"] = size;
        if (font.Parent is null)
            title["font"] = font;
        var text = title["text"]!.GetValue<string>();
        // What has tags has its lines already.
        if (!text.Contains('<', StringComparison.Ordinal))
            title["text"] = Broken(text, Math.Max(8, (int)(room / (LetterWidth * size))));
    }

    private static string Broken(string text, int longest)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= longest)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }
        return string.Join("<br>", lines);
    }

    /// <summary>Every size of letters that the chart gives itself; the template's own sizes follow the base size.</summary>
    private static void ScaleFonts(JsonNode? node, double factor)
    {
        if (node is JsonArray items)
            foreach (var item in items.Where(item => item is JsonObject))
                ScaleFonts(item, factor);
        if (node is not JsonObject fields)
            return;
        foreach (var (name, value) in fields.ToArray())
        {
            if (name.EndsWith("font", StringComparison.Ordinal) && value is JsonObject font && Number(font["size"]) is { } size)
                font["size"] = Math.Max(SmallestText, size * factor);
            else if (name != "template")
                ScaleFonts(value, factor);
        }
    }

    private static double? Number(JsonNode? node) => node is JsonValue value && double.TryParse(value.ToJsonString(),
        System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
