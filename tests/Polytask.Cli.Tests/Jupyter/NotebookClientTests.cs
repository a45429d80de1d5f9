using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests.Jupyter;

/// <summary>Whole notebooks, executed by the programs of Jupyter that do that.</summary>
public sealed class NotebookClientTests(InstalledKernels kernels) : IClassFixture<InstalledKernels>
{
    [JupyterFact]
    public void Nbconvert_executes_a_notebook_of_both_languages()
    {
        kernels.Write("mixed.ipynb",
            Cell.Markdown("# Both"),
            Cell.Code("Console.WriteLine(\"ä 😀\");\nvar numbers = new[] { 1, 2, 3 };"),
            Cell.Code("#!fsharp\n#!share --from csharp numbers\nnumbers |> Array.sum"),
            Cell.Code("new[] { new { Name = \"<a>\", Value = 1.5 } }"));
        Execute(0, JupyterPeers.Python, "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "executed.ipynb", "mixed.ipynb");
        var cells = NotebookFile.Read(kernels.Polytask.At("executed.ipynb")).CodeCells.ToArray();
        Assert.Equal("ä 😀\n", Joined(cells[0].Outputs[0]!["text"]));
        Assert.Equal("6", Joined(cells[1].Outputs[0]!["data"]!["text/plain"]));
        Assert.Contains("&lt;a&gt;", Joined(cells[2].Outputs[0]!["data"]!["text/html"]));
        Assert.Equal([1, 2, 3], cells.Select(c => c.ExecutionCount));
    }

    [JupyterFact]
    public void Nbconvert_says_which_cell_failed()
    {
        kernels.Write("failing.ipynb", Cell.Code("1"), Cell.Code("throw new InvalidOperationException(\"broken\");"), Cell.Code("2"));
        var run = Execute(1, JupyterPeers.Python, "-m", "nbconvert", "--to", "notebook", "--execute", "failing.ipynb");
        Assert.Contains("System.InvalidOperationException: broken", run.Errors);
        Assert.Contains("cell-2:line 1", run.Errors);
    }

    [JupyterFact]
    public void Nbclient_executes_a_notebook_of_the_repository()
    {
        var source = Path.Combine(Peers.Root, "notebooks", "foundations", "mmoe.ipynb");
        Execute(0, JupyterPeers.Python, Peers.Script("jupyter_notebook.py"), source, kernels.Polytask.At("mmoe.ipynb"), "scale = \"smoke\";");
        var outputs = NotebookFile.Read(kernels.Polytask.At("mmoe.ipynb")).CodeCells.SelectMany(c => c.Outputs).ToArray();
        var claims = outputs.SelectMany(o => o!["data"]?[Claims.MimeType]?.AsArray() ?? []).Where(claim => claim!["seeds"] is null).ToArray();
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.True((bool)claim!["holds"]!, claim.ToJsonString()));
        Assert.DoesNotContain(outputs, o => (string?)o!["output_type"] == "error");
    }

    private Outcome Execute(int exitCode, string program, params string[] arguments)
    {
        var run = kernels.Polytask.RunProgram(program, arguments);
        Assert.True(run.ExitCode == exitCode, run.Output + run.Errors);
        return run;
    }

    private static string Joined(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(l => (string?)l)) : (string)text!;
}
