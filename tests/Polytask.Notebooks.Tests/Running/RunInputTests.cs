using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>What a run is given: parameters, an output path, the notebook's kernel.</summary>
public sealed class RunInputTests : RunnerTest
{
    [Fact]
    public async Task Parameters_are_set_in_a_cell_of_their_own_that_a_later_run_replaces()
    {
        Write(Cell.Code("var seeds = 5; // how many\nvar rate = 0.1; string device = \"cpu\"; var fast = false; const int size = 2;", "parameters"), Cell.Code("(seeds, rate, device, fast, size)"));
        await Run(o => o with { Parameters = [new("seeds", "3"), new("device", "a \"b\"\n\\c"), new("fast", "true"), new("size", "7"), new("rate", "1.")] });
        Assert.Equal(3, Saved().Cells.Count);
        Assert.Equal(["injected-parameters"], Saved().Cells[1].Tags);
        Assert.Equal("(3, 1, a \"b\"\n\\c, True, 7)", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
        var finished = default(FinishedRun);
        await Run(o => o with { Parameters = [new("rate", "1e-3")], Finishing = f => finished = f });
        Assert.Equal(3, Saved().Cells.Count);
        Assert.Equal("(5, 0.001, cpu, False, 2)", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal(("5", "1e-3", "cpu"), (finished!.Parameters["seeds"], finished.Parameters["rate"], finished.Parameters["device"]));
    }

    [Theory]
    [InlineData("speed", "1", "there is no parameter 'speed'; the notebook has: seeds, device, fast, rate, sizes")]
    [InlineData("seeds", "many", "parameter 'seeds' is a whole number (5 in the notebook), which 'many' is not")]
    [InlineData("seeds", "1.5", "parameter 'seeds' is a whole number")]
    [InlineData("fast", "yes", "parameter 'fast' is true or false")]
    [InlineData("rate", "1 ", "parameter 'rate' is a number")]
    [InlineData("sizes", "3", "parameter 'sizes' is declared as int[]; a value can be given to string, bool,")]
    [InlineData("rate", "1;Environment.Exit(0)", "parameter 'rate' is a number")]
    public async Task Parameters_that_do_not_fit_are_refused_before_anything_runs(string name, string value, string message)
    {
        Write(Cell.Code("var seeds = 5; var device = \"cpu\"; bool fast = true; double rate = -1; int[] sizes = [1];", "parameters"));
        var error = await Assert.ThrowsAsync<ParameterException>(() => Run(o => o with { Parameters = [new(name, value)] }));
        Assert.StartsWith(message, error.Message);
        Assert.Equal([Source], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public async Task Truth_is_taken_in_any_case_and_nothing_where_it_may_stand()
    {
        Write(Cell.Code("var fast = false; int? most = 3;", "parameters"), Cell.Code("(fast, most)"));
        await Run(o => o with { Parameters = [new("fast", "True"), new("most", "null")] });
        Assert.Equal("(True, null)", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Identifiers_that_the_format_does_not_take_are_given_anew()
    {
        Write(Cell.Code("1"), Cell.Code("2"), Cell.Code("3"), Cell.Code("4"));
        Edit(n =>
        {
            n.Cells[1].Id = n.Cells[0].Id;
            n.Cells[2].Id = "two words";
        });
        var (first, last) = (Saved().Cells[0].Id, Saved().Cells[3].Id);
        await Run();
        Assert.Equal((first, last), (Saved().Cells[0].Id, Saved().Cells[3].Id));
        Assert.Equal(4, Saved().Cells.Select(c => c.Id).Distinct().Count());
        Assert.All(Saved().Cells, c => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", c.Id));
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
        var report = await Run(o => o with { Output = Folder["out.ipynb"] });
        Assert.Equal(Folder["out.ipynb"], report.SavedTo);
        Assert.Equal(before, File.ReadAllBytes(Source));
        Assert.Single(NotebookFile.Read(Folder["out.ipynb"]).Cells[0].Outputs);
        await Assert.ThrowsAsync<NotebookFormatException>(() => Run(o => o with { Output = Folder["none/out.ipynb"] }));
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
}
