using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>Whole runs of a notebook in a folder of its own, each with a real worker process.</summary>
public abstract class RunnerTest : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    protected RunRecord Seen { get; } = new();

    protected string Source => Folder["nb.ipynb"];

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<RunReport> Run(params Cell[] cells)
    {
        if (cells.Length > 0)
            Write(cells);
        return Run(o => o);
    }

    protected Task<RunReport> Run(Func<RunOptions, RunOptions> with) =>
        NotebookRunner.RunAsync(Source, with(new RunOptions { Worker = TestWorker.Command }), Seen);

    protected void Write(params Cell[] cells)
    {
        var notebook = Notebook.Empty();
        foreach (var cell in cells)
            notebook.Add(cell);
        NotebookFile.Write(notebook, Source);
    }

    protected void Edit(Action<Notebook> edit)
    {
        var notebook = Saved();
        edit(notebook);
        NotebookFile.Write(notebook, Source);
    }

    protected Notebook Saved() => NotebookFile.Read(Source);

    protected sealed class RunRecord : IRunObserver
    {
        public List<string> Events { get; } = [];

        public Action? OnCell { get; set; }

        public Action? OnPrint { get; set; }

        public void Resumed(string how) => Events.Add("resumed " + how);

        public void CellStarted(Cell cell, int number, int count, string? heading) => OnCell?.Invoke();

        public void Printed(string stream, string text)
        {
            Events.Add("printed " + text.TrimEnd());
            OnPrint?.Invoke();
        }

        public void Displayed(JsonObject data, string? displayId) => Events.Add("displayed " + data["text/plain"]);

        public void Resulted(JsonObject data) => Events.Add("result " + data["text/plain"]);

        public void Failed(Cell cell, CellError error, bool expected)
        {
        }

        public void CellEnded(double seconds)
        {
        }
    }
}
