using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Spectre.Console;

namespace Polytask.Cli.Terminal;

/// <summary>
/// The claims that a notebook's cells put among their outputs, as one table: framed and as wide as the terminal, or, where the output is a
/// file, a pipe, or a terminal that is narrow or dumb, plain columns that nothing cuts.
/// </summary>
internal static class ClaimsTable
{
    private const string MimeType = "application/vnd.polytask.claims+json";
    private const int PlainWidth = 10_000;

    /// <summary>In fewer columns a frame leaves a word a line.</summary>
    private const int LeastFramedWidth = 72;

    public static void Show(Notebook notebook, TextWriter writer, bool terminal, bool colour)
    {
        var claims = notebook.CodeCells
            .SelectMany(c => c.Outputs.OfType<JsonObject>())
            .Select(o => (o["data"] as JsonObject)?[MimeType])
            .OfType<JsonArray>()
            .SelectMany(list => list.OfType<JsonObject>())
            .ToArray();
        if (claims.Length == 0)
            return;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
        writer.WriteLine($"Claims: {claims.Count(Holds)} of {claims.Length} hold");
        var table = new Table().LeftAligned();
        if (!terminal || console.Profile.Width < LeastFramedWidth)
        {
            table.NoBorder();
            console.Profile.Width = PlainWidth;
        }
        foreach (var column in (string[])["", "statement", "measured", "expected", "seeds"])
            table.AddColumn(column);
        foreach (var claim in claims)
            table.AddRow(
                Holds(claim) ? "[green]holds[/]" : "[red]fails[/]",
                Text(claim["statement"]), Text(claim["measured"]), Text(claim["expected"]), Text(claim["seeds"]));
        console.Write(table);
    }

    private static bool Holds(JsonObject claim) => claim["holds"] is JsonValue value && value.TryGetValue<bool>(out var holds) && holds;

    private static string Text(JsonNode? node) => Markup.Escape(node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => Convert.ToString(value.GetValue<object>(), System.Globalization.CultureInfo.InvariantCulture) ?? "",
        JsonArray items => string.Join(", ", items.Select(i => i?.ToString())),
        JsonObject fields => string.Join(", ", fields.Select(f => $"{f.Key} {f.Value}")),
        _ => node.ToJsonString(),
    });
}
