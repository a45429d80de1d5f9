using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>The compiler's messages in the words of a notebook: cell, line and column.</summary>
internal static class CSharpErrors
{
    private const int MaximumFrames = 10;

    public static CellError NotCompiled(ImmutableArray<Diagnostic> diagnostics, CellCode code) => CompilerMessages.Error(
    [
        .. from error in diagnostics
           where error.Severity == DiagnosticSeverity.Error
           orderby error.Location.SourceSpan.Start
           let place = error.Location.GetMappedLineSpan().StartLinePosition
           select new CompilerMessage(error.Id, Text(error), error.Location.IsInSource ? place.Line + 1 : null, place.Character + 1),
    ], code);

    /// <summary>The compiler threw instead of naming an error: its own fault, which no line of the cell can be blamed for.</summary>
    public static CellError CompilerFailed(Exception failure, CellCode code)
    {
        var message = $"{code.Path}: the C# compiler itself failed on this cell ({failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}); "
                      + "nothing of it ran. Write the statement that it cannot take in another way: give the variables that it declares their types "
                      + "instead of var, put it into a method, or try the statements in cells of their own to find which one it is.";
        return new CellError("CompilerFailure", message, [message, .. (failure.StackTrace ?? "").ReplaceLineEndings("\n").Split('\n').Take(MaximumFrames)]);
    }

    private static string Text(Diagnostic error) => error.Id switch
    {
        "CS1109" or "CS7021" or "CS9283" => error.GetMessage() + " (declare it at the top level of the cell)",
        "CS8345" or "CS9050" or "CS8175" => error.GetMessage() + " (a cell's variables are fields: put this into a method)",
        _ => error.GetMessage(),
    };
}
