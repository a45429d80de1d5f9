using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Control;
using Microsoft.FSharp.Core;

namespace Polytask.Notebooks.Kernels.FSharp.Assistance;

/// <summary>Whether Enter should run an F# cell. Only its grammar counts: a wrong name or type is told when it runs.</summary>
internal static class FSharpCompleteness
{
    private const string File = "cell.fsx";
    private const int UnexpectedSymbol = 10;

    private static readonly Lazy<(FSharpChecker Checker, FSharpParsingOptions Options)> Parser = new(() =>
    {
        var checker = FSharpChecker.Create(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        var (options, _) = checker.GetParsingOptionsFromCommandLineArgs(
            ListModule.OfArray([File]), FSharpList<string>.Empty, FSharpOption<bool>.Some(true), FSharpOption<bool>.None);
        return (checker, options);
    });

    /// <summary>Errors that name what has not ended, at its start: texts, comments, brackets, blocks, #if.</summary>
    private static readonly HashSet<int> OfOpenEnds =
    [
        513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 553, 583, 598, 599, 601, 603, 604, 605, 1232,
        3100, 3104, 3118, 3156, 3378, 3383, 3385, 3563, 3885,
    ];

    public static Completeness Of(string source)
    {
        if (string.IsNullOrWhiteSpace(source))
            return Completeness.Complete;
        var (checker, options) = Parser.Value;
        var parsing = checker.ParseFile(File, SourceText.ofString(source), options, FSharpOption<bool>.Some(false), null);
        var errors = FSharpAsync.RunSynchronously(parsing, null, null).Diagnostics.Where(d => d.Severity == FSharpDiagnosticSeverity.Error).ToArray();
        if (errors.Length > 0)
            return errors.All(e => IsOfTheEnd(e, source)) && !IsEnded(source) ? Completeness.Incomplete : Completeness.Invalid;
        return MayGoOn(source) ? Completeness.Incomplete : Completeness.Complete;
    }

    private static bool IsEnded(string source) => source.TrimEnd().EndsWith(";;", StringComparison.Ordinal);

    /// <summary>Whether an error says that something is missing where the source ends, or that something has not ended.</summary>
    private static bool IsOfTheEnd(FSharpDiagnostic error, string source)
    {
        if (OfOpenEnds.Contains(error.ErrorNumber))
            return true;

        // What is in the way stands there already; only the end of the input may still move.
        if (error.ErrorNumber == UnexpectedSymbol && error.Message.StartsWith("Unexpected ", StringComparison.Ordinal)
            && !error.Message.StartsWith("Unexpected end of input", StringComparison.Ordinal))
            return false;
        var text = source.TrimEnd();
        var last = text.AsSpan().Count('\n') + 1;
        return error.EndLine > last || error.EndLine == last && error.EndColumn >= text.Length - (text.LastIndexOf('\n') + 1);
    }

    /// <summary>
    /// Whether a block or a row of cases or pipes may go on: its last line is indented or starts with a bar. As consoles have it, an empty
    /// line says that it does not, and so does ;;.
    /// </summary>
    private static bool MayGoOn(string source)
    {
        var last = source[(source.LastIndexOf('\n') + 1)..];
        return source.Trim('\n').Contains('\n') && !string.IsNullOrWhiteSpace(last) && !IsEnded(source)
               && (char.IsWhiteSpace(last[0]) || last[0] == '|');
    }
}
