using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Jupyter;

/// <summary>A kernel cannot be installed or removed; the message says why and what to do.</summary>
public sealed class KernelSpecException(string message) : Exception(message);

/// <summary>What Jupyter knows of kernels: a folder each with kernel.json and logos, where Jupyter looks for them.</summary>
public static class KernelSpecs
{
    /// <summary>The name of the kernels, before the language: polytask-csharp and polytask-fsharp.</summary>
    public const string UsualName = "polytask";

    /// <summary>The languages, one kernel each.</summary>
    public static readonly IReadOnlyList<string> Languages = ["csharp", "fsharp"];

    private const string FileName = "kernel.json";
    private const string Owner = "polytask";
    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    /// <summary>The user's own folder of kernels, by Jupyter's rules.</summary>
    public static string UserFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } data)
                return Path.Combine(data, "kernels");
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsMacOS())
                return Path.Combine(home, "Library", "Jupyter", "kernels");
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter", "kernels");
            return Path.Combine(
                Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } share ? share : Path.Combine(home, ".local", "share"),
                "jupyter", "kernels");
        }
    }

    /// <summary>The folder of kernels of the Python environment that is active.</summary>
    /// <exception cref="KernelSpecException">None is.</exception>
    public static string EnvironmentFolder =>
        (Environment.GetEnvironmentVariable("VIRTUAL_ENV") ?? Environment.GetEnvironmentVariable("CONDA_PREFIX")) is { Length: > 0 } prefix
            ? FolderUnder(prefix)
            : throw new KernelSpecException("no Python environment is active (VIRTUAL_ENV and CONDA_PREFIX are not set); activate one, "
                + "or name its folder with --prefix");

    /// <summary>The folder of kernels of what is installed under a prefix, such as /usr/local.</summary>
    public static string FolderUnder(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    /// <summary>Installs a kernel for each language, over ones that were installed by this program before.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">What they are called, before the language.</param>
    /// <param name="serve">This program with the arguments that serve a language; the connection file follows them.</param>
    /// <returns>The folders that were written.</returns>
    /// <exception cref="KernelSpecException">The name cannot be used, or stands for a kernel of another program; nothing was written.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Install(string folder, string name, Func<string, WorkerCommand> serve)
    {
        Check(name);
        var targets = Languages.Select(l => (Language: l, Folder: Path.Combine(folder, $"{name}-{l}"))).ToArray();
        foreach (var (_, target) in targets)
            if (Directory.Exists(target) && !IsOurs(target))
                throw new KernelSpecException(
                    $"{target} holds a kernel of another program; give ours another name with --name, "
                    + "or remove that one (jupyter kernelspec remove)");
        foreach (var (language, target) in targets)
        {
            Directory.CreateDirectory(target);
            foreach (var logo in Logos)
            {
                using var source = typeof(KernelSpecs).Assembly.GetManifestResourceStream(logo)!;
                using var file = File.Create(Path.Combine(target, logo));
                source.CopyTo(file);
            }
            AtomicFile.WriteAllText(Path.Combine(target, FileName), PythonJson.Write(Specification(language, serve(language))) + "\n");
        }
        return [.. targets.Select(t => t.Folder)];
    }

    /// <summary>Removes what <see cref="Install" /> wrote.</summary>
    /// <returns>The folders that are gone; empty where nothing was installed.</returns>
    /// <exception cref="KernelSpecException">The name stands for a kernel of another program; nothing was removed.</exception>
    public static IReadOnlyList<string> Uninstall(string folder, string name)
    {
        Check(name);
        var targets = Languages.Select(l => Path.Combine(folder, $"{name}-{l}")).Where(Directory.Exists).ToArray();
        if (targets.FirstOrDefault(t => !IsOurs(t)) is { } other)
            throw new KernelSpecException($"{other} holds a kernel of another program (jupyter kernelspec remove would remove it)");
        foreach (var target in targets)
            Directory.Delete(target, recursive: true);
        return targets;
    }

    private static JsonObject Specification(string language, WorkerCommand serve)
    {
        var name = (string)CellLanguage.Info(language)["name"]!;
        var specification = new JsonObject
        {
            ["argv"] = new JsonArray([serve.FileName, .. serve.Arguments, "{connection_file}"]),
            ["display_name"] = $"Polytask ({name})",
            ["language"] = name,
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = false, ["installed_by"] = Owner },
        };

        // Jupyter may be started where this variable is not set, and a program beside its own .NET needs it.
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
            specification["env"] = new JsonObject { ["DOTNET_ROOT"] = root };
        return specification;
    }

    private static void Check(string name)
    {
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new KernelSpecException($"--name {name}: Jupyter's names are of letters, digits, hyphens, underscores and dots");
    }

    private static bool IsOurs(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return !File.Exists(path) || (string?)JsonText.Parse(File.ReadAllText(path))?["metadata"]?["installed_by"] == Owner;
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
