using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running;

/// <summary>
/// Where a run saves. With an output path: there, after each cell. A .dib has no place for outputs: its run goes to the .ipynb of its name.
/// Without: after each cell to NAME.partial.ipynb beside the source, which
/// is gone at the end, when the source is replaced if all went well, and NAME.failed.ipynb written if not; the source is never anything but
/// whole.
/// </summary>
internal sealed class RunFiles
{
    private readonly string _source;
    private readonly string? _output;

    public RunFiles(string source, string? output)
    {
        _source = Path.GetFullPath(NotebookFile.IsDib(source) ? Path.ChangeExtension(source, ".ipynb") : source);
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

    /// <summary>Puts the notebook in its place and says where that is.</summary>
    public string Finish(Notebook notebook, bool succeeded)
    {
        // Not a rename of the partial file: another run of the same notebook may have put its own there, or taken it away.
        var target = _output ?? (succeeded ? _source : Beside("failed"));
        NotebookFile.Write(notebook, target);
        if (_output is null)
            File.Delete(Beside("partial"));
        return target;
    }

    private string Beside(string state) =>
        Path.Combine(Path.GetDirectoryName(_source)!, $"{Path.GetFileNameWithoutExtension(_source)}.{state}{Path.GetExtension(_source)}");
}
