using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>
/// C# cells as a chain of Roslyn script submissions: later cells see and may redeclare what earlier ones declared, the last expression
/// is the value, await works at the top level.
/// </summary>
public sealed class CSharpKernel : ICellKernel
{
    private static readonly CSharpParseOptions ScriptOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);
    private static readonly CSharpParseOptions LibraryOptions = new(LanguageVersion.Latest);
    private static readonly EmitOptions Emission = new(debugInformationFormat: DebugInformationFormat.PortablePdb);
    private readonly AssemblyHub _hub;
    private readonly List<string> _usings;
    private readonly List<string> _cellUsings = [];
    private readonly Dictionary<string, MetadataReference> _references = [];
    private readonly List<Library> _libraries = [];
    private readonly List<object> _submissions = [];
    private object?[] _slots = new object?[64];
    private CSharpCompilation? _previous;
    private int _count;

    /// <param name="hub">Holds the loaded assemblies.</param>
    /// <param name="references">Paths of the assemblies that every cell may use.</param>
    /// <param name="usings">Namespaces, or full names of static classes after "static ", that every cell is using.</param>
    public CSharpKernel(AssemblyHub hub, IEnumerable<string> references, IEnumerable<string> usings)
    {
        _hub = hub;
        _usings = [.. usings];
        foreach (var path in references)
            AddReference(path);
    }

    /// <inheritdoc />
    public string Language => "csharp";

    /// <inheritdoc />
    public IReadOnlyList<KernelVariable> Variables
    {
        get
        {
            var variables = new SortedDictionary<string, KernelVariable>(StringComparer.Ordinal);
            foreach (var submission in _submissions)
                foreach (var declared in submission.GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                    if (!declared.Name.Contains('<'))
                        variables[declared.Name] = new KernelVariable(declared.Name, declared.FieldType, declared.GetValue(submission));
            return [.. variables.Values];
        }
    }

    /// <inheritdoc />
    public void AddReference(string assemblyPath) => _references[Path.GetFileNameWithoutExtension(assemblyPath)] = MappedReferences.Get(assemblyPath);

    /// <inheritdoc />
    public CellValue Run(CellCode code)
    {
        var cell = CSharpCell.Parse(code);
        if (cell.Library is not null)
            CompileLibrary(cell.Library, code);
        var value = cell.Script is null ? default : RunScript(cell, code);
        _cellUsings.AddRange(cell.Usings.Except(_cellUsings));
        return value;
    }

    private CellValue RunScript(CSharpCell cell, CellCode code)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(cell.Script!, Encoding.UTF8), ScriptOptions, code.Path);
        var options = Options(OutputKind.DynamicallyLinkedLibrary).WithUsings(_usings.Select(u => u.StartsWith("static ", StringComparison.Ordinal) ? u["static ".Length..] : u));
        var compilation = CSharpCompilation.CreateScriptCompilation(NextName(code), tree, References(), options, _previous, typeof(object));
        var assembly = Emit(compilation, code);

        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        var type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        var start = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .CreateDelegate<Func<object?[], Task<object?>>>();

        // The submission joins the chain even if it throws: what it declared before it failed stays usable, as in any notebook.
        _previous = compilation;
        if (_count + 1 >= _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        try
        {
            var value = start(_slots).GetAwaiter().GetResult();
            return new CellValue(value is not null, value);
        }
        catch (Exception error)
        {
            throw new CellFailedException(CSharpErrors.Thrown(error, code));
        }
        finally
        {
            // A cell of nothing but using directives makes no object.
            if (Array.FindLast(_slots, s => s is not null) is { } submission && submission.GetType().Assembly == assembly)
            {
                _submissions.Add(submission);
                Dispose(cell, submission, code);
            }
        }
    }

    private static void Dispose(CSharpCell cell, object submission, CellCode code)
    {
        foreach (var name in cell.Disposed.Reverse())
        {
            var value = submission.GetType().GetField(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(submission);
            try
            {
                if (value is IDisposable disposable)
                    disposable.Dispose();
                else if (value is IAsyncDisposable asynchronous)
                    asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            catch (Exception error)
            {
                throw new CellFailedException(CSharpErrors.Thrown(error, code));
            }
        }
    }

    private void CompileLibrary(string source, CellCode code)
    {
        var usings = string.Concat(_usings.Concat(_cellUsings.Select(u => u.TrimEnd(';')["using ".Length..])).Select(u => $"global using {u};\n"));
        var compilation = CSharpCompilation.Create(
            NextName(code),
            [CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), LibraryOptions, code.Path), CSharpSyntaxTree.ParseText(usings, LibraryOptions)],
            References(),
            Options(OutputKind.DynamicallyLinkedLibrary));
        Emit(compilation, code, out var image);
        var names = TypeNames(compilation.Assembly.GlobalNamespace).ToHashSet();

        // A cell that is run again declares the same types again. The earlier library stays loaded for the cells compiled against it,
        // under an alias, so that its names no longer clash.
        for (var i = 0; i < _libraries.Count; i++)
            if (_libraries[i].TypeNames.Overlaps(names))
                _libraries[i] = new Library([], _libraries[i].Reference.WithAliases([$"superseded{i}"]));
        _libraries.Add(new Library(names, MetadataReference.CreateFromImage(image)));
    }

    private Assembly Emit(CSharpCompilation compilation, CellCode code) => Emit(compilation, code, out _);

    private Assembly Emit(CSharpCompilation compilation, CellCode code, out byte[] image)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: Emission);
        if (!result.Success)
            throw new CellFailedException(CSharpErrors.NotCompiled(result.Diagnostics, code));
        image = assembly.ToArray();
        return _hub.LoadEmitted(assembly, symbols);
    }

    private static CSharpCompilationOptions Options(OutputKind kind) => new(
        kind,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Annotations,
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
        reportSuppressedDiagnostics: false,
        generalDiagnosticOption: ReportDiagnostic.Suppress);

    private IEnumerable<MetadataReference> References() => _references.Values.Concat(_libraries.Select(l => l.Reference));

    private string NextName(CellCode code) => $"{Path.GetFileNameWithoutExtension(code.Path)}.{++_count}";

    private static IEnumerable<string> TypeNames(INamespaceSymbol space) =>
        space.GetTypeMembers().Select(t => t.ToDisplayString() + "`" + t.Arity).Concat(space.GetNamespaceMembers().SelectMany(TypeNames));

    private sealed record Library(HashSet<string> TypeNames, MetadataReference Reference);
}
