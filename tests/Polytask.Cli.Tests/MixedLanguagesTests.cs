using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary>A notebook in both languages, end to end: the library's values go from one to the other and back.</summary>
public sealed class MixedLanguagesTests
{
    private static readonly JsonObject FSharp = new() { ["kernelName"] = "fsharp" };

    [Theory]
    [InlineData("mixed.ipynb")]
    [InlineData("mixed.dib")]
    public void Models_tensors_and_frames_are_shared_by_reference(string name)
    {
        using var polytask = new CommandLine();
        var fsharp = Cell.Code("""
            #!share --from csharp features
            #!share --from csharp weights
            open Polytask.FSharp
            open Deedle
            printfn "%d features" features
            let model = multitask "mixed" {
                input features
                backbone (mlp [ 4 ])
                task "label" (classify 2) }
            weights.add_(TorchSharp.Scalar.op_Implicit 1) |> ignore
            let table = Frame.ofRecords [ {| Name = "a"; Value = 1.5 |}; {| Name = "b"; Value = 2.5 |} ]
            table
            """);
        fsharp.Metadata["polyglot_notebook"] = FSharp.DeepClone();
        polytask.Write(name,
            Cell.Markdown("# Both languages"),
            Cell.Code("var features = 3;", "parameters"),
            Cell.Code("using Polytask;\nusing TorchSharp;\nvar weights = torch.arange(6);"),
            fsharp,
            Cell.Code("#!share --from fsharp model\n#!share --from fsharp table\n(weights.sum().item<long>(), table.RowCount, "
                + "model.ToString().Split('\\n')[0])"));

        var run = polytask.Run("run", name, "-p", "features=5", "-o", "out.ipynb");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("5 features", run.Output);
        var cells = NotebookFile.Read(polytask.At("out.ipynb")).CodeCells.ToArray();
        Assert.Equal("5 features\n", (string?)cells[^2].Outputs[0]!["text"]);
        var shown = cells[^2].Outputs[1]!["data"]!;
        Assert.Matches("(?s)<table class=\"dataframe\">.*1\\.5", (string?)shown["text/html"]);
        Assert.Matches(@"0 -> a +1\.5", (string?)shown["text/plain"]);
        Assert.Equal("(21, 2, mixed: 5 features, 34 parameters)", (string?)cells[^1].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public void A_dib_is_run_into_the_notebook_of_its_name()
    {
        using var polytask = new CommandLine();
        File.WriteAllText(polytask.At("small.dib"), "#!fsharp\n\n[1; 2]\n\n#!csharp\n\n1 + 1\n");
        var before = File.ReadAllText(polytask.At("small.dib"));
        var run = polytask.Run("run", "small.dib");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(before, File.ReadAllText(polytask.At("small.dib")));
        Assert.Equal(["[1; 2]", "2"], NotebookFile.Read(polytask.At("small.ipynb")).CodeCells.Select(c =>
            (string?)c.Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(["small.dib", "small.ipynb"], Directory.GetFiles(polytask.Folder).Select(Path.GetFileName).Order());
        File.WriteAllText(polytask.At("broken.dib"), "#!meta\n\n{\n  \"a\": }\n");
        run = polytask.Run("run", "broken.dib");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("broken.dib: the #!meta block is not JSON: line 4, column 8", run.Errors);
    }
}
