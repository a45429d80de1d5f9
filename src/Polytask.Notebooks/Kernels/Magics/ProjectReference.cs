using System.Security.Cryptography;

namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>
/// A project that a notebook references: built when its sources have changed, and used from a copy, so that it can be built again while
/// the notebook runs.
/// </summary>
internal static class ProjectReference
{
    private static readonly Lazy<string> Copies = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("polytask-projects-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>Whether a path is a project's.</summary>
    public static bool IsProject(string path) => Path.GetExtension(path) is ".csproj" or ".fsproj";

    /// <summary>Builds a project and gives the copy of its assembly, and the folder of the original, where its native libraries lie.</summary>
    /// <exception cref="InvalidOperationException">It cannot be built; the message holds the compiler's errors.</exception>
    public static (string Assembly, string Folder) Build(string path)
    {
        var project = Path.GetFullPath(path);
        if (!File.Exists(project))
            throw new FileNotFoundException($"there is no file {path}");
        var target = DotnetCommand.Build(Path.GetDirectoryName(project)!, project, "-restore", "-t:Build", "-v:q", "-getProperty:TargetPath").Trim();
        if (!File.Exists(target))
            throw new InvalidOperationException("the project has no one target framework; give it one, or reference the assembly that is meant");
        var folder = Path.GetDirectoryName(target)!;
        var content = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(target)))[..16];
        var own = Path.Combine(Copies.Value, content);
        if (!Directory.Exists(own))
        {
            Directory.CreateDirectory(own);
            foreach (var file in Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".dll" or ".pdb"))
                File.Copy(file, Path.Combine(own, Path.GetFileName(file)));
        }
        return (Path.Combine(own, Path.GetFileName(target)), folder);
    }
}
