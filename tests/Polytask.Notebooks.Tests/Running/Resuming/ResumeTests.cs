using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running.Resuming;

/// <summary>Runs that continue where another one stopped. Each cell leaves a line in a file, so that a second execution shows.</summary>
public sealed class ResumeTests : RunnerTest
{
    private const string Fail = "if (!File.Exists(\"go\")) throw new Exception(\"not yet\");";

    [Fact]
    public async Task Cells_whose_values_could_be_saved_do_not_run_again()
    {
        Write(
            Cell.Code("using System.Text;"),
            Traced("a", "var n = 2; var words = new List<string> { \"x\" }; var same = words; int Twice(int x) => 2 * x + n;\nrecord Point(int "
                + "X);\n\"shown\""),
            Cell.Markdown("text"),
            Traced("b", "same.Add(\"y\"); n = 5; var big = Enumerable.Range(0, 1000).Select(i => Math.Sqrt(i)).ToArray();\nConsole.WriteLine(big[4]);"),
            Cell.Code(Fail),
            Traced("c", "words.Add(\"z\"); (n, Twice(3), string.Join(',', same), big.Sum(), new Point(1))"));
        var before = File.ReadAllBytes(Source);
        Assert.Equal(RunStatus.Failed, (await Start()).Status);
        Assert.Equal(before, File.ReadAllBytes(Source));
        File.WriteAllText(Folder["go"], "");

        var report = await Start(resume: true);
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal("cells 1 to 3 taken over with their values, nothing runs again: nb.failed.ipynb has 3 cells that had run", report.Resumed);
        Assert.Contains("resumed " + report.Resumed, Seen.Events);
        Assert.Equal("abc", File.ReadAllText(Folder["trace"]));
        Assert.Equal([CellState.Reused, CellState.Reused, CellState.Reused, CellState.Passed, CellState.Passed], report.Cells.Select(c => c.State));
        await AssertEqualsAnUninterruptedRun();
        Assert.Empty(Directory.GetFiles(Folder["state"]));
    }

    [Fact]
    public async Task A_value_that_cannot_be_saved_makes_its_cell_and_those_after_it_run_again()
    {
        Write(Traced("a", "var n = 2;"), Traced("b", "var random = new Random(n);"), Traced("c", "var first = random.Next();"), Cell.Code(Fail),
            Cell.Code("(first, random.Next(), n)"));
        await Start();
        File.WriteAllText(Folder["go"], "");
        var report = await Start(resume: true);
        Assert.Equal("cell 1 taken over with its values, cells 2 to 3 run again: nb.failed.ipynb has 3 cells that had run; cell-3: 'random' is a "
            + "Random, which is not plain data", report.Resumed);
        Assert.Equal("abcbc", File.ReadAllText(Folder["trace"]));
        await AssertEqualsAnUninterruptedRun();
    }

