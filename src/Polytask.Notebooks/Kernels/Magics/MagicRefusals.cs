namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>What notebooks of .NET Interactive may hold and this engine does not do, each with what to do instead.</summary>
internal static class MagicRefusals
{
    /// <summary>Why a command cannot be run; null where it can, or is not known here at all.</summary>
    /// <param name="command">The command.</param>
    /// <param name="languages">The languages that cells can be in.</param>
    /// <param name="canAsk">Whether somebody can answer a question.</param>
    public static string? Reason(CellPart.Command command, IReadOnlyCollection<string> languages, bool canAsk)
    {
        if (command.Name == "#!connect")
            return $"#!connect is not supported: cells run in this process, in {string.Join(" and ", languages)}";
        if (command.Name == "#i")
            return "#i is not supported: packages come from the sources of the machine's NuGet configuration (dotnet nuget add source)";
        if (!command.Name.StartsWith("#!", StringComparison.Ordinal) || !Asks(command.Arguments) || canAsk && command.Name == "#!set")
            return null;
        return canAsk
            ? $"{command.Name} cannot ask for a value; #!set can: #!set --name x --value @input:prompt"
            : $"{command.Name} asks a person for a value (@input, @password), and a run has nobody to ask: bind it in a cell tagged "
              + "'parameters' and set it with -p name=value";
    }

    private static bool Asks(string arguments) =>
        arguments.Contains("@input", StringComparison.Ordinal) || arguments.Contains("@password", StringComparison.Ordinal);
}
