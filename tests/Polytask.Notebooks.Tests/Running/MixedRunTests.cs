using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>Runs of notebooks with F# cells, in a real worker.</summary>
public sealed class MixedRunTests : RunnerTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cells_are_in_the_language_of_their_metadata_or_of_their_first_line(bool metadata)
    {
        var cell = Cell.Code((metadata ? "" : "#!fsharp\n") + "printfn \"printed\"\n[1; 2] |> List.map (fun i -> i + start)");
        var declaring = Cell.Code((metadata ? "" : "#!fsharp\n") + "let start = 1", "parameters");
        if (metadata)
        {
            cell.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" };
            declaring.Metadata["dotnet_interactive"] = new JsonObject { ["language"] = "fsharp" };
        }
        Write(Cell.Code("var text = \"C#\";"), declaring, cell, Cell.Code("text"));
        var finished = default(FinishedRun);
        var report = await Run(o => o with { Parameters = [new("start", "10")], Finishing = f => finished = f });
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal(["injected-parameters"], Saved().Cells[2].Tags);
        Assert.Equal("printed\n", (string?)Saved().Cells[3].Outputs[0]!["text"]);
        Assert.Equal("[11; 12]", (string?)Saved().Cells[3].Outputs[1]!["data"]!["text/plain"]);
        Assert.Equal("C#", (string?)Saved().Cells[4].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal("10", finished!.Parameters["start"]);
    }

    [Fact]
    public async Task A_notebook_without_fsharp_loads_nothing_of_it()
    {
        const string Loaded = "AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name).Where(n => n.StartsWith(\"FSharp.\")).ToList()";
        await Run(Cell.Code("new { A = 1 }.Display();\n#!who"), Cell.Code(Loaded), Cell.Code("#!fsharp\n()"), Cell.Code(Loaded + ".Count > 1"));
        Assert.Equal("[]", (string?)Saved().Cells[1].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal("True", (string?)Saved().Cells[3].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task A_tight_loop_in_fsharp_is_ended_at_its_limit()
    {
        Write(Cell.Code("#!fsharp\nlet mutable n = 0\nwhile true do n <- n + 1"));
        var report = await Run(o => o with { CellLimit = TimeSpan.FromSeconds(8) });
        Assert.Equal(RunStatus.TimedOut, report.Status);
        var outputs = NotebookFile.Read(Folder["nb.failed.ipynb"]).Cells[0].Outputs;
        Assert.Equal("cell-1 ran past its limit of 8 s and was stopped.", (string?)outputs[^1]!["evalue"]);
    }

    [Fact]
    public async Task An_fsharp_notebook_needs_no_magic_commands()
    {
        Write(Cell.Code("let x = 5\nx"));
        Edit(n => n.Metadata["kernelspec"] = new JsonObject { ["name"] = ".net-fsharp", ["display_name"] = ".NET (F#)", ["language"] = "F#" });
        var report = await Run(o => o);
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal("5", (string?)Saved().Cells[0].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal(".net-fsharp", (string?)Saved().Metadata["kernelspec"]!["name"]);
    }
}
