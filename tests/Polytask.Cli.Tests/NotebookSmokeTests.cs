using System.Text.Json.Nodes;

namespace Polytask.Cli.Tests;

/// <summary>Every notebook of the repository runs from a clean kernel at its smallest scale, and its exact claims hold there (the others need more training).</summary>
public sealed class NotebookSmokeTests
{
    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Notebooks.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    public static TheoryData<string> Notebooks => new(Directory.EnumerateFiles(Path.Combine(Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path)).Where(path => !path.Contains("/.")).Order());

    // `polytask run -p` sets parameters in a cell after theirs: committed with it, a notebook would not heed what a reader changes in Jupyter.
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void What_a_reader_sets_in_the_parameters_cell_counts(string notebook)
    {
        var tags = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, notebook)))!["cells"]!.AsArray()
            .SelectMany(cell => cell!["metadata"]!["tags"]?.AsArray() ?? []).Select(tag => (string)tag!).ToArray();
        Assert.Contains("parameters", tags);
        Assert.DoesNotContain("injected-parameters", tags);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_runs_at_smoke_scale_and_its_exact_claims_hold(string notebook)
    {
        using var polytask = new CommandLine();
        var run = polytask.Run("run", Path.Combine(Root, notebook), "-p", "scale=smoke", "-o", polytask.At("out.ipynb"));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);

        var claims = JsonNode.Parse(File.ReadAllText(polytask.At("out.ipynb")))!["cells"]!.AsArray()
            .SelectMany(cell => cell!["outputs"]?.AsArray() ?? []).SelectMany(output => output!["data"]?[Claims.MimeType]?.AsArray() ?? []).ToArray();
        Assert.NotEmpty(claims);
        var exact = claims.Where(claim => claim!["seeds"] is null).ToArray();
        Assert.NotEmpty(exact);
        Assert.All(exact, claim => Assert.True((bool)claim!["holds"]!, claim!.ToJsonString()));
        Assert.Contains("Claims: ", run.Output);
    }
}
