using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Polytask.Notebooks.Kernels;

namespace Benchmarks;

/// <summary>What the checks that make C# cells interruptible cost: the same functions as a cell and as a plain library, alternated.</summary>
internal static class InterruptChecks
{
    private const int Rounds = 60;
    private const string Slot = "benchmark.loops";
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;
        namespace InterruptChecks;
        public static class Loops
        {
            static readonly double[] Values = Enumerable.Range(0, 100_000).Select(i => Math.Sin(i)).ToArray();
            static readonly List<double> List = Values.ToList();
            static readonly double[,] A = new double[120, 120], B = new double[120, 120], C = new double[120, 120];

            public static readonly (string Name, Func<double> Run)[] All =
            [
                ("for over an array", Array), ("foreach over a list", Items), ("matrix product", Product), ("while of arithmetic", Collatz),
                ("for with Math.Exp", Exp), ("for with a small function", Small), ("while over two arrays", Merge), ("dictionary", Count),
                ("text", Text), ("iterator", Iterator), ("LINQ", Linq), ("recursion", () => Fib(27)), ("try in a loop", Try),
                ("await in a loop", () => Await().Result),
            ];

            static double Array() { var sum = 0.0; for (var r = 0; r < 20; r++) for (var i = 0; i < Values.Length; i++) sum += Values[i]; return sum; }

            static double Items() { var sum = 0.0; for (var r = 0; r < 20; r++) foreach (var v in List) sum += v; return sum; }

            static double Product()
            {
                for (var i = 0; i < 120; i++)
                    for (var j = 0; j < 120; j++)
                    {
                        var sum = 0.0;
                        for (var k = 0; k < 120; k++) sum += A[i, k] * B[k, j];
                        C[i, j] = sum;
                    }
                return C[0, 0];
            }

            static double Collatz()
            {
                var steps = 0;
                for (var i = 1; i < 10_000; i++)
                {
                    var n = (long)i;
                    while (n != 1) { n = n % 2 == 0 ? n / 2 : 3 * n + 1; steps++; }
                }
                return steps;
            }

            static double Exp() { var sum = 0.0; for (var i = 0; i < Values.Length; i++) sum += Math.Exp(Values[i]); return sum; }

            static double Square(double x) => x * x + 1;

            static double Small() { var sum = 0.0; for (var r = 0; r < 10; r++) for (var i = 0; i < Values.Length; i++) sum += Square(Values[i]); return sum; }

            static double Merge()
            {
                int i = 0, j = 0, taken = 0;
                while (i < Values.Length && j < Values.Length) { if (Values[i] <= Values[j]) { i++; taken++; } else j++; }
                return taken;
            }

            static double Count()
            {
                var counts = new Dictionary<int, int>();
                for (var i = 0; i < 100_000; i++) counts[i % 1000] = counts.GetValueOrDefault(i % 1000) + 1;
                return counts.Count;
            }

            static double Text() { var text = new StringBuilder(); for (var i = 0; i < 50_000; i++) text.Append(i); return text.Length; }

            static IEnumerable<double> Walk() { foreach (var v in Values) if (v > 0) yield return v; }

            static double Iterator() { var sum = 0.0; foreach (var v in Walk()) sum += v; return sum; }

            static double Linq() => Values.Where(v => v > 0).Select(v => v * v).Sum();

            static double Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);

            static double Try()
            {
                var sum = 0.0;
                for (var i = 0; i < 100_000; i++)
                    try { sum += checked(i + 1); } catch (OverflowException) { sum = 0; }
                return sum;
            }

            static async Task<double> Await() { var sum = 0.0; for (var i = 0; i < 10_000; i++) { sum += await Task.FromResult(i); if (i % 1000 == 0) await Task.Yield(); } return sum; }
        }
        """;

    public static void Run()
    {
        var plain = Plain();
        var cell = Cell();
        foreach (var ((name, with), (_, without)) in cell.Zip(plain))
        {
            for (var i = 0; i < 5; i++) // until both are compiled for good, which happens in the background
            {
                for (var j = 0; j < 40; j++)
                    _ = (Time(with), Time(without));
                Thread.Sleep(300);
            }
            var times = Enumerable.Range(0, Rounds).Select(_ => (With: Time(with), Without: Time(without))).ToArray();
            var (best, plainly) = (times.Min(t => t.With), times.Min(t => t.Without));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"checks in {name}: {best / plainly:0.00}x ({1e3 * plainly:0.00} ms without; the best of {Rounds})"));
        }
    }

    private static double Time(Func<double> run)
    {
        var start = Stopwatch.GetTimestamp();
        _ = run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static (string Name, Func<double> Run)[] Cell()
    {
        var session = new NotebookSession(new KernelOptions { Usings = KernelOptions.CommonUsings }, new Nowhere());
        session.Run(Source, "csharp", "cell-1");
        session.Run($"AppDomain.CurrentDomain.SetData(\"{Slot}\", InterruptChecks.Loops.All);", "csharp", "cell-2");
        return ((string, Func<double>)[])AppDomain.CurrentDomain.GetData(Slot)!;
    }

    private static (string Name, Func<double> Run)[] Plain()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("plain", [CSharpSyntaxTree.ParseText(Source)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        if (!compilation.Emit(image).Success)
            throw new InvalidOperationException("the plain library does not compile");
        var loops = Assembly.Load(image.ToArray()).GetType("InterruptChecks.Loops")!;
        return ((string, Func<double>)[])loops.GetField("All")!.GetValue(null)!;
    }
}
