using System.Text.Encodings.Web;
using System.Text.Json;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>
/// The file beside a notebook that says which packages its <c>#r "nuget: ..."</c> lines gave, with the hashes of their content: later
/// runs use these and no others, until a line changes.
/// </summary>
internal sealed class PackageLock
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _path;

    private PackageLock(string path, Content content) => (_path, Locked) = (path, content);

    /// <summary>What the file holds.</summary>
    /// <param name="Asked">The notebook's own lines: names and versions.</param>
    /// <param name="Resolved">These packages and all that they depend on, as they were found.</param>
    public sealed record Content(SortedDictionary<string, string> Asked, SortedDictionary<string, ResolvedPackage> Resolved);

    /// <summary>What the file holds; empty where there is none yet.</summary>
    public Content Locked { get; }

    /// <summary>The file's name, for messages.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>Reads the file that belongs to a notebook.</summary>
    /// <exception cref="InvalidOperationException">It is not what this class writes.</exception>
    public static PackageLock Of(string notebook)
    {
        var path = Path.ChangeExtension(Path.GetFullPath(notebook), ".packages.lock.json");
        var empty = new Content(new(StringComparer.OrdinalIgnoreCase), new(StringComparer.OrdinalIgnoreCase));
        if (!File.Exists(path))
            return new PackageLock(path, empty);
        try
        {
            var read = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Layout);
            if (read is not { Asked: { } asked, Resolved: { } resolved } || resolved.Values.Any(r => r is not { Version: not null, Sha512: not null }))
                throw new JsonException("'Asked' or 'Resolved' is missing");
            foreach (var (id, version) in asked)
                empty.Asked[id] = version;
            foreach (var (id, package) in resolved)
                empty.Resolved[id] = package;
            return new PackageLock(path, empty);
        }
        catch (JsonException fault)
        {
            throw new InvalidOperationException($"{Path.GetFileName(path)} cannot be used ({fault.Message}); delete it, and it is written anew", fault);
        }
    }

    /// <summary>Whether every one of these lines is in the file as it stands.</summary>
    public bool Covers(IReadOnlyDictionary<string, string> asked) =>
        asked.All(a => Locked.Asked.TryGetValue(a.Key, out var version) && version == a.Value && Locked.Resolved.ContainsKey(a.Key));

    /// <summary>Checks packages against the file.</summary>
    /// <exception cref="InvalidOperationException">One is not what it was.</exception>
    public void Check(IReadOnlyDictionary<string, ResolvedPackage> found)
    {
        foreach (var (id, package) in found)
            if (!Locked.Resolved.TryGetValue(id, out var known) || known != package)
                throw new InvalidOperationException(
                    $"{id} {package.Version} is not what {Name} records ({Difference(known, package)}); "
                    + "if the change is meant, delete that file, and it is written anew");
    }

    private static string Difference(ResolvedPackage? known, ResolvedPackage found) =>
        known is null ? "nothing of that name" : known.Version != found.Version ? $"version {known.Version}" : "the same version with other content";

    /// <summary>Records lines and what they gave.</summary>
    public void Write(IReadOnlyDictionary<string, string> asked, IReadOnlyDictionary<string, ResolvedPackage> found)
    {
        foreach (var (id, version) in asked)
            Locked.Asked[id] = version;
        foreach (var (id, package) in found)
            Locked.Resolved[id] = package;
        AtomicFile.WriteAllText(_path, JsonSerializer.Serialize(Locked, Layout) + "\n");
    }
}
