using System.Security;
using System.Text.Json;

namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>The files of packages and of what they depend on.</summary>
/// <param name="Compile">Assemblies to compile against.</param>
/// <param name="Run">Assemblies and native libraries that are needed when cells run.</param>
/// <param name="Resolved">Every package that is used, by name.</param>
internal sealed record PackageFiles(IReadOnlyList<string> Compile, IReadOnlyList<string> Run, IReadOnlyDictionary<string, ResolvedPackage> Resolved);

/// <summary>A package as it was found.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The hash of its content, in base64, as NuGet records it.</param>
internal sealed record ResolvedPackage(string Version, string Sha512);

/// <summary>Restores packages the way a project does, with the SDK and the machine's own NuGet configuration.</summary>
internal static class NuGetPackages
{
    /// <param name="asked">Names and versions as notebooks ask for them.</param>
    /// <param name="pinned">Exact versions of these packages and all that they depend on; null: NuGet chooses.</param>
    /// <exception cref="InvalidOperationException">The restore failed; the message holds what it said.</exception>
    public static PackageFiles Restore(IReadOnlyDictionary<string, string> asked, IReadOnlyDictionary<string, ResolvedPackage>? pinned = null)
    {
        var folder = Directory.CreateTempSubdirectory("polytask-packages-").FullName;
        try
        {
            var project = Path.Combine(folder, "packages.csproj");
            File.WriteAllText(project, Project(
                $"<TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>",
                asked.Select(p => $"<PackageReference Include=\"{Escape(p.Key)}\"{(pinned is null ? $" Version=\"{Escape(p.Value)}\"" : "")} />"),
                " Sdk=\"Microsoft.NET.Sdk\""));

            // Pinned through central package management, which also reaches what the packages depend on.
            if (pinned is not null)
                File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), Project(
                    "<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>"
                    + "<CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>",
                    pinned.Select(p => $"<PackageVersion Include=\"{Escape(p.Key)}\" Version=\"[{Escape(p.Value.Version)}]\" />")));
            var output = DotnetCommand.Build(folder, project, "-restore", "-t:ResolvePackageAssets",
                "-getItem:ResolvedCompileFileDefinitions,RuntimeCopyLocalItems,NativeCopyLocalItems,RuntimeTargetsCopyLocalItems");
            using var json = JsonDocument.Parse(output);
            var found = json.RootElement.GetProperty("Items");
            return new PackageFiles(
                Paths(found, "ResolvedCompileFileDefinitions"),
                [.. Paths(found, "RuntimeCopyLocalItems"), .. Paths(found, "NativeCopyLocalItems")],
                Resolved(Path.Combine(folder, "obj", "project.assets.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Project(string properties, IEnumerable<string> items, string attributes = "") =>
        $"<Project{attributes}><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{string.Concat(items)}</ItemGroup></Project>\n";

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static List<string> Paths(JsonElement items, string name) =>
        items.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(i => i.GetProperty("FullPath").GetString()!)] : [];

    private static Dictionary<string, ResolvedPackage> Resolved(string assetsFile)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        return (from library in assets.RootElement.GetProperty("libraries").EnumerateObject()
                where library.Value.GetProperty("type").ValueEquals("package")
                let parts = library.Name.Split('/')
                select (Id: parts[0], Package: new ResolvedPackage(parts[1], library.Value.GetProperty("sha512").GetString()!)))
            .ToDictionary(p => p.Id, p => p.Package, StringComparer.OrdinalIgnoreCase);
    }
}
