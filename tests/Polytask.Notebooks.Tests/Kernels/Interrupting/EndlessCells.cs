namespace Polytask.Notebooks.Tests.Kernels.Interrupting;

/// <summary>Cells that never end, by what keeps them going. Each says that it has begun by <see cref="Begun" />.</summary>
public static class EndlessCells
{
    private static readonly (string Name, string Source)[] CSharpCells =
    [
        ("empty while", "Begun.Say(); while (true) ;"),
        ("while with a block", "Begun.Say(); var i = 0; while (true) { i++; }"),
        ("do", "Begun.Say(); var i = 0; do i++; while (true);"),
        ("for without condition", "Begun.Say(); for (;;) ;"),
        ("for over a long", "Begun.Say(); var sum = 0L; for (long i = 0; i < long.MaxValue; i++) sum += i;"),
        ("for whose counter is set back", "Begun.Say(); var sum = 0; for (var i = 0; i < 10; i++) { sum += i; i = 0; }"),
        ("nested loops of counters", "Begun.Say(); var sum = 0; for (var i = 0; i < int.MaxValue; i++) for (var j = 0; j < 1_000_000; j++) sum ^= j;"),
        ("for with a call", "Begun.Say(); var sum = 0.0; for (var i = 0; i < int.MaxValue; i++) sum += Slow(i); double Slow(int i) { System.Threading.Thread.SpinWait(100_000); return i; }"),
        ("for with an operator of a type", "class Slow { public static Slow operator +(Slow a, Slow b) { System.Threading.Thread.SpinWait(100_000); return a; } }\nBegun.Say(); var s = new Slow(); for (var i = 0; i < int.MaxValue; i++) s = s + s;"),
        ("for with a property of a type", "class Slow { public int Value { get { System.Threading.Thread.SpinWait(100_000); return 1; } } }\nBegun.Say(); var s = new Slow(); var sum = 0; for (var i = 0; i < int.MaxValue; i++) sum += s.Value;"),
        ("foreach over an iterator", "IEnumerable<int> Naturals() { var i = 0; while (true) yield return i++; }\nBegun.Say(); var sum = 0L; foreach (var i in Naturals()) sum += i;"),
        ("foreach over a library's sequence", "Begun.Say(); var sum = 0L; foreach (var i in Enumerable.Repeat(1, int.MaxValue).SelectMany(i => Enumerable.Repeat(1, int.MaxValue))) sum += i;"),
        ("foreach over a tuple sequence", "IEnumerable<(int, int)> Pairs() { while (true) yield return (1, 2); }\nBegun.Say(); foreach (var (a, b) in Pairs()) ;"),
        ("goto", "Begun.Say(); var i = 0; again: i++; goto again;"),
        ("goto in a function", "void Spin() { var i = 0; again: i++; if (i > -1) goto again; i = 0; goto again; }\nBegun.Say(); Spin();"),
        ("goto case", "Begun.Say(); switch (1) { case 1: goto case 2; case 2: goto case 1; }"),
        ("goto default", "Begun.Say(); switch (1) { case 1: goto default; default: goto case 1; }"),
        ("deep recursion", "long Fib(int n) { if (n < 2) return n; return Fib(n - 1) + Fib(n - 2); }\nBegun.Say(); Fib(90)"),
        ("recursion of an expression", "long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nBegun.Say(); Fib(90)"),
        ("recursion of a local function", "long Run() { Begun.Say(); return Fib(90); long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); }\nRun()"),
        ("recursion of a lambda", "Func<int, long> fib = null; fib = n => n < 2 ? n : fib(n - 1) + fib(n - 2); Begun.Say(); fib(90)"),
        ("recursion of void functions", "void Tree(int n) => Both(n);\nvoid Both(int n) { if (n > 0) { Tree(n - 1); Tree(n - 1); } }\nBegun.Say(); Tree(90);"),
        ("lambda with a loop", "Action spin = () => { while (true) ; }; Begun.Say(); spin();"),
        ("anonymous method", "Action spin = delegate { for (;;) ; }; Begun.Say(); spin();"),
        ("method of a class", "class Worker { public int Steps; public void Go() { while (true) Steps++; } }\nBegun.Say(); new Worker().Go();"),
        ("constructor", "class Endless { public Endless() { while (true) ; } }\nBegun.Say(); new Endless();"),
        ("property", "class Endless { public int Value { get { while (true) ; } } }\nBegun.Say(); new Endless().Value"),
        ("generic method of a struct", "struct Box<T> { public T Spin(T value) { while (true) if (value is null) return value; } }\nBegun.Say(); new Box<int>().Spin(1)"),
        ("library cell", "namespace Endless.Library { public static class Loops { public static void Spin(this int i) { while (true) i++; } } }\nBegun.Say(); Endless.Library.Loops.Spin(1);"),
        ("catch of everything", "Begun.Say(); while (true) try { while (true) ; } catch { }"),
        ("catch of exceptions", "Begun.Say(); while (true) try { while (true) ; } catch (Exception) { }"),
        ("catch by name", "Begun.Say(); var caught = 0; while (true) try { while (true) ; } catch (Exception e) { caught += e.Message.Length; }"),
        ("catch with a filter", "Begun.Say(); while (true) try { while (true) ; } catch (Exception e) when (e.Message is { Length: var n } && n > -1 || true) { }"),
        ("catch that throws another", "Begun.Say(); while (true) try { while (true) ; } catch (Exception e) { throw new InvalidOperationException(\"mine\", e); }"),
        ("nested catches", "Begun.Say(); while (true) try { try { while (true) ; } catch (InvalidOperationException) { } catch { } } catch (Exception) { try { } catch { } }"),
        ("retries that sleep", "Begun.Say(); while (true) try { throw new Exception(); } catch (Exception) { System.Threading.Thread.Sleep(100_000); }"),
        ("retries without a loop", "void Retry() { try { System.Threading.Thread.Sleep(100_000); } catch { Retry(); } }\nBegun.Say(); Retry();"),
        ("nested finally", "Begun.Say(); try { try { while (true) ; } finally { for (var i = 0; i < 3; i++) Console.Write(\"\"); } } finally { kept++; }"),
        ("sleep", "Begun.Say(); System.Threading.Thread.Sleep(-1);"),
        ("lock", "var gate = new object(); var held = new System.Threading.ManualResetEventSlim(); new System.Threading.Thread(() => { lock (gate) { held.Set(); System.Threading.Thread.Sleep(20_000); } }) { IsBackground = true }.Start(); held.Wait(); Begun.Say(); lock (gate) ;"),
        ("event", "Begun.Say(); new System.Threading.ManualResetEvent(false).WaitOne();"),
        ("semaphore", "Begun.Say(); new System.Threading.SemaphoreSlim(0).Wait();"),
        ("queue", "Begun.Say(); new System.Collections.Concurrent.BlockingCollection<int>().Take()"),
        ("reading what nobody writes", "var pipe = new System.IO.Pipelines.Pipe(); var reader = new StreamReader(pipe.Reader.AsStream()); Begun.Say(); reader.ReadLine()"),
        ("process", "var child = System.Diagnostics.Process.Start(\"sleep\", \"20\"); Begun.Say(); try { child.WaitForExit(); } finally { child.Kill(); }"),
        ("wait for a task", "Begun.Say(); Task.Delay(-1).Wait();"),
        ("result of a task", "Begun.Say(); new TaskCompletionSource<int>().Task.Result"),
        ("wait for all", "Begun.Say(); Task.WaitAll(Task.Delay(-1), Task.Delay(-1));"),
        ("join", "var thread = new System.Threading.Thread(() => { while (true) ; }); thread.Start(); Begun.Say(); thread.Join();"),
        ("task with a loop", "Begun.Say(); Task.Run(() => { while (true) ; }).Wait();"),
        ("Parallel.For", "Begun.Say(); Parallel.For(0, 8, i => { while (true) ; });"),
        ("Parallel.For over everything", "Begun.Say(); Parallel.For(0, int.MaxValue, i => System.Threading.Thread.SpinWait(100_000));"),
        ("PLINQ", "bool Even(int i) { System.Threading.Thread.SpinWait(10_000); return i % 2 == 0; }\nBegun.Say(); Enumerable.Range(0, int.MaxValue).AsParallel().Where(i => Even(i) && i < 0).Count()"),
        ("await", "Begun.Say(); await Task.Delay(-1);"),
        ("await of a value task", "Begun.Say(); await new ValueTask<int>(new TaskCompletionSource<int>().Task)"),
        ("await without context", "Begun.Say(); await Task.Delay(-1).ConfigureAwait(false);"),
        ("await in a loop", "Begun.Say(); while (true) await Task.Delay(1);"),
        ("await in a function", "async Task<int> Forever() { while (true) { await Task.Delay(1); await Task.Yield(); } }\nBegun.Say(); await Forever()"),
        ("await that is retried", "async Task Forever() { while (true) try { await Task.Delay(-1); } catch (OperationCanceledException) { } catch (Exception) { } }\nBegun.Say(); await Forever();"),
        ("await of an expression function", "async Task Forever() => await Task.Delay(-1);\nasync Task<int> Value() => await new TaskCompletionSource<int>().Task;\nBegun.Say(); await Task.WhenAll(Forever(), Value());"),
        ("result of an async function", "async Task<int> Forever() { await Task.Delay(-1); return 1; }\nBegun.Say(); Forever().Result"),
        ("await in try and finally", "Begun.Say(); try { await Task.Delay(-1); } finally { await Task.Delay(1); kept++; }"),
        ("await foreach", "async IAsyncEnumerable<int> Ticks() { for (var i = 0; ; i++) { await Task.Delay(1); yield return i; } }\nBegun.Say(); await foreach (var i in Ticks()) ;"),
        ("await foreach that waits", "async IAsyncEnumerable<int> Ticks() { await Task.Delay(-1); yield return 1; }\nBegun.Say(); await foreach (var i in Ticks()) ;"),
        ("lambda of LINQ", "Begun.Say(); Enumerable.Range(0, int.MaxValue).Where(i => { System.Threading.Thread.SpinWait(10_000); return i < 0; }).Count()"),
        ("expression lambda of LINQ", "Begun.Say(); Enumerable.Repeat(0, int.MaxValue).SelectMany(i => Enumerable.Repeat(i, int.MaxValue)).Where(i => i < 0).Count()"),
        ("query of an iterator", "IEnumerable<int> Naturals() { for (var i = 0; ; i++) yield return i; }\nBegun.Say(); (from i in Naturals() where i < 0 select i).Count()"),
        ("sort", "Begun.Say(); var items = new int[10_000_000]; while (true) Array.Sort(items, (a, b) => a - b);"),
        ("lazy value", "var lazy = new Lazy<int>(() => { while (true) ; }); Begun.Say(); lazy.Value"),
        ("timers beside a wait", "var timer = new System.Threading.Timer(_ => { while (true) ; }, null, 0, 10); Begun.Say(); try { System.Threading.Thread.Sleep(-1); } finally { timer.Dispose(); }"),
        ("await inside a text", "Begun.Say(); var text = $\"{await new TaskCompletionSource<int>().Task:000}\";"),
        ("inside a text", "string Say(IEnumerable<int> items) => $\"{items.Select(i => { while (true) ; return i; }).Sum():000}\";\nBegun.Say(); Say([1])"),
        ("disposal at the cell's end", "class Slow : IDisposable { public void Dispose() => System.Threading.Thread.Sleep(-1); }\nusing var slow = new Slow(); Begun.Say(); 1"),
        ("text of a value", "class Slow { public override string ToString() { while (true) ; } }\nBegun.Say(); new Slow()"),
        ("dynamic", "dynamic d = 1; Begun.Say(); for (var i = 0; i >= 0; i = 0) d = d + 0;"),
        ("unsafe code", "unsafe void Spin() { var i = 0; int* p = &i; while (*p == 0) ; }\nBegun.Say(); Spin();"),
    ];

