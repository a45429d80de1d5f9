using System.Text.RegularExpressions;
using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.EditorServices;
using FSharp.Compiler.Symbols;
using FSharp.Compiler.Text;
using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Polytask.Notebooks.Kernels.Documentation;

namespace Polytask.Notebooks.Kernels.FSharp.Assistance;

/// <summary>What is known of the name at a position of a cell, or else of the function whose arguments are around it.</summary>
internal static partial class FSharpInspection
{
    private static readonly Dictionary<string, string> Keywords = FSharpKeywords.KeywordsWithDescription.ToDictionary(k => k.Item1, k => k.Item2);

    /// <param name="check">Checks a source in the session's scope.</param>
    /// <param name="place">The position.</param>
    /// <param name="value">What the session's variable of a name holds, in short.</param>
    public static Inspection? At(
        Func<string, (FSharpParseFileResults Parsed, FSharpCheckFileResults Checked)> check, FSharpPlace place, Func<string, string?> value)
    {
        var (parsed, typed) = check(string.Join('\n', place.Lines));
        if (!place.IsText() && Named(typed, place.Lines, place.Line, place.Column) is var (names, described) && described.Count > 0)
        {
            var isVariable = names is [_] && described is [{ Symbol.Value: FSharpMemberOrFunctionOrValue { IsModuleValueOrMember: true } }];
            return Inspection(described, isVariable ? value(names[0]) : null);
        }
        if (place.OpenBracket() is var (line, column) && Island(place.Lines[line], column) is var (method, end))
        {
            var group = typed.GetMethods(line + 1, end, place.Lines[line], FSharpOption<FSharpList<string>>.Some(ListModule.OfArray(method)));
            if (group.Methods.SelectMany(m => Elements(m.Description)).ToArray() is { Length: > 0 } overloads)
                return Inspection(overloads, null);
        }
        var cursor = PositionModule.mkPos(place.Line + 1, place.Column);
        var word = FSharpWord.At(place.Text, place.Column);
        if (!place.IsText() && Keywords.TryGetValue(place.Text[word.Start..word.End], out var meaning))
            return new Inspection(place.Text[word.Start..word.End], meaning);
        return parsed.TryRangeOfFunctionOrMethodBeingApplied(cursor)?.Value is { } applied
               && Named(typed, place.Lines, applied.EndLine - 1, applied.EndColumn) is { Described: { Count: > 0 } function }
            ? Inspection(function, null)
            : null;
    }

    private static (string[] Names, IReadOnlyList<ToolTipElementData> Described)? Named(
        FSharpCheckFileResults typed, string[] lines, int line, int column)
    {
        if (Island(lines[line], column) is not var (names, end))
            return null;
        return (names, Elements(typed.GetToolTip(line + 1, end, lines[line], ListModule.OfArray(names), FSharpTokenTag.Identifier, null)));
    }

    /// <summary>The qualified name at a column, up to the part at which it is, and the column after it.</summary>
    private static (string[] Names, int End)? Island(string line, int column) =>
        QuickParse.GetCompleteIdentifierIsland(true, line, column)?.Value is var (island, end, isQuoted)
            ? (isQuoted ? [island.Trim('`')] : island.Split('.'), end)
            : null;

    private static ToolTipElementData[] Elements(ToolTipText text) => [.. text.Item.OfType<ToolTipElement.Group>().SelectMany(g => g.elements)];

    private static Inspection Inspection(IReadOnlyList<ToolTipElementData> described, string? value)
    {
        var signatures = described.Select(d => Hint().Replace(d.MainDescription.Text.Trim(), "")).Distinct();
        return new Inspection(string.Join('\n', signatures) + (value is null ? "" : $" = {value}"),
            described.Select(d => Documentation(d.XmlDoc)).FirstOrDefault(d => d is not null));
    }

    /// <summary>What an editor may know of a text, which is nothing to a reader.</summary>
    [GeneratedRegex(@"\[<StringSyntaxAttribute[^>]*>\] ")]
    private static partial Regex Hint();

    private static string? Documentation(FSharpXmlDoc documentation) => DocumentationText.Of(documentation switch
    {
        FSharpXmlDoc.FromXmlFile file => AssemblyDocumentation.Find(file.dllName, file.xmlSig),
        FSharpXmlDoc.FromXmlText text => text.Item.GetXmlText(),
        _ => null,
    });
}
