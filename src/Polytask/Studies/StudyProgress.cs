using System.Diagnostics;

namespace Polytask;

/// <summary>One bar over all cells of a study, in epochs, with the time that is left as far as the epochs so far tell.</summary>
/// <param name="title">What the bar is called.</param>
/// <param name="total">The epochs of all cells.</param>
/// <param name="processes">How many processes share them: what is left is theirs too.</param>
internal sealed class StudyProgress(string title, long total, int processes) : IDisposable
{
    private readonly IProgressBar bar = Progress.Display.Start(title, total);
    private readonly Stopwatch training = new();
    private long done;
    private long trained;

    /// <summary>Trains a cell under this bar.</summary>
    public Run Trained(string label, Func<Action<int, string>, Run> train)
    {
        training.Start();
        var before = trained;
        try
        {
            return train((epoch, message) =>
            {
                trained = before + epoch;
                bar.Report(done + epoch, $"{label}: {message}{Left(done + epoch)}");
            });
        }
        finally
        {
            training.Stop();
        }
    }

    /// <summary>A cell is finished, trained or not.</summary>
    public void Finished(int epochs, string label)
    {
        done += epochs;
        bar.Report(done, $"{label}{Left(done)}");
    }

    // Cells from a cache take no time and say nothing about the others.
    private string Left(long at)
    {
        if (trained == 0) return "";
        var left = training.Elapsed * ((double)Math.Max(0, total - at) / processes / trained);
        return left.TotalSeconds < 10 ? "" : FormattableString.Invariant($", about {Text(left)} left");
    }

    private static string Text(TimeSpan left) =>
        left.TotalSeconds < 90 ? FormattableString.Invariant($"{left.TotalSeconds:0} s")
        : left.TotalMinutes < 90 ? FormattableString.Invariant($"{left.TotalMinutes:0} min")
        : FormattableString.Invariant($"{left.TotalHours:0.0} h");

    public void Dispose() => bar.Dispose();
}
