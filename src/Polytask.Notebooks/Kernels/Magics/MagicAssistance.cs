namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>Help with the line of a magic command: its name, its options, the variables and files that it can name.</summary>
/// <param name="kernels">The languages.</param>
/// <param name="commands">The commands with their descriptions.</param>
internal sealed class MagicAssistance(IReadOnlyDictionary<string, ICellKernel> kernels, IReadOnlyDictionary<string, string> commands)
{
    private static readonly string[] Scripts = [".cs", ".csx", ".fs", ".fsx"];
    private static readonly string[] Imports = [.. Scripts, ".ipynb", ".dib"];
    private static readonly string[] Assemblies = [".dll", ".exe", ".csproj", ".fsproj"];

    /// <returns>Completions, with columns of the line as positions.</returns>
    public Completions Complete(CellPlace.InCommand place)
    {
        var line = MagicLine.At(place.Line, place.Column);
        return line.Words switch
        {
            [] => Of(line, commands.Keys, "magic"),
            ["#!share", .. var words] => Of(line, Share(words, place.Line), "instance"),
            ["#!set", .. var words] => Of(line, Set(line.Typed, words, place.Language), "instance"),
            ["#!import"] => Files(line, Imports),
            ["#load"] when line.IsQuoted => Files(line, Scripts),
            ["#r"] when line.IsQuoted && !line.Typed.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase) => Files(line, Assemblies),
            _ => Of(line, [], ""),
        };
    }

    public Inspection? Inspect(CellPlace.InCommand place)
    {
        var name = place.Line.Trim().Split((char[])[' ', '\t'])[0];
        return commands.TryGetValue(name, out var description) ? new Inspection(name, description) : null;
    }

    private static Completions Of(MagicLine line, IEnumerable<string> texts, string kind)
    {
        var candidates = new Candidates(line.Typed);
        foreach (var text in texts)
            candidates.Add(text, text.StartsWith("--", StringComparison.Ordinal) ? "keyword" : kind, Nearness.Near);
        return new Completions(line.Start, line.End, candidates.Ranked());
    }

    private IEnumerable<string> Share(string[] words, string line) => words switch
    {
        [.., "--from"] => kernels.Keys,
        [.., "--as"] => [],
        _ => Options(words, "--from", "--as").Concat(Variables(Source(line))),
    };

    private IEnumerable<string> Set(string typed, string[] words, string language) => words switch
    {
        [.., "--name"] => Variables(language),
        [.., "--value"] when typed.Split(':', 2) is [['@', .. var from], _] => Variables(from).Select(v => $"@{from}:{v}"),
        [.., "--value"] => kernels.Keys.Select(k => $"@{k}:").Concat(["true", "false"]),
        _ => Options(words, "--name", "--value"),
    };

    private static IEnumerable<string> Options(string[] words, params string[] options) => options.Except(words);

    /// <summary>The language that a value comes from, which may be said before it or after.</summary>
    private static string? Source(string line) =>
        line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).SkipWhile(w => w != "--from").Skip(1).FirstOrDefault();

    private IEnumerable<string> Variables(string? language) =>
        language is not null && LanguageNames.Of(language) is { } name && kernels.TryGetValue(name, out var kernel)
            ? kernel.Variables.Select(v => v.Name)
            : [];

    /// <summary>The files and folders whose path starts with what was typed; only its last part is replaced.</summary>
    private static Completions Files(MagicLine line, string[] extensions)
    {
        var from = line.Typed.LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1;
        var (folder, typed) = (line.Typed[..from], line.Typed[from..]);
        var candidates = new Candidates(typed);
        try
        {
            foreach (var entry in new DirectoryInfo(Path.GetFullPath(folder.Length == 0 ? "." : folder)).EnumerateFileSystemInfos())
            {
                var isFolder = (entry.Attributes & FileAttributes.Directory) != 0;
                var isHidden = entry.Name[0] == '.' && typed is not ['.', ..];
                if (!isHidden && (isFolder || extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase)))
                    candidates.Add(isFolder ? entry.Name + "/" : entry.Name, "path", isFolder ? Nearness.Other : Nearness.Near);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that is not there, or that may not be read, has nothing to offer.
        }
        return new Completions(line.Start + from, line.End, candidates.Ranked());
    }
}
