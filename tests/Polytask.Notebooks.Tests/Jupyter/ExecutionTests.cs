using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter;
using Polytask.Notebooks.Jupyter.Protocol;

namespace Polytask.Notebooks.Tests.Jupyter;

/// <summary>Cells in a kernel: their outputs, their numbers, their questions.</summary>
public sealed class ExecutionTests(ServedKernel kernel) : IClassFixture<ServedKernel>, IDisposable
{
    private readonly RawClient _client = new(kernel.Connection);

    public void Dispose() => _client.Dispose();

    [ZeroMqFact]
    public void Outputs_come_between_busy_and_idle_in_their_order()
    {
        var (reply, outputs) = _client.Run(
            "Console.Write(\"out\");\nConsole.Error.Write(\"err\");\nvar shown = display(\"<b>\");\nshown.Update(\"changed\");\n\"value\"");
        Assert.Equal(["status", "execute_input", "stream", "stream", "display_data", "update_display_data", "execute_result", "status"],
            outputs.Select(o => o.Type));
        Assert.Equal(["busy", "idle"], new[] { outputs[0], outputs[^1] }.Select(o => o.Content.Text("execution_state")));
        Assert.Equal(("stdout", "out"), (outputs[2].Content.Text("name"), outputs[2].Content.Text("text")));
        Assert.Equal(("stderr", "err"), (outputs[3].Content.Text("name"), outputs[3].Content.Text("text")));
        var display = (JsonObject)outputs[4].Content["transient"]!;
        Assert.NotNull(display.Text("display_id"));
        Assert.Equal(display.ToJsonString(), outputs[5].Content["transient"]!.ToJsonString());
        Assert.Equal("changed", Plain(outputs[5]));
        Assert.Equal("value", Plain(outputs[6]));
        Assert.Equal("ok", reply.Content.Text("status"));
        Assert.Equal(reply.Content.Number("execution_count"), outputs[1].Content.Number("execution_count"));
        Assert.Equal(reply.Content.Number("execution_count"), outputs[6].Content.Number("execution_count"));
        Assert.All(outputs, o => Assert.Equal(_client.Session, o.Parent.Text("session")));
    }

    [ZeroMqFact]
    public void An_error_has_its_place_and_no_colours()
    {
        var (reply, outputs) = _client.Run("var before = 1;\nthrow new InvalidOperationException(\"broken\");");
        var error = Assert.Single(outputs, o => o.Type == "error").Content;
        Assert.Equal("System.InvalidOperationException", error.Text("ename"));
        Assert.Equal("broken", error.Text("evalue"));
        var traceback = ((JsonArray)error["traceback"]!).Select(t => (string)t!).ToArray();
        Assert.Contains($"cell-{reply.Content.Number("execution_count")}:line 2", traceback[1]);
        Assert.All(traceback, line => Assert.DoesNotContain('\u001b', line));
        Assert.Equal("error", reply.Content.Text("status"));
        Assert.Equal(error["traceback"]!.ToJsonString(), reply.Content["traceback"]!.ToJsonString());
    }

    [ZeroMqTheory]
    [InlineData(true, "aborted")]
    [InlineData(false, "ok")]
    public void Cells_that_wait_behind_one_that_fails_are_aborted_where_that_is_asked_for(bool stop, string status)
    {
        var content = new JsonObject { ["code"] = "System.Threading.Thread.Sleep(300);\nthrow new Exception();", ["stop_on_error"] = stop };
        _client.Send("execute_request", content);
        _client.Send("execute_request", new JsonObject { ["code"] = "1" });
        _client.Send("kernel_info_request", []);
        Assert.Equal("error", _client.Receive(KernelChannel.Shell).Content.Text("status"));
        Assert.Equal(status, _client.Receive(KernelChannel.Shell).Content.Text("status"));
        Assert.Equal("ok", _client.Receive(KernelChannel.Shell).Content.Text("status"));
        Assert.Equal("ok", _client.Run("1").Reply.Content.Text("status"));
    }

