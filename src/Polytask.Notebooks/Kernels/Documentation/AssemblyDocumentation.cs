using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace Polytask.Notebooks.Kernels.Documentation;

/// <summary>
/// The documentation that compilers write beside assemblies: for the framework's own, which has none there, that of the SDK's reference
/// pack. Files are searched, not kept: those of the framework hold 30 MB, of which a question needs a few lines.
/// </summary>
internal static class AssemblyDocumentation
{
    private static readonly string Framework = Path.GetFullPath(RuntimeEnvironment.GetRuntimeDirectory());
    private static readonly Lazy<string?> ReferencePack = new(FindReferencePack);

    /// <summary>The XML of a member's documentation; null where there is none.</summary>
    /// <param name="assemblyPath">The assembly's file.</param>
    /// <param name="id">The member's documentation comment id: M:System.String.Trim.</param>
    public static string? Find(string assemblyPath, string id)
    {
        return Files(assemblyPath).Select(file => Find(File.ReadAllBytes(file), id)).FirstOrDefault(found => found is not null);
    }

    /// <summary>The XML of a member's documentation in the text of a documentation file; null where there is none.</summary>
    public static string? Find(ReadOnlySpan<byte> file, string id)
    {
        var start = Encoding.UTF8.GetBytes($"<member name=\"{SecurityElement.Escape(id)}\">");
        return file.IndexOf(start) is >= 0 and var at && file[at..].IndexOf("</member>"u8) is >= 0 and var length
            ? Encoding.UTF8.GetString(file.Slice(at + start.Length, length - start.Length))
            : null;
    }

    private static IEnumerable<string> Files(string assemblyPath)
    {
        var beside = Path.ChangeExtension(assemblyPath, ".xml");
        if (File.Exists(beside))
            return [beside];
        if (Path.GetDirectoryName(assemblyPath) + Path.DirectorySeparatorChar != Framework || ReferencePack.Value is not { } pack)
            return [];

        // What is one assembly when it runs is several to compilers: System.Private.CoreLib is System.Runtime, System.Collections and others.
        string[] likely = [Path.GetFileName(beside), "System.Runtime.xml", "System.Collections.xml", "System.Threading.xml"];
        return Directory.EnumerateFiles(pack, "*.xml")
            .OrderBy(f => Array.IndexOf(likely, Path.GetFileName(f)) is >= 0 and var rank ? rank : likely.Length);
    }

    /// <summary>The newest reference documentation of this framework's version, beside the framework where an SDK is installed.</summary>
    private static string? FindReferencePack()
    {
        var version = Environment.Version;
        var packs = Path.Combine(Framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        if (!Directory.Exists(packs))
            return null;
        return (from folder in Directory.EnumerateDirectories(packs, $"{version.Major}.{version.Minor}.*")
                let files = Path.Combine(folder, "ref", $"net{version.Major}.{version.Minor}")
                where Directory.Exists(files)
                orderby Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var parsed) ? parsed : new Version() descending
                select files).FirstOrDefault();
    }
}
