using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using FSharp.Compiler.Symbols;
using FSharp.Compiler.Syntax;
using Microsoft.FSharp.Control;
using Microsoft.FSharp.Core;
using ReflectedType = Microsoft.FSharp.Reflection.FSharpType;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Kernels.FSharp.Assistance;
using Polytask.Notebooks.Kernels.Interrupting;

namespace Polytask.Notebooks.Kernels.FSharp;

/// <summary>
/// F# cells in a session of F# Interactive, which starts with the first F# cell, for it takes more than a second.
/// A loop that neither calls nor waits cannot be interrupted: whoever must stop it ends the process.
/// </summary>
public sealed class FSharpKernel : ICellKernel
{
    /// <summary>
    /// Without --usesdkrefs- a shared List is not a seq (two identities of the framework's types), without --optimize- the frames of small
    /// functions vanish from traces.
    /// </summary>
    private static readonly string[] Flags =
        ["fsi", "--noninteractive", "--nologo", "--gui-", "--quiet", "--usesdkrefs-", "--optimize-", "--debug+"];

    /// <summary>Compilers that the process carries and no cell needs: each reference costs time at the start.</summary>
    private static readonly string[] Unneeded = ["FSharp.Core", "FSharp.Compiler.", "FSharp.DependencyManager.", "Microsoft.CodeAnalysis"];

