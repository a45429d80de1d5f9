using Polytask.Notebooks.Display;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Tests;

/// <summary>A session in this process whose outputs are kept. Sessions share the process's formatters, so their tests run one by one.</summary>
public sealed class Session : ICellOutput
{
    private readonly NotebookSession _session;
    private int _cell;

    public Session(string? notebook = null) => _session = new NotebookSession(TestWorker.Options, this, notebook);

    public List<MimeBundle> Displayed { get; } = [];

    public List<(string Id, MimeBundle Bundle)> Updates { get; } = [];

    public MimeBundle? Result { get; private set; }

    /// <summary>Runs a cell and gives the text of its value, null where it has none.</summary>
    public string? Run(string source, string language = "csharp")
    {
        Result = null;
        Displayed.Clear();
        _session.Run(source, language, $"cell-{++_cell}");
        return Result?.PlainText;
    }

    /// <summary>Runs a cell that must fail.</summary>
    public CellError Fail(string source, string language = "csharp") => Assert.Throws<CellFailedException>(() => Run(source, language)).Error;

    /// <summary>The texts offered where a | or a ‸ stands in a source, best first.</summary>
    public IReadOnlyList<string> Complete(string marked, string language = "csharp") => [.. Completions(marked, language).Items.Select(i => i.Text)];

    public Completions Completions(string marked, string language = "csharp") =>
        At(marked, (source, position) => _session.Complete(source, language, position));

    /// <summary>What is known where a | stands in a source.</summary>
    public Inspection? Inspect(string marked, string language = "csharp") =>
        At(marked, (source, position) => _session.Inspect(source, language, position));

    public Completeness IsComplete(string source, string language = "csharp") => _session.IsComplete(source, language);

    private static T At<T>(string marked, Func<string, int, T> ask)
    {
        // The bar is a word of F#.
        var cursor = marked.IndexOf('‸') is >= 0 and var at ? at : marked.IndexOf('|');
        return ask(marked.Remove(cursor, 1), cursor);
    }

    /// <summary>Interrupts the cell that runs, from another thread.</summary>
    public void Interrupt() => _session.Interrupt();

    void ICellOutput.Stream(string name, string text)
    {
    }

    void ICellOutput.Display(MimeBundle bundle, string? displayId) => Displayed.Add(bundle);

    void ICellOutput.Update(MimeBundle bundle, string displayId) => Updates.Add((displayId, bundle));

    void ICellOutput.Result(MimeBundle bundle) => Result = bundle;
}

[CollectionDefinition("sessions", DisableParallelization = true)]
public sealed class SessionsCollection;
