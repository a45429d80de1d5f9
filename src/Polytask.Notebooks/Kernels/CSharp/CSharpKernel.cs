using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Polytask.Notebooks.Kernels.CSharp.Assistance;
using Polytask.Notebooks.Kernels.Documentation;
using Polytask.Notebooks.Kernels.Interrupting;

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

    /// <summary>What a cell that is only read is called.</summary>
    private const string Unrun = "unrun";

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
    private CSharpCompilation? _latest;
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

    /// <summary>The newest submission as it was written; null before the first.</summary>
    internal CSharpCompilation? Latest => _latest;

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
        var value = cell.IsOnlyLibrary ? default : RunScript(cell, code);
        _cellUsings.AddRange(cell.Usings.Except(_cellUsings));
        return value;
    }

    /// <inheritdoc />
    public Completions Complete(string source, int position)
    {
        var word = CSharpWord.At(source, position);
        var (before, after) = (source[..word.Start], source[word.End..]);
        var found = CSharpCompletion.At(other => Read($"{before}{other} {after}", word.Start), word.Typed);
        return new Completions(word.Start, word.End, found);
    }

    /// <inheritdoc />
    public Inspection? Inspect(string source, int position) => CSharpInspection.At(Read(source, position), ((ICellKernel)this).Find);

    /// <inheritdoc />
    public Completeness IsComplete(string source) => CSharpCompleteness.Of(source);

    /// <summary>Adds a cell to the chain without running it: its types and functions are there, its variables have no values yet.</summary>
    /// <exception cref="CellFailedException">It does not compile.</exception>
    internal void DeclareOnly(CellCode code)
    {
        var cell = CSharpCell.Parse(code);
        if (!cell.IsOnlyLibrary && Compile(cell, code) is var (_, type))
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
            var task = start(_slots);
            CellRun.Wait(task);
            var value = task.Result;
            return new CellValue(value is not null, value);
        }
        catch (Exception error) when (!CellRun.IsInterruption(error))
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
        var references = NewReferences().ToArray();
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(cell.Script, Encoding.UTF8), ScriptOptions, code.Path);
        var compilation = Submission(NextName(code), tree, references);
        _latest = compilation;
        var emitted = Emit(compilation, code);

        // The submission joins the chain even if it throws: what it declared before it failed stays usable, as in any notebook.
        _previous = emitted.Compilation;
        _inherited.UnionWith(references);
        if (emitted.Image is not var (image, symbols, _))
            return null;
        var assembly = _hub.LoadSubmission(image, symbols);
        var entry = _previous.GetEntryPoint(CancellationToken.None)!;
        var type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
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
            catch (Exception error) when (!CellRun.IsInterruption(error))
            {
                throw new CellFailedException(CellTrace.Thrown(error, code));
            }
        }
    }

    private void CompileLibrary(string source, CellCode code)
    {
        var (compilation, names, version, earlier) = LibraryCompilation(source, code.Path, () => NextName(code));
        var (assembly, symbols, documentation) = Emit(compilation, code).Image!.Value;
        _hub.LoadLibrary(assembly, symbols);
        if (earlier is not null)
            _libraries.Remove(earlier);
        _libraries.Add(new Library(compilation.AssemblyName!, version, names, MetadataReference.CreateFromImage(
            assembly, documentation: new ReferenceDocumentation(id => AssemblyDocumentation.Find(documentation, id)))));
    }

    private CSharpCompilation Submission(string name, SyntaxTree tree, IEnumerable<MetadataReference> references)
    {
        var options = Options(OutputKind.DynamicallyLinkedLibrary)
            .WithUsings(_usings.Select(u => u.StartsWith("static ", StringComparison.Ordinal) ? u["static ".Length..] : u));
        return CSharpCompilation.CreateScriptCompilation(name, tree, references, options, _previous, typeof(object));
    }

    private (CSharpCompilation Compilation, HashSet<string> TypeNames, int Version, Library? Earlier) LibraryCompilation(
        string source, string path, Func<string> newName)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), LibraryOptions, path);
        var names = DeclaredTypes(tree).ToHashSet();

        // A cell that is run again declares the same types again. Submissions inherit the references of those before them, so the
        // earlier library cannot be taken away; but of two assemblies with one name the compiler takes the newer.
        var earlier = _libraries.Find(l => l.TypeNames.Overlaps(names));
        var (name, version) = earlier is null ? (newName(), 1) : (earlier.Name, earlier.Version + 1);
        var usings = string.Concat(_usings.Concat(_cellUsings.Select(u => u.TrimEnd(';')["using ".Length..])).Select(u => $"global using {u};\n"));
        var preamble = CSharpSyntaxTree.ParseText($"{usings}[assembly: System.Reflection.AssemblyVersion(\"{version}.0.0.0\")]", LibraryOptions);
        var references = References().Where(r => r != earlier?.Reference);
        return (CSharpCompilation.Create(name, [tree, preamble], references, Options(OutputKind.DynamicallyLinkedLibrary)), names, version, earlier);
    }

    /// <summary>A cell as it would be compiled next, at a position; nothing of the session changes.</summary>
    private CellReading Read(string source, int position)
    {
        var cell = CSharpCell.Parse(new CellCode(source, Unrun));
        var (inLibrary, at) = cell.Locate(position);
        var library = cell.Library is { } text ? LibraryCompilation(text, Unrun, () => Unrun + ".library").Compilation : null;
        if (inLibrary)
            return new CellReading(library!.SyntaxTrees[0], at, () => library);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(cell.Script, Encoding.UTF8), ScriptOptions, Unrun);
        var references = library is null ? NewReferences() : NewReferences().Append(library.ToMetadataReference());
        return new CellReading(tree, at, () => Submission(Unrun, tree, references));
    }

    /// <summary>
    /// A compilation with the calls that make its first source interruptible, and its image; no image where there is nothing to emit, as for a
    /// cell of using directives. What is wrong with a cell is said of its source as it was written.
    /// </summary>
    private static (CSharpCompilation Compilation, Image? Image) Emit(CSharpCompilation written, CellCode code)
    {
        try
        {
            var interruptible = InterruptibleSource.Of(written, written.SyntaxTrees[0]);
            if (interruptible != written && TryEmit(interruptible, out var calling).Success)
                return (interruptible, calling);
            var result = TryEmit(written, out var image);
            if (!result.Success && result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
                throw new CellFailedException(CSharpErrors.NotCompiled(result.Diagnostics, code));
            if (interruptible != written)
                Console.Error.WriteLine($"{code.Path} runs, but it cannot be interrupted: the compiler does not take the checks that would be put into it.");
            return (written, result.Success ? image : null);
        }
        catch (Exception failure) when (failure is not CellFailedException && !CellRun.IsInterruption(failure))
        {
            throw new CellFailedException(CSharpErrors.CompilerFailed(failure, code));
        }
    }

    private static EmitResult TryEmit(CSharpCompilation compilation, out Image image)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, documentation, options: Emission,
            cancellationToken: CellRun.Current?.Token ?? CancellationToken.None);
        image = new Image(assembly.ToArray(), symbols.ToArray(), documentation.ToArray());
        return result;
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

    /// <summary>
    /// A submission has the references of those before it: given again to each, they would add up to as many as cells times references.
    /// </summary>
    private IEnumerable<MetadataReference> NewReferences() => References().Where(r => !_inherited.Contains(r));

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

    private readonly record struct Image(byte[] Assembly, byte[] Symbols, byte[] Documentation);

    private sealed record Library(string Name, int Version, HashSet<string> TypeNames, MetadataReference Reference);
}
