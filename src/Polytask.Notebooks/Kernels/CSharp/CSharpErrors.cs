using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>Compiler messages and exceptions in the words of a notebook: cell, line and column, without the machinery around them.</summary>
internal static partial class CSharpErrors
{
    private const int MaximumMessages = 10;

    public static CellError NotCompiled(ImmutableArray<Diagnostic> diagnostics, CellCode code)
    {
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start).ToArray();
        var lines = PlainLines(code.Text);
        var traceback = new List<string>();
        foreach (var error in errors.Take(MaximumMessages))
        {
            var place = error.Location.GetMappedLineSpan();
            var (line, column) = (place.StartLinePosition.Line, place.StartLinePosition.Character);
            traceback.Add(error.Location.IsInSource
                ? $"{code.Path}:line {line + 1}, column {column + 1}: {error.Id}: {Text(error)}"
                : $"{code.Path}: {error.Id}: {Text(error)}");
            if (error.Location.IsInSource && line < lines.Length)
            {
                traceback.Add("    " + lines[line]);
                traceback.Add("    " + new string([.. lines[line].Take(column).Select(c => c == '\t' ? '\t' : ' ')]) + "^");
            }
        }
        if (errors.Length > MaximumMessages)
            traceback.Add($"... and {errors.Length - MaximumMessages} more");
        var first = errors[0].Location.GetMappedLineSpan().StartLinePosition;
        return new CellError("CompilationError", traceback[0], traceback, first.Line + 1, first.Character + 1);
    }

    /// <summary>The compiler threw instead of naming an error: its own fault, which no line of the cell can be blamed for.</summary>
    public static CellError CompilerFailed(Exception failure, CellCode code)
    {
        var message = $"{code.Path}: the C# compiler itself failed on this cell ({failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}); "
                      + "nothing of it ran. Write the statement that it cannot take in another way: give the variables that it declares their types "
                      + "instead of var, put it into a method, or try the statements in cells of their own to find which one it is.";
        return new CellError("CompilerFailure", message, [message, .. (failure.StackTrace ?? "").ReplaceLineEndings("\n").Split('\n').Take(MaximumMessages)]);
    }

    public static CellError Thrown(Exception error, CellCode code)
    {
        while (error is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && error.InnerException is { } inner)
            error = inner;
        var traceback = new List<string>();
        int? line = null;
        Describe(error, code, traceback, ref line, prefix: "");
        return new CellError(error.GetType().FullName ?? error.GetType().Name, error.Message, traceback, line);
    }

    private static void Describe(Exception error, CellCode code, List<string> traceback, ref int? line, string prefix)
    {
        traceback.Add($"{prefix}{error.GetType().FullName}: {error.Message}");
        var frames = new StackTrace(error, fNeedFileInfo: true).GetFrames();

        // Below the cell's own outermost frame there is only the kernel that called it.
        var last = Array.FindLastIndex(frames, f => IsCell(f));
        for (var i = 0; i <= last; i++)
        {
            if (frames[i].GetMethod() is not { } method || IsPlumbing(method))
                continue;
            var place = frames[i].GetFileName() is { } file && frames[i].GetFileLineNumber() is > 0 and var number ? $" in {file}:line {number}" : "";
            traceback.Add($"   at {Name(method)}{place}");
            if (line is null && frames[i].GetFileName() == code.Path)
                line = frames[i].GetFileLineNumber();
        }
        if (error.InnerException is { } inner)
            Describe(inner, code, traceback, ref line, "caused by ");
    }

    private static bool IsCell(StackFrame frame)
    {
        var assembly = frame.GetMethod()?.DeclaringType?.Assembly;
        return assembly is not null && assembly.Location.Length == 0 && frame.GetFileName() is not null;
    }

    private static bool IsPlumbing(MethodBase method) =>
        method.DeclaringType?.Namespace is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices"
        || method.DeclaringType?.FullName is { } type
           && (type.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
               || type.StartsWith("System.Threading.ExecutionContext", StringComparison.Ordinal));

    /// <summary>Names as they were written: the state machines and closures that the compiler makes carry the method's name in brackets.</summary>
    private static string Name(MethodBase method)
    {
        var type = method.DeclaringType?.FullName ?? "";
        var name = method.Name;
        if (method.Name == "MoveNext" && Bracketed().Match(type) is { Success: true } machine)
            (type, name) = (type[..type.LastIndexOf('+')], machine.Groups[1].Value);
        if (LocalFunction().Match(name) is { Success: true } local)
            name = local.Groups[1].Value;
        else if (Bracketed().Match(name) is { Success: true } lambda)
            name = lambda.Groups[1].Value + " (lambda)";
        type = Generated().Replace(Submission().Replace(type, ""), "").Replace('+', '.').Trim('.');
        if (name is "<Initialize>" or "Initialize" or "<Initialize> (lambda)" or "Initialize (lambda)")
            return "the cell";
        return (type.Length > 0 ? type + "." : "") + name + "(" + string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name)) + ")";
    }

    private static string Text(Diagnostic error) => error.Id switch
    {
        "CS1109" or "CS7021" or "CS9283" => error.GetMessage() + " (declare it at the top level of the cell)",
        "CS8345" or "CS9050" or "CS8175" => error.GetMessage() + " (a cell's variables are fields: put this into a method)",
        _ => error.GetMessage(),
    };

    private static string[] PlainLines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex(@"<<?([^<>]+)>+[a-z]?__?")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"g__([^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^Submission#\d+\+?")]
    private static partial Regex Submission();

    [GeneratedRegex(@"\+?<>c(__DisplayClass\d+_\d+)?")]
    private static partial Regex Generated();
}