    [ZeroMqFact]
    public void A_silent_cell_shows_nothing_and_has_no_number()
    {
        var before = Count(_client.Run("1").Reply);
        var (reply, outputs) = _client.Run("Console.WriteLine(\"unseen\"); display(1); var set = 41; set", new JsonObject { ["silent"] = true });
        Assert.Equal("ok", reply.Content.Text("status"));
        Assert.Equal(["status", "status"], outputs.Select(o => o.Type));
        Assert.Equal("error", _client.Run("throw new Exception();", new JsonObject { ["silent"] = true }).Reply.Content.Text("status"));
        (reply, outputs) = _client.Run("set + 1", new JsonObject { ["store_history"] = false });
        Assert.Equal("42", Plain(outputs[2]));
        Assert.Equal(before, Count(reply));
        Assert.Equal(before + 1, Count(_client.Run("1").Reply));
    }

    [ZeroMqFact]
    public void Expressions_of_the_client_are_evaluated_after_the_cell()
    {
        var expressions = new JsonObject { ["good"] = "six * 7", ["bad"] = "seven", ["none"] = "six++;" };
        var (reply, outputs) = _client.Run("var six = 6;", new JsonObject { ["user_expressions"] = expressions });
        var values = (JsonObject)reply.Content["user_expressions"]!;
        Assert.Equal("42", ((JsonObject)values["good"]!["data"]!).Text("text/plain"));
        Assert.Equal("ok", ((JsonObject)values["none"]!).Text("status"));
        Assert.Equal("error", ((JsonObject)values["bad"]!).Text("status"));
        Assert.Equal("CompilationError", ((JsonObject)values["bad"]!).Text("ename"));
        Assert.DoesNotContain(outputs, o => o.Type is "execute_result" or "error");
    }

    [ZeroMqTheory]
    [InlineData("""{"polyglot_notebook": {"kernelName": "fsharp"}}""", "[1; 2]")]
    [InlineData("""{"dotnet_interactive": {"language": "fsharp"}}""", "[1; 2]")]
    [InlineData("""{"vscode": {"languageId": "fsharp"}, "cellId": "x"}""", "[1; 2]")]
    [InlineData("""{"vscode": {"languageId": "python"}, "tags": ["fsharp"]}""", null)]
    public void The_metadata_of_a_cell_say_its_language(string metadata, string? value)
    {
        var (_, outputs) = _client.Run("[1; 2]", metadata: (JsonObject)JsonNode.Parse(metadata)!);
        Assert.Equal(value, outputs.FirstOrDefault(o => o.Type == "execute_result") is { } result ? Plain(result) : null);
        Assert.Equal(value is null, outputs.Any(o => o.Type == "error"));
    }

    [ZeroMqFact]
    public void What_is_not_JSON_elsewhere_is_null_and_a_bar_is_text()
    {
        var (_, outputs) = _client.Run("""
            var bundle = new Polytask.Notebooks.Display.MimeBundle().With("application/vnd.x+json", "{\"y\": [1.5, NaN, -Infinity]}");
            Polytask.Notebooks.Display.CellOutput.Current.Display(bundle, null);
            using (var bar = new Polytask.Notebooks.Display.ProgressBar("work", 2)) bar.Report(2, "all");
            """);
        Assert.Equal("[1.5,null,null]", outputs[2].Content["data"]!["application/vnd.x+json"]!["y"]!.ToJsonString());
        Assert.All(outputs[3..^1], o => Assert.Equal(["text/plain"], ((JsonObject)o.Content["data"]!).Select(d => d.Key)));
        Assert.Matches(@"^work  2/2  \d+\.\d s  all$", Plain(outputs[^2]));
    }

    [ZeroMqFact]
    public void Much_text_is_few_messages()
    {
        var (_, outputs) = _client.Run("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");
        var streams = outputs.Where(o => o.Type == "stream").ToArray();
        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")), string.Concat(streams.Select(s => s.Content.Text("text"))));
        Assert.InRange(streams.Length, 1, 200);
    }

