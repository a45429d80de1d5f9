using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Kernels.FSharp;

namespace Polytask.Notebooks.Running;

/// <summary>The cell tagged "parameters" and the cell that sets them, in the language of the first.</summary>
internal static class ParameterCell
{
    /// <summary>Marks the cell that declares the parameters.</summary>
    public const string DeclaringTag = "parameters";

    /// <summary>Marks the cell that sets them.</summary>
    public const string InjectedTag = "injected-parameters";

    /// <summary>A cell to stand after the one that declares the parameters.</summary>
    /// <exception cref="ParameterException">A value cannot be set.</exception>
    public static Cell Assign(Cell declaring, string language, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var (magic, own) = LanguageOf(declaring, language);
        var source = own switch
        {
            "csharp" => CSharpParameters.Assign(declaring.Source[magic.Length..], values),
            "fsharp" => FSharpParameters.Assign(declaring.Source, values),
            _ => throw new ParameterException($"the cell tagged 'parameters' is in {own}; parameters are set in C# and F# cells"),
        };
        var cell = Cell.Code($"{magic}// Parameters\n{source}", InjectedTag);
        foreach (var name in (string[])["polyglot_notebook", "dotnet_interactive"])
            if (declaring.Metadata[name] is JsonObject metadata)
                cell.Metadata[name] = metadata.DeepClone();
        return cell;
    }

    /// <summary>The parameters and their values in the notebook.</summary>
    public static IReadOnlyDictionary<string, string> Defaults(Cell declaring, string language) => LanguageOf(declaring, language) switch
    {
        (var magic, "csharp") => CSharpParameters.Defaults(declaring.Source[magic.Length..]),
        (_, "fsharp") => FSharpParameters.Defaults(declaring.Source),
        _ => new Dictionary<string, string>(),
    };

    /// <summary>The magic command at the head of the cell that chooses its language, if there is one, and the language.</summary>
    private static (string Magic, string Language) LanguageOf(Cell cell, string language)
    {
        var end = cell.Source.IndexOf('\n') + 1;
        var head = cell.Source[..end].Trim();
        return head.StartsWith("#!", StringComparison.Ordinal) && LanguageNames.Of(head[2..]) is { } own
            ? (cell.Source[..end], own)
            : ("", CellLanguage.OfCell(cell, language));
    }
}
