using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;

namespace Benchmarks;

/// <summary>
/// Cells through the real command: 100,000 printed lines in one, 300 trivial ones with the memory at their end, and figures after the first.
/// Build the solution first.
/// </summary>
internal static class NotebookSpeed
{
    private const int Lines = 100_000;
    private const int Cells = 300;
    private const int Figures = 20;
    private const string Figure = """{"data":[{"type":"scatter","y":[1,3,2,5,4]}],"layout":{"title":{"text":"Loss"},"width":700,"height":450}}""";

    public static void Run()
    {
        var printed = Executed(Cell.Code("1"), Cell.Code($"for (var i = 0; i < {Lines}; i++) Console.WriteLine($\"line {{i}}\");")).Cells[1];
        Say($"{Lines} printed lines in a cell: {Seconds(printed):0.00} s in the worker");

        Many("C#", i => $"var x{i} = {i}; x{i} + 1");
        Many("F#", i => $"#!fsharp\nlet x{i} = {i}\nx{i} + 1");

        using var renderer = FigureRenderer.TryCreate(out var notice);
        if (renderer is null)
        {
            Console.WriteLine(notice);
            return;
        }
        Draw(renderer);
        var figures = new double[Figures];
        for (var i = 0; i < Figures; i++)
        {
            var clock = Stopwatch.StartNew();
            Draw(renderer);
            figures[i] = clock.Elapsed.TotalMilliseconds;
        }
        Say($"a figure as SVG, PDF and PNG after the first: {figures.Order().ElementAt(Figures / 2):0} ms (median of {Figures})");
    }

    private static void Many(string language, Func<int, string> source)
    {
        var many = Executed([.. Enumerable.Range(0, Cells).Select(i => Cell.Code(source(i)))]);
        var times = many.Cells.Skip(1).Select(c => 1000 * Seconds(c)).Order().ToArray();
        Say($"{Cells} trivial {language} cells: median {times[times.Length / 2]:0.0} ms a cell, {(double)many.Cells[^1].Metadata["polytask"]!["peak_memory_mb"]!:0} MB resident at most in the last");
    }

    private static void Draw(FigureRenderer renderer)
    {
        renderer.Svg(Figure, 700, 450);
        renderer.Pdf(Figure, 700, 450);
        renderer.Png(Figure, 700, 450);
    }

    private static Notebook Executed(params Cell[] cells)
    {
        var cli = Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("tests", "Benchmarks"), Path.Combine("src", "Polytask.Cli")),
            "Polytask.Cli.dll");
        if (!File.Exists(cli))
            throw new FileNotFoundException("build the solution first: dotnet build Notebooks.sln");
        var folder = Directory.CreateTempSubdirectory("polytask-benchmark-");
        try
        {
            var notebook = Notebook.Empty();
            foreach (var cell in cells)
                notebook.Add(cell);
            var path = Path.Combine(folder.FullName, "speed.ipynb");
            NotebookFile.Write(notebook, path);
            using var run = Process.Start(new ProcessStartInfo("dotnet", [cli, "run", path]) { RedirectStandardOutput = true })!;
            run.StandardOutput.ReadToEnd();
            run.WaitForExit();
            return run.ExitCode == 0 ? NotebookFile.Read(path) : throw new InvalidOperationException($"polytask run ended with {run.ExitCode}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Seconds(Cell cell) => ((JsonValue)cell.Metadata["polytask"]!["seconds"]!).GetValue<double>();

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
