using System.Diagnostics;
using System.Globalization;
using Polytask.Notebooks.Kernels;

namespace Benchmarks;

/// <summary>What a notebook waits for in each language: until its first cell is through, and for a trivial cell after that.</summary>
internal static class NotebookCells
{
    private const int Cells = 50;

    public static void Run()
    {
        Run("csharp", i => $"var x{i} = {i}; x{i} + 1");
        Run("fsharp", i => $"let x{i} = {i}\nx{i} + 1");
    }

    private static void Run(string language, Func<int, string> source)
    {
        var clock = Stopwatch.StartNew();
        var session = new NotebookSession(new KernelOptions { Usings = KernelOptions.CommonUsings }, new Nowhere());
        session.Run(source(0), language, "cell-0");
        var ready = clock.Elapsed.TotalSeconds;
        var times = new List<double>();
        for (var i = 1; i <= Cells; i++)
        {
            clock.Restart();
            session.Run(source(i), language, $"cell-{i}");
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{language}: session and first cell {ready:0.00} s, then {times.Order().ElementAt(Cells / 2):0.0} ms a cell (median of {Cells}, at most {times.Max():0.0} ms)"));
    }
}
