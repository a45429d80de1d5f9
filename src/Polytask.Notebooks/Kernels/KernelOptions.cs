namespace Polytask.Notebooks.Kernels;

/// <summary>What the program that hosts notebooks gives to every cell. The engine itself knows no library but .NET's.</summary>
public sealed class KernelOptions
{
    /// <summary>Paths of the assemblies that every cell may use, beyond those of this process.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Namespaces that every cell is using, and "static " before the full name of a class whose members it may call by name.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>Says for a package (identifier) that the host supplies it already: the note to show instead of restoring it; null where it does not.</summary>
    public Func<string, string?> SuppliedPackage { get; init; } = _ => null;

    /// <summary>Runs once in the worker before the first cell: registers formatters and hooks.</summary>
    public Action? Start { get; init; }

    /// <summary>Counts the memory of a device while cells run; null where the host knows none.</summary>
    public Running.IDeviceMemory? DeviceMemory { get; init; }

    /// <summary>What lets a run be continued without running the cells that used the host's library.</summary>
    public Running.Resuming.ResumeSupport Resuming { get; init; } = new();

    /// <summary>What #!about shows of the host, after the engine's own lines.</summary>
    public Func<string>? About { get; init; }

    /// <summary>The usings that notebooks of .NET Interactive rely on.</summary>
    public static readonly IReadOnlyList<string> CommonUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading.Tasks",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting", "static Microsoft.DotNet.Interactive.Kernel",
    ];
}
