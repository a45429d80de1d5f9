namespace Polytask.Notebooks.Tests.Kernels.Interrupting;

/// <summary>Cells that never end are interrupted, and the session goes on as if they had failed.</summary>
[Collection("sessions")]
public sealed class InterruptTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Session _session = new();
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _notices = new();

    public InterruptTests() => Console.SetError(_notices);

    public void Dispose() => Console.SetError(_error);

    [Theory]
    [MemberData(nameof(EndlessCells.CSharp), MemberType = typeof(EndlessCells))]
    public void CSharp_cells_that_never_end_are_stopped(string name)
    {
        _session.Run("using Polytask.Notebooks.Tests.Kernels.Interrupting; var kept = 5;");
        var error = Interrupted(EndlessCells.CSharpSource(name), "csharp");
        Assert.Matches("^cell-2 was interrupted( in line [1-3])?(; what it waited for .*)?\\.$", error.Message);
        Assert.All(error.Traceback.Skip(1), line => Assert.Matches(@"^   at .* in cell-2:line [1-3]$", line));
        Assert.Equal("", _notices.ToString());

        // Nothing of it is left: the next cell loops, waits and catches.
        Assert.Equal("1000 True", _session.Run("""
            var count = 0;
            while (count < 1000) count++;
            System.Threading.Thread.Sleep(1);
            await Task.Delay(1);
            await Task.Yield();
            try { throw new Exception("mine"); } catch (Exception e) when (e.Message == "mine") { }
            $"{count} {kept >= 5}"
            """));
    }

    [Theory]
    [MemberData(nameof(EndlessCells.FSharp), MemberType = typeof(EndlessCells))]
    public void FSharp_cells_that_wait_are_stopped(string name)
    {
        _session.Run("open Polytask.Notebooks.Tests.Kernels.Interrupting\nlet kept = 5", "fsharp");
        var error = Interrupted(EndlessCells.FSharpSource(name), "fsharp");
        Assert.StartsWith("cell-2 was interrupted", error.Message);
        Assert.Equal("6", _session.Run("async {\n  do! Async.Sleep 1\n  return kept + 1 } |> Async.RunSynchronously", "fsharp"));
    }

    [Theory]
    [InlineData("Begun.Say();\n\nwhile (true)\n    ;", "cell-2 was interrupted in line 4.", 4)]
    [InlineData("Begun.Say();\nwhile (true)\n{\n}", "cell-2 was interrupted in line 3.", 3)]
    [InlineData("Begun.Say();\n\nSystem.Threading.Thread.Sleep(-1);", "cell-2 was interrupted in line 3.", 3)]
    [InlineData("Begun.Say();\n\nawait Task.Delay(-1);", "cell-2 was interrupted in line 3.", 3)]
    [InlineData("Begun.Say();\n\nSpin();", "cell-2 was interrupted in cell-1, line 4.", 3)]
    public void The_error_says_where_the_code_was(string source, string message, int line)
    {
        _session.Run("using Polytask.Notebooks.Tests.Kernels.Interrupting;\nvoid Spin()\n{\n    while (true) ;\n}");
        var error = Interrupted(source, "csharp");
        Assert.Equal(message, error.Message);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Finally_blocks_run_to_their_end_and_no_catch_sees_the_interruption()
    {
        _session.Run("""
            using Polytask.Notebooks.Tests.Kernels.Interrupting;
            var log = new List<string>();
            class Resource(List<string> log) : IDisposable { public void Dispose() { for (var i = 0; i < 3; i++) log.Add($"freed {i}"); } }
            """);
        Interrupted("""
            try
            {
                try
                {
                    using var resource = new Resource(log);
                    Begun.Say();
                    System.Threading.Thread.Sleep(-1);
                }
                catch { log.Add("caught"); }
                finally
                {
                    foreach (var i in Enumerable.Range(0, 3)) { System.Threading.Thread.Sleep(1); log.Add($"inner {i}"); }
                    try { throw new IOException(); } catch (IOException) { log.Add("own"); }
                }
            }
            catch (Exception e) when (e.Message.Length > -1) { log.Add("caught"); }
            finally { await Task.Delay(1); log.Add("outer"); }
            """, "csharp");
        Assert.Equal("freed 0 freed 1 freed 2 inner 0 inner 1 inner 2 own outer", _session.Run("string.Join(' ', log)"));
    }

    [Fact]
    public void The_threads_and_tasks_of_cells_stop_with_it()
    {
        _session.Run("""
            using Polytask.Notebooks.Tests.Kernels.Interrupting;
            long before = 0, with = 0, own = 0;
            var earlier = Task.Run(() => { while (true) before++; });
            """);
        Interrupted("""
            var task = Task.Run(() => { try { while (true) with++; } catch { } });
            var thread = new System.Threading.Thread(() => { while (true) own++; });
            thread.Start();
            Begun.Say();
            task.Wait();
            """, "csharp");
        Assert.Equal("True True True", _session.Run(
            "$\"{thread.Join(5000)} {((IAsyncResult)task).AsyncWaitHandle.WaitOne(5000)} {((IAsyncResult)earlier).AsyncWaitHandle.WaitOne(5000)}\""));
    }

    [Fact]
    public void An_interrupt_between_cells_is_for_none()
    {
        Assert.Equal("1", _session.Run("1"));
        _session.Interrupt();
        Assert.Equal("3", _session.Run("var i = 0;\nwhile (i < 3) { i++; System.Threading.Thread.Sleep(1); }\ni"));
    }

    [Fact]
    public void Variables_that_an_interrupted_cell_set_are_there()
    {
        _session.Run("using Polytask.Notebooks.Tests.Kernels.Interrupting;");
        Interrupted("var set = 41; Begun.Say(); while (true) ;", "csharp");
        Assert.Equal("42", _session.Run("set + 1"));
    }

    private Notebooks.Kernels.CellError Interrupted(string source, string language)
    {
        Notebooks.Kernels.CellError? error = null;
        Exception? other = null;
        var thread = new Thread(() => other = Record.Exception(() => error = _session.Fail(source, language)), 16 << 20) { IsBackground = true };
        thread.Start();
        Begun.Wait();
        Thread.Sleep(50);
        _session.Interrupt();
        Assert.True(thread.Join(Patience), "the cell was not stopped");
        Assert.Null(other);
        Assert.Equal("Interrupted", error!.Name);
        return error;
    }
}
