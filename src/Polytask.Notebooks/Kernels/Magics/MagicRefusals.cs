namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>What notebooks of .NET Interactive may hold and this engine does not do, each with what to do instead.</summary>
internal static class MagicRefusals
{
    /// <summary>Why a command cannot be run; null where it can, or is not known here at all.</summary>
    public static string? Reason(CellPart.Command command, IReadOnlyCollection<string> languages)
    {
        if (command.Name == "#!connect")
            return $"#!connect is not supported: cells run in this process, in {string.Join(" and ", languages)}";
        if (command.Name == "#i")
            return "#i is not supported: packages come from the sources of the machine's NuGet configuration (dotnet nuget add source)";
        return command.Name.StartsWith("#!", StringComparison.Ordinal)
               && (command.Arguments.Contains("@input", StringComparison.Ordinal) || command.Arguments.Contains("@password", StringComparison.Ordinal))
            ? $"{command.Name} asks a person for a value (@input, @password), and a run has nobody to ask: bind it in a cell tagged "
              + "'parameters' and set it with -p name=value"
            : null;
    }
}
