using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>Whole runs, each with a real worker process.</summary>
[Collection("sessions")]
public sealed class NotebookRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Watching _watching = new();

    private string Source => _folder["nb.ipynb"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outputs_come_live_and_are_saved_in_order()
    {
        var report = await Run(Cell.Code("""
            Console.WriteLine("one");
            Console.Error.WriteLine("two");
            display(3);
            Console.Write("four");
            Console.WriteLine(", five");
            6
            """));
        Assert.Equal(RunStatus.Succeeded, report.Status);
        var outputs = Saved().Cells[0].Outputs;
        Assert.Equal(["stream", "stream", "display_data", "stream", "execute_result"], outputs.Select(o => (string)o!["output_type"]!));
        Assert.Equal(["one\n", "two\n", "four, five\n"], outputs.Where(o => o!["text"] is not null).Select(o => (string)o!["text"]!));
        Assert.Equal("6", (string?)outputs[4]!["data"]!["text/plain"]);
        Assert.Equal(1, Saved().Cells[0].ExecutionCount);
        Assert.True((double)Saved().Cells[0].Metadata["polytask"]!["seconds"]! > 0);
        Assert.Equal(["printed one", "printed two", "displayed 3", "printed four, five", "result 6"], _watching.Seen.Where(s => s.Length > 0));
    }

    [Fact]
    public async Task Cells_run_in_the_notebooks_folder_and_share_one_session()
    {
        var report = await Run(Cell.Code("File.WriteAllText(\"here.txt\", \"x\"); var a = 1;"), Cell.Markdown("# Text"), Cell.Code("a + 1"));
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.True(File.Exists(_folder["here.txt"]));
        Assert.Equal("2", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task What_native_code_prints_is_captured_in_its_cell()
    {
        await Run(
            Cell.Code("""
                using System.Runtime.InteropServices;
                [DllImport("libc")] static extern int puts(string text);
                puts("from native code");
                """),
            Cell.Code("1"));
        Assert.Equal("from native code\n", (string?)Saved().Cells[0].Outputs[0]!["text"]);
        Assert.Single(Saved().Cells[1].Outputs);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_and_carriage_returns_are_one_output()
    {
        await Run(
            Cell.Code("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);"),
            Cell.Code("for (var i = 0; i <= 100; i++) Console.Write($\"\\r{i}%\"); Console.WriteLine();\nConsole.Write(\"abc\\rX\\r\\nend\");"));
        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")), (string?)Assert.Single(Saved().Cells[0].Outputs)!["text"]);
        Assert.Equal("100%\nXbc\nend", (string?)Assert.Single(Saved().Cells[1].Outputs)!["text"]);
    }

    [Fact]
    public async Task Only_the_last_state_of_what_was_updated_is_saved()
    {
        await Run(
            Cell.Code("var shown = display(\"first\");\nusing (var bar = new Polytask.Notebooks.Display.ProgressBar(\"work\", 5)) for (var i = 1; i <= 5; i++) { bar.Report(i); await Task.Delay(60); }"),
            Cell.Code("shown.Update(\"last\");"));
        var outputs = Saved().Cells[0].Outputs;
        Assert.Equal("last", (string?)outputs[0]!["data"]!["text/plain"]);
        Assert.Matches(@"^work  5/5  \d+\.\d s$", (string?)outputs[1]!["data"]!["text/plain"]);
        Assert.Equal(["text/plain"], ((JsonObject)outputs[1]!["data"]!).Select(d => d.Key));
        Assert.Empty(Saved().Cells[1].Outputs);
    }

    [Fact]
    public async Task Values_that_json_has_no_form_for_reach_the_notebook()
    {
        await Run(Cell.Code("display(new Polytask.Notebooks.Display.MimeBundle().WithJson(\"application/vnd.x+json\", new System.Text.Json.Nodes.JsonObject { [\"n\"] = double.NaN, [\"one\"] = 1.0 }));"));
        Assert.Contains("\"n\": NaN,\n       \"one\": 1.0\n", File.ReadAllText(Source));
    }

    [Fact]
    public async Task A_failing_cell_stops_the_run_and_the_source_stays_as_it_was()
    {
        Write(Cell.Code("1"), Cell.Code("\nthrow new InvalidOperationException(\"broken\");"), Cell.Code("3"));
        var before = File.ReadAllBytes(Source);
        var report = await Run();
        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Equal(before, File.ReadAllBytes(Source));
        Assert.Equal(_folder["nb.failed.ipynb"], report.SavedTo);
        Assert.Equal(["nb.failed.ipynb", "nb.ipynb"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        var failed = NotebookFile.Read(report.SavedTo);
        Assert.Equal("1", (string?)failed.Cells[0].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal("System.InvalidOperationException", (string?)failed.Cells[1].Outputs[0]!["ename"]);
        Assert.Equal("broken", (string?)failed.Cells[1].Outputs[0]!["evalue"]);
        Assert.Equal("   at the cell in cell-2:line 2", (string?)failed.Cells[1].Outputs[0]!["traceback"]![1]);
        Assert.Empty(failed.Cells[2].Outputs);
        Assert.Null(failed.Cells[2].ExecutionCount);
    }

    [Theory]
    [InlineData("Environment.Exit(3);", "exit code 3, as by Environment.Exit(3)")]
    [InlineData("Environment.FailFast(\"the last words\");", "aborted (signal 6)")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();\nSystem.Threading.Thread.Sleep(10_000);", "killed (signal 9)")]
    [InlineData("void Deeper(int i) { Deeper(i + 1); Console.Write(\"\"); }\nDeeper(0);", "aborted (signal 6)")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"nobody catches this\")).Start();\nSystem.Threading.Thread.Sleep(10_000);", "aborted (signal 6)")]
    public async Task A_worker_that_dies_is_an_error_in_its_cell(string source, string message)
    {
        Write(Cell.Code("Console.WriteLine(\"before\");"), Cell.Code(source), Cell.Code("3"));
        var report = await Run(o => o with { AllowErrors = true });
        Assert.Equal(RunStatus.Failed, report.Status);
        var failed = NotebookFile.Read(_folder["nb.failed.ipynb"]);
        Assert.Equal("before\n", (string?)failed.Cells[0].Outputs[0]!["text"]);
        var error = failed.Cells[1].Outputs[^1]!;
        Assert.Equal("WorkerDied", (string?)error["ename"]);
        Assert.Contains(message, (string?)error["evalue"]);
        Assert.Empty(failed.Cells[2].Outputs);
        if (source.Contains("last words", StringComparison.Ordinal))
            Assert.Contains("the last words", (string?)failed.Cells[1].Outputs[0]!["text"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cell_past_its_limit_is_stopped_and_named(bool cellLimit)
    {
        Write(Cell.Code("Console.WriteLine(\"started\");\nwhile (true) { }"), Cell.Code("2"));
        var time = TimeSpan.FromSeconds(3);
        var report = await Run(o => cellLimit ? o with { CellLimit = time } : o with { TotalLimit = time });
        Assert.Equal(RunStatus.TimedOut, report.Status);
        var outputs = NotebookFile.Read(_folder["nb.failed.ipynb"]).Cells[0].Outputs;
        Assert.Equal($"cell-1 ran past {(cellLimit ? "its" : "the notebook's")} limit of 3 s and was stopped.", (string?)outputs[^1]!["evalue"]);

        // The notebook's time runs while the worker starts, the cell's does not: only there is it sure to have got so far.
        if (cellLimit)
            Assert.Equal("started\n", (string?)outputs[0]!["text"]);
    }

    [Fact]
    public async Task A_run_can_be_stopped_from_outside()
    {
        Write(Cell.Code("System.Threading.Thread.Sleep(60_000);"));
        using var stop = new CancellationTokenSource();
        _watching.OnCell = () => stop.CancelAfter(100);
        var report = await NotebookRunner.RunAsync(Source, new RunOptions { Worker = TestWorker.Command }, _watching, stop.Token);
        Assert.Equal(RunStatus.Interrupted, report.Status);
        Assert.Equal("Interrupted", (string?)NotebookFile.Read(report.SavedTo).Cells[0].Outputs[0]!["ename"]);
    }

    [Fact]
    public async Task Tags_allow_errors_and_skip_cells()
    {
        var skipped = Cell.Code("throw new Exception();", "skip-execution");
        skipped.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "kept" });
        var report = await Run(Cell.Code("undefined", "raises-exception"), skipped, Cell.Code("3"));
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal("error", (string?)Saved().Cells[0].Outputs[0]!["output_type"]);
        Assert.Equal("kept", (string?)Saved().Cells[1].Outputs[0]!["text"]);
        Assert.Equal("3", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Errors_can_be_allowed()
    {
        Write(Cell.Code("undefined"), Cell.Code("2"));
        var report = await Run(o => o with { AllowErrors = true });
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal("error", (string?)Saved().Cells[0].Outputs[0]!["output_type"]);
        Assert.Equal("2", (string?)Saved().Cells[1].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Parameters_are_set_in_a_cell_of_their_own_that_a_later_run_replaces()
    {
        Write(Cell.Code("var seeds = 5; // how many\nvar rate = 0.1; string device = \"cpu\"; var fast = false; const int size = 2;", "parameters"), Cell.Code("(seeds, rate, device, fast, size)"));
        await Run(o => o with { Parameters = [new("seeds", "3"), new("device", "a \"b\""), new("fast", "true"), new("size", "7"), new("rate", "1")] });
        Assert.Equal(3, Saved().Cells.Count);
        Assert.Equal(["injected-parameters"], Saved().Cells[1].Tags);
        Assert.Equal("(3, 1, a \"b\", True, 7)", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
        var finished = default(FinishedRun);
        await Run(o => o with { Parameters = [new("rate", "1e-3")], Finishing = f => finished = f });
        Assert.Equal(3, Saved().Cells.Count);
        Assert.Equal("(5, 0.001, cpu, False, 2)", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal(("5", "1e-3", "cpu"), (finished!.Parameters["seeds"], finished.Parameters["rate"], finished.Parameters["device"]));
    }

    [Theory]
    [InlineData("speed", "1", "there is no parameter 'speed'; the notebook has: seeds, device, fast, rate")]
    [InlineData("seeds", "many", "parameter 'seeds' is a whole number (5 in the notebook), which 'many' is not")]
    [InlineData("seeds", "1.5", "parameter 'seeds' is a whole number")]
    [InlineData("fast", "yes", "parameter 'fast' is true or false")]
    [InlineData("rate", "1;Environment.Exit(0)", "parameter 'rate' is a number")]
    public async Task Parameters_that_do_not_fit_are_refused_before_anything_runs(string name, string value, string message)
    {
        Write(Cell.Code("var seeds = 5; var device = \"cpu\"; bool fast = true; double rate = -1;", "parameters"));
        var error = await Assert.ThrowsAsync<ParameterException>(() => Run(o => o with { Parameters = [new(name, value)] }));
        Assert.StartsWith(message, error.Message);
        Assert.Equal([Source], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Parameters_of_a_notebook_without_any_are_refused()
    {
        Write(Cell.Code("1"));
        var error = await Assert.ThrowsAsync<ParameterException>(() => Run(o => o with { Parameters = [new("a", "1")] }));
        Assert.Contains("has no cell tagged 'parameters'", error.Message);
    }

    [Fact]
    public async Task With_an_output_path_the_source_is_never_touched()
    {
        Write(Cell.Code("1"));
        var before = File.ReadAllBytes(Source);
        var report = await Run(o => o with { Output = _folder["out.ipynb"] });
        Assert.Equal(_folder["out.ipynb"], report.SavedTo);
        Assert.Equal(before, File.ReadAllBytes(Source));
        Assert.Single(NotebookFile.Read(_folder["out.ipynb"]).Cells[0].Outputs);
        await Assert.ThrowsAsync<NotebookFormatException>(() => Run(o => o with { Output = _folder["none/out.ipynb"] }));
    }

    [Fact]
    public async Task A_notebook_that_names_no_kernel_gets_ours_and_others_are_kept_or_refused()
    {
        await Run(Cell.Code("1"));
        Assert.Equal("polytask-csharp", (string?)Saved().Metadata["kernelspec"]!["name"]);
        Assert.Equal("C#", (string?)Saved().Metadata["language_info"]!["name"]);

        Write(Cell.Code("1"));
        Edit(n => n.Metadata["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)", ["language"] = "C#" });
        await Run();
        Assert.Equal(".net-csharp", (string?)Saved().Metadata["kernelspec"]!["name"]);

        Edit(n => n.Metadata["kernelspec"] = new JsonObject { ["name"] = "python3", ["display_name"] = "Python 3", ["language"] = "python" });
        Assert.Contains("is for the kernel 'Python 3'", (await Assert.ThrowsAsync<NotebookFormatException>(() => Run())).Message);
    }

    [Fact]
    public async Task Partial_results_survive_the_end_of_the_runner()
    {
        // The runner saves after each cell: the second cell finds what the first one gave.
        Write(Cell.Code("\"first\""), Cell.Code("File.ReadAllText(\"nb.partial.ipynb\").Contains(\"execute_result\")"));
        await Run();
        Assert.Equal("True", (string?)Saved().Cells[1].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal([Source], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Processes_that_a_cell_leaves_behind_do_not_hold_up_the_run()
    {
        Write(Cell.Code("System.Diagnostics.Process.Start(\"sleep\", \"60\").Id"));
        var clock = Stopwatch.StartNew();
        var report = await Run();
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(45));
        var id = int.Parse((string)Saved().Cells[0].Outputs[0]!["data"]!["text/plain"]!);
        using var left = Process.GetProcesses().FirstOrDefault(p => p.Id == id);
        left?.Kill();
    }

    private Task<RunReport> Run(params Cell[] cells)
    {
        if (cells.Length > 0)
            Write(cells);
        return Run(o => o);
    }

    private Task<RunReport> Run(Func<RunOptions, RunOptions> with) =>
        NotebookRunner.RunAsync(Source, with(new RunOptions { Worker = TestWorker.Command }), _watching);

    private void Write(params Cell[] cells)
    {
        var notebook = Notebook.Empty();
        foreach (var cell in cells)
            notebook.Add(cell);
        NotebookFile.Write(notebook, Source);
    }

    private void Edit(Action<Notebook> edit)
    {
        var notebook = Saved();
        edit(notebook);
        NotebookFile.Write(notebook, Source);
    }

    private Notebook Saved() => NotebookFile.Read(Source);

    private sealed class Watching : IRunObserver
    {
        public List<string> Seen { get; } = [];

        public Action? OnCell { get; set; }

        public void CellStarted(Cell cell, int number, int count, string? heading) => OnCell?.Invoke();

        public void Printed(string stream, string text) => Seen.Add("printed " + text.TrimEnd());

        public void Displayed(JsonObject data, string? displayId) => Seen.Add("displayed " + data["text/plain"]);

        public void Resulted(JsonObject data) => Seen.Add("result " + data["text/plain"]);

        public void Failed(Cell cell, CellError error, bool expected)
        {
        }

        public void CellEnded(double seconds)
        {
        }
    }
}
