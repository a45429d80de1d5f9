using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>How runs end: cells that fail, workers that die, limits, interrupts, what is left on the disk.</summary>
public sealed class RunEndTests : RunnerTest
{
    [Fact]
    public async Task A_failing_cell_stops_the_run_and_the_source_stays_as_it_was()
    {
        Write(Cell.Code("1"), Cell.Code("\nthrow new InvalidOperationException(\"broken\");"), Cell.Code("3"));
        var before = File.ReadAllBytes(Source);
        var report = await Run();
        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Equal(before, File.ReadAllBytes(Source));
        Assert.Equal(Folder["nb.failed.ipynb"], report.SavedTo);
        Assert.Equal(["nb.failed.ipynb", "nb.ipynb"], Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order());
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
        var failed = NotebookFile.Read(Folder["nb.failed.ipynb"]);
        Assert.Equal("before\n", (string?)failed.Cells[0].Outputs[0]!["text"]);
        var error = failed.Cells[1].Outputs[^1]!;
        Assert.Equal("WorkerDied", (string?)error["ename"]);
        Assert.Contains(message, (string?)error["evalue"]);
        Assert.Empty(failed.Cells[2].Outputs);
        if (source.Contains("last words", StringComparison.Ordinal))
            Assert.Contains("the last words", (string?)failed.Cells[1].Outputs[0]!["text"]);
    }

    [Fact]
    public async Task A_notebook_that_is_edited_while_it_runs_stays_as_its_author_left_it()
    {
        Write(Cell.Code("File.WriteAllText(\"nb.ipynb\", File.ReadAllText(\"nb.ipynb\").Replace(\"1 + 1\", \"1 + 2\"));"), Cell.Code("1 + 1"));
        var report = await Run();
        Assert.Equal((RunStatus.Succeeded, true), (report.Status, report.SourceWasEdited));
        Assert.Equal("1 + 2", Saved().Cells[1].Source);
        Assert.Empty(Saved().Cells[1].Outputs);
        Assert.Equal(Folder["nb.executed.ipynb"], report.SavedTo);
        Assert.Equal("2", (string?)NotebookFile.Read(report.SavedTo).Cells[1].Outputs[0]!["data"]!["text/plain"]);
        Assert.False(File.Exists(Folder["nb.partial.ipynb"]));
    }

