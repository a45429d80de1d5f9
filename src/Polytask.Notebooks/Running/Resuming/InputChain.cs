using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>
/// A fingerprint for each cell of everything that its result follows from: its source, the sources of all cells before it (those that
/// set parameters among them), the files that they reference or load, the engine and the host's assemblies. Data files that cells read
/// are not among it.
/// </summary>
internal static partial class InputChain
{
    /// <param name="cells">The cells that can run, in order.</param>
    /// <param name="languageOf">The language of a cell.</param>
    /// <param name="folder">The folder in which cells run.</param>
    public static List<string> Of(IReadOnlyList<Cell> cells, Func<Cell, string> languageOf, string folder)
    {
        var chain = new List<string>(cells.Count);
        var before = Engine();
        foreach (var cell in cells)
        {
            var text = new StringBuilder().Append(before).Append('\n').Append(languageOf(cell)).Append('\n').Append(string.Join(',',
                cell.Tags)).Append('\n').Append(cell.Source);
            foreach (Match reference in References().Matches(cell.Source))
                text.Append('\n').Append(Stamp(Path.Combine(folder, reference.Groups[1].Value.Trim())));
            chain.Add(before = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
        }
        return chain;
    }

    /// <summary>The assemblies of this program, which are the worker's: another build may compute something else.</summary>
    private static string Engine() =>
        $"{Environment.Version}\n{string.Join('\n', Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Order(StringComparer.Ordinal).Select(Stamp))}";

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}" : $"{path} is missing";
    }

    [GeneratedRegex("""^\s*#(?:r|load|!import)\s+"?([^"\n]+)"?""", RegexOptions.Multiline)]
    private static partial Regex References();
}
