using Polytask.Notebooks.Running;

namespace Polytask.Cli.Studies;

/// <summary>
/// Where the processes of a study meet: <c>cells/</c> with what is computed, <c>results/</c> with the tables of the whole, <c>processes/</c> with what
/// each process wrote, and Slurm's scripts and logs.
/// </summary>
internal sealed class StudyFolder
{
    public StudyFolder(string file, string? folder)
    {
        Root = Path.GetFullPath(folder ?? Path.ChangeExtension(file, ".study"));
        foreach (var part in (string[])[Cells, Results, Processes]) Directory.CreateDirectory(part);
    }

    public string Root { get; }

    public string Cells => Path.Combine(Root, "cells");

    public string Results => Path.Combine(Root, "results");

    public string Processes => Path.Combine(Root, "processes");

    /// <summary>The notebook of a process whose outputs nobody is to keep.</summary>
    public string NotebookOf(string process) => Path.Combine(Processes, $"{process}.ipynb");

    /// <summary>The variables of a process that computes cells of this folder.</summary>
    /// <param name="role">Its part.</param>
    /// <param name="tells">Whether it is the one that writes the results.</param>
    public Dictionary<string, string> Environment(StudyRole role, bool tells)
    {
        var variables = new Dictionary<string, string>
        {
            [StudyRole.Variable] = role.ToString(),
            [StudyRole.FolderVariable] = Cells,
        };
        if (tells) variables[StudyResultFiles.Variable] = Results;
        return variables;
    }
}
