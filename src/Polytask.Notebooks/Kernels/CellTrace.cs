using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Polytask.Notebooks.Kernels.Interrupting;

namespace Polytask.Notebooks.Kernels;

/// <summary>Exceptions in the words of a notebook: cells and lines, without the machinery of compilers and kernels around them.</summary>
internal static partial class CellTrace
{
    /// <summary>How the message begins that AggregateException gives itself.</summary>
    private static readonly string TaskMessage = new AggregateException().Message;

    private static readonly ConcurrentDictionary<string, string> Names = new();

    /// <summary>Says what a source is called whose debug information holds a full path.</summary>
    public static void Call(string fullPath, string name) => Names[fullPath] = name;

    /// <summary>What went wrong while the code ran.</summary>
    public static CellError Thrown(Exception error, CellCode code)
    {
        while (IsWrapping(error) && error.InnerException is { } inner)
            error = inner;
        var traceback = new List<string>();
        int? line = null;
        Describe(error, code, traceback, ref line, prefix: "");
        return new CellError(error.GetType().FullName ?? error.GetType().Name, error.Message, traceback, line);
    }

    /// <summary>What reflection and tasks put around an exception says nothing of its own.</summary>
    private static bool IsWrapping(Exception error) => error is TargetInvocationException
        || error is AggregateException { InnerExceptions.Count: 1 } && error.Message.StartsWith(TaskMessage, StringComparison.Ordinal);

    /// <summary>Where an interruption met the code: the innermost place in a cell and those that led to it, without what carried it there.</summary>
    public static CellError Interrupted(Exception interruption, string path)
    {
        var chain = new Stack<Exception>();
        for (var error = interruption; error is not null; error = error.InnerException)
            chain.Push(error);
        var frames = chain.SelectMany(e => Frames(e, path)).Where(f => f is { InCell: true, Line: not null }).Distinct().ToArray();
        var reason = chain.Select(e => (e as CellInterruptedException)?.Reason).FirstOrDefault(r => r is not null) ?? "";
        var place = frames.Length == 0 ? "" : frames[0].File == path ? $" in line {frames[0].Line}" : $" in {frames[0].File}, line {frames[0].Line}";
        var message = $"{path} was interrupted{place}{reason}.";

        // Where its own failure came in between, that is shown too.
        var own = chain.OfType<CellFailedException>().SelectMany(f => f.Error.Traceback);
        return new CellError(CellError.Interrupted, message, [message, .. frames.Select(Text), .. own],
            frames.Where(f => f.File == path).Select(f => f.Line).FirstOrDefault());
    }

    private static void Describe(Exception error, CellCode code, List<string> traceback, ref int? line, string prefix)
    {
        traceback.Add($"{prefix}{error.GetType().FullName}: {error.Message}");
        foreach (var frame in Frames(error, code.Path))
        {
            traceback.Add(Text(frame));
            if (frame.File == code.Path)
                line ??= frame.Line;
        }
        if (error.InnerException is { } inner)
            Describe(inner, code, traceback, ref line, "caused by ");
    }

    /// <summary>The frames that a reader knows, innermost first.</summary>
    private static IEnumerable<Frame> Frames(Exception error, string path)
    {
        var frames = new StackTrace(error, fNeedFileInfo: true).GetFrames();

        // Below the cell's own outermost frame there is only the kernel that called it.
        var last = Array.FindLastIndex(frames, f => IsCell(f, path));
        var thrownByRuntime = false;
        for (var i = 0; i <= last; i++)
        {
            if (frames[i].GetMethod() is not { } method || IsPlumbing(method))
                continue;
            if (i == 0 && IsThrowHelper(method))
            {
                thrownByRuntime = true;
                continue;
            }

            // The compiler puts all of a method's checks of array bounds and overflow behind its end, where no line is known.
            var anywhere = i == 1 && thrownByRuntime && frames[i].GetILOffset() == 0;
            var file = FileOf(frames[i]) ?? (IsSubmission(frames[i], path) ? path : null);
            var number = anywhere ? 0 : frames[i].GetFileLineNumber();
            yield return new Frame(Name(method), file, file is not null && number > 0 ? number : null, IsCell(frames[i], path));
        }
    }

