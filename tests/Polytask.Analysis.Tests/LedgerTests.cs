using System.Text.Json.Nodes;

namespace Polytask.Analysis.Tests;

public sealed class LedgerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("polytask-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Notebook(string path, JsonObject metadata, params JsonObject[] cells)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, new JsonObject { ["cells"] = new JsonArray(cells), ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString());
    }

    private static JsonObject Text(string source) => new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source };

    private static JsonObject Code(params JsonObject[] outputs) =>
        new() { ["cell_type"] = "code", ["metadata"] = new JsonObject(), ["source"] = new JsonArray("var x = 1;\n", "x"), ["outputs"] = new JsonArray(outputs), ["execution_count"] = 1 };

    private static JsonObject Shown(IMimeBundle value)
    {
        var data = new JsonObject();
        foreach (var (type, form) in value.ToMimeBundle()) data[type] = type.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(form) : form;
        return new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = data };
    }

    private static readonly Claims Two = new(new Claim("MMoE wins", true, "0.74", "at most 0.9", 3), new Claim("gates <sum> to 1", false, "1e-2", "at most 1e-6"));

    [Fact]
    public void A_run_notebook_is_summed_up_from_its_outputs()
    {
        var metadata = new JsonObject { ["polytask"] = new JsonObject { ["paper"] = "Ma et al., KDD 2018" } };
        new RunStamp("cpu", "cpu", 171.26).WriteTo(metadata);
        Notebook("foundations/mmoe.ipynb", metadata, Text("intro\n# Many gates\n"), Code(Shown(Two)), Code(Shown(new Headline("ratio", "0.74", "below 1"))));
        var notebook = Assert.Single(Ledger.Read(folder));
        Assert.Equal(("foundations/mmoe.ipynb", "Many gates", "Ma et al., KDD 2018"), (notebook.Path, notebook.Title, notebook.Paper));
        Assert.Equal(Two, notebook.Claims);
        Assert.Equal(new Headline("ratio", "0.74", "below 1"), notebook.Headline);
        Assert.Equal(new RunStamp("cpu", "cpu", 171.3), notebook.Stamp);
        Assert.True(notebook.HasRun);
    }

    [Fact]
    public void The_page_has_a_table_per_chapter_and_lists_what_did_not_hold()
    {
        var metadata = new JsonObject { ["polytask"] = new JsonObject { ["paper"] = "Ma | 2018" } };
        new RunStamp("cpu", "cuda:0", 171.26).WriteTo(metadata);
        Notebook("foundations/mmoe.ipynb", metadata, Text("# MMoE"), Code(Shown(Two), Shown(new Headline("ratio", "0.74", "below 1"))));
        Notebook("foundations/later.ipynb", [], Text("# Later"), Code());
        Notebook("experts/broken.ipynb", [], Code(new JsonObject { ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "", ["traceback"] = new JsonArray() }));
        Notebook(".ipynb_checkpoints/old.ipynb", []);
        Assert.Equal(Path.Combine(folder, "README.md"), Ledger.Write(folder));
        Assert.Equal(
            """
            # Notebooks

            A paper per notebook: what it claims, rebuilt and measured. This page is generated from the outputs of the notebooks by `polytask ledger`; edit the notebooks, not this page.

            3 notebooks, 2 of them run; 1 of 2 claims hold.

            ## Experts

            | notebook | paper | claims held | headline | here | paper's | scale | device | seconds |
            |---|---|---|---|---|---|---|---|---|
            | [broken](experts/broken.ipynb) |  | failed in code cell 1 |  |  |  |  |  |  |

            ## Foundations

            | notebook | paper | claims held | headline | here | paper's | scale | device | seconds |
            |---|---|---|---|---:|---|---|---|---:|
            | [Later](foundations/later.ipynb) |  | not run |  |  |  |  |  |  |
            | [MMoE](foundations/mmoe.ipynb) | Ma \| 2018 | 1 / 2 | ratio | 0.74 | below 1 | cpu | cuda:0 | 171 |

            ## Claims that did not hold

            - [MMoE](foundations/mmoe.ipynb): gates &lt;sum> to 1: measured 1e-2, expected at most 1e-6.

            """.ReplaceLineEndings("\n"), File.ReadAllText(Path.Combine(folder, "README.md")));
        Assert.Equal(["README.md"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    // Jupyter's own writer keeps +json forms as JSON, others as lines of text: both are read.
    [Fact]
    public void Claims_kept_as_lines_of_text_are_read_too()
    {
        var lines = new JsonArray("[{\"statement\": \"s\", \"holds\": true,\n", " \"measured\": \"1\", \"expected\": \"1\", \"seeds\": null}]");
        Notebook("a.ipynb", [], Code(new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { [Claims.MimeType] = lines } }));
        Assert.Equal(new Claim("s", true, "1", "1"), Assert.Single(Ledger.Read(folder).Single().Claims));
    }

    [Theory]
    [InlineData("{ \"cells\": [")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"cells\": [ { \"cell_type\": \"code\", \"outputs\": [ { \"data\": { \"application/vnd.polytask.claims+json\": [ { \"holds\": 3 } ] } } ] } ] }")]
    public void A_file_that_is_no_notebook_is_named_and_the_old_page_is_kept(string text)
    {
        File.WriteAllText(Path.Combine(folder, "bad.ipynb"), text);
        File.WriteAllText(Path.Combine(folder, "README.md"), "old");
        Assert.Contains("'bad.ipynb'", Assert.Throws<DataException>(() => Ledger.Write(folder)).Message);
        Assert.Equal("old", File.ReadAllText(Path.Combine(folder, "README.md")));
    }

    [Fact]
    public void A_missing_folder_is_named() => Assert.Contains("there is no folder 'nowhere'", Assert.Throws<DataException>(() => Ledger.Read("nowhere")).Message);

    [Fact]
    public void A_stamp_leaves_other_metadata_alone()
    {
        var metadata = new JsonObject { ["kernelspec"] = "k", ["polytask"] = new JsonObject { ["paper"] = "p" } };
        new RunStamp("smoke", "cpu", 9.96).WriteTo(metadata);
        Assert.Equal("""{"kernelspec":"k","polytask":{"paper":"p","run":{"scale":"smoke","device":"cpu","seconds":10}}}""", metadata.ToJsonString());
    }
}
