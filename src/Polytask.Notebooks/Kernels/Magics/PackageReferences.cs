namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>The packages that a notebook has asked for so far.</summary>
/// <param name="notebook">The notebook's file, beside which the lock file lies; null: none is kept.</param>
internal sealed class PackageReferences(string? notebook)
{
    private readonly Dictionary<string, string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a package and restores all of them together.</summary>
    /// <returns>The files, and a few words for the reader.</returns>
    /// <exception cref="InvalidOperationException">It cannot be restored, or is not what the lock file records.</exception>
    public (PackageFiles Files, string Note) Add(string id, string version)
    {
        var asked = new Dictionary<string, string>(_asked, StringComparer.OrdinalIgnoreCase) { [id] = version };
        var (files, note) = Restore(asked, id, version);
        _asked[id] = version;
        return (files, note);
    }

    private (PackageFiles Files, string Note) Restore(Dictionary<string, string> asked, string id, string version)
    {
        var installed = $"{id} {version} is installed.";
        if (notebook is null)
            return (NuGetPackages.Restore(asked), installed);
        var locked = PackageLock.Of(notebook);
        if (locked.Covers(asked))
        {
            var known = NuGetPackages.Restore(asked, locked.Locked.Resolved);
            locked.Check(known.Resolved);
            return (known, $"{id} {locked.Locked.Resolved[id].Version} is installed, as {locked.Name} says.");
        }
        var before = locked.Locked.Asked.GetValueOrDefault(id);
        var files = NuGetPackages.Restore(asked);
        try
        {
            locked.Write(asked, files.Resolved);
        }
        catch (IOException failure)
        {
            return (files, $"{installed} It is not recorded: {failure.Message}");
        }
        return (files, before is null || before == version
            ? $"{installed} {locked.Name} records it."
            : $"{installed} {locked.Name} said {before} and records it now.");
    }
}
