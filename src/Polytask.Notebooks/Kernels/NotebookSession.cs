using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.DotNet.Interactive.Formatting;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Kernels.FSharp;
using Polytask.Notebooks.Kernels.Interrupting;
using Polytask.Notebooks.Kernels.Magics;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Kernels;

/// <summary>One running notebook: the kernels of its languages, its magic commands, and the place where its outputs go.</summary>
public sealed class NotebookSession
{
    private readonly AssemblyHub _hub = new();
    private readonly KernelOptions _options;
    private readonly ICellOutput _output;
    private readonly Dictionary<string, ICellKernel> _kernels = [];
    private readonly PackageReferences _packages;
    private readonly FileImports _imports;
    private readonly Dictionary<string, MagicCommand> _commands;
    private readonly CellAssistance _assistance;
    private bool _silent;
    private volatile CellRun? _run;

    /// <param name="options">What the host gives.</param>
    /// <param name="output">Where outputs go.</param>
    /// <param name="notebook">The notebook's file, beside which its packages are recorded; null: nothing is.</param>
    public NotebookSession(KernelOptions options, ICellOutput output, string? notebook = null)
    {
        (_options, _output, _packages) = (options, output, new PackageReferences(notebook));
        foreach (var path in options.References)
            _hub.Offer(path);
        Add(new CSharpKernel(_hub, PlatformReferences().Concat(options.References), options.Usings));
        Add(new LateKernel("fsharp", () => new FSharpKernel(_hub, PlatformReferences().Concat(options.References), options.Usings)));
        _commands = Commands().ToDictionary(c => c.Name);
        var described = _commands.Values.Select(c => (c.Name, c.Description)).Concat(LanguageCommands());
        _assistance = new CellAssistance(_kernels, new MagicAssistance(_kernels, described.ToDictionary(c => c.Name, c => c.Description)));
        _imports = new FileImports(_kernels, RunParts);
        CellOutput.Current = output;
        options.Start?.Invoke();
    }

    /// <summary>The languages that cells can be in.</summary>
    public IReadOnlyCollection<string> Languages => _kernels.Keys;

    /// <summary>Runs a cell on the calling thread and shows the value of its last expression.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="language">The language in force before any magic command.</param>
    /// <param name="path">What traces call the cell, such as cell-3.</param>
    /// <exception cref="CellFailedException">The cell failed or was interrupted; what it printed before is out.</exception>
    public void Run(string source, string language, string path) => Run(source, language, path, new CellRun(path));

    /// <inheritdoc cref="Run(string, string, string)" />
    internal void Run(string source, string language, string path, CellRun run)
    {
        _run = run;
        run.Run(() => RunParts(source, language, path));
    }

    private void RunParts(string source, string language, string path)
    {
        long? timer = null;
        var parts = CellParts.Split(source, language, Languages);

        // A command that cannot be run must not stop a cell half way.
        foreach (var command in parts.OfType<CellPart.Command>())
            if (MagicRefusals.Reason(command, Languages, CellInput.Current is { CanAsk: true }) is { } reason)
                throw Refused(path, command.Line, reason);
        foreach (var command in parts.OfType<CellPart.Command>().Where(c => !_commands.ContainsKey(c.Name)))
        {
            var known = string.Join(", ", _commands.Keys.Concat(LanguageCommands().Select(c => c.Name)).Order(StringComparer.Ordinal));
            throw Refused(path, command.Line, $"{command.Name} is not supported; what is: {known}");
        }
        foreach (var code in parts.OfType<CellPart.Code>().Where(c => !_kernels.ContainsKey(c.Language)))
            throw Refused(path, code.Line, $"there is no kernel for '{code.Language}' here; cells can be in: {string.Join(", ", Languages)}");

        foreach (var part in parts)
        {
            switch (part)
            {
                case CellPart.Command { Name: "#!time" }:
                    timer ??= Stopwatch.GetTimestamp();
                    break;
                case CellPart.Command command:
                    Run(command, path);
                    break;
                case CellPart.Shown text:
                    _output.Display(new MimeBundle().With(text.MimeType, text.Text), null);
                    break;
                case CellPart.Code code:
                    Run(_kernels[code.Language], new CellCode(code.Text, path));
                    break;
            }
        }
        if (timer is { } started)
            _output.Display(MimeBundle.Text(string.Create(CultureInfo.InvariantCulture, $"Wall time: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms")), null);
    }