    private static readonly (string Name, string Source)[] FSharpCells =
    [
        ("sleep", "Begun.Say()\nSystem.Threading.Thread.Sleep(-1)"),
        ("task", "Begun.Say()\n(System.Threading.Tasks.Task.Delay -1).Wait()"),
        ("task expression", "task {\n  Begun.Say()\n  do! System.Threading.Tasks.Task.Delay -1 }"),
        ("async", "Begun.Say()\nAsync.RunSynchronously (Async.Sleep -1)"),
        ("async loop", "async {\n  Begun.Say()\n  while true do\n    do! Async.Sleep 1 } |> Async.RunSynchronously"),
        ("loop that sleeps", "Begun.Say()\nwhile true do System.Threading.Thread.Sleep 1"),
    ];

    public static TheoryData<string> CSharp => [.. CSharpCells.Select(c => c.Name)];

    public static TheoryData<string> FSharp => [.. FSharpCells.Select(c => c.Name)];

    public static string CSharpSource(string name) => CSharpCells.Single(c => c.Name == name).Source;

    public static string FSharpSource(string name) => FSharpCells.Single(c => c.Name == name).Source;
}

/// <summary>By which a cell says that it runs.</summary>
public static class Begun
{
    private static readonly SemaphoreSlim Signal = new(0);

    public static void Say() => Signal.Release();

    public static void Wait() => Assert.True(Signal.Wait(TimeSpan.FromSeconds(60)), "the cell did not begin");
}
