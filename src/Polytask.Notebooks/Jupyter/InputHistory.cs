using System.IO.Enumeration;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Jupyter;

/// <summary>A cell that was run.</summary>
/// <param name="Session">The number of the kernel's session; sessions of a language are counted.</param>
/// <param name="Line">The number of the cell in it.</param>
/// <param name="Input">The cell's text.</param>
/// <param name="Output">The text of its value; null where it had none, or ran in an earlier session.</param>
internal sealed record HistoryEntry(int Session, int Line, string Input, string? Output = null);

/// <summary>The cells that were run, in this session and in earlier ones, whose texts are kept in a file.</summary>
internal sealed class InputHistory
{
    /// <summary>How many cells of earlier sessions are kept.</summary>
    private const int Kept = 10_000;

    private readonly string _path;
    private readonly List<HistoryEntry> _entries = [];
    private readonly int _session;
    private bool _unwritable;

    /// <param name="path">The file; it need not exist.</param>
    public InputHistory(string path)
    {
        _path = path;
        if (File.Exists(path))
            _entries.AddRange(File.ReadLines(path).Select(Read).OfType<HistoryEntry>());
        _session = _entries.Select(e => e.Session).DefaultIfEmpty(0).Max() + 1;
        if (_entries.Count < 2 * Kept)
            return;
        _entries.RemoveRange(0, _entries.Count - Kept);
        Try(() => AtomicFile.WriteAllText(path, string.Concat(_entries.Select(Write))));
    }

    /// <summary>Where the history of a language is kept.</summary>
    public static string FileOf(string language) => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "polytask", $"history-{language}.jsonl");

    /// <summary>Adds a cell of this session.</summary>
    public void Add(int line, string input, string? output)
    {
        var entry = new HistoryEntry(_session, line, input, output);
        _entries.Add(entry);
        Try(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(_path, options);
            file.Write(Encoding.UTF8.GetBytes(Write(entry)));
        });
    }

    /// <summary>The last cells.</summary>
    public IReadOnlyList<HistoryEntry> Tail(int count) => [.. _entries.TakeLast(count)];

    /// <summary>Cells of one session.</summary>
    /// <param name="session">Its number; 0 for this one, -1 for the one before it.</param>
    /// <param name="start">The first line.</param>
    /// <param name="stop">The line after the last; null: to the end.</param>
    public IReadOnlyList<HistoryEntry> Range(int session, int start, int? stop)
    {
        var number = session > 0 ? session : _session + session;
        return [.. _entries.Where(e => e.Session == number && e.Line >= start && (stop is null || e.Line < stop))];
    }

    /// <summary>The last cells that match a pattern with * and ?.</summary>
    /// <param name="pattern">The pattern, for the whole text.</param>
    /// <param name="count">How many at most; null: all.</param>
    /// <param name="unique">Of several cells with the same text only the last.</param>
    public IReadOnlyList<HistoryEntry> Search(string pattern, int? count, bool unique)
    {
        var found = _entries.Where(e => FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\"), e.Input, ignoreCase: false));
        if (unique)
            found = found.Reverse().DistinctBy(e => e.Input).Reverse();
        return [.. count is { } most ? found.TakeLast(most) : found];
    }

    private static string Write(HistoryEntry entry) =>
        PythonJson.WriteLine(new JsonObject { ["session"] = entry.Session, ["line"] = entry.Line, ["input"] = entry.Input }) + "\n";

    /// <summary>An entry of the file; null for a line that is none, such as one that was cut off.</summary>
    private static HistoryEntry? Read(string line)
    {
        try
        {
            return JsonText.Parse(line) is JsonObject json && Number("session") is { } session && Number("line") is { } number
                   && json["input"] is JsonValue value && value.TryGetValue<string>(out var input)
                ? new HistoryEntry(session, number, input)
                : null;

            int? Number(string name) => json[name] is JsonValue value && value.TryGetValue<long>(out var whole) ? (int)whole : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Try(Action write)
    {
        if (_unwritable)
            return;
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _unwritable = true;
            Console.Error.WriteLine($"polytask: the history is not saved from here on: {error.Message}");
        }
    }
}
