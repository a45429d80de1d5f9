using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask.Analysis;

/// <summary>What a notebook's file says about its last run.</summary>
/// <param name="Path">The file, relative to the notebooks folder, with forward slashes.</param>
/// <param name="Title">Its first heading, else its file name.</param>
/// <param name="Paper">The paper it rebuilds: <c>metadata.polytask.paper</c>.</param>
/// <param name="HasRun">Whether any cell has an output.</param>
/// <param name="FailedCell">The number of the first code cell that ended in an error, counted from 1, or null.</param>
/// <param name="Claims">The claims it made, in order.</param>
/// <param name="Headline">Its number beside the paper's, or null.</param>
/// <param name="Stamp">The scale, device and seconds of the run, or null where nobody recorded them.</param>
public sealed record NotebookSummary(
    string Path, string Title, string? Paper, bool HasRun, int? FailedCell, IReadOnlyList<Claim> Claims, Headline? Headline, RunStamp? Stamp)
{
    /// <summary>Reads a notebook's file.</summary>
    /// <param name="folder">The notebooks folder.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file is no notebook, or holds claims or a headline of another form than Polytask's.</exception>
    public static NotebookSummary Read(string folder, string path)
    {
        var relative = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');
        try
        {
            var notebook = JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? throw new DataException($"'{relative}' is empty");
            var cells = notebook["cells"]?.AsArray().OfType<JsonObject>().ToArray()
                ?? throw new DataException($"'{relative}' is no notebook: it has no 'cells'");
            var code = cells.Where(cell => (string?)cell["cell_type"] == "code").ToArray();
            var outputs = code.SelectMany(cell => cell["outputs"]?.AsArray().OfType<JsonObject>() ?? []).ToArray();
            var failed = Array.FindIndex(code, cell => cell["outputs"]?.AsArray().Any(output => (string?)output?["output_type"] == "error") ?? false);
            var metadata = notebook["metadata"]?["polytask"];
            return new(relative, TitleOf(cells) ?? System.IO.Path.GetFileNameWithoutExtension(path), (string?)metadata?["paper"],
                outputs.Length > 0, failed < 0 ? null : failed + 1,
                [.. Forms(outputs, Polytask.Claims.MimeType).SelectMany(list => list.AsArray()).Select(claim => ClaimOf(claim!))],
                Forms(outputs, Polytask.Headline.MimeType).Select(HeadlineOf).LastOrDefault(), RunStamp.Of(metadata));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new DataException(
                $"'{relative}' cannot be read as a notebook ({error.Message.TrimEnd('.')}); "
                + "open it in an editor that checks notebooks, or restore it", error);
        }
        catch (IOException error)
        {
            throw new DataException($"'{relative}' cannot be read: {error.Message}", error);
        }
    }

    // nbformat keeps JSON forms as JSON; tools that do not know the type keep them as text, whole or in lines.
    private static IEnumerable<JsonNode> Forms(IEnumerable<JsonObject> outputs, string mimeType) =>
        outputs.Select(output => output["data"]?[mimeType]).OfType<JsonNode>().Select(form =>
        form is JsonValue text && text.GetValueKind() == JsonValueKind.String ? JsonNode.Parse((string)text!)!
        : form is JsonArray { Count: > 0 } lines && lines.All(line => line?.GetValueKind() == JsonValueKind.String) ? JsonNode.Parse(Text(lines))!
        : form);

    private static Claim ClaimOf(JsonNode claim) =>
        new((string)claim["statement"]!, (bool)claim["holds"]!, (string)claim["measured"]!, (string)claim["expected"]!, (int?)claim["seeds"]);

    private static Headline HeadlineOf(JsonNode headline) =>
        new((string)headline["what"]!, (string)headline["measured"]!, (string)headline["paper"]!);

    private static string? TitleOf(IEnumerable<JsonObject> cells) => cells.Where(cell => (string?)cell["cell_type"] == "markdown")
        .SelectMany(cell => Text(cell["source"]).Split('\n')).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    private static string Text(JsonNode? source) =>
        source is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)source ?? "";
}
