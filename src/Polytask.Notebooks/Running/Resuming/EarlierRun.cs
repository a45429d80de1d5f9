using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>What an unfinished run of the same notebook left, as far as its inputs are still the same.</summary>
/// <param name="Cells">Its complete cells whose inputs are unchanged.</param>
/// <param name="State">The values after one of them; null where none could be saved.</param>
/// <param name="Note">How it is, in words, for the line that the run shows.</param>
internal sealed record EarlierRun(IReadOnlyList<Cell> Cells, SavedState? State, string Note)
{
    /// <param name="candidates">The files in which it may be, the newest being looked at first.</param>
    /// <param name="inputs">The fingerprints of the notebook's cells now.</param>
    /// <param name="canRun">Which cells of a notebook can run.</param>
    /// <param name="stateFolder">Where values are kept.</param>
    /// <param name="source">The notebook whose values they are.</param>
    public static EarlierRun Find(IEnumerable<string> candidates, List<string> inputs, Func<Cell, bool> canRun, string stateFolder, string source)
    {
        foreach (var path in candidates.Where(File.Exists).OrderByDescending(File.GetLastWriteTimeUtc))
        {
            Notebook notebook;
            try
            {
                notebook = NotebookFile.Read(path);
            }
            catch (NotebookFormatException)
            {
                // Not what a run leaves, which is always whole.
                continue;
            }
            if (RunProgress.Read(notebook) is not { } progress)
                continue;
            var same = progress.Inputs.Zip(inputs).TakeWhile(pair => pair.First == pair.Second).Count();
            var name = Path.GetFileName(path);
            var changed = same < progress.Inputs.Count
                ? $"; the inputs of cell {same + 1} have changed since"
                : "";
            var note = $"{name} has {Counted(progress.Inputs.Count)} that had run{changed}";
            var state = SavedState.Read(stateFolder, source);
            state = state is not null && state.Run == progress.Run && state.Cells <= same ? state : null;
            if (state?.Cells is not { } restored || restored < same)
                note += $"; {progress.Unsaved ?? "values are saved when cells have taken a second"}";
            return new EarlierRun([.. notebook.CodeCells.Where(canRun).Take(same)], state, note);
        }
        return new EarlierRun([], null, "there is no unfinished run of it");
    }

    /// <summary>Takes over the outputs of a cell.</summary>
    public static void Copy(Cell earlier, Cell cell)
    {
        cell.Json["outputs"] = earlier.Outputs.DeepClone();
        cell.ExecutionCount = earlier.ExecutionCount;
        if (earlier.Metadata["polytask"] is JsonObject own)
            cell.Metadata["polytask"] = own.DeepClone();
    }

    private static string Counted(int cells) => cells == 1 ? "1 cell" : $"{cells} cells";
}
