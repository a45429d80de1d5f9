using System.Text.RegularExpressions;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>Files that a cell runs: <c>#!import</c> and <c>#load</c>.</summary>
/// <param name="kernels">The kernels by language.</param>
/// <param name="run">Runs source in a language, under a path for traces.</param>
internal sealed partial class FileImports(IReadOnlyDictionary<string, ICellKernel> kernels, Action<string, string, string> run)
{
    private readonly Stack<string> _open = new();

    /// <summary>Runs a script in a language: where the language has its own way to load files, in that way.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The file loads itself.</exception>
    public void Load(string path, ICellKernel kernel) => Once(path, () =>
    {
        if (!kernel.LoadFile(path))
            run(File.ReadAllText(path), kernel.Language, path);
    });

    /// <summary>Runs a notebook's code cells or a source file, as if its text stood in the cell.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The arguments name no file of a known type, or the file loads itself.</exception>
    public void Import(string arguments)
    {
        if (new MagicArguments(arguments).Words is not [var path])
            throw new InvalidOperationException("the name of one file is expected");
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".cs" or ".csx":
                Load(path, kernels["csharp"]);
                break;
            case ".fsx":
                Once(path, () => ImportScript(path));
                break;
            case ".fs":
                Load(path, kernels["fsharp"]);
                break;
            case ".ipynb" or ".dib":
                Once(path, () => RunNotebook(path));
                break;
            default:
                throw new InvalidOperationException("a file of type .ipynb, .dib, .cs, .csx, .fs or .fsx is expected");
        }
    }

    /// <summary>F#'s own loading would put a script's values into a module named after the file; a script that names its module wants that.</summary>
    private void ImportScript(string path)
    {
        var text = File.ReadAllText(path);
        if (Module().IsMatch(text))
            kernels["fsharp"].LoadFile(path);
        else
            run(text, "fsharp", path);
    }

    private void RunNotebook(string path)
    {
        Notebook notebook;
        string language;
        try
        {
            notebook = NotebookFile.Read(path);
            language = CellLanguage.OfNotebook(notebook, path);
        }
        catch (NotebookFormatException fault)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }
        var number = 0;
        foreach (var cell in notebook.CodeCells)
        {
            number++;
            if (!cell.HasTag("skip-execution"))
                run(cell.Source, CellLanguage.OfCell(cell, language), $"{path} cell-{number}");
        }
    }

    /// <summary>Guards against files that load each other without end.</summary>
    private void Once(string path, Action load)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException("there is no such file");
        var full = Path.GetFullPath(path);
        if (_open.Contains(full))
            throw new InvalidOperationException($"the file loads itself, by way of {string.Join(", ", _open.Select(Path.GetFileName))}");
        _open.Push(full);
        try
        {
            load();
        }
        finally
        {
            _open.Pop();
        }
    }

    [GeneratedRegex(@"^(module[ \t]+(rec[ \t]+)?[\w.`]+[ \t]*\r?$|namespace[ \t])", RegexOptions.Multiline)]
    private static partial Regex Module();
}