    /// <summary>What could stand at a position of a cell's text. Like the two below, on the thread that runs cells and not while one runs.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="language">The language in force before any magic command.</param>
    /// <param name="position">The cursor, as an index of UTF-16 units.</param>
    public Completions Complete(string source, string language, int position) => _assistance.Complete(source, language, position);

    /// <summary>What is known of the name at a position of a cell's text; null where nothing is.</summary>
    public Inspection? Inspect(string source, string language, int position) => _assistance.Inspect(source, language, position);

    /// <summary>Whether a cell's text can run as it stands.</summary>
    public Completeness IsComplete(string source, string language) => _assistance.IsComplete(source, language);

    /// <summary>
    /// Asks the running cell to stop, from another thread; nothing where none runs. It then fails with an error named Interrupted. C# stops
    /// wherever it loops, calls, waits or awaits, F# where it waits; a native call and a loop inside a library do not hear it.
    /// </summary>
    public void Interrupt() => _run?.Interrupt();

    /// <summary>The kernel of the C# cells.</summary>
    internal CSharpKernel CSharp => (CSharpKernel)_kernels["csharp"];

    /// <summary>Takes a C# cell as run without running it: its references are loaded, its types and functions are there, nothing is shown.</summary>
    internal void Declare(string source, string path)
    {
        _silent = true;
        try
        {
            foreach (var part in CellParts.Split(source, CSharp.Language, Languages))
            {
                if (part is CellPart.Command { Name: "#r" } reference)
                    Run(reference, path);
                else if (part is CellPart.Code code)
                    CSharp.DeclareOnly(new CellCode(code.Text, path));
            }
        }
        finally
        {
            _silent = false;
        }
    }

    /// <summary>Compiles and runs a trivial cell, so that the first real one does not wait for the compiler to be loaded.</summary>
    public void WarmUp()
    {
        var spare = new CSharpKernel(_hub, PlatformReferences(), _options.Usings);
        spare.Run(new CellCode("var warm = Enumerable.Range(0, 1).Select(i => $\"{i}\").ToList(); warm.Count", "warm-up"));
    }

    private void Add(ICellKernel kernel) => _kernels.Add(kernel.Language, kernel);

    private void Run(ICellKernel kernel, CellCode code)
    {
        var printer = PlainText.Printer;
        PlainText.Printer = value => kernel.Print(value, value.GetType());
        try
        {
            var value = kernel.Run(code);
            if (value is { HasValue: true, Value: not Microsoft.DotNet.Interactive.DisplayedValue })
                _output.Result(Formatter.ToResult(value.Value, () => kernel.Print(value.Value, value.Type ?? typeof(object))));
        }
        finally
        {
            PlainText.Printer = printer;
        }
    }

    private void Run(CellPart.Command command, string path)
    {
        try
        {
            _commands[command.Name].Run(new MagicCall(command.Arguments, command.Language));
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            throw Refused(path, command.Line, $"{command.Name} {command.Arguments}: {error.Message}");
        }
    }

    private IEnumerable<MagicCommand> Commands() =>
    [
        new("#!time", "Says how long the cell took.", _ => { }),
        new("#!who", "Lists the names of the variables, language by language.", _ => Show(Names())),
        new("#!whos", "Lists the variables with their languages, types and values.", _ => _output.Display(Formatter.ToBundle(
            (from kernel in _kernels.Values
             from variable in kernel.Variables
             select new { variable.Name, kernel.Language, Type = ValueMembers.Name(variable.Type), Value = Text(kernel, variable) }).ToArray()), null)),
        new("#!share", "Gives a value of another language a name in this one (#!share --from fsharp name --as other).",
            call => ValueSharing.Share(call.Arguments, Kernel(call), _kernels)),
        new("#!set", "Declares a variable (#!set --name x --value 5, --value @fsharp:name, --value @input:prompt).", call => ValueSharing.Set(call.Arguments, Kernel(call), _kernels)),
        new("#!lsmagic", "Lists the magic commands.", _ => Show(string.Join("\n", _commands!.Values.Select(c => $"{c.Name}  {c.Description}")
            .Concat(LanguageCommands().Select(c => $"{c.Name}  {c.Description}"))))),
        new("#!about", "Says what runs the cells.", _ => Show(About())),
        new("#!import", "Runs the code of a notebook or a source file (.ipynb, .dib, .cs, .csx, .fs, .fsx).", call => _imports.Import(call.Arguments)),
        new("#r", "References an assembly or a project (#r \"path\"), or a package (#r \"nuget: Name, 1.2.3\").", call => Reference(Unquoted(call.Arguments))),
        new("#load", "Runs a script file.", call => _imports.Load(Unquoted(call.Arguments), Kernel(call))),
    ];

