using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary>Runs with the library's values that are killed and continued: what could be put back exactly is, and nothing trains twice.</summary>
public sealed class ResumeLibraryTests : IDisposable
{
    private const string WaitForGo = "for (var i = 0; !File.Exists(\"go\"); i++) System.Threading.Thread.Sleep(50);";
    private readonly CommandLine _polytask = new();

    public void Dispose() => _polytask.Dispose();

    [Fact]
    public void A_study_that_was_killed_after_its_training_cells_goes_on_without_training_again()
    {
        Cell[] cells =
        [
            Cell.Code("var scale = \"cpu\"; var seeds = 1;", "parameters"),
            Cell.Code("using Deedle;\nusing Polytask;\nusing Polytask.Analysis;\nusing TorchSharp;"),
            Cell.Code("var rows = scale == \"smoke\" ? 400 : 4_000;\nvar source = new CorrelatedTasks(0.5, 20, train: rows, validation: 100, test: 200);"
                + "\nvar x = source.Split(0).Train.Inputs(\"first\");\nvar weight = torch.ones(3, requires_grad: true);"),
            Cell.Code("var mmoe = Model.Named(\"MMoE\").Input(20).Experts(2, Block.Mlp(4)).Gate(Gate.Softmax()).Task(\"first\", Head.Regress())"
                + ".Task(\"second\", Head.Regress());\nvar shared = mmoe.Renamed(\"shared\").WithoutExperts().Backbone(Block.Mlp(4));\nmmoe"),
            Cell.Code("File.AppendAllText(\"trained\", \"x\");\nvar study = Study.On(source).Variants(shared, mmoe).Seeds(seeds).Train(t => t.Adam(1e-3).Epochs(60).Batch(16)).Run();\n"
                + "study.Table()"),
            Cell.Code("System.Threading.Thread.Sleep(1100);\ntorch.manual_seed(7);\nvar drawn = torch.rand(2);\n(weight * 2).sum().backward();\n"
                + "var results = study.Runs.Select(run => new { model = run.Model.Name, mse = run.Test(\"first/mse\") }).ToArray();\n"
                + "var frame = Frame.FromRecords(results);\nrecord Best(string Name, double Error);\nvar best = results.Select(r => new Best(r.model, r.mse)).MinBy(b => b.Error);"),
            Cell.Code(WaitForGo),
            Cell.Code("Console.WriteLine(string.Join(' ', drawn.data<float>()) + ' ' + torch.rand(1).item<float>());\n"
                + "Console.WriteLine(string.Join(' ', weight.grad.data<float>()));\nConsole.WriteLine(best + \" \" + results[0]);\n"
                + "Console.WriteLine(study.Run(\"MMoE\", 0).Module.Forward(x.slice(0, 0, 3, 1))[1].sum().item<float>());\n"
                + "Console.WriteLine(study.Claim(\"lower\", r => r.Mean(\"MMoE\", \"first/mse\") > 0));\nframe"),
        ];
        File.WriteAllText(_polytask.At("go"), "");
        _polytask.Write("expected.ipynb", cells);
        var undisturbed = _polytask.Run("run", "expected.ipynb", "-p", "scale=smoke");
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Output + undisturbed.Errors);
        File.Delete(_polytask.At("go"));
        File.Delete(_polytask.At("trained"));

        _polytask.Write("a.ipynb", cells);
        using (var runner = _polytask.Start("run", "a.ipynb", "-p", "scale=smoke"))
        {
            while (runner.StandardOutput.ReadLine() is { } line && !line.Contains("for (var i = 0;", StringComparison.Ordinal))
            {
            }
            runner.Kill(entireProcessTree: true);
            runner.WaitForExit();
        }
        File.WriteAllText(_polytask.At("go"), "");
        var resumed = _polytask.Run("run", "a.ipynb", "-p", "scale=smoke", "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Errors);
        Assert.Contains("cells 1 to 7 taken over with their values, nothing runs again", resumed.Output);
        Assert.Equal("x", File.ReadAllText(_polytask.At("trained")));
        Assert.Equal(Plain("expected.ipynb"), Plain("a.ipynb"));
    }

