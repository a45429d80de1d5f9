namespace Polytask.Notebooks.Kernels;

/// <summary>An error that a compiler reports.</summary>
/// <param name="Id">Its code: CS0029, FS0001.</param>
/// <param name="Text">What it says.</param>
/// <param name="Line">The line, counted from 1; null where it is in no source.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="File">The source where it is not the cell: a file that the cell loads.</param>
internal sealed record CompilerMessage(string Id, string Text, int? Line, int Column, string? File = null);

/// <summary>A compiler's errors as a notebook shows them: cell, line and column, the line itself, and a mark under the place.</summary>
internal static class CompilerMessages
{
    private const int Maximum = 10;

    public static CellError Error(IReadOnlyList<CompilerMessage> messages, CellCode code)
    {
        var lines = code.Text.ReplaceLineEndings("\n").Split('\n');
        var traceback = new List<string>();
        foreach (var message in messages.Take(Maximum))
        {
            var source = message.File ?? code.Path;
            traceback.Add(message.Line is null
                ? $"{source}: {message.Id}: {message.Text}"
                : $"{source}:line {message.Line}, column {message.Column}: {message.Id}: {message.Text}");
            if (message.File is not null || message.Line is not { } line || line > lines.Length)
                continue;
            traceback.Add("    " + lines[line - 1]);
            traceback.Add("    " + new string([.. lines[line - 1].Take(message.Column - 1).Select(c => c == '\t' ? '\t' : ' ')]) + "^");
        }
        if (messages.Count > Maximum)
            traceback.Add($"... and {messages.Count - Maximum} more");
        return new CellError("CompilationError", traceback[0], traceback, messages[0].Line, messages[0].Column);
    }
}