    private ICellKernel Kernel(MagicCall call) => _kernels.TryGetValue(call.Language, out var kernel)
        ? kernel
        : throw new InvalidOperationException($"this stands in {call.Language}, which has no variables; a language stands first: #!csharp or #!fsharp");

    /// <summary>One language needs no headings.</summary>
    private string Names()
    {
        var groups = _kernels.Values.Select(k => (k.Language, Names: k.Variables.Select(v => v.Name).ToArray())).Where(g => g.Names.Length > 0).ToArray();
        return groups is [var only]
            ? string.Join("\n", only.Names)
            : string.Join("\n", groups.Select(g => $"{g.Language}: {string.Join(", ", g.Names)}"));
    }

    private static string Text(ICellKernel kernel, KernelVariable variable) =>
        kernel.Print(variable.Value, variable.Type)?.ReplaceLineEndings(" ") ?? PlainText.OneLine(variable.Value, 1);

    private IEnumerable<(string Name, string Description)> LanguageCommands() =>
        _kernels.Keys.Concat(["markdown", "html", "javascript"]).Select(l => ("#!" + l, $"The text that follows is {l}."));

    private void Show(string text)
    {
        if (!_silent)
            _output.Display(MimeBundle.Text(text), null);
    }

    private string About()
    {
        var version = typeof(NotebookSession).Assembly.GetName().Version;
        var text = $"Polytask.Notebooks {version}\n"
                   + $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}\nLanguages: {string.Join(", ", Languages)}";
        return _options.About is { } about ? text + "\n" + about() : text;
    }

    private void Reference(string what)
    {
        if (what.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            Package(what["nuget:".Length..]);
            return;
        }
        var path = ProjectReference.IsProject(what) ? LoadProject(what) : _hub.Load(what);
        foreach (var kernel in _kernels.Values)
            kernel.AddReference(path);
    }

    private string LoadProject(string project)
    {
        var (built, folder) = ProjectReference.Build(project);
        var loaded = _hub.Load(built);
        if (loaded != built && !File.ReadAllBytes(loaded).AsSpan().SequenceEqual(File.ReadAllBytes(built)))
            throw new InvalidOperationException("it was built anew, but this process holds what it was before: start the notebook again");
        _hub.OfferFolder(folder);
        return loaded;
    }

    private void Package(string what)
    {
        var parts = what.Split(',', StringSplitOptions.TrimEntries);
        var id = parts[0];
        if (id.Length == 0 || parts.Length > 2)
            throw new InvalidOperationException("a package is written as \"nuget: Name, 1.2.3\"");
        if (_options.SuppliedPackage(id) is { } note)
        {
            Show(note);
            return;
        }
        if (parts.Length == 1)
            throw new InvalidOperationException($"say which version, so that the notebook gives the same results next year: \"nuget: {id}, 1.2.3\"");
        var (files, installed) = _packages.Add(id, parts[1]);
        foreach (var file in files.Run)
            _hub.Offer(file);
        foreach (var file in files.Compile)
            foreach (var kernel in _kernels.Values)
                kernel.AddReference(_hub.Load(files.Run.FirstOrDefault(r => Path.GetFileName(r) == Path.GetFileName(file)) ?? file));
        Show(installed);
    }

    private static string Unquoted(string arguments)
    {
        var text = arguments.TrimStart('@');
        var end = text.IndexOf('"', Math.Min(1, text.Length));
        var rest = end < 0 ? "" : text[(end + 1)..].Trim();
        if (end < 2 || text[0] != '"' || rest.Length > 0 && !rest.StartsWith("//", StringComparison.Ordinal))
            throw new InvalidOperationException("a name in double quotes is expected");
        return text[1..end];
    }

    private static CellFailedException Refused(string path, int line, string message)
    {
        var text = $"{path}:line {line}: {message}";
        return new CellFailedException(new CellError("MagicCommandError", text, [text], line));
    }

    /// <summary>Everything this process was started with: the framework in full (dynamic needs it) and the host's own assemblies.</summary>
    private static IEnumerable<string> PlatformReferences() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private sealed record MagicCommand(string Name, string Description, Action<MagicCall> Run);

    private sealed record MagicCall(string Arguments, string Language);
}
