using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>Runs of some cells only: by number, by identifier, and what is refused.</summary>
public sealed class SelectionTests : RunnerTest
{
    public SelectionTests()
    {
        Write(Cell.Code("var a = 1;", "parameters"), Cell.Markdown("text"), Cell.Code("a + 1"), Cell.Code("\n"), Cell.Code("a + 2"),
            Cell.Code("a + 3"));
        Edit(n => n.CodeCells.Last().Id = "the-last");
    }

    [Theory]
    [InlineData("2", null, "2,3,4")]
    [InlineData(null, "2", "2")]
    [InlineData("3", "3", "3")]
    [InlineData("the-last", null, "4")]
    public async Task From_and_until_bound_the_run_and_parameters_always_run(string? from, string? until, string expected)
    {
        var report = await Run(o => o with { Selection = new CellSelection(from, until) });
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal($"1,{expected}", Ran(report));
    }

    [Fact]
    public async Task Only_takes_numbers_and_identifiers_and_leaves_the_other_outputs_as_they_were()
    {
        await Run(o => o);
        var report = await Run(o => o with { Selection = new CellSelection(Only: ["2", "the-last"]), Parameters = [new("a", "10")] });
        Assert.Equal("1,2,5", Ran(report));
        string[] texts = [.. Saved().CodeCells.SelectMany(c => c.Outputs).Select(o => (string)o!["data"]!["text/plain"]!)];

        // The cell that sets the parameter is now the second, a + 1 the third, which was not chosen.
        Assert.Equal(["2", "3", "13"], texts);
    }

    [Theory]
    [InlineData("5", null, "--from 5: there is no such cell; a number from 1 to 4")]
    [InlineData(null, "0", "--until 0: there is no such cell")]
    [InlineData("nothing", null, "--from nothing: there is no such cell")]
    [InlineData("3", "2", "the cell of --from 3 comes after that of --until 2")]
    public async Task What_names_no_cell_is_refused_before_anything_runs(string? from, string? until, string message)
    {
        var before = File.ReadAllBytes(Source);
        var error = await Assert.ThrowsAsync<NotebookFormatException>(() => Run(o => o with { Selection = new CellSelection(from, until) }));
        Assert.Contains(message, error.Message);
        Assert.Equal(before, File.ReadAllBytes(Source));
    }

    private static string Ran(RunReport report) => string.Join(',', report.Cells.Where(c => c.State == CellState.Passed).Select(c => c.Number));
}
