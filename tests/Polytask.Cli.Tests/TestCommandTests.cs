using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary><c>polytask test</c> and <c>polytask convert</c> through the real process.</summary>
public sealed class TestCommandTests : IDisposable
{
    private readonly CommandLine _polytask = new();

    public void Dispose() => _polytask.Dispose();

    [Fact]
    public void Outputs_that_changed_are_shown_give_1_and_are_written_on_request()
    {
        _polytask.Write("a.ipynb", Cell.Code("Console.WriteLine($\"took {Environment.TickCount64 % 1000} ms\");\n1.0 / 3"),
            Cell.Code("File.Exists(\"other\") ? 2 : 1"));
        Assert.Equal(0, _polytask.Run("run", "a.ipynb").ExitCode);
        var before = File.ReadAllBytes(_polytask.At("a.ipynb"));
        var same = _polytask.Run("test", "a.ipynb");
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("a.ipynb: the outputs of 2 cells are the same", same.Output);

        File.WriteAllText(_polytask.At("other"), "");
        var different = _polytask.Run("test", "a.ipynb");
        Assert.Equal(1, different.ExitCode);
        Assert.Contains("a.ipynb, cell-2: File.Exists(\"other\") ? 2 : 1\n  output 1, text/plain:\n    - 1\n    + 2\n", different.Output);
        Assert.Contains("a.ipynb: 1 of 2 cells differ", different.Output);
        Assert.Equal(before, File.ReadAllBytes(_polytask.At("a.ipynb")));
        Assert.Equal(0, _polytask.Run("test", "a.ipynb", "--update").ExitCode);
        Assert.Equal("2", (string?)NotebookFile.Read(_polytask.At("a.ipynb")).Cells[1].Outputs[0]!["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData(1, "a.ipynb: cell 1 failed: System.Exception: broken", "test", "a.ipynb")]
    [InlineData(2, "--tolerance takes a number from 0 up to 1", "test", "a.ipynb", "--tolerance", "2")]
    [InlineData(2, "none.ipynb does not exist", "test", "none.ipynb")]
    [InlineData(2, "a.txt: the name should end with .ipynb, .dib, .cs, .fsx or .html", "convert", "a.ipynb", "a.txt")]
    [InlineData(2, "none/a.cs: its folder does not exist", "convert", "a.ipynb", "none/a.cs")]
    [InlineData(2, "a.ipynb would be written over itself", "convert", "a.ipynb", "a.ipynb")]
    public void What_cannot_be_done_is_named(int code, string message, params string[] arguments)
    {
        _polytask.Write("a.ipynb", Cell.Code("throw new Exception(\"broken\");"));
        var run = _polytask.Run(arguments);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Output + run.Errors);
    }

    [Fact]
    public void A_notebook_goes_through_every_form_and_comes_back()
    {
        _polytask.Write("a.ipynb", Cell.Markdown("# Title"), Cell.Code("var a = 1;", "parameters"), Cell.Code("a + 1\n\n"));
        foreach (var (from, to) in ((string, string)[])[("a.ipynb", "b.cs"), ("b.cs", "c.ipynb"), ("c.ipynb", "d.dib"), ("d.dib", "e.ipynb"),
            ("c.ipynb", "f.html")])
            Assert.Equal((0, $"{to} is written\n"), _polytask.Run("convert", from, to) is var run ? (run.ExitCode, run.Output) : default);
        var cells = NotebookFile.Read(_polytask.At("a.ipynb")).Cells;
        var back = NotebookFile.Read(_polytask.At("c.ipynb")).Cells;
        Assert.Equal(cells.Select(c => (c.Kind, c.Id, c.Source, string.Join(',', c.Tags))),
            back.Select(c => (c.Kind, c.Id, c.Source, string.Join(',', c.Tags))));
        Assert.Equal(cells.Select(c => (c.Kind, c.Source.TrimEnd())),
            NotebookFile.Read(_polytask.At("e.ipynb")).Cells.Select(c => (c.Kind, c.Source.TrimEnd())));
        Assert.Contains("<h1 id=\"title\">Title</h1>", File.ReadAllText(_polytask.At("f.html")));
    }
}
