using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Exporting;

namespace Polytask.Notebooks.Tests.Exporting;

/// <summary>Scripts with cell markers: readable, and back without loss.</summary>
public sealed class ScriptTextTests
{
    [Fact]
    public void A_notebook_becomes_a_script_that_reads_well()
    {
        var notebook = Notebook.Empty();
        notebook.Add(Cell.Markdown("# Title\n\ntext"));
        notebook.Add(Cell.Code("var a = 1;", "parameters"));
        var fsharp = Cell.Code("let b = 2");
        fsharp.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" };
        notebook.Add(fsharp);
        foreach (var (cell, id) in notebook.Cells.Zip((string[])["one", "two", "three"]))
            cell.Id = id;
        Assert.Equal(
            """
            // %% [markdown] {"id":"one"}
            // # Title
            //
            // text

            // %% {"id":"two","tags":["parameters"]}
            var a = 1;

            // %% [fsharp] {"id":"three","polyglot_notebook":{"kernelName":"fsharp"}}
            // let b = 2


            """.ReplaceLineEndings("\n"), ScriptText.Write(notebook, "csharp"));
    }

    [Property]
    public bool Any_source_comes_back(string?[] sources)
    {
        var notebook = Notebook.Empty();
        var kinds = 0;
        foreach (var text in sources.Select(s => s ?? "").Concat(["", "\n", "a\n\n", "// %%", "// \\%% x\n// %% [markdown]", " // %%", "x\r\ny\r",
            "//", "// "]))
        {
            notebook.Add(Cell.Code(text));
            notebook.Add(kinds++ % 2 == 0 ? Cell.Markdown(text) : Cell.Raw(text));
        }
        var back = ScriptText.Read(ScriptText.Write(notebook, "csharp"), "csharp", "a.cs");
        return notebook.Cells.Select(c => (c.Kind, c.Id, c.Source)).SequenceEqual(back.Cells.Select(c => (c.Kind, c.Id, c.Source)));
    }

    [Fact]
    public void Metadata_comes_back_without_what_runs_leave_and_languages_stay()
    {
        var notebook = Notebook.Empty();
        var cell = Cell.Code("1", "parameters");
        cell.Metadata["unknown"] = new JsonObject { ["a"] = 1L };
        cell.Metadata["polytask"] = new JsonObject { ["seconds"] = 1.5, ["tolerance"] = 0.1 };
        notebook.Add(cell);
        var script = ScriptText.Write(notebook, "fsharp");
        Assert.StartsWith("// %% [csharp] ", script);
        var back = ScriptText.Read(script, "fsharp", "a.fsx");
        Assert.Equal("F#", (string?)back.Metadata["kernelspec"]!["language"]);
        Assert.Equal("csharp", (string?)back.Cells[0].Metadata["polyglot_notebook"]!["kernelName"]);
        Assert.Equal(["parameters"], back.Cells[0].Tags);
        Assert.Equal("""{"tolerance":0.1}""", back.Cells[0].Metadata["polytask"]!.ToJsonString());
        Assert.Equal(1L, (long)back.Cells[0].Metadata["unknown"]!["a"]!);
    }

    [Fact]
    public void A_plain_script_is_one_cell_and_markers_without_metadata_are_cells()
    {
        Assert.Equal(["var a = 1;\na"], ScriptText.Read("\nvar a = 1;\na\n\n", "csharp", "a.cs").Cells.Select(c => c.Source));
        Assert.Equal([(CellKind.Code, "a"), (CellKind.Code, "b"), (CellKind.Markdown, "c")],
            ScriptText.Read("a\n// %%\nb\n\n// %% [markdown]\n// c\n", "csharp", "a.cs").Cells.Select(c => (c.Kind, c.Source)));
    }

    [Theory]
    [InlineData("// %% {\"id\":}\n", "a.cs, line 1: what follows the marker of a cell should be JSON: line 1, column 7")]
    [InlineData("// %%\n1\n// %% {\"id\": \"a b\"}\n", "a.cs, line 3: an \"id\" is 1 to 64 letters")]
    [InlineData("// %% [python]\n// 1\n", "a.cs, line 1: [python] is no kind of cell")]
    [InlineData("// %% [markdown]\n// text\ncode\n", "a.cs, line 3: a line of such a cell begins with '// '")]
    public void What_is_wrong_is_named_with_its_line(string script, string message) =>
        Assert.StartsWith(message, Assert.Throws<NotebookFormatException>(() => ScriptText.Read(script, "csharp", "a.cs")).Message);
}
