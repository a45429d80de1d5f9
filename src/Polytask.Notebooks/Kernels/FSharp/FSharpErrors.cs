using FSharp.Compiler.Diagnostics;

namespace Polytask.Notebooks.Kernels.FSharp;

/// <summary>The F# compiler's messages in the words of a notebook.</summary>
internal static class FSharpErrors
{
    private const string ParseError = "FS0192";

    public static CellError NotCompiled(IEnumerable<FSharpDiagnostic> diagnostics, CellCode code, string fullPath)
    {
        var errors = diagnostics.Where(d => d.Severity == FSharpDiagnosticSeverity.Error)
            .OrderBy(d => d.FileName == code.Path ? 0 : 1).ThenBy(d => d.StartLine).ThenBy(d => d.StartColumn).ToArray();

        // "parse error" says nothing that the message before it has not said.
        var telling = errors.Where(e => e.ErrorNumberText != ParseError).ToArray();
        return CompilerMessages.Error([.. (telling.Length > 0 ? telling : errors).Select(Message)], code);

        CompilerMessage Message(FSharpDiagnostic error)
        {
            var here = error.FileName == code.Path || error.FileName == fullPath;
            return new CompilerMessage(error.ErrorNumberText, Text(error), error.StartLine, error.StartColumn + 1, here ? null : error.FileName);
        }
    }

    /// <summary>Messages over several lines are one: their line breaks are for a narrow terminal.</summary>
    private static string Text(FSharpDiagnostic error)
    {
        var text = string.Join(' ', error.Message.Split((char[])['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries));
        return error.ErrorNumberText switch
        {
            "FS0010" when text.Contains("keyword 'namespace'", StringComparison.Ordinal) =>
                text + " (a cell cannot hold a namespace: put it into a .fs file and #load it, or use a module)",
            _ => text,
        };
    }
}
