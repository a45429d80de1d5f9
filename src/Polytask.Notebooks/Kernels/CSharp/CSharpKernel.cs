using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
    private static int _assemblies;
    private readonly AssemblyHub _hub;
    private readonly CSharpTypeText _types;
    private readonly List<string> _usings;
    private readonly List<string> _cellUsings = [];
    private readonly Dictionary<string, MetadataReference> _references = [];
    private readonly List<Library> _libraries = [];
    private readonly List<object> _submissions = [];
    private object?[] _slots = new object?[64];
    private readonly HashSet<MetadataReference> _inherited = [];
    private CSharpCompilation? _previous;

    /// <param name="hub">Holds the loaded assemblies.</param>
    /// <param name="references">Paths of the assemblies that every cell may use.</param>
    /// <param name="usings">Namespaces, or full names of static classes after "static ", that every cell is using.</param>
    public CSharpKernel(AssemblyHub hub, IEnumerable<string> references, IEnumerable<string> usings)
    {
        _hub = hub;
        _types = new CSharpTypeText(type => hub.HasFile(type.Assembly));
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
                    if (!declared.Name.Contains('<') && declared.Name[0] != CSharpCell.HiddenMark)
                        variables[declared.Name] = new KernelVariable(declared.Name, declared.FieldType, declared.GetValue(submission));
            return [.. variables.Values];
        }
    }

    /// <summary>The newest submission as it was compiled; null before the first.</summary>
    internal CSharpCompilation? Latest => _previous;

    /// <summary>The objects that hold the variables of the cells, in order; a cell without variables may have none.</summary>
    internal IReadOnlyList<object> Submissions => _submissions;

    /// <summary>Whether a cell was compiled as a library.</summary>
    internal bool HasLibraries => _libraries.Count > 0;

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

    /// <summary>Adds a cell to the chain without running it: its types and functions are there, its variables have no values yet.</summary>
    /// <exception cref="CellFailedException">It does not compile.</exception>
    internal void DeclareOnly(CellCode code)
    {
        var cell = CSharpCell.Parse(code);
        if (cell.Script is not null && Compile(cell, code) is var (_, type))
        {
            // The constructor puts the object into its slot and links it to those before it.
            var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(object[])])!;
            _submissions.Add(constructor.Invoke([_slots]));
        }
        _cellUsings.AddRange(cell.Usings.Except(_cellUsings));
    }

    /// <inheritdoc />
    public void Declare(string name, object? value, Type type)
    {
        if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
            throw new InvalidOperationException($"'{name}' is not a name that C# takes");

        // Closures and types that F# cells define have no name here: the nearest base that has one says what a function takes, and for
        // the rest the members are found when they are called.
        var text = _types.Of(type) ?? (value is null ? null : _types.Of(value.GetType()));
        for (var at = value?.GetType().BaseType; text is null && at?.BaseType is not null && at != typeof(ValueType); at = at.BaseType)
            text = at.Name.StartsWith("FSharpFunc`", StringComparison.Ordinal) ? _types.Of(at) : null;
        text ??= "dynamic";
        Run(new CellCode($"{text} {name} = ({text})global::{typeof(SharedValues).FullName}.Take({SharedValues.Put(value)});", "share"));
    }

    private CellValue RunScript(CSharpCell cell, CellCode code)
    {
        if (Compile(cell, code) is not var (entry, type))
            return default;
        var assembly = type.Assembly;
        var start = type.GetMethod(entry, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.CreateDelegate<Func<object?[], Task<object?>>>();
        try
        {
            var value = start(_slots).GetAwaiter().GetResult();
            return new CellValue(value is not null, value);
        }
        catch (Exception error)
        {
            throw new CellFailedException(CellTrace.Thrown(error, code));
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

    /// <summary>Compiles and loads the next submission: the name of the method that runs it, and its type. Null where there is nothing to run.</summary>
    private (string Entry, Type Type)? Compile(CSharpCell cell, CellCode code)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(cell.Script!, Encoding.UTF8), ScriptOptions, code.Path);
        var options = Options(OutputKind.DynamicallyLinkedLibrary)
            .WithUsings(_usings.Select(u => u.StartsWith("static ", StringComparison.Ordinal) ? u["static ".Length..] : u));

        // A submission has the references of those before it: given again to each, they would add up to as many as cells times references.
        var references = References().Where(r => !_inherited.Contains(r)).ToArray();
        var compilation = CSharpCompilation.CreateScriptCompilation(NextName(code), tree, references, options, _previous, typeof(object));
        if (Emit(compilation, code) is not var (image, symbols))
        {
            _previous = compilation;
            _inherited.UnionWith(references);
            return null;
        }
        var assembly = _hub.LoadSubmission(image, symbols);
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        var type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;

        // The submission joins the chain even if it throws: what it declared before it failed stays usable, as in any notebook.
        _previous = compilation;
        _inherited.UnionWith(references);
        if (_submissions.Count + 2 >= _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        return (entry.MetadataName, type);
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
                throw new CellFailedException(CellTrace.Thrown(error, code));
            }
        }
    }

    private void CompileLibrary(string source, CellCode code)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), LibraryOptions, code.Path);
        var names = DeclaredTypes(tree).ToHashSet();

        // A cell that is run again declares the same types again. Submissions inherit the references of those before them, so the
        // earlier library cannot be taken away; but of two assemblies with one name the compiler takes the newer.
        var earlier = _libraries.FindIndex(l => l.TypeNames.Overlaps(names));
        var (name, version) = earlier < 0 ? (NextName(code), 1) : (_libraries[earlier].Name, _libraries[earlier].Version + 1);
        var usings = string.Concat(_usings.Concat(_cellUsings.Select(u => u.TrimEnd(';')["using ".Length..])).Select(u => $"global using {u};\n"));
        var preamble = CSharpSyntaxTree.ParseText($"{usings}[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")]", LibraryOptions);
        var references = References().Where(r => earlier < 0 || r != _libraries[earlier].Reference);
        var compilation = CSharpCompilation.Create(name, [tree, preamble], references, Options(OutputKind.DynamicallyLinkedLibrary));
        var (assembly, symbols) = Emit(compilation, code)!.Value;
        _hub.LoadLibrary(assembly, symbols);
        var library = new Library(name, version, names, MetadataReference.CreateFromImage(assembly));
        if (earlier < 0)
            _libraries.Add(library);
        else
            _libraries[earlier] = library;
    }

    /// <summary>The images of assembly and debug information; null where there is nothing to emit, as for a cell of using directives.</summary>
    private static (byte[] Assembly, byte[] Symbols)? Emit(CSharpCompilation compilation, CellCode code)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result;
        try
        {
            result = compilation.Emit(assembly, symbols, options: Emission);
        }
        catch (Exception failure)
        {
            throw new CellFailedException(CSharpErrors.CompilerFailed(failure, code));
        }
        if (result.Success)
            return (assembly.ToArray(), symbols.ToArray());
        return result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)
            ? throw new CellFailedException(CSharpErrors.NotCompiled(result.Diagnostics, code))
            : null;
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

    /// <summary>An assembly name that no other session of this process has.</summary>
    private static string NextName(CellCode code) => $"{Path.GetFileNameWithoutExtension(code.Path)}.{Interlocked.Increment(ref _assemblies)}";

    private static IEnumerable<string> DeclaredTypes(SyntaxTree tree) =>
        from type in tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>()
        let name = type switch
        {
            TypeDeclarationSyntax t => $"{t.Identifier.ValueText}`{t.TypeParameterList?.Parameters.Count ?? 0}",
            BaseTypeDeclarationSyntax t => t.Identifier.ValueText,
            DelegateDeclarationSyntax t => $"{t.Identifier.ValueText}`{t.TypeParameterList?.Parameters.Count ?? 0}",
            _ => null,
        }
        where name is not null
        select string.Join('.', type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(n => n.Name.ToString()).Append(name));

    private sealed record Library(string Name, int Version, HashSet<string> TypeNames, MetadataReference Reference);
}
