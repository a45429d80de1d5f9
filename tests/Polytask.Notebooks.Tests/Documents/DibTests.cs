using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Documents;

/// <summary>The .dib form, read from a file as .NET Interactive's editor writes it, and both ways.</summary>
public sealed class DibTests
{
    private static string Reference => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "interactive.dib"));

    [Fact]
    public void Cells_have_their_languages_and_texts()
    {
        var notebook = Read(Reference);
        Assert.Equal(
        [
            (CellKind.Markdown, "csharp", "# A title\n\nWith *text* and `#!who` inside a line."),
            (CellKind.Code, "csharp", "#!time\nvar x = 1;\n\nx + 1"),
            (CellKind.Code, "fsharp", "#!share --from csharp x\nx + 1"),
            (CellKind.Code, "html", "<b>bold</b>"),
            (CellKind.Code, "sql-orders", "select 1"),
            (CellKind.Code, "csharp", "// the last one"),
        ], notebook.Cells.Select(c => (c.Kind, CellLanguage.OfCell(c, "csharp"), c.Source)));
        Assert.Equal("csharp", CellLanguage.OfNotebook(notebook, "x"));
        Assert.All(notebook.Cells, c => Assert.Matches("^[0-9a-f]{8}$", c.Id));
    }

    [Fact]
    public void Metadata_that_is_unknown_here_survives_a_round_trip()
    {
        var text = Write(Read(Reference));
        Assert.StartsWith("#!meta\n\n{", text);
        var meta = JsonNode.Parse(text.Split('\n')[2])!;
        Assert.Equal("""{"kept":[1,2.5,"é"]}""", meta["custom"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(4, meta["kernelInfo"]!["items"]!.AsArray().Count);
        Assert.Equal(text, Write(Read(text)));
        Assert.Equal(Reference[Reference.IndexOf("#!markdown", StringComparison.Ordinal)..].Replace("#!c#\n", "#!csharp\n"), text[text.IndexOf("#!markdown", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Sources_languages_texts_and_tags_of_a_notebook_survive_the_way_there_and_back()
    {
        var notebook = Notebook.Empty();
        notebook.Metadata["kernelspec"] = new JsonObject { ["name"] = "polytask-csharp", ["display_name"] = "C# (Polytask)", ["language"] = "C#" };
        notebook.Metadata["polytask"] = new JsonObject { ["scale"] = "cpu" };
        notebook.Add(Cell.Markdown("# One\n\n- two", "slide"));
        notebook.Add(Cell.Code("var scale = \"cpu\";", "parameters"));
        var fsharp = Cell.Code("let x = 1\n\nx", "skip-execution");
        fsharp.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" };
        notebook.Add(fsharp);
        notebook.Add(Cell.Code("#!fsharp\nlet y = 2"));
        notebook.Add(Cell.Code(""));
        notebook.Add(Cell.Code("1", "same"));
        notebook.Add(Cell.Code("1", "other"));
        var back = Read(Write(notebook));
        Assert.Equal(
            [("# One\n\n- two", "csharp", "slide"), ("var scale = \"cpu\";", "csharp", "parameters"), ("let x = 1\n\nx", "fsharp", "skip-execution"), ("let y = 2", "fsharp", ""),
                ("", "csharp", ""), ("1", "csharp", "same"), ("1", "csharp", "other")],
            back.Cells.Select(c => (c.Source, CellLanguage.OfCell(c, "csharp"), string.Join(",", c.Tags))));
        Assert.Equal("cpu", (string?)back.Metadata["polytask"]!["scale"]);
        Assert.Equal("polytask-csharp", (string?)back.Metadata["kernelspec"]!["name"]);
    }

    [Fact]
    public void Tags_stay_with_their_cells_when_others_are_inserted_by_hand()
    {
        var notebook = Notebook.Empty();
        notebook.Add(Cell.Code("var scale = 1;", "parameters"));
        var edited = Write(notebook).Replace("#!csharp", "#!markdown\n\n# New\n\n#!csharp");
        Assert.Equal(["", "parameters"], Read(edited).Cells.Select(c => string.Join(",", c.Tags)));
    }

    [Property(MaxTest = 300)]
    public Property Any_sources_survive_the_way_there_and_back() => Prop.ForAll(
        Gen.Elements("a", "b\n", "\n", "#!who\n", " #!csharp\n", "#!fsharp x\n", "\t", "\"", "é", "😀", "#!", "#", "\u2028").ListOf().Select(parts => string.Concat(parts).Trim('\n')).ListOf().ToArbitrary(),
        sources =>
        {
            var notebook = Notebook.Empty();
            foreach (var (source, i) in sources.Select((s, i) => (s, i)))
                notebook.Add(i % 2 == 0 ? Cell.Code(source) : Cell.Markdown(source));
            return Read(Write(notebook)).Cells.Select(c => (c.Kind, c.Source)).SequenceEqual(notebook.Cells.Select(c => (c.Kind, c.Source)));
        });

    [Theory]
    [InlineData("", "csharp", 0)]
    [InlineData("1 + 1", "csharp", 1)]
    [InlineData("let x = 1\n\n#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\"}}\n\n#!html\n", "fsharp", 2)]
    [InlineData("#!fsharp\r\n\r\nlet x = 1\r\n\r\n#!meta\r\n\r\n{}\r\n", "csharp", 1)]
    public void Files_by_hand_are_read(string text, string language, int cells)
    {
        var notebook = Read(text);
        Assert.Equal(language, CellLanguage.OfNotebook(notebook, "x"));
        Assert.Equal(cells, notebook.Cells.Count);
        Assert.All(notebook.Cells, c => Assert.DoesNotContain('\r', c.Source));
    }

    [Theory]
    [InlineData("#!meta\n\n{\"a\": }\n", "bad.dib: the #!meta block is not JSON: line 3, column 7: a value is expected")]
    [InlineData("#!meta\n[]\n", "bad.dib: line 2: the #!meta block should hold a JSON object")]
    [InlineData("#!meta\n{}\n#!csharp\n1\n#!meta\n", "bad.dib: line 5: a second #!meta block")]
    [InlineData("\n#!meta\n{\"kernelInfo\":5}", "bad.dib: line 3: 'kernelInfo' is not an object")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[{}]}}", "bad.dib: line 2: an entry of 'kernelInfo.items' has no 'name'")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":null}}", "'kernelInfo.defaultKernelName' is not a text")]
    public void Metadata_that_cannot_be_read_is_refused_with_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookFormatException>(() => Read(text)).Message);

    [Fact]
    public void A_text_that_would_break_a_dib_is_refused_with_its_place()
    {
        var notebook = Notebook.Empty();
        notebook.Add(Cell.Code("1"));
        notebook.Add(Cell.Markdown("An example:\n\n#!csharp\n"));
        Assert.Contains("cell 2, line 3: '#!csharp' would begin a new cell", Assert.Throws<NotebookFormatException>(() => Write(notebook)).Message);
    }

    [NbformatFact]
    public void What_is_read_from_a_dib_is_a_valid_notebook()
    {
        using var folder = new TemporaryFolder();
        NotebookFile.Write(Read(Reference), folder["x.ipynb"]);
        NbformatFact.Run(["--rewrite", folder["x.ipynb"]]);
        Assert.Equal(File.ReadAllText(folder["x.ipynb.peer"]), File.ReadAllText(folder["x.ipynb"]));
    }

    private static Notebook Read(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.dib"], text, new UTF8Encoding(false));
        return NotebookFile.Read(folder["bad.dib"]);
    }

    private static string Write(Notebook notebook)
    {
        using var folder = new TemporaryFolder();
        NotebookFile.Write(notebook, folder["x.dib"]);
        return File.ReadAllText(folder["x.dib"]);
    }
}
