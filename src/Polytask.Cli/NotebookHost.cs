using Polytask.Notebooks.Kernels;

namespace Polytask.Cli;

/// <summary>
/// Where notebooks and the multi-task library meet: what every cell may use without a reference, and how the library's values are shown.
/// Cells can use every assembly of this program; they write <c>using Polytask;</c> and the like themselves.
/// </summary>
internal static class NotebookHost
{
    private static readonly string[] SuppliedPrefixes = ["TorchSharp", "libtorch-", "Deedle", "Plotly.NET"];

    public static KernelOptions Options { get; } = new()
    {
        Usings = KernelOptions.CommonUsings,
        SuppliedPackage = SuppliedPackage,
        Start = Start,
    };

    /// <summary>Notebooks written for the NuGet packages run unchanged: the host brings these itself.</summary>
    private static string? SuppliedPackage(string id) =>
        SuppliedPrefixes.Any(p => id.StartsWith(p, StringComparison.OrdinalIgnoreCase))
            ? $"{id}: supplied by polytask, the version asked for is not installed."
            : null;

    /// <summary>Runs in the worker before the first cell. Formatters are registered when the assembly of their types is first loaded.</summary>
    private static void Start()
    {
    }
}