    [Theory]
    [InlineData("System.Threading.Thread.CurrentThread.Name = null;", "uses Thread.Name, whose effects are not known")]
    [InlineData("Formatter.Register<int>(i => \"int\");", "uses Formatter.Register")]
    [InlineData("System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;",
        "sets CultureInfo.CurrentCulture")]
    [InlineData("class Counter { public static int N; }\nCounter.N = 3;", "declares static state")]
    [InlineData("dynamic d = 1; d.ToString();", "uses dynamic")]
    [InlineData("async Task Later() { await Task.Delay(1); }\n_ = Later();", "starts Later and does not await it")]
    [InlineData("async void Later() { await Task.Delay(1); }", "has an async void method")]
    [InlineData("namespace N { public class C { public static int X; } }", "declares types as a library")]
    [InlineData("#!who", "has #!who")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int getpid();", "declares native functions")]
    [InlineData("int.Parse(\"1\"); Environment.SetEnvironmentVariable(\"A\", \"b\");", "uses Environment.SetEnvironmentVariable")]
    public async Task An_effect_that_could_not_be_put_back_makes_everything_run_again(string source, string why)
    {
        Write(Cell.Code(source), Traced("a", "var n = 1;"), Cell.Code(Fail), Cell.Code("n"));
        await Start();
        File.WriteAllText(Folder["go"], "");
        var report = await Start(resume: true);
        Assert.Contains($"nothing is taken over, cells 1 to 2 run again: nb.failed.ipynb has 2 cells that had run; cell-1 {why}", report.Resumed);
        Assert.Equal("aa", File.ReadAllText(Folder["trace"]));
    }

    [Fact]
    public async Task Cells_run_again_from_the_first_whose_inputs_have_changed()
    {
        Write(Traced("a", "var n = 1;"), Traced("b", "n++;"), Traced("c", "n++;"), Cell.Code(Fail), Cell.Code("n"));
        await Start();
        File.WriteAllText(Folder["go"], "");
        Edit(n => n.Cells[1].Source += " n += 10;");
        var report = await Start(resume: true);
        Assert.Equal("nothing is taken over, cell 1 runs again: nb.failed.ipynb has 3 cells that had run; the inputs of cell 2 have changed "
            + "since; values are saved when cells have taken a second", report.Resumed);
        Assert.Equal("abcabc", File.ReadAllText(Folder["trace"]));
        Assert.Equal("13", (string?)Saved().Cells[4].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Another_parameter_is_another_input()
    {
        Write(Cell.Code("var n = 1;", "parameters"), Traced("a", "n++;"), Cell.Code(Fail), Cell.Code("n"));
        await Start(with: o => o with { Parameters = [new("n", "5")] });
        File.WriteAllText(Folder["go"], "");
        var report = await Start(resume: true, o => o with { Parameters = [new("n", "6")] });
        Assert.StartsWith("nothing is taken over, cell 1 runs again", report.Resumed);
        Assert.Equal("7", (string?)Saved().Cells[4].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Without_an_earlier_run_all_cells_run_and_that_is_said()
    {
        Write(Traced("a", "1"));
        var report = await Start(resume: true);
        Assert.Equal("nothing is taken over: there is no unfinished run of it", report.Resumed);
        Assert.Equal(RunStatus.Succeeded, report.Status);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"run\":1,\"cells\":1,\"values\":{}}")]
    public async Task Damaged_values_make_cells_run_again(string damage)
    {
        Write(Traced("a", "var n = 1;"), Cell.Code(Fail), Cell.Code("n"));
        await Start();
        File.WriteAllText(Folder["go"], "");
        File.WriteAllText(Directory.GetFiles(Folder["state"]).Single(), damage);
        Assert.Equal(RunStatus.Succeeded, (await Start(resume: true)).Status);
        Assert.Equal("aa", File.ReadAllText(Folder["trace"]));
    }

    [Fact]
    public async Task A_run_goes_on_where_its_values_cannot_be_kept_and_says_so_when_it_is_resumed()
    {
        Write(Traced("a", "var n = 1;"), Cell.Code(Fail), Cell.Code("n"));
        File.WriteAllText(Folder["state"], "a file where the folder should be");
        Assert.Equal(RunStatus.Failed, (await Start()).Status);
        File.WriteAllText(Folder["go"], "");
        var report = await Start(resume: true);
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal("aa", File.ReadAllText(Folder["trace"]));
    }

    [Fact]
    public async Task Values_of_other_variables_are_refused_by_the_worker_and_its_cells_run_again()
    {
        Write(Traced("a", "var n = 1;"), Cell.Code(Fail), Cell.Code("n"));
        await Start();
        File.WriteAllText(Folder["go"], "");
        var file = Directory.GetFiles(Folder["state"]).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"n\"", "\"m\""));
        var report = await Start(resume: true);
        Assert.Contains("the values could not be restored: there is no value for 'n'", report.Resumed);
        Assert.Equal("aa", File.ReadAllText(Folder["trace"]));
        Assert.Equal("1", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
    }

    private Task<RunReport> Start(bool resume = false, Func<RunOptions, RunOptions>? with = null) => Run(o => (with ?? (p => p))(o with
    {
        Resume = resume,
        SaveValuesAfter = TimeSpan.Zero,
        StateFolder = Folder["state"],
    }));

    private static Cell Traced(string name, string source) => Cell.Code($"File.AppendAllText(\"trace\", \"{name}\");\n{source}");

    private async Task AssertEqualsAnUninterruptedRun()
    {
        var resumed = Plain();
        await Run(o => o);
        Assert.Equal(resumed, Plain());

        string Plain()
        {
            var notebook = Saved();
            foreach (var cell in notebook.CodeCells)
                cell.Metadata.Remove("polytask");
            return notebook.ToText();
        }
    }
}