    [Fact]
    public async Task Two_runs_of_one_notebook_at_once_both_save_it()
    {
        Write(Cell.Code("var n = 1;", "parameters"), Cell.Code("System.Threading.Thread.Sleep(300);\nn"));
        var reports = await Task.WhenAll(Run(o => o with { Parameters = [new("n", "2")] }), Run(o => o with { Parameters = [new("n", "2")] }));
        Assert.All(reports, r => Assert.Equal((RunStatus.Succeeded, Source), (r.Status, r.SavedTo)));
        Assert.Equal("2", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal([Source], Directory.GetFiles(Folder.Path));
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
        var outputs = NotebookFile.Read(Folder["nb.failed.ipynb"]).Cells[0].Outputs;
        var message = (string)outputs[^1]!["evalue"]!;
        Assert.StartsWith($"cell-1 ran past {(cellLimit ? "its" : "the notebook's")} limit of 3 s and was stopped", message);
        Assert.Equal("TimeLimit", (string?)outputs[^1]!["ename"]);

        // The notebook's time runs while the worker starts, the cell's does not: only there is it sure to have got so far.
        if (!cellLimit)
            return;
        Assert.EndsWith(" in line 2.", message);
        Assert.Equal("   at the cell in cell-1:line 2", (string?)outputs[^1]!["traceback"]![1]);
        Assert.Equal("started\n", (string?)outputs[0]!["text"]);
    }

    [Fact]
    public async Task Finally_blocks_of_a_stopped_cell_run_and_what_it_printed_is_kept()
    {
        Write(Cell.Code("try { Console.WriteLine(\"working\"); while (true) ; } finally { Console.WriteLine(\"cleaned up\"); }"));
        var report = await Run(o => o with { CellLimit = TimeSpan.FromSeconds(3) });
        Assert.Equal(RunStatus.TimedOut, report.Status);
        Assert.Equal("working\ncleaned up\n", (string?)NotebookFile.Read(report.SavedTo).Cells[0].Outputs[0]!["text"]);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_interrupted_is_ended_with_its_worker()
    {
        // F# has no checks: a loop that does not wait hears nothing.
        Write(Cell.Code("#!fsharp\nprintfn \"started\"\nlet mutable i = 0\nwhile true do i <- i + 1"), Cell.Code("2"));
        using var stop = new CancellationTokenSource();
        Seen.OnPrint = stop.Cancel;
        var report = await NotebookRunner.RunAsync(Source, new RunOptions { Worker = TestWorker.Command }, Seen, stop.Token);
        Assert.Equal(RunStatus.Interrupted, report.Status);
        var outputs = NotebookFile.Read(report.SavedTo).Cells[0].Outputs;
        Assert.Equal("started\n", (string?)outputs[0]!["text"]);
        Assert.Equal("cell-1 was interrupted.", (string?)outputs[^1]!["evalue"]);
    }

    [Fact]
    public async Task A_run_can_be_stopped_from_outside()
    {
        Write(Cell.Code("Console.WriteLine(\"started\");\nSystem.Threading.Thread.Sleep(60_000);"));
        using var stop = new CancellationTokenSource();
        Seen.OnPrint = stop.Cancel;
        var report = await NotebookRunner.RunAsync(Source, new RunOptions { Worker = TestWorker.Command }, Seen, stop.Token);
        Assert.Equal(RunStatus.Interrupted, report.Status);
        var outputs = NotebookFile.Read(report.SavedTo).Cells[0].Outputs;
        Assert.Equal("started\n", (string?)outputs[0]!["text"]);
        Assert.Equal("Interrupted", (string?)outputs[1]!["ename"]);
        Assert.Equal("cell-1 was interrupted in line 2.", (string?)outputs[1]!["evalue"]);
    }

    [Fact]
    public async Task A_run_that_is_stopped_twice_waits_for_nothing()
    {
        Write(Cell.Code("try { Console.WriteLine(\"started\"); while (true) ; } finally { while (true) ; }"));
        using var stop = new CancellationTokenSource();
        using var end = new CancellationTokenSource();
        Seen.OnPrint = () =>
        {
            stop.Cancel();
            end.Cancel();
        };
        var report = await NotebookRunner.RunAsync(Source, new RunOptions { Worker = TestWorker.Command, EndAtOnce = end.Token }, Seen, stop.Token);
        Assert.Equal(RunStatus.Interrupted, report.Status);
        Assert.Equal("cell-1 was interrupted.", (string?)NotebookFile.Read(report.SavedTo).Cells[0].Outputs[^1]!["evalue"]);
    }

    [Fact]
    public async Task A_run_that_is_stopped_before_it_begins_runs_nothing()
    {
        Write(Cell.Code("File.WriteAllText(\"ran\", \"\");"));
        using var stop = new CancellationTokenSource();
        Seen.OnCell = stop.Cancel;
        var report = await NotebookRunner.RunAsync(Source, new RunOptions { Worker = TestWorker.Command }, Seen, stop.Token);
        Assert.Equal(RunStatus.Interrupted, report.Status);
        Assert.False(File.Exists(Folder["ran"]));
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
    public async Task Partial_results_survive_the_end_of_the_runner()
    {
        // The runner saves after each cell: the second cell finds what the first one gave.
        Write(Cell.Code("\"first\""), Cell.Code("File.ReadAllText(\"nb.partial.ipynb\").Contains(\"execute_result\")"));
        await Run();
        Assert.Equal("True", (string?)Saved().Cells[1].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal([Source], Directory.GetFiles(Folder.Path));
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

    [Fact]
    public async Task What_a_stopped_cell_had_started_is_ended_with_it()
    {
        Write(Cell.Code("var child = System.Diagnostics.Process.Start(\"sleep\", \"60\");\nFile.WriteAllText(\"id\", $\"{child.Id}\");\nchild.WaitForExit();"));
        var report = await Run(o => o with { CellLimit = TimeSpan.FromSeconds(5) });
        Assert.Equal(RunStatus.TimedOut, report.Status);
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(Folder["id"])}/fd") && File.ReadAllText($"/proc/{File.ReadAllText(Folder["id"])}/stat").Contains(") S "));
    }

    [Fact]
    public async Task A_worker_that_does_not_start_is_named_with_its_last_words()
    {
        Write(Cell.Code("1"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(o => o with { Worker = new WorkerCommand("/bin/sh", ["-c", "echo no memory >&2; exit 7"]) }));
        Assert.Equal("the worker process did not start (exit code 7). no memory\n".TrimEnd(), error.Message);
        Assert.Equal([Source], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public async Task A_worker_that_hangs_at_its_start_is_stopped_at_the_notebooks_limit()
    {
        Write(Cell.Code("1"));
        var report = await Run(o => o with { Worker = new WorkerCommand("/bin/sh", ["-c", "sleep 60"]), TotalLimit = TimeSpan.FromSeconds(1) });
        Assert.Equal(RunStatus.TimedOut, report.Status);
        Assert.Contains("the notebook's limit of 1 s", (string?)NotebookFile.Read(report.SavedTo).Cells[0].Outputs[0]!["evalue"]);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_gone_after_the_next_one()
    {
        File.WriteAllText(Folder["nb.partial.ipynb"], "{");
        await Run(Cell.Code("1"));
        Assert.Equal([Source], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public async Task Two_runs_of_a_notebook_at_once_both_succeed_and_leave_it_whole()
    {
        Write(Cell.Code("\"first\""), Cell.Code("\"second\""));
        var reports = await Task.WhenAll(Run(o => o), NotebookRunner.RunAsync(Source, new RunOptions { Worker = TestWorker.Command }, new RunRecord()));
        Assert.All(reports, report => Assert.Equal(RunStatus.Succeeded, report.Status));
        Assert.Equal(["first", "second"], Saved().Cells.Select(c => (string?)c.Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal([Source], Directory.GetFiles(Folder.Path));
    }
}
