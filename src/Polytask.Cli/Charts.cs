using System.Text;
using System.Text.Json.Nodes;
using Plotly.NET;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Figures;

namespace Polytask.Cli;

/// <summary>
/// Charts in a notebook: plotly's JSON for editors that draw it, a PNG for every other reader, a line of text for the terminal. No HTML
/// with scripts: readers that strip scripts would prefer it to the PNG and show nothing.
/// </summary>
internal static class Charts
{
    private static readonly Lazy<FigureRenderer?> Renderer = new(FindRenderer);
    private static bool _failed;

    /// <summary>Where Plotly.NET.ImageExport's functions (<c>Chart.savePNG</c> and the like) find who draws for them.</summary>
    private const string ImageExport = "Plotly.NET.ImageExport.Renderer";

    /// <summary>Lets cells write images of charts: from plotly's JSON, the format (png, jpeg, svg), width, height and scale to the bytes of a
    /// file.</summary>
    public static void OfferImages() =>
        AppContext.SetData(ImageExport, (Func<string, string, int, int, double, byte[]>)((json, format, width, height, scale) =>
        {
            var renderer = Renderer.Value ?? throw new InvalidOperationException("There is no Chromium or plotly.js to draw the chart with.");
            return format switch
            {
                "png" => renderer.Png(json, width, height, scale),
                "jpeg" => renderer.Jpeg(json, width, height, scale),
                _ => Encoding.UTF8.GetBytes(renderer.Svg(json, width, height)),
            };
        }));

    public static MimeBundle Bundle(GenericChart chart)
    {
        var (shown, notices) = ShownChart.Of(chart);
        foreach (var notice in notices)
            Console.Error.WriteLine(notice);
        var json = GenericChart.toJson(shown);
        var figure = (JsonObject)JsonNode.Parse(json)!;
        var layout = figure["layout"] as JsonObject;
        var bundle = MimeBundle.Text(TextOf(figure, layout)).WithJson(NotebookFigures.MimeType, figure);
        var (width, height) = (Length(layout, "width", NotebookFigures.DefaultWidth), Length(layout, "height", NotebookFigures.DefaultHeight));
        if (Png(json, width, height) is { } png)
            bundle.WithPng(png, width, height);
        return bundle;
    }

    /// <summary>
    /// An image is worth no notebook: where it cannot be made, a notice says why and the cell goes on. A browser that failed is not tried
    /// again, for each try may take as long as its limits allow.
    /// </summary>
    private static byte[]? Png(string json, int width, int height)
    {
        if (_failed || Renderer.Value is not { } renderer)
            return null;
        try
        {
            return renderer.Png(json, width, height);
        }
        catch (ArgumentException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
        }
        catch (InvalidOperationException failure)
        {
            _failed = true;
            Console.Error.WriteLine($"Figures have no images from here on. {failure.Message}");
        }
        return null;
    }

    /// <summary>Where there is no browser, one notice a notebook says so.</summary>
    private static FigureRenderer? FindRenderer()
    {
        var renderer = FigureRenderer.TryCreate(out var notice);
        if (renderer is null)
            Console.Error.WriteLine(notice);
        return renderer;
    }

    private static string TextOf(JsonObject figure, JsonObject? layout)
    {
        var traces = figure["data"] as JsonArray ?? [];
        var kinds = traces.OfType<JsonObject>().GroupBy(t => (string?)t["type"] ?? "scatter").Select(g => $"{g.Count()} {g.Key}");
        var title = layout?["title"] is JsonObject titled ? (string?)titled["text"] : null;
        return $"[chart{(title is null ? "" : $" '{title}'")}: {string.Join(", ", kinds)}]";
    }

    private static int Length(JsonObject? layout, string name, int otherwise) =>
        layout?[name] is JsonValue value && value.TryGetValue<double>(out var pixels) && pixels >= 1 ? (int)pixels : otherwise;
}
