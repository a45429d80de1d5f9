namespace Deedle.Tests;

/// <summary>A small results table as an analysis would make it: two methods, two tasks, three seeds; one value missing.</summary>
internal static class Results
{
    public sealed record Row(string Method, string Task, int Seed, double Auc);

    public static readonly Row[] Rows =
    [
        new("mmoe", "income", 1, 0.90), new("mmoe", "income", 2, 0.92), new("mmoe", "income", 3, 0.94),
        new("shared", "income", 1, 0.80), new("shared", "income", 2, 0.82), new("shared", "income", 3, 0.87),
        new("mmoe", "married", 1, 0.70), new("mmoe", "married", 2, 0.74), new("mmoe", "married", 3, double.NaN),
    ];

    public static Frame<int, string> Frame() => Deedle.Frame.FromRecords(Rows);
}
