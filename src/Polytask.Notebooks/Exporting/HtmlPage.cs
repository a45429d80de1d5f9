using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;

namespace Polytask.Notebooks.Exporting;

/// <summary>
/// A notebook as one HTML file that needs nothing else: sources, outputs as they are shown, plotly's figures to turn and zoom with plotly.js
/// inside the page. Its content policy forbids every access to a network. Formulas stay as they were typed. HTML that an author wrote, in
/// Markdown cells or as an output's HTML form, is part of the page with its scripts, as nbconvert has it; everything else is escaped.
/// </summary>
public sealed partial class HtmlPage
{
    private const string Policy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; "
        + "font-src data:; worker-src blob:";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseMathematics().UsePipeTables().UseFootnotes().UseAutoIdentifiers().UseEmphasisExtras().Build();

    private readonly StringBuilder _body = new();
    private bool _hasFigures;

    private HtmlPage()
    {
    }

    /// <summary>The page of a notebook.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="title">Its title where it has no heading.</param>
    /// <exception cref="NotebookFormatException">It has figures, and plotly.js is not at hand.</exception>
    public static string Of(Notebook notebook, string title)
    {
        var page = new HtmlPage();
        foreach (var cell in notebook.Cells)
            page.Add(cell);
        var heading = notebook.Cells.Where(c => c.Kind == CellKind.Markdown).SelectMany(c => c.Source.Split('\n')).FirstOrDefault(l =>
            l.StartsWith("# ", StringComparison.Ordinal));
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Escape(heading?[2..].Trim() ?? title)}</title>\n<style>\n{PageStyle.Css}</style>\n");
        if (page._hasFigures)
            html.Append("<script>").Append(Script()).Append("</script>\n");
        html.Append("</head>\n<body>\n<main>\n").Append(page._body).Append("</main>\n");
        if (page._hasFigures)
            html.Append("<script>").Append(PageStyle.DrawFigures).Append("</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private void Add(Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                _body.Append("<section class=\"markdown\">\n").Append(WithAttachments(Rendered(cell.Source), cell)).Append("</section>\n");
                break;
            case CellKind.Code:
                AddCode(cell);
                break;
        }
    }

    /// <summary>Images that are attached to the cell are images of the page.</summary>
    private static string WithAttachments(string html, Cell cell) => cell.Json["attachments"] is not JsonObject attachments ? html
        : Attachment().Replace(html, source =>
            attachments[Uri.UnescapeDataString(WebUtility.HtmlDecode(source.Groups[1].Value))] is JsonObject { Count: > 0 } forms
            ? $"src=\"data:{Escape(forms.First().Key)};base64,{Escape(Text(forms.First().Value).ReplaceLineEndings(""))}\""
            : source.Value);

    [GeneratedRegex("src=\"attachment:([^\"]*)\"")]
    private static partial Regex Attachment();

    private void AddCode(Cell cell)
    {
        if (cell.Source.Trim().Length == 0 && cell.Outputs.Count == 0)
            return;
        _body.Append("<section class=\"code\">\n");
        if (cell.Source.Trim().Length > 0)
        {
            // What an author folded in the notebook is folded here.
            var folded = (cell.Metadata["jupyter"] as JsonObject)?["source_hidden"] is JsonValue hidden && hidden.TryGetValue<bool>(out var isHidden)
                && isHidden;
            var source = $"<pre class=\"source\"><code>{SourceColours.Of(cell.Source)}</code></pre>\n";
            _body.Append(folded ? $"<details><summary>Code</summary>\n{source}</details>\n" : source);
        }
        foreach (var output in cell.Outputs.OfType<JsonObject>())
            AddOutput(output);
        _body.Append("</section>\n");
    }

    private void AddOutput(JsonObject output)
    {
        switch ((string?)output["output_type"])
        {
            case "stream":
                _body.Append(CultureInfo.InvariantCulture, $"<pre class=\"{((string?)output["name"] == "stderr" ? "stderr" : "stdout")}\">{Escape(Terminal.Plain(Text(output["text"])))}</pre>\n");
                break;
            case "error":
                var lines = output["traceback"] is JsonArray { Count: > 0 } traceback ? string.Join('\n', traceback.Select(Text))
                    : $"{Text(output["ename"])}: {Text(output["evalue"])}";
                _body.Append(CultureInfo.InvariantCulture, $"<pre class=\"error\">{Escape(Terminal.Plain(lines))}</pre>\n");
                break;
            case "display_data" or "execute_result" when output["data"] is JsonObject data:
                _body.Append("<div class=\"value\">").Append(Value(data, output["metadata"] as JsonObject)).Append("</div>\n");
                break;
        }
    }

    /// <summary>The richest form that a page can show.</summary>
    private string Value(JsonObject data, JsonObject? metadata)
    {
        if (data[NotebookFigures.MimeType] is JsonObject figure && figure["data"] is JsonArray)
        {
            _hasFigures = true;
            var height = Figure(figure["layout"] as JsonObject);

            // No '<' may stand in the JSON: "</script>" in a title would end it.
            var json = NotebookFigures.Finite(figure)!.ToJsonString().Replace("<", "\\u003c", StringComparison.Ordinal);
            return $"<div class=\"figure\" style=\"min-height: {height}px\"><script type=\"application/json\">{json}</script></div>";
        }
        if (data["text/html"] is { } html)
            return Text(html);
        if (data["text/markdown"] is { } markdown)
            return $"<div class=\"markdown\">{Rendered(Text(markdown))}</div>";
        if (data["image/svg+xml"] is { } svg)
            return Image("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(svg))), metadata);
        foreach (var type in (string[])["image/png", "image/jpeg", "image/gif", "image/webp"])
            if (data[type] is { } image)
                return Image(type, Text(image).ReplaceLineEndings(""), metadata);
        if (data["text/latex"] is { } latex)
            return $"<span class=\"math\">{Escape(Text(latex))}</span>";
        if (data["text/plain"] is { } plain)
            return $"<pre>{Escape(Terminal.Plain(Text(plain)))}</pre>";
        return $"<pre>{Escape(PythonJson.Write(data))}</pre>";
    }

    private static string Image(string type, string base64, JsonObject? metadata)
    {
        var size = metadata?[type] as JsonObject ?? metadata;
        return $"<img src=\"data:{type};base64,{Escape(base64)}\"{Length("width")}{Length("height")} alt=\"\">";

        string Length(string name) => size?[name] is JsonValue value
            && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var pixels)
            ? string.Create(CultureInfo.InvariantCulture, $" {name}=\"{pixels}\"") : "";
    }

    private static int Figure(JsonObject? layout) =>
        layout?["height"] is JsonValue value && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var height)
            && height is > 0 and < 10_000
            ? (int)height : NotebookFigures.DefaultHeight;

    private static string Rendered(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    private static string Script()
    {
        var path = FigureRenderer.ScriptPath;
        return File.Exists(path)
            ? File.ReadAllText(path).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            : throw new NotebookFormatException("the notebook has figures, and plotly.js was not there at build time (apt-get install npm, then "
                + "build again)");
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text
        : node?.ToJsonString() ?? "";

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);
}
