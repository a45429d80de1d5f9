using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary><c>polytask run</c> through its real process: what it prints, saves and returns.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly CommandLine _polytask = new();

    public void Dispose() => _polytask.Dispose();

    [Fact]
    public void A_notebook_that_succeeds_is_shown_and_saved_in_place()
    {
        _polytask.Write("a.ipynb", Cell.Markdown("# The heading\ntext"), Cell.Code("Console.WriteLine(\"printed\");\n40 + 2"));
        var run = _polytask.Run("run", "a.ipynb");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("[1/1] The heading\nprinted\n42\n", run.Output);
        Assert.Matches(@"a\.ipynb: 1 cell in \d+\.\d s, saved to a\.ipynb\n$", run.Output);
        Assert.Equal("", run.Errors);
        Assert.Equal(2, NotebookFile.Read(_polytask.At("a.ipynb")).Cells[1].Outputs.Count);
    }

    [Fact]
    public void The_library_its_packages_and_its_values_are_at_hand()
    {
        _polytask.Write(
            "a.ipynb",
            Cell.Code("var scale = \"smoke\"; var device = \"cpu\";", "parameters"),
            Cell.Code("#r \"nuget: TorchSharp-cpu, 0.105.1\"\n#r \"nuget: Deedle, 3.0.0\"\nusing Polytask; using TorchSharp; using Deedle; using "
                + "Plotly.NET.CSharp;"),
            Cell.Code("Frame.FromRecords(new[] { new { A = 1, B = \"<b>\" } })"),
            Cell.Code("Chart.Line<double, double, string>(new[] { 1.0, 2 }, new[] { 3.0, 4 })"),
            Cell.Code("new Claims(new Claim(\"it [holds]\", true, \"0.1\", \"< 0.2\", 5), new Claim(\"it fails\", false, \"3\", \"2\", null))"),
            Cell.Code("using (var bar = Progress.Display.Start(\"training\", 4)) for (var i = 1; i <= 4; i++) bar.Report(i, $\"epoch {i}\");"));
        var run = _polytask.Run("run", "a.ipynb", "-o", "out.ipynb", "-p", "scale=cpu");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("TorchSharp-cpu: supplied by polytask", run.Output);
        Assert.Contains("Claims: 1 of 2 hold", run.Output);
        Assert.Matches(@"\nholds +it \[holds\] +0\.1 +< 0\.2 +5 ", run.Output);
        Assert.DoesNotContain('│', run.Output);
        Assert.Matches(@"training  4/4  \d+\.\d s  epoch 4\n", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);

        var saved = NotebookFile.Read(_polytask.At("out.ipynb"));
        JsonObject Data(int cell) => (JsonObject)saved.Cells[cell].Outputs[^1]!["data"]!;
        Assert.Contains("&lt;b&gt;", (string?)Data(3)["text/html"]);
        Assert.IsType<JsonArray>(Data(4)["application/vnd.plotly.v1+json"]!["data"]);
        Assert.Null(Data(4)["text/html"]);
        Assert.Equal(2, ((JsonArray)Data(5)["application/vnd.polytask.claims+json"]!).Count);
        var stamp = saved.Metadata["polytask"]!["run"]!;
        Assert.Equal(("cpu", "cpu"), ((string?)stamp["scale"], (string?)stamp["device"]));
        Assert.True((double)stamp["seconds"]! > 0);
    }

    [Fact]
    public void A_cell_that_fails_gives_1_with_cell_line_and_source_and_no_stack_trace()
    {
        _polytask.Write("a.ipynb", Cell.Code("int F(int x)\n{\n  return 1 / x;\n}"), Cell.Code("var zero = 0;\nF(zero)"));
        var before = File.ReadAllBytes(_polytask.At("a.ipynb"));
        var run = _polytask.Run("run", "a.ipynb");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cell 2 failed: System.DivideByZeroException: Attempted to divide by zero.\n  cell-2:line 2 | F(zero)\n", run.Output);
        Assert.Contains("What ran is in a.failed.ipynb; a.ipynb is as it was.", run.Output);
        Assert.DoesNotContain("   at ", run.Output);
        Assert.Equal(before, File.ReadAllBytes(_polytask.At("a.ipynb")));

        run = _polytask.Run("run", "a.ipynb", "--verbose", "--allow-errors", "-o", "b.ipynb");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("F(Int32) in cell-1:line 3", run.Output);
    }

    [Fact]
    public void A_cell_that_does_not_compile_is_shown_with_its_column()
    {
        _polytask.Write("a.ipynb", Cell.Code("var x = 1;\n  int y = \"text\";"));
        var run = _polytask.Run("run", "a.ipynb");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cell 1 failed: cell-1:line 2, column 11: CS0029: ", run.Output);
        Assert.Contains("  cell-1:line 2 |   int y = \"text\";\n                            ^\n", run.Output);
    }

    [Theory]
    [InlineData("--cell-timeout", "8")]
    [InlineData("--timeout", "20")] // the worker's start and the compiler's count too
    public void A_limit_that_is_passed_gives_3(string option, string limit)
    {
        _polytask.Write("a.ipynb", Cell.Code("while (true) { }"));
        // Enough for a busy machine to start the cell in.
        var run = _polytask.Run("run", "a.ipynb", option, limit);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"limit of {limit} s and was stopped in line 1.", run.Output);
    }

    [Fact]
    public void An_interrupt_gives_130_and_keeps_what_ran()
    {
        _polytask.Write("a.ipynb", Cell.Code("1"), Cell.Code("System.Threading.Thread.Sleep(60_000);"));
        using var process = _polytask.Start("run", "a.ipynb");
        string? line;
        do
            line = process.StandardOutput.ReadLine();
        while (line is not null && !line.StartsWith("[2/2]", StringComparison.Ordinal));
        // The shell's own kill: the program of that name is in a package that a small Debian lacks.
        using (var interrupt = System.Diagnostics.Process.Start("/bin/sh", ["-c", FormattableString.Invariant($"kill -INT {process.Id}")]))
            interrupt.WaitForExit();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("1", (string?)NotebookFile.Read(_polytask.At("a.failed.ipynb")).Cells[0].Outputs[0]!["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData("a.csx", "using Polytask;\nConsole.WriteLine(Model.Named(\"m\").Input(3).Name);\nthrow new Exception(\"here\");", 3)]
    [InlineData("a.fsx", "open Polytask.FSharp\nprintfn \"%s\" (multitask \"m\" { input 3 }).Name\nfailwith \"here\"", 3)]
    public void A_script_runs_as_a_notebook_of_one_cell(string name, string code, int line)
    {
        File.WriteAllText(_polytask.At(name), code);
        var run = _polytask.Run("run", name);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\nm\n", run.Output);
        Assert.Contains($"cell-1:line {line} | ", run.Output);
        File.WriteAllText(_polytask.At(name), code[..code.LastIndexOf('\n')]);
        Assert.Equal(0, _polytask.Run("run", name).ExitCode);
        Assert.Equal("m\n", (string?)NotebookFile.Read(_polytask.At("a.ipynb")).Cells[0].Outputs[0]!["text"]!.ToString());
    }

    [Fact]
    public void A_worker_that_dies_gives_1()
    {
        _polytask.Write("a.ipynb", Cell.Code("Environment.Exit(0);"));
        var run = _polytask.Run("run", "a.ipynb");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WorkerDied: cell-1: the worker process ended with exit code 0", run.Output);
    }

    [Theory]
    [InlineData("none.ipynb does not exist", "run", "none.ipynb")]
    [InlineData("bad.ipynb is not JSON: line 1, column 2: ", "run", "bad.ipynb")]
    [InlineData("old.ipynb is in notebook format 3", "run", "old.ipynb")]
    [InlineData("there is no parameter 'b'; the notebook has: a", "run", "good.ipynb", "-p", "b=1")]
    [InlineData("parameter 'a' is a whole number (1 in the notebook), which 'x' is not", "run", "good.ipynb", "-p", "a=x")]
    [InlineData("-p a: name=value is expected", "run", "good.ipynb", "-p", "a")]
    [InlineData("--timeout takes a number of seconds above 0", "run", "good.ipynb", "--timeout", "0")]
    [InlineData("--cell-timeout takes a number of seconds above 0", "run", "good.ipynb", "--cell-timeout", "1e300")]
    [InlineData("-o takes the result of one notebook", "run", "good.ipynb", "good.ipynb", "-o", "x.ipynb")]
    [InlineData("the folder of the output none/x.ipynb does not exist", "run", "good.ipynb", "-o", "none/x.ipynb")]
    [InlineData("Required argument missing", "run")]
    [InlineData("-j takes a number of notebooks from 1 to 256, not 'many'", "run", "good.ipynb", "-j", "many")]
    [InlineData("--only 7: there is no such cell; a number from 1 to 1 or the identifier", "run", "good.ipynb", "--only", "1,7")]
    [InlineData("--resume continues a whole run", "run", "good.ipynb", "--resume", "--from", "1")]
    [InlineData("--junit none/x.xml: its folder does not exist", "run", "good.ipynb", "--junit", "none/x.xml")]
    [InlineData("there is no option --nonsense=1", "run", "good.ipynb", "--nonsense=1")]
    public void Bad_input_gives_2_one_message_and_changes_nothing(string message, params string[] arguments)
    {
        _polytask.Write("good.ipynb", Cell.Code("var a = 1;", "parameters"));
        File.WriteAllText(_polytask.At("bad.ipynb"), "{]");
        File.WriteAllText(_polytask.At("old.ipynb"), """{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""");
        var before = Directory.GetFiles(_polytask.Folder).ToDictionary(f => f, File.ReadAllText);
        var run = _polytask.Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors + run.Output);
        Assert.Equal(before, Directory.GetFiles(_polytask.Folder).ToDictionary(f => f, File.ReadAllText));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_and_the_source_stays()
    {
        _polytask.Write("a.ipynb", Cell.Code("1"));

        // A folder in the place of the file that the run saves to: no user, root included, can write it.
        Directory.CreateDirectory(_polytask.At("out.ipynb"));
        var run = _polytask.Run("run", "a.ipynb", "-o", "out.ipynb");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("out.ipynb", run.Errors);
        Assert.Null(NotebookFile.Read(_polytask.At("a.ipynb")).Cells[0].ExecutionCount);
    }

    [Fact]
    public void Several_notebooks_run_one_after_the_other_and_the_worst_end_counts()
    {
        _polytask.Write("a.ipynb", Cell.Code("throw new Exception(\"a\");"));
        _polytask.Write("b.ipynb", Cell.Code("2"));
        var run = _polytask.Run("run", "a.ipynb", "b.ipynb");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, NotebookFile.Read(_polytask.At("b.ipynb")).Cells[0].ExecutionCount);
    }

    [Fact]
    public void Several_notebooks_run_at_once_with_their_names_before_each_line_and_reports_of_all()
    {
        // Each waits for the other: neither could end alone.
        string Wait(string mine, string other) =>
            $"File.WriteAllText(\"{mine}\", \"\"); while (!File.Exists(\"{other}\")) System.Threading.Thread.Sleep(20);\nConsole.Write(\"half \"); Console.WriteLine(\"line\");";
        _polytask.Write("a.ipynb", Cell.Code(Wait("a", "b")), Cell.Code("throw new Exception(\"broken\");"));
        _polytask.Write("long.ipynb", Cell.Code(Wait("b", "a")));
        File.WriteAllText(_polytask.At("bad.ipynb"), "{");
        var run = _polytask.Run("run", "a.ipynb", "long.ipynb", "bad.ipynb", "-j", "2", "--junit", "r.xml", "--json", "r.json", "--timeout", "120");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a.ipynb    | half line\n", run.Output);
        Assert.Contains("long.ipynb | half line\n", run.Output);
        Assert.Contains("a.ipynb    | cell 2 failed: System.Exception: broken\n", run.Output);
        Assert.All(run.Output.TrimEnd().Split('\n'), line => Assert.Matches("^(a|long).ipynb +[|] ", line));
        var suites = System.Xml.Linq.XDocument.Load(_polytask.At("r.xml")).Root!.Elements("testsuite").ToArray();
        Assert.Equal([("a.ipynb", "1", "0"), ("long.ipynb", "0", "0"), ("bad.ipynb", "0", "1")],
            suites.Select(s => ((string)s.Attribute("name")!, (string)s.Attribute("failures")!, (string)s.Attribute("errors")!)));
        var json = JsonNode.Parse(File.ReadAllText(_polytask.At("r.json")))!["notebooks"]!.AsArray();
        Assert.Equal([1, 0, 2], json.Select(n => (int)n!["exit_code"]!));
    }

    [Fact]
    public void When_the_runner_is_killed_its_worker_ends_and_what_ran_is_kept()
    {
        _polytask.Write("a.ipynb", Cell.Code("Environment.ProcessId"), Cell.Code("System.Threading.Thread.Sleep(60_000);"));
        var before = File.ReadAllBytes(_polytask.At("a.ipynb"));
        using var process = _polytask.Start("run", "a.ipynb");
        string? line;
        do
            line = process.StandardOutput.ReadLine();
        while (line is not null && !line.StartsWith("[2/2]", StringComparison.Ordinal));
        process.Kill();
        process.WaitForExit();
        Assert.Equal(before, File.ReadAllBytes(_polytask.At("a.ipynb")));
        var partial = NotebookFile.Read(_polytask.At("a.partial.ipynb"));
        var worker = int.Parse((string)partial.Cells[0].Outputs[0]!["data"]!["text/plain"]!);
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{worker}"), TimeSpan.FromSeconds(20)));
    }
}