    private static string Text(Frame frame) => $"   at {frame.Name}"
        + (frame.File is null ? "" : frame.Line is { } line ? $" in {frame.File}:line {line}" : $" in {frame.File}");

    /// <summary>The frame's source as a reader knows it. Those of FSharp.Core lie on the machine that built it.</summary>
    private static string? FileOf(StackFrame frame) =>
        frame.GetFileName() is not { } file || IsFSharpCore(frame.GetMethod()) ? null : Names.GetValueOrDefault(file, file);

    private static bool IsCell(StackFrame frame, string path)
    {
        var assembly = frame.GetMethod()?.DeclaringType?.Assembly;
        return assembly is not null && assembly.Location.Length == 0 && frame.GetFileName() is not null || IsSubmission(frame, path);
    }

    /// <summary>Whether a frame is of the cell itself, by the name of its assembly: one without a line has no file either.</summary>
    private static bool IsSubmission(StackFrame frame, string path) =>
        frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name is { } name
        && name.StartsWith(Path.GetFileNameWithoutExtension(path) + ".", StringComparison.Ordinal);

    /// <summary>What the runtime calls where compiled code finds an index out of range or a sum that overflows.</summary>
    private static bool IsThrowHelper(MethodBase method) => method.DeclaringType?.FullName == "Internal.Runtime.CompilerHelpers.ThrowHelpers";

    private static bool IsFSharpCore(MethodBase? method) => method?.DeclaringType?.Assembly.GetName().Name == "FSharp.Core";

    private static bool IsPlumbing(MethodBase method) =>
        method.DeclaringType?.Namespace is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices"
            or "Polytask.Notebooks.Kernels.Interrupting"
        || IsFSharpCore(method) && method.DeclaringType?.Namespace != "Microsoft.FSharp.Collections"
        || method.DeclaringType?.FullName is { } type
           && (type.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
               || type.StartsWith("System.Threading.ExecutionContext", StringComparison.Ordinal));

    /// <summary>Names as they were written: state machines and closures carry the method's name in brackets (C#) or before an @ (F#).</summary>
    private static string Name(MethodBase method)
    {
        var type = method.DeclaringType?.FullName ?? "";
        var name = method.Name;
        if (FSharpClosure().Match(type) is { Success: true } closure && method.Name is "Invoke" or "MoveNext")
        {
            var owner = closure.Groups["name"].Value is "it" or "clo" ? "the cell" : closure.Groups["name"].Value;
            return method.Name == "MoveNext" ? owner : owner + " (lambda)";
        }
        if (method.Name == "MoveNext" && Bracketed().Match(type) is { Success: true } machine)
            (type, name) = (type[..type.LastIndexOf('+')], machine.Groups[1].Value);
        if (LocalFunction().Match(name) is { Success: true } local)
            name = local.Groups[1].Value;
        else if (Bracketed().Match(name) is { Success: true } lambda)
            name = lambda.Groups[1].Value + " (lambda)";
        type = Generated().Replace(Submission().Replace(type, ""), "").Replace('+', '.').Trim('.');
        if (name is "<Initialize>" or "Initialize" or "<Initialize> (lambda)" or "Initialize (lambda)"
            || type.StartsWith("<StartupCode$", StringComparison.Ordinal))
            return "the cell";
        return (type.Length > 0 ? type + "." : "") + name + "(" + string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name)) + ")";
    }

    private readonly record struct Frame(string Name, string? File, int? Line, bool InCell);

    [GeneratedRegex(@"<<?([^<>]+)>+[a-z]?__?")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"g__([^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^(Script(?=$|\+)|Submission#\d+|FSI_\d+)\+?")]
    private static partial Regex Submission();

    [GeneratedRegex(@"\+?<>c(__DisplayClass\d+_\d+)?")]
    private static partial Regex Generated();

    [GeneratedRegex(@"[+.](?<name>[^+.@]+)@[\d-]+(`\d+)?$")]
    private static partial Regex FSharpClosure();
}
