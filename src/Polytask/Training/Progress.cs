namespace Polytask;

/// <summary>Shows how far a run or study is. A notebook host sets <see cref="Progress.Display"/> to bars that update in place.</summary>
public interface IProgressDisplay
{
    /// <summary>A new bar.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How many units it has.</param>
    IProgressBar Start(string title, long total);
}

/// <summary>One bar; disposing it leaves its last state to read.</summary>
public interface IProgressBar : IDisposable
{
    /// <summary>So many units are done.</summary>
    /// <param name="done">Units done so far.</param>
    /// <param name="message">What a reader wants to see beside the bar.</param>
    void Report(long done, string message);
}

/// <summary>Where progress is shown.</summary>
public static class Progress
{
    /// <summary>By default one line on the terminal that rewrites itself, and nothing where the output is not a terminal.</summary>
    public static IProgressDisplay Display { get; set; } = new TerminalProgress();

    private sealed class TerminalProgress : IProgressDisplay
    {
        public IProgressBar Start(string title, long total) => new Line(title, total);
    }

    private sealed class Line(string title, long total) : IProgressBar
    {
        private readonly bool isTerminal = !Console.IsErrorRedirected;
        private long shown = -1;

        public void Report(long done, string message)
        {
            var percent = 100 * done / Math.Max(1, total);
            if (!isTerminal || percent == shown) return;
            shown = percent;
            Console.Error.Write($"\r{title} {percent,3}% {message}\u001b[K");
        }

        public void Dispose()
        {
            if (isTerminal && shown >= 0) Console.Error.WriteLine();
        }
    }
}