    [ZeroMqFact]
    public void Of_many_updates_some_are_shown_and_the_last_one_always()
    {
        var (_, outputs) = _client.Run("var shown = display(-1);\nfor (var i = 0; i < 20_000; i++) shown.Update(i);");
        var updates = outputs.Where(o => o.Type == "update_display_data").Select(Plain).ToArray();
        Assert.InRange(updates.Length, 1, 5_000);
        Assert.Equal("19999", updates[^1]);
    }

    [ZeroMqTheory]
    [InlineData("Console.Write(\"Name? \");\nConsole.ReadLine()", "", false, "ä 😀")]
    [InlineData("await Kernel.GetInputAsync(\"Your name\")", "Your name", false, "ä 😀")]
    [InlineData("(await GetPasswordAsync(\"Secret\")).GetClearTextPassword()", "Secret", true, "ä 😀")]
    [InlineData("await GetPasswordAsync(\"Secret\")", "Secret", true, "******")]
    [InlineData("#!set --name typed --value @input:\"Your name\"\ntyped", "Your name", false, "ä 😀")]
    [InlineData("#!set --name hidden --value @password:Secret\nhidden.GetClearTextPassword()", "Secret", true, "ä 😀")]
    [InlineData("#!fsharp\nstdin.ReadLine()", "", false, "\"ä 😀\"")]
    public void A_cell_asks_the_person(string code, string prompt, bool hidden, string value)
    {
        var request = _client.Send("execute_request", new JsonObject { ["code"] = code, ["allow_stdin"] = true });
        var question = _client.Receive(KernelChannel.Input);
        Assert.Equal("input_request", question.Type);
        Assert.Equal(RawClient.Id(request), RawClient.ParentId(question));
        Assert.Equal((prompt, hidden), (question.Content.Text("prompt"), question.Content.Flag("password", !hidden)));
        _client.Send("input_reply", new JsonObject { ["value"] = "ä 😀" }, KernelChannel.Input);
        Assert.Equal("ok", _client.Receive(KernelChannel.Shell).Content.Text("status"));
        var result = _client.OutputsOf(RawClient.Id(request)).Single(o => o.Type == "execute_result");
        Assert.Equal(value, Plain(result));
    }

    [ZeroMqTheory]
    [InlineData("Console.ReadLine()", "nobody can answer")]
    [InlineData("await Kernel.GetInputAsync(\"x\")", "nobody can answer")]
    [InlineData("#!set --name x --value @input:prompt", "has nobody to ask")]
    public void Where_nobody_answers_the_question_is_an_error(string code, string message)
    {
        var (reply, _) = _client.Run(code, new JsonObject { ["allow_stdin"] = false });
        Assert.Contains(message, reply.Content.Text("evalue"));
    }

    [ZeroMqFact]
    public void A_question_ends_with_its_cell()
    {
        var request = _client.Send("execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = true });
        _client.Receive(KernelChannel.Input);
        Assert.Equal("ok", _client.Ask("interrupt_request", [], KernelChannel.Control).Content.Text("status"));
        var reply = _client.Receive(KernelChannel.Shell);
        Assert.Equal((RawClient.Id(request), "error"), (RawClient.ParentId(reply), reply.Content.Text("status")));
        _client.Send("input_reply", new JsonObject { ["value"] = "late" }, KernelChannel.Input);
        Assert.Equal("ok", _client.Run("1").Reply.Content.Text("status"));
    }

    [ZeroMqFact]
    public void Other_commands_cannot_ask()
    {
        var (reply, _) = _client.Run("#!import @input:file", new JsonObject { ["allow_stdin"] = true });
        Assert.Contains("#!import cannot ask for a value; #!set can", reply.Content.Text("evalue"));
    }

    private static int? Count(JupyterMessage reply) => reply.Content.Number("execution_count");

    private static string? Plain(JupyterMessage output) => ((JsonObject)output.Content["data"]!).Text("text/plain");
}
