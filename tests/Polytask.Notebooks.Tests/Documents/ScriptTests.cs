using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Tests.Documents;

/// <summary>Scripts as notebooks of one cell.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("polytask-script-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a.csx", "C#")]
    [InlineData("A.FSX", "F#")]
    public void A_script_is_one_cell_of_its_language_line_for_line(string name, string language)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, "\uFEFF\n// first\r\nlet x = 1\n\n");
        var notebook = NotebookFile.Read(path);
        Assert.Equal("\n// first\nlet x = 1", Assert.Single(notebook.Cells).Source);
        Assert.Equal(CellKind.Code, notebook.Cells[0].Kind);
        Assert.Equal(language, (string?)notebook.Metadata["language_info"]!["name"]);
        Assert.False(NotebookFile.HoldsOutputs(path));
        Assert.Equal(notebook.Cells[0].Source, Notebook.Parse(notebook.ToText(), "copy").Cells[0].Source);
    }

    [Fact]
    public void A_notebook_is_never_written_over_a_script()
    {
        var path = Path.Combine(folder, "a.fsx");
        File.WriteAllText(path, "1");
        Assert.Contains("is a script", Assert.Throws<NotebookFormatException>(() => NotebookFile.Write(Notebook.Empty(), path)).Message);
        Assert.Equal("1", File.ReadAllText(path));
    }
}
