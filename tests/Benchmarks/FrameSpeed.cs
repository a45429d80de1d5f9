using System.Diagnostics;
using System.Globalization;
using Deedle;

namespace Benchmarks;

/// <summary>
/// A table of 1,000,000 rows x 10 columns (a text of 100 values, a text of 26, two whole numbers, five numbers, a flag): read from CSV, and the
/// means of its numbers by the first text, beside pandas on the same file.
/// </summary>
internal static class FrameSpeed
{
    private const int Rows = 1_000_000;
    private static readonly string[] Numbers = ["a", "b", "c", "d", "e"];

    public static void Run()
    {
        // The scripts look for it there.
        var path = Path.Combine(Path.GetTempPath(), "polytask-frames.csv");
        Write(path);
        try
        {
            Frame<int, string>? frame = null;
            Report("reading 1,000,000 x 10 from CSV", Alternated.Run("frames_read.py", 1, Timed(() => frame = Frame.ReadCsv(path))));
            Report("means of 5 columns by one of text", Alternated.Run("frames_group.py", 1, Timed(() =>
                frame!.AggregateRowsBy(["key"], Numbers, (Series<int, double> column) => column.Mean()))));
            Report("mean of a column by a level of its keys", Alternated.Run("frames_level.py", 1, Timed(() =>
                frame!.GroupRowsBy<string>("key")["a"].MeanLevel(key => key.Item1))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Func<int, double> Timed(Action action) => steps =>
    {
        var clock = Stopwatch.StartNew();
        for (var step = 0; step < steps; step++) action();
        return clock.Elapsed.TotalSeconds;
    };

    private static void Report(string what, (double Here, double There, double Ratio, string Peer) result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {result.Here:0.00} s, {result.There:0.00} s in pandas {result.Peer}, ratio {result.Ratio:0.00}"));

    private static void Write(string path)
    {
        var random = new Random(1);
        using var writer = new StreamWriter(path);
        writer.WriteLine("key,letter,i,j,a,b,c,d,e,flag");
        for (var row = 0; row < Rows; row++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"key{random.Next(100)},{(char)('a' + random.Next(26))},{row},{random.Next(1000)},"));
            for (var column = 0; column < Numbers.Length; column++)
                writer.Write((random.NextDouble() * 1000).ToString("R", CultureInfo.InvariantCulture) + ",");
            writer.WriteLine(random.Next(2) == 0 ? "false" : "true");
        }
    }
}
