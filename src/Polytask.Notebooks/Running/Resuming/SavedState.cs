using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>The values of a session after some cell of a run, kept in the user's cache until the run succeeds.</summary>
/// <param name="Run">The run.</param>
/// <param name="Cells">How many cells had run.</param>
/// <param name="Values">What <see cref="SessionValues" /> saved.</param>
internal sealed record SavedState(string Run, int Cells, JsonObject Values)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Where values of runs that save to a file are kept, unless a caller says otherwise.</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "polytask", "runs");

    public static SavedState? Read(string folder, string notebook)
    {
        var path = PathOf(folder, notebook);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonText.Parse(File.ReadAllText(path)) is JsonObject json && json["values"] is JsonObject values
                   && json["run"] is JsonValue run && run.TryGetValue<string>(out var name) && json["cells"] is JsonValue cells
                       && cells.TryGetValue<long>(out var count)
                ? new SavedState(name, (int)count, values)
                : null;
        }
        catch (FormatException)
        {
            // Not one of ours: its cells run again, and the run says so.
            return null;
        }
    }

    public void Write(string folder, string notebook)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, "*.json").Where(f => DateTime.UtcNow - File.GetLastWriteTimeUtc(f) > Kept))
            File.Delete(old);
        AtomicFile.WriteAllText(PathOf(folder, notebook), PythonJson.WriteLine(new JsonObject
        {
            ["run"] = Run,
            ["cells"] = (long)Cells,
            ["values"] = Values.DeepClone()
        }));
    }

    public static void Delete(string folder, string notebook)
    {
        if (Directory.Exists(folder))
            File.Delete(PathOf(folder, notebook));
    }

    private static string PathOf(string folder, string notebook) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(notebook))))[..32] + ".json");
}
