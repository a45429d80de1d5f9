using System.Text.Json.Nodes;

namespace Polytask.Cli.Tests.Jupyter;

/// <summary>Our kernels as Jupyter's own client sees them (tests/peers/jupyter_kernel.py plays the scenarios).</summary>
public sealed class KernelClientTests(InstalledKernels kernels) : IClassFixture<InstalledKernels>
{
    [JupyterTheory]
    [InlineData("polytask-csharp", "C#", ".cs")]
    [InlineData("polytask-fsharp", "F#", ".fs")]
    public void It_says_its_language(string kernel, string language, string extension)
    {
        var info = Play("information", kernel);
        Assert.Equal((language, extension), ((string?)info["language_info"]!["name"], (string?)info["language_info"]!["file_extension"]));
    }

    [JupyterFact]
    public void Outputs_of_both_languages_and_errors_arrive()
    {
        var cells = (JsonArray)Play("outputs");
        Assert.Equal(["status", "execute_input", "stream", "stream", "display_data", "display_data", "execute_result", "status"], Types(cells[0]!));
        Assert.Equal("out\n", (string?)cells[0]!["outputs"]![2]!["text"]);
        Assert.Equal("<b>x</b>", (string?)cells[0]!["outputs"]![5]!["data"]!["text/html"]);
        Assert.Equal("42", (string?)cells[0]!["outputs"]![6]!["data"]!["text/plain"]);
        Assert.Equal("[2; 4; 6]", Result(cells[1]!));
        Assert.Equal(["System.Exception: broken", "   at the cell in cell-3:line 2"],
            ((JsonArray)cells[2]!["reply"]!["traceback"]!).Select(t => (string?)t));
        Assert.Equal("1", Result(cells[3]!));
    }

    [JupyterFact]
    public void A_cell_asks_the_person()
    {
        var cells = (JsonArray)Play("questions");
        Assert.Equal(["Ada", "Grace", "hush"], cells.Take(3).Select(c => Result(c!)));
        Assert.Equal(["", "Your name", "Secret"], cells.Take(3).Select(c => (string?)Output(c!, "input_request")["prompt"]));
        Assert.Equal([false, false, true], cells.Take(3).Select(c => (bool)Output(c!, "input_request")["password"]!));
        Assert.Contains("nobody can answer", (string?)cells[3]!["reply"]!["evalue"]);
    }

    [JupyterFact]
    public void Its_history_is_found()
    {
        var history = Play("history");
        Assert.Equal(["2 + 2", "var x = 3;"], ((JsonArray)history["tail"]!["history"]!).Select(e => (string?)e![2]));
        Assert.Equal(["1 + 1 2", "2 + 2 4"], ((JsonArray)history["range"]!["history"]!).Select(e => $"{e![2]![0]} {e[2]![1]}"));
        Assert.Equal(["2 + 2"], ((JsonArray)history["search"]!["history"]!).Select(e => (string?)e![2]));
    }

    [JupyterFact]
    public void It_can_be_restarted() => Assert.Contains("'lost' does not exist", (string?)Play("restart")["reply"]!["evalue"]);

    [JupyterFact]
    public void It_outlives_its_cells()
    {
        var cells = (JsonArray)Play("death");
        Assert.Equal("WorkerDied", (string?)cells[1]!["reply"]!["ename"]);
        Assert.Contains("All variables are lost", (string?)Output(cells[1]!, "error")["evalue"]);
        Assert.Contains("'lost' does not exist", (string?)cells[2]!["reply"]!["evalue"]);
        Assert.Equal("2", Result(cells[3]!));
        Assert.True((bool)cells[4]!);
    }

    [JupyterFact]
    public void Cells_behind_one_that_fails_are_aborted() =>
        Assert.Equal(["error", "aborted", "aborted", "ok"], ((JsonArray)Play("queue")).Select(s => (string?)s));

    [JupyterFact]
    public void Cells_that_are_being_written_get_help()
    {
        var help = Play("assistance");

        // Positions are counted in code points: what stands before the cursor holds one that takes two units of UTF-16.
        var completion = help["completion"]!;
        Assert.Contains("Replace", ((JsonArray)completion["matches"]!).Select(m => (string?)m));
        Assert.Equal((21, 25), ((int)completion["cursor_start"]!, (int)completion["cursor_end"]!));
        Assert.Contains("longVariable", ((JsonArray)help["variable"]!["matches"]!).Select(m => (string?)m));
        Assert.True((bool)help["inspection"]!["found"]!);
        Assert.Contains("string.Replace(string oldValue, ", (string?)help["inspection"]!["data"]!["text/plain"]);
        Assert.False((bool)help["nothing"]!["found"]!);
        Assert.Equal("complete", (string?)help["complete"]!["status"]);
        Assert.Equal(("incomplete", "    "), ((string?)help["incomplete"]!["status"], (string?)help["incomplete"]!["indent"]));
        Assert.Equal("invalid", (string?)help["invalid"]!["status"]);
    }

    [JupyterFact]
    public void What_runs_is_interrupted_by_a_message_and_by_a_signal_and_variables_stay()
    {
        var cells = (JsonArray)Play("interrupt");
        Assert.Equal(3, cells.Count);
        Assert.All(cells, cell => Assert.Equal("Interrupted", (string?)cell!["reply"]!["ename"]));
        Assert.All(cells, cell => Assert.Equal("5", Result(cell!["after"]!)));
    }

    private JsonNode Play(string scenario, string kernel = "polytask-csharp")
    {
        var run = kernels.Polytask.RunProgram(JupyterPeers.Python, Peers.Script("jupyter_kernel.py"), kernel, scenario);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return JsonNode.Parse(run.Output)!;
    }

    private static IEnumerable<string?> Types(JsonNode cell) => ((JsonArray)cell["outputs"]!).Select(o => (string?)o!["type"]);

    private static JsonNode Output(JsonNode cell, string type) => ((JsonArray)cell["outputs"]!).Single(o => (string?)o!["type"] == type)!;

    private static string? Result(JsonNode cell) => (string?)Output(cell, "execute_result")["data"]!["text/plain"];
}
