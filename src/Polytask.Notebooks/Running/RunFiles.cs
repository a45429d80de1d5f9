using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running;

/// <summary>
/// Where a run saves. With an output path: there, after each cell. A .dib or a script has no place for outputs: its run goes to the .ipynb of its name.
/// Without: after each cell to NAME.partial.ipynb beside the source, which is gone at the end, when the source is replaced if all went well,
/// and NAME.failed.ipynb written if not; the source is never anything but whole. One that was edited meanwhile stays as its author left it,
/// and NAME.executed.ipynb is written.
/// </summary>
internal sealed class RunFiles
{
    private readonly string _given;
    private readonly string _source;
    private readonly string? _output;

    public RunFiles(string source, string? output)
    {
        _given = source;
        _source = Path.GetFullPath(NotebookFile.HoldsOutputs(source) ? source : Path.ChangeExtension(source, ".ipynb"));
        _output = output is null ? null : Path.GetFullPath(output);
        if (_output is not null && !Directory.Exists(Path.GetDirectoryName(_output)))
            throw new NotebookFormatException($"the folder of the output {output} does not exist");
        if (_output is not null && Directory.Exists(_output))
            throw new NotebookFormatException($"the output {output} is a folder; name a file in it");
    }

    /// <summary>Where an unfinished run of the same command may have left its notebook.</summary>
    public IEnumerable<string> Unfinished => _output is null ? [Beside("partial"), Beside("failed")] : [_output];

    /// <summary>The file that the run is to change in the end.</summary>
    public string Target => _output ?? _source;

    public void Save(Notebook notebook) => NotebookFile.Write(notebook, _output ?? Beside("partial"));

    /// <summary>What a person writes of a notebook: the kinds and texts of its cells, but for the one that a run puts in.</summary>
    public static string Sources(Notebook notebook) =>
        string.Join('\0', notebook.Cells.Where(c => !c.HasTag(ParameterCell.InjectedTag)).Select(c => $"{c.Kind} {c.Source}"));

    /// <summary>Puts the notebook in its place and says where that is: beside the source where that was edited while the run went on.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="succeeded">Whether the run did.</param>
    /// <param name="sources">The <see cref="Sources" /> of the file that was run.</param>
    public (string SavedTo, bool SourceWasEdited) Finish(Notebook notebook, bool succeeded, string sources)
    {
        // Not a rename of the partial file: another run of the same notebook may have put its own there, or taken it away.
        var edited = _output is null && succeeded && WasEdited(sources);
        var target = _output ?? (!succeeded ? Beside("failed") : edited ? Beside("executed") : _source);
        NotebookFile.Write(notebook, target);
        if (_output is null)
            File.Delete(Beside("partial"));
        return (target, edited);
    }

    private bool WasEdited(string sources)
    {
        try
        {
            return File.Exists(_source) && NotebookFile.HoldsOutputs(_given) && Sources(NotebookFile.Read(_source)) != sources;
        }
        catch (NotebookFormatException)
        {
            // Half written by an editor, or no notebook any more: not to be written over.
            return true;
        }
    }

    private string Beside(string state) =>
        Path.Combine(Path.GetDirectoryName(_source)!, $"{Path.GetFileNameWithoutExtension(_source)}.{state}{Path.GetExtension(_source)}");
}