    [Theory]
    [InlineData("var value = torch.randn(3, 4).t().contiguous().t();", "string.Join(' ', value.stride()) + string.Join(' ', value.contiguous().data<float>())")]
    [InlineData("var value = torch.randn(2, 3, 4, 5).contiguous().permute(0, 3, 1, 2).clone();",
        "string.Join(' ', value.shape) + string.Join(' ', value.stride()) + string.Join(' ', value.contiguous().data<float>())")]
    [InlineData("var value = torch.linalg.eigh(torch.eye(3, dtype: torch.float64) + 0.1).eigenvectors;",
        "string.Join(' ', value.stride()) + string.Join(' ', value.contiguous().data<double>())")]
    [InlineData("var value = torch.tensor(3.5f);", "value.shape.Length + \" \" + value.item<float>()")]
    [InlineData("var value = new TorchSharp.Modules.Parameter(torch.randn(2, 2).t().contiguous().t()); value.sum().backward();",
        "value.requires_grad + string.Join(' ', value.stride()) + string.Join(' ', value.grad.data<float>())")]
    [InlineData("var value = Frame.FromRecords(new[] { new { A = 0.1, B = \"b\", C = 1 }, new { A = double.NaN, B = (string)null, C = 2 } });",
        "value + string.Join(' ', value.ColumnTypes) + value.GetColumn<double>(\"A\").ValueCount")]
    [InlineData("var value = new SeriesBuilder<string, double> { { \"x\", 1.0 / 3 } }.Series.Realign([\"x\", \"y\"]);", "value.ToString() + value.KeyCount + value.ValueCount")]
    public void What_is_put_back_is_as_it_was(string source, string shown)
    {
        _polytask.Write("a.ipynb", Cell.Code("using Deedle;\nusing TorchSharp;\ntorch.manual_seed(3);"),
            Cell.Code($"File.AppendAllText(\"ran\", \"x\");\nSystem.Threading.Thread.Sleep(1100);\n{source}\nConsole.WriteLine({shown});"),
            Cell.Code($"if (!File.Exists(\"go\")) throw new Exception(\"not yet\");\nConsole.WriteLine({shown});"));
        var first = _polytask.Run("run", "a.ipynb");
        Assert.True(first.ExitCode == 1, first.Output + first.Errors);
        File.WriteAllText(_polytask.At("go"), "");
        var resumed = _polytask.Run("run", "a.ipynb", "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Errors);
        Assert.Equal("x", File.ReadAllText(_polytask.At("ran")));
        var cells = NotebookFile.Read(_polytask.At("a.ipynb")).Cells;
        Assert.Equal(cells[1].Outputs[^1]!["text"]!.ToJsonString(), cells[2].Outputs[0]!["text"]!.ToJsonString());
    }

    [Theory]
    [InlineData("var t = torch.arange(4); var part = t.slice(0, 1, 3, 1);", "'part' is a tensor that shares its memory with another")]
    [InlineData("var w = torch.ones(2, requires_grad: true); var y = w * 2;", "'y' is a tensor that knows how it was computed")]
    [InlineData("var t = torch.arange(6).reshape(2, 3).slice(1, 0, 2, 1);", "'t' is a tensor with gaps in its memory")]
    [InlineData("torch.set_default_dtype(torch.float64);", "uses torch.set_default_dtype, whose effects are not known")]
    [InlineData("torch.set_num_threads(1);", "uses torch.set_num_threads, whose effects are not known")]
    [InlineData("var frame = Frame.FromRecords(new[] { new { A = DateTime.Now } });", "'frame' is a frame whose column 'A' is of DateTime")]
    [InlineData("var optimiser = torch.optim.SGD([new TorchSharp.Modules.Parameter(torch.ones(1))], 0.1);", "'optimiser' is a ")]
    public void What_could_not_be_put_back_exactly_makes_its_cell_run_again_and_is_said(string source, string why)
    {
        _polytask.Write("a.ipynb", Cell.Code("using Deedle;\nusing TorchSharp;"),
            Cell.Code($"File.AppendAllText(\"ran\", \"x\");\nSystem.Threading.Thread.Sleep(1100);\n{source}"),
            Cell.Code("if (!File.Exists(\"go\")) throw new Exception(\"not yet\");"));
        Assert.Equal(1, _polytask.Run("run", "a.ipynb").ExitCode);
        File.WriteAllText(_polytask.At("go"), "");
        var resumed = _polytask.Run("run", "a.ipynb", "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Errors);
        Assert.Contains(why, resumed.Output);
        Assert.Equal("xx", File.ReadAllText(_polytask.At("ran")));
    }

    [Fact]
    public void A_notebook_without_tensors_does_not_load_libtorch_for_its_figures_and_states()
    {
        _polytask.Write("a.ipynb", Cell.Code("System.Threading.Thread.Sleep(1100); var n = 1;"),
            Cell.Code("File.ReadLines(\"/proc/self/maps\").Count(l => l.Contains(\"libtorch\"))"));
        var run = _polytask.Run("run", "a.ipynb");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var cells = NotebookFile.Read(_polytask.At("a.ipynb")).Cells;
        Assert.Equal("0", (string?)cells[1].Outputs[0]!["data"]!["text/plain"]);
        Assert.True(((System.Text.Json.Nodes.JsonObject)cells[0].Metadata["polytask"]!).ContainsKey("gpu_memory_mb"));
    }

    /// <summary>A notebook without what no two runs have in common: times, memory, the seconds in bars.</summary>
    private string Plain(string name)
    {
        var notebook = NotebookFile.Read(_polytask.At(name));
        notebook.Metadata.Remove("polytask");
        foreach (var cell in notebook.Cells)
            cell.Metadata.Remove("polytask");
        return System.Text.RegularExpressions.Regex.Replace(notebook.ToText(), @"\d+\.\d s\b", "0.0 s");
    }
}
