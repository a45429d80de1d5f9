using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter;
using Polytask.Notebooks.Jupyter.Protocol;

namespace Polytask.Notebooks.Tests.Jupyter;

/// <summary>Cells that end their process, cells that are stopped, and the end of the kernel itself.</summary>
public sealed class KernelEndTests(ServedKernel kernel) : IClassFixture<ServedKernel>, IDisposable
{
    private readonly RawClient _client = new(kernel.Connection);

    public void Dispose() => _client.Dispose();

    [ZeroMqTheory]
    [InlineData("Console.Write(\"before\"); Environment.Exit(3);", "exit code 3")]
    [InlineData("Console.Write(\"before\"); Console.Out.Flush();\n"
        + "System.Diagnostics.Process.GetCurrentProcess().Kill(); while (true) { }", "killed (signal 9)")]
    public void A_cell_that_ends_its_process_is_an_error_and_the_next_cell_runs(string code, string message)
    {
        _client.Run("var lost = 1;");
        var earlier = _client.Run("display(1)").Outputs.Single(o => o.Type == "display_data").Content["transient"]!.ToJsonString();
        var (reply, outputs) = _client.Run(code);
        Assert.Equal("WorkerDied", reply.Content.Text("ename"));
        Assert.Contains(message, reply.Content.Text("evalue"));
        Assert.Contains("All variables are lost; the next cell runs in a new process.", reply.Content.Text("evalue"));
        Assert.Equal("before", outputs.First(o => o.Type == "stream").Content.Text("text"));
        Assert.Contains(outputs, o => o.Type == "error");

        (reply, outputs) = _client.Run("display(1); 1 + 1");
        Assert.Equal("ok", reply.Content.Text("status"));
        Assert.DoesNotContain(outputs, o => o.Type == "stream");

        // The new process counts its displays from 1 again; what is shown must not be taken for the old one's.
        Assert.NotEqual(earlier, outputs.Single(o => o.Type == "display_data").Content["transient"]!.ToJsonString());
        Assert.Contains("'lost' does not exist", _client.Run("lost").Reply.Content.Text("evalue"));
    }

    [ZeroMqFact]
    public void A_process_that_dies_between_two_cells_is_told_of_at_the_next()
    {
        var id = int.Parse(Plain(_client.Run("Environment.ProcessId").Outputs.Single(o => o.Type == "execute_result"))!);
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
            process.WaitForExit();
        }
        var (reply, outputs) = _client.Run("2");
        for (var i = 0; i < 100 && reply.Content.Text("status") == "ok" && outputs.All(o => o.Type != "stream"); i++)
            (reply, outputs) = _client.Run("2");

        // Between two cells, unless it is noticed only when the next one is under way.
        if (reply.Content.Text("status") == "ok")
            Assert.Contains("the worker process was killed (signal 9)", outputs.First(o => o.Type == "stream").Content.Text("text"));
        else
            Assert.Contains("All variables are lost", reply.Content.Text("evalue"));
    }

    [ZeroMqFact]
    public void What_cannot_be_stopped_says_so_and_ends_with_its_process_at_the_second_interrupt()
    {
        // Asleep in the C library, where no interrupt of .NET arrives.
        _client.Run("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds);\nvar lost = 1;");
        var request = _client.Send("execute_request",
            new JsonObject { ["code"] = "Console.WriteLine(\"begun\");\nfor (var i = 0; i < 600; i++) sleep(1000);" });
        while (_client.Output().Type != "stream")
        {
        }
        _client.Ask("interrupt_request", [], KernelChannel.Control);
        JupyterMessage said;
        do
            said = _client.Output();
        while (said.Type != "stream");
        Assert.Equal(("stderr", RawClient.Id(request)), (said.Content.Text("name"), RawClient.ParentId(said)));
        Assert.Contains("has not stopped 5 s after the interrupt", said.Content.Text("text"));
        Assert.Contains("A second interrupt ends the process", said.Content.Text("text"));

        _client.Ask("interrupt_request", [], KernelChannel.Control);
        var reply = _client.Receive(KernelChannel.Shell);
        Assert.Equal((RawClient.Id(request), "error"), (RawClient.ParentId(reply), reply.Content.Text("status")));
        Assert.Equal("Interrupted", reply.Content.Text("ename"));
        Assert.Contains("interrupted, and the process in which cells run was ended. All variables are lost", reply.Content.Text("evalue"));
        Assert.Contains("'lost' does not exist", _client.Run("lost").Reply.Content.Text("evalue"));
    }

    [ZeroMqFact]
    public void An_interrupt_between_two_cells_is_for_none()
    {
        _client.Run("1");
        Assert.Equal("ok", _client.Ask("interrupt_request", [], KernelChannel.Control).Content.Text("status"));
        Assert.Equal("ok", _client.Run("System.Threading.Thread.Sleep(50); 2").Reply.Content.Text("status"));
    }

    [ZeroMqTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_when_it_is_asked_to(bool control)
    {
        await using var other = new ServedKernel();
        using var client = new RawClient(other.Connection);
        var id = int.Parse(Plain(client.Run("Environment.ProcessId").Outputs.Single(o => o.Type == "execute_result"))!);
        var channel = control ? KernelChannel.Control : KernelChannel.Shell;
        var reply = client.Ask("shutdown_request", new JsonObject { ["restart"] = true }, channel);
        Assert.Equal("shutdown_reply", reply.Type);
        Assert.True(reply.Content.Flag("restart", false));
        Assert.Contains(client.OutputsOf(RawClient.ParentId(reply)!), o => o.Type == "shutdown_reply");
        await other.Serving;
        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    private static string? Plain(JupyterMessage output) => ((JsonObject)output.Content["data"]!).Text("text/plain");
}
