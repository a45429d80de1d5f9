using System.Diagnostics;
using System.Globalization;
using Polytask.Notebooks.Kernels;

namespace Benchmarks;

/// <summary>What a writer waits for in a session of 50 cells: completions, inspections, and whether a cell is complete.</summary>
internal static class Assistance
{
    private const int Cells = 50;
    private const int Rounds = 20;

    public static void Run()
    {
        Run("csharp", i => $"var x{i} = new List<int> {{ {i} }};\nint F{i}(int number) => number + x{i}.Count;",
            ["x7.|", "x7.Whe|", "x7.Select(item => item.|", "Console.|", "|", "x|", "DayOfWeek day = |", "F3(|"],
            ["x7|", "F3(|", "x7.Whe|re(i => true)", "Console.Wri|teLine()", "Lis|t<int> list;"]);
        Run("fsharp", i => $"let x{i} = [{i}]\nlet f{i} number = number + x{i}.Length",
            ["x7.‸", "List.ma‸", "x7 |> List.map (fun item -> item.‸", "System.Console.‸", "‸", "x‸", "String.Join(‸"],
            ["x7‸", "f3 ‸", "List.ma‸p", "String.Joi‸n(\"\", x7)", "String.Join(‸"]);
    }

    private static void Run(string language, Func<int, string> cell, string[] completed, string[] inspected)
    {
        var session = new NotebookSession(new KernelOptions { Usings = KernelOptions.CommonUsings }, new Nowhere());
        for (var i = 0; i < Cells; i++)
            session.Run(cell(i), language, $"cell-{i}");
        Time(language, "completion", completed, (source, position) => session.Complete(source, language, position).Items.Count > 0);
        Time(language, "inspection", inspected, (source, position) => session.Inspect(source, language, position) is not null);
        Time(language, "completeness", completed, (source, position) => session.IsComplete(source[..position], language) >= 0);
    }

    private static void Time(string language, string what, string[] marked, Func<string, int, bool> ask)
    {
        var times = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var source in marked)
            {
                var cursor = source.IndexOfAny(['‸']) is >= 0 and var at ? at : source.IndexOf('|');
                var clock = Stopwatch.GetTimestamp();
                if (!ask(source.Remove(cursor, 1), cursor))
                    throw new InvalidOperationException($"{language}: no {what} for {source}");
                if (round >= 0) // The first round warms up.
                    times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{language}, {what} after {Cells} cells: median {times[times.Count / 2]:0.0} ms, 90% within {times[times.Count * 9 / 10]:0.0} ms"));
    }
}
