using System.Globalization;
using System.Text;

namespace Polytask.Analysis;

/// <summary>
/// The table of what was reproduced: a row per notebook, generated from the outputs that the notebooks hold, so that nobody types a result.
/// Claims and headlines are outputs of the mime types <see cref="Claims.MimeType"/> and <see cref="Headline.MimeType"/>; the paper is the notebook's
/// <c>metadata.polytask.paper</c>; scale, device and seconds are recorded by the runner (<see cref="RunStamp"/>).
/// </summary>
public static class Ledger
{
    /// <summary>Reads all notebooks below a folder and writes its README.md, at once or not at all.</summary>
    /// <param name="folder">The notebooks folder.</param>
    /// <returns>The path of the file written.</returns>
    /// <exception cref="DataException">There is no such folder, or a file in it is no notebook; nothing is written.</exception>
    public static string Write(string folder)
    {
        var text = Markdown(Read(folder));
        var path = Path.Combine(folder, "README.md");
        var temporary = path + ".new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    /// <summary>Reads all notebooks below a folder, in the order of their paths; checkpoints that editors leave are skipped.</summary>
    /// <exception cref="DataException">There is no such folder, or a file in it is no notebook.</exception>
    public static IReadOnlyList<NotebookSummary> Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new DataException($"there is no folder '{folder}'; give the folder that holds the notebooks");
        return [.. Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
            .Select(path => NotebookSummary.Read(folder, path)).OrderBy(notebook => notebook.Path, StringComparer.Ordinal)];
    }

    /// <summary>The ledger as a Markdown document: a table per chapter (folder), then the claims that did not hold.</summary>
    public static string Markdown(IReadOnlyList<NotebookSummary> notebooks)
    {
        var text = new StringBuilder();
        var claims = notebooks.SelectMany(notebook => notebook.Claims).ToArray();
        text.Append("# Notebooks\n\nA paper per notebook: what it claims, rebuilt and measured. ")
            .Append("This page is generated from the outputs of the notebooks by `polytask ledger`; edit the notebooks, not this page.\n\n")
            .Append(Count(notebooks.Count, "notebook"))
            .Append(CultureInfo.InvariantCulture, $", {notebooks.Count(notebook => notebook.HasRun)} of them run; ")
            .Append(CultureInfo.InvariantCulture, $"{claims.Count(claim => claim.Holds)} of {Count(claims.Length, "claim")} hold.\n");
        foreach (var chapter in notebooks.GroupBy(notebook => Path.GetDirectoryName(notebook.Path)!.Replace('\\', '/')))
        {
            if (chapter.Key.Length > 0) text.Append("\n## ").Append(Capital(chapter.Key)).Append('\n');
            text.Append('\n').Append(Table(chapter).ToMarkdown()).Append('\n');
        }
        var failed = notebooks.SelectMany(notebook => notebook.Claims.Where(claim => !claim.Holds).Select(claim => (notebook, claim))).ToArray();
        if (failed.Length == 0) return text.ToString();
        text.Append("\n## Claims that did not hold\n\n");
        foreach (var (notebook, claim) in failed)
            text.Append("- ").Append(Link(notebook)).Append(": ").Append(Plain(claim.Statement))
                .Append(": measured ").Append(Plain(claim.Measured)).Append(", expected ").Append(Plain(claim.Expected)).Append(".\n");
        return text.ToString();
    }

    private static TableView Table(IEnumerable<NotebookSummary> notebooks) => new(null,
        ["notebook", "paper", "claims held", "headline", "here", "paper's", "scale", "device", "seconds"],
        notebooks.Select(notebook => (IReadOnlyList<TableCell>)
        [
            Link(notebook), Plain(notebook.Paper), Held(notebook),
            Plain(notebook.Headline?.What), Plain(notebook.Headline?.Measured), Plain(notebook.Headline?.Paper),
            Plain(notebook.Stamp?.Scale), Plain(notebook.Stamp?.Device), notebook.Stamp?.Seconds.ToString("0", CultureInfo.InvariantCulture) ?? "",
        ]));

    private static string Held(NotebookSummary notebook) => notebook switch
    {
        { HasRun: false } => "not run",
        { FailedCell: { } cell } => $"failed in code cell {cell}",
        _ => $"{notebook.Claims.Count(claim => claim.Holds)} / {notebook.Claims.Count}",
    };

    private static string Link(NotebookSummary notebook) =>
        $"[{Plain(notebook.Title).Replace("[", "\\[").Replace("]", "\\]")}]({notebook.Path.Replace(" ", "%20")})";

    // What comes out of a notebook is text here, never a tag.
    private static string Plain(string? text) => (text ?? "").Replace("&", "&amp;").Replace("<", "&lt;").ReplaceLineEndings(" ");

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Capital(string chapter) => char.ToUpperInvariant(chapter[0]) + chapter[1..];
}
