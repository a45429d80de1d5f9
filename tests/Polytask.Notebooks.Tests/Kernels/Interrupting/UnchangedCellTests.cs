using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Tests.Kernels.Interrupting;

/// <summary>
/// Cells mean what they mean without the calls that make them interruptible: the same values, exceptions, lines and compiler's errors as
/// Roslyn's own script runner gives, which puts nothing into them.
/// </summary>
[Collection("sessions")]
public sealed class UnchangedCellTests
{
    private static readonly ScriptOptions Plain = ScriptOptions.Default
        .WithImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading.Tasks")
        .WithReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => (MetadataReference)MetadataReference.CreateFromFile(p)))
        .WithFilePath("cell-1").WithFileEncoding(Encoding.UTF8).WithEmitDebugInformation(true).WithAllowUnsafe(true)
        .WithOptimizationLevel(OptimizationLevel.Release);

    [Theory]
    [InlineData("var i = 0; while (i < 5) i++; do i--; while (i > 2); for (;;) { if (i++ > 7) break; else continue; } i")]
    [InlineData("int a = 0, b = 0, i = 0; while (i < 4) if (i++ % 2 == 1) a++; else b += 10; (a, b)")]
    [InlineData("var n = 0; for (int i = 0, j = 9; i < j; i++, j--) foreach (var c in $\"{i}{j}\") for (var k = 0; k < 3; k++) n += c * k; n")]
    [InlineData("var n = 0; for (var i = 0; i < 10; i++) { var at = i; if (at == 3) continue; n += at * at; } n")]
    [InlineData("int x; while (true) { x = 1; break; } x")]
    [InlineData("var n = 0; again: n++; if (n < 5) goto again; goto end; n = 100; end: ; n")]
    [InlineData("var log = \"\"; for (var i = 0; i < 3; i++) switch (i) { case 0: log += 'a'; goto case 2; case 2: log += 'c'; goto default; default: log += 'd'; break; } log")]
    [InlineData("foreach (var (key, value) in new Dictionary<string, int> { [\"a\"] = 1 }) Console.Write(\"\"); 1")]
    [InlineData("var log = new List<string>(); try { try { throw new FormatException(\"f\"); } catch (IOException) { log.Add(\"io\"); } finally { log.Add(\"inner\"); } } catch (FormatException e) when (e.Message == \"g\") { log.Add(\"g\"); } catch (Exception) { log.Add(\"all\"); } finally { log.Add(\"outer\"); } string.Join(' ', log)")]
    [InlineData("var asked = 0; bool Ask() { asked++; return asked > 1; } try { throw new Exception(); } catch (Exception) when (Ask()) { asked += 10; } catch { asked += 100; } asked")]
    [InlineData("string Kind(Action act) { try { act(); return \"none\"; } catch (ArgumentException e) when (e is ArgumentNullException { ParamName: var p } || (p = e.ParamName) != null) { return p; } catch (Exception) { try { throw; } catch { return \"again\"; } } }\n(Kind(() => throw new ArgumentNullException(\"x\")), Kind(() => throw new FormatException()), Kind(() => { }))")]
    [InlineData("var log = \"\"; try { try { throw new Exception(); } catch when (((Func<bool>)(() => throw new IOException()))()) { log += 'x'; } } catch (Exception e) { log += e.GetType().Name; } log")]
    [InlineData("IEnumerable<int> Some() { try { for (var i = 0; ; i++) { if (i == 3) yield break; yield return i; } } finally { Console.Write(\"\"); } }\nstring.Join(' ', Some().Take(2).Concat(Some()))")]
    [InlineData("var log = \"\"; IEnumerable<int> Lazy() { log += 'b'; yield return Math.Abs(1); log += 'e'; }\nvar items = Lazy(); log += 'a'; foreach (var i in items) log += i; log")]
    [InlineData("using System.Threading; var source = new CancellationTokenSource(); source.Cancel(); try { await Task.Delay(-1, source.Token); return \"no\"; } catch (OperationCanceledException e) { return $\"{e.GetType().Name} {e.CancellationToken == source.Token}\"; }")]
    [InlineData("async Task<int> Later(int i) { await Task.Delay(1).ConfigureAwait(false); if (i == 2) throw new FormatException($\"{i}\"); return i; }\nvar all = Task.WhenAll(Later(1), Later(2), Later(2)); try { await all; } catch (FormatException e) { } all.Exception.InnerExceptions.Count")]
    [InlineData("async ValueTask<int> Value() { await Task.Yield(); return 3; }\nasync Task Nothing() => await Task.Yield();\nasync Task<int> Twice(int i) => 2 * await Task.FromResult(i);\nawait Nothing(); await Value() + await Twice(4) + await new ValueTask<int>(5)")]
    [InlineData("class Odd { public System.Runtime.CompilerServices.TaskAwaiter<int> GetAwaiter() => Task.FromResult(7).GetAwaiter(); }\n$\"{await new Odd():000} {await Task.FromResult(8):000}\"")]
    [InlineData("async IAsyncEnumerable<int> Items() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }\nvar sum = 0; await foreach (var i in Items()) sum += i; await foreach (var i in Items().ConfigureAwait(false)) sum += i; sum")]
    [InlineData("string Pick(Action a) => \"action\"; string Pick(Func<int> f) => \"func\"; int F() => 1; void G() { }\n(Pick(() => F()), Pick(() => G()), Pick(() => { F(); }), Pick(() => throw new Exception()))")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, bool>> e = x => new[] { 1 }.Any(i => i > x); e.ToString()")]
    [InlineData("new[] { 1, 2, 3 }.AsQueryable().Where(i => i > 1).Select(i => new { i }).Expression.ToString()")]
    [InlineData("(from i in new[] { 1, 2, 3 }.AsQueryable() where new[] { 2 }.Any(j => j < i) select Math.Abs(i)).Expression.ToString()")]
    [InlineData("string Text(object value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string text = null) => text;\nText(new[] { 1 }.Count(i => i > 0)) + Text(await Task.FromResult(1))")]
    [InlineData("int Line([System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => line;\nvar lines = new List<int>();\nwhile (lines.Count < 2)\n    lines.Add(Line());\nlines.Add(Line()); string.Join(' ', lines)")]
    [InlineData("long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nlong Slow(int n) { if (n < 2) return n; return Slow(n - 1) + Slow(n - 2); }\nFunc<int, long> quick = null; quick = n => n < 2 ? n : quick(n - 1) + quick(n - 2);\n(Fib(15), Slow(15), quick(15))")]
    [InlineData("struct Grid { int[] cells; public Grid(int n) => cells = new int[Math.Abs(n)]; public ref int At(int i) => ref cells[Math.Abs(i)]; }\nvar g = new Grid(3); g.At(1) = 5; g.At(1)")]
    [InlineData("unsafe int Sum(int[] items) { fixed (int* p = items) { var sum = 0; for (int* q = p; q < p + items.Length; q++) sum += *q; return sum; } }\nSum([1, 2, 3])")]
    [InlineData("dynamic d = 1; for (var i = 0; i < 3; i++) d = d + i; var text = \"\"; foreach (var c in \"abc\") text += c; (d, text)")]
    [InlineData("static class Tools { public static int Twice(int i) { while (true) return 2 * i; } public static Func<int, Func<int, int>> Add => a => b => a + Twice(b); }\nTools.Add(1)(2)")]
    [InlineData("Action<int> act = null; var sum = 0; act += i => sum += i; act += delegate (int i) { sum += 10 * i; }; new List<int> { 1, 2 }.ForEach(i => act(i)); sum")]
    [InlineData("var items = new List<Func<int>>(); for (var i = 0; i < 3; i++) { var j = i; items.Add(() => j * i); } string.Join(' ', items.Select(f => f()))")]
    [InlineData("checked { try { var i = int.MaxValue; while (true) i++; } catch (OverflowException e) { return e.GetType().Name; } }")]
    [InlineData("var text = $\"\"\"{string.Join(',', Enumerable.Range(0, 3).Select(i => $\"<{i:00}>\"))}\"\"\"; text + $@\"{new[] { 1 }.Sum(i => i):00}\"")]
    public async Task Values_are_the_same(string source)
    {
        var expected = await CSharpScript.EvaluateAsync<object>(source, Plain);
        var session = new Session();
        session.Run(source);
        Assert.Equal(Show(expected), session.Result!.PlainText);
    }

    [Theory]
    [InlineData("var zero = 0;\nwhile (true)\n\n    zero = 1 / zero;")]
    [InlineData("var i = 3;\nwhile (true) { /* one\n two */ i--;\n  // three\n\n  Console.Write(1 / i); }")]
    [InlineData("int Deep(int n) =>\n  n == 0\n    ? 1 / n\n    : Deep(n - 1);\nDeep(2)")]
    [InlineData("var list = new[] { 1, 0 };\nlist.Select(i =>\n  1\n  / i).ToList();")]
    [InlineData("var list = new[] { 1, 0 };\nlist.ToList().ForEach(i =>\n{\n  Console.Write(\"\");\n  list[i] = 1 / i;\n});")]
    [InlineData("try\n{\n  throw new FormatException();\n}\ncatch\n{\n  Console.Write(\"\");\n  throw;\n}")]
    [InlineData("try { throw new FormatException(); }\ncatch (FormatException)\n{\n  throw new IOException(\"mine\");\n}")]
    [InlineData("async Task Fail()\n{\n  await Task.Yield();\n\n  throw new FormatException();\n}\nwhile (true)\n  await Fail();")]
    [InlineData("await\n  Task.Run(() =>\n  throw new FormatException());")]
    [InlineData("IEnumerable<int> Some()\n{\n  for (;;)\n  {\n    yield return 1;\n    throw new FormatException();\n  }\n}\nforeach (var i in Some())\n  Console.Write(\"\");")]
    [InlineData("class A { public int B {\n get { for (;;)\n  throw new FormatException(); } } }\nvar a = new A();\n_ = a.B;")]
    [InlineData("var n = 0;\nagain: n++;\nif (n < 3)\n  goto again;\nthrow new FormatException($\"{n}\");")]
    public async Task Exceptions_and_their_lines_are_the_same(string source)
    {
        var thrown = await Record.ExceptionAsync(() => CSharpScript.RunAsync(source, Plain));
        var frames = new StackTrace(thrown!, true).GetFrames();
        var error = new Session().Fail(source);
        Assert.Equal(thrown!.GetType().FullName, error.Name);
        Assert.Equal(thrown.Message, error.Message);
        Assert.Equal(frames.Where(f => f.GetFileName() == "cell-1").Select(f => f.GetFileLineNumber()),
            error.Traceback.Where(t => t.Contains("in cell-1:line ", StringComparison.Ordinal)).Select(t => int.Parse(t[(t.LastIndexOf(' ') + 1)..])));
    }

    [Theory]
    [InlineData("while (true) { undefined(); }")]
    [InlineData("var f = 1;\nforeach (var x in f) { }  Nowhere.Call(await Task.FromResult(1), (int i) => i);")]
    [InlineData("try { } catch (Exception) { } catch (IOException) { }")]
    [InlineData("try { } catch { } catch (IOException) { }")]
    [InlineData("while (true) int x = 1;")]
    [InlineData("for (;;) there: Console.Write(1);")]
    [InlineData("int x; while (DateTime.Now.Year > 1) { x = 1; } Console.Write(x); int F(int i) { while (i > 0) return 1; }")]
    [InlineData("Func<int, int> f = i => { while (true) ; return \"\"; };")]
    [InlineData("Action a = () => 1 + 1; while (true) ;")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> e = () => { return 1; };")]
    [InlineData("try { } catch (Exception e) when (e) { }")]
    [InlineData("for (var i = 0; i < \"\"; i++) ;")]
    [InlineData("while (true) goto nowhere;")]
    [InlineData("lock (1) { while (true) ; }  static int G() => this.GetHashCode();")]
    public void The_compilers_errors_are_the_same(string source)
    {
        ImmutableArray<Diagnostic> expected = CSharpScript.Create(source, Plain).Compile();
        var first = expected.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start).ToArray();
        var error = new Session().Fail(source);
        var traced = error.Traceback.Where(t => t.StartsWith("cell-1:line", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(first);
        Assert.Equal(
            first.Select(d => d.Location.GetLineSpan().StartLinePosition is var p ? $"cell-1:line {p.Line + 1}, column {p.Character + 1}: {d.Id}" : "").Order(),
            traced.Select(t => t[..t.IndexOf(": CS", StringComparison.Ordinal)] + ": " + t.Split(": ")[1]).Order());
    }

    private static string Show(object? value) => Microsoft.DotNet.Interactive.Formatting.Formatter.ToResult(value!, () => null).PlainText!;
}
