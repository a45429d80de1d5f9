using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running;

/// <summary>
/// Where a run saves. With an output path: there, after each cell. Without: after each cell to NAME.partial.ipynb beside the source, which
/// at the end replaces the source if all went well and becomes NAME.failed.ipynb if not; the source is never anything but whole.
/// </summary>
internal sealed class RunFiles
{
    private readonly string _source;
    private readonly string? _output;

    public RunFiles(string source, string? output)
    {
        (_source, _output) = (Path.GetFullPath(source), output is null ? null : Path.GetFullPath(output));
        if (_output is not null && !Directory.Exists(Path.GetDirectoryName(_output)))
            throw new NotebookFormatException($"the folder of the output {output} does not exist");
    }

    public void Save(Notebook notebook) => NotebookFile.Write(notebook, _output ?? Beside("partial"));

    /// <summary>Puts the saved notebook in its place.</summary>
    public string Finish(Notebook notebook, bool succeeded)
    {
        Save(notebook);
        if (_output is not null)
            return _output;
        var target = succeeded ? _source : Beside("failed");
        if (succeeded && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(Beside("partial"), File.GetUnixFileMode(_source));
        File.Move(Beside("partial"), target, overwrite: true);
        return target;
    }

    private string Beside(string state) =>
        Path.Combine(Path.GetDirectoryName(_source)!, $"{Path.GetFileNameWithoutExtension(_source)}.{state}{Path.GetExtension(_source)}");
}