    private const int ValueRestriction = 30;

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private readonly AssemblyHub _hub;
    private readonly IReadOnlyList<string> _usings;
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);
    private readonly HashSet<string> _libraries = [];
    private readonly FSharpTypeText _types;
    private Shell.FsiEvaluationSession? _session;
    private string? _signature;

    /// <param name="hub">Holds the loaded assemblies.</param>
    /// <param name="references">Paths of the assemblies that every cell may use.</param>
    /// <param name="usings">Namespaces, or full names of static classes after "static ", that are open in every cell.</param>
    public FSharpKernel(AssemblyHub hub, IEnumerable<string> references, IEnumerable<string> usings)
    {
        (_hub, _usings) = (hub, [.. usings]);
        _types = new FSharpTypeText(type => hub.HasFile(type.Assembly) || _session?.DynamicAssemblies.Contains(type.Assembly) == true);
        foreach (var path in references)
            if (Path.GetDirectoryName(path) != Framework && !Array.Exists(Unneeded, u => Path.GetFileName(path).StartsWith(u, StringComparison.Ordinal)))
                _references.Add(path);
    }

    /// <inheritdoc />
    public string Language => "fsharp";

    /// <inheritdoc />
    public IReadOnlyList<KernelVariable> Variables => _session is null
        ? []
        : [.. from bound in _session.GetBoundValues()
              where bound.Name != "it"
              orderby bound.Name
              select new KernelVariable(bound.Name, bound.Value.ReflectionType, bound.Value.ReflectionValue)];

    /// <inheritdoc />
    public KernelVariable? Find(string name)
    {
        if (_session is null || !PrettyNaming.IsIdentifierName(name))
            return null;
        if (Bound(name) is { } variable)
            return variable;
        try
        {
            // A function is no bound value: what F# makes of it where it is passed on is one.
            return Evaluate(new CellCode($"box {PrettyNaming.NormalizeIdentifierBackticks(name)}", "share"))?.ReflectionValue is { } value
                ? new KernelVariable(name, value.GetType(), value)
                : null;
        }
        catch (CellFailedException)
        {
            return null;
        }
    }

    private KernelVariable? Bound(string name) => _session?.TryFindBoundValue(name)?.Value is { } bound
        ? new KernelVariable(name, bound.Value.ReflectionType, bound.Value.ReflectionValue)
        : null;

    /// <inheritdoc />
    public void AddReference(string assemblyPath)
    {
        if (_references.Add(assemblyPath) && _session is not null)
            Refer(assemblyPath);
    }

    /// <inheritdoc />
    public CellValue Run(CellCode code)
    {
        Start();
        ReferToLibraries();
        _signature = null;
        var value = Evaluate(code);
        if (value is null || ReflectedType.IsFunction(value.ReflectionType))
            return _signature is { } signature ? new CellValue(true, MimeBundle.Text(signature)) : default;
        return value.ReflectionValue is Task task ? Awaited(task, value.ReflectionType, code) : Shown(value.ReflectionValue, value.ReflectionType);
    }

    /// <inheritdoc />
    public void Declare(string name, object? value, Type type)
    {
        Start();
        ReferToLibraries();
        if (!PrettyNaming.IsIdentifierName(name))
            throw new InvalidOperationException($"'{name}' is not a name that F# takes");

        // What C# declares as object or dynamic is of more use to F# as what it is.
        var declared = type == typeof(object) && value is not null ? null : _types.Of(type);
        if ((declared ?? (value is null ? null : _types.Of(value.GetType()))) is { } text)
        {
            var ticket = SharedValues.Put(value);
            Evaluate(new CellCode(
                $"let {PrettyNaming.NormalizeIdentifierBackticks(name)} = {typeof(SharedValues).FullName}.Take {ticket} |> unbox<{text}>", "share"));
        }
        else
        {
            var shown = ValueMembers.Name(value?.GetType() ?? type) is { Length: > 0 } known ? $"of type {known}" : "of an anonymous type";
            throw new InvalidOperationException(
                $"'{name}' is {shown}, which F# cannot import: a C# cell defines it, or it is not public. Define the type in a library cell "
                + "(a C# cell with a namespace: namespace Shapes; public record Point(int X);) or a project, or share the parts");
        }
    }

    /// <inheritdoc />
    public bool LoadFile(string path)
    {
        Start();
        ReferToLibraries();
        var full = Path.GetFullPath(path);
        CellTrace.Call(full, path);
        Evaluate(new CellCode($"#load {Literal(full)}", path));
        return true;
    }

    /// <inheritdoc />
    public string? Print(object? value, Type type) => _session?.FormatValue(value!, type);

    /// <inheritdoc />
    public Completions Complete(string source, int position)
    {
        var place = FSharpPlace.At(source, position);
        var found = FSharpCompletion.At(Check, place);
        return found with { Start = position - place.Column + found.Start, End = position - place.Column + found.End };
    }

    /// <inheritdoc />
    public Inspection? Inspect(string source, int position) => FSharpInspection.At(Check, FSharpPlace.At(source, position), ValueOf);

    /// <inheritdoc />
    public Completeness IsComplete(string source) => FSharpCompleteness.Of(source);

    private string? ValueOf(string name) =>
        Bound(name) is { } variable ? new ValueSummary("; ", value => Print(value, value.GetType())).Of(variable.Value) : null;

    private (FSharpParseFileResults Parsed, FSharpCheckFileResults Checked) Check(string source)
    {
        Start();
        ReferToLibraries();
        var (parsed, typed, _) = _session!.ParseAndCheckInteraction(source, null);
        return (parsed, typed);
    }

    private void Start()
    {
        if (_session is not null)
            return;
        var settings = Shell.Settings.fsi;

        // The members of every object would bury its own text.
        settings.ShowProperties = false;
        var config = Shell.FsiEvaluationSession.GetDefaultConfiguration();
        config.OnEvaluation.AddHandler((_, evaluation) => Remember(evaluation));
        _session = Shell.FsiEvaluationSession.Create(
            config, [.. Flags, .. _references.Select(r => "-r:" + r)], TextReader.Null, Console.Out, TextWriter.Null,
            collectible: null, legacyReferenceResolver: null);
        var opens = _usings.Select(u => u.StartsWith("static ", StringComparison.Ordinal) ? "open type " + u["static ".Length..] : "open " + u);
        Evaluate(new CellCode(string.Join('\n', opens), "usings"));
    }

    /// <summary>
    /// F# Interactive gives no value for an expression that is a function or generic, or one without a text: its signature is what there is
    /// to show.
    /// </summary>
    private void Remember(Shell.EvaluationEventArgs evaluation)
    {
        if (evaluation is { Symbol: FSharpMemberOrFunctionOrValue { DisplayName: "it" } it })
            _signature = it.GetValSignatureText(evaluation.SymbolUse.DisplayContext, evaluation.SymbolUse.Range)?.Value["val it: ".Length..];
    }

    private Shell.FsiValue? Evaluate(CellCode code)
    {
        var fullPath = Path.GetFullPath(code.Path);
        CellTrace.Call(fullPath, code.Path);

        // Async computations that nobody gave a token are stopped by the default one.
        var interrupted = CellRun.Current?.Token ?? CancellationToken.None;
        using var asyncs = interrupted.Register(FSharpAsync.CancelDefaultToken);
        var (outcome, diagnostics) = _session!.EvalInteractionNonThrowing(code.Text, code.Path, interrupted);
        if (interrupted.IsCancellationRequested && outcome is FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice2Of2 stopped)
            throw new CellInterruptedException(cause: stopped.Item);
        var errors = diagnostics.Where(d => d.Severity == FSharpDiagnosticSeverity.Error).ToArray();

        // The parser recovers from some of its errors, and what it made of the cell has run: it is an error all the same.
        if (errors.Length == 0 && outcome is FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice1Of2 done)
            return done.Item?.Value;
        if (errors is [{ ErrorNumber: ValueRestriction } only] && only.Message.Contains("'it'", StringComparison.Ordinal))
            return Evaluate(code with { Text = WithoutValue(code.Text, only) });
        throw new CellFailedException(errors.Length > 0
            ? FSharpErrors.NotCompiled(errors, code, fullPath)
            : CellTrace.Thrown(((FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice2Of2)outcome).Item, code));
    }

    /// <summary>
    /// An expression that never gives a value, such as <c>failwith "no"</c>, has any type, and a value cannot. Nothing of the cell has run
    /// yet: it is given a type at its end, where that moves no line or column.
    /// </summary>
    private static string WithoutValue(string text, FSharpDiagnostic error)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        lines[error.EndLine - 1] = lines[error.EndLine - 1].Insert(error.EndColumn, " |> ignore<unit>");
        return string.Join('\n', lines);
    }

    private static CellValue Awaited(Task task, Type type, CellCode code)
    {
        try
        {
            CellRun.Wait(task);
        }
        catch (Exception error) when (!CellRun.IsInterruption(error))
        {
            throw new CellFailedException(CellTrace.Thrown(error, code));
        }
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Task<>))
            return default;
        return Shown(type.GetProperty(nameof(Task<>.Result))!.GetValue(task), type.GetGenericArguments()[0]);
    }

    private static CellValue Shown(object? value, Type type) => type == typeof(Unit) ? default : new CellValue(true, value, type);

    private void Refer(string assemblyPath) => Evaluate(new CellCode($"#r {Literal(assemblyPath)}", "reference"));

    /// <summary>The libraries that C# cells declare are F#'s too, from a file: it reads no assembly that is only in memory.</summary>
    private void ReferToLibraries()
    {
        foreach (var path in _hub.LibraryFiles())
            if (_libraries.Add(path))
                Refer(path);
    }

    private static string Literal(string path) => "@\"" + path.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
