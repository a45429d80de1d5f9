using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Display;

/// <summary>
/// A bar that moves in place while a cell runs and stays as one line in the saved notebook. Reports may come from any thread and at any
/// rate: what is shown is refreshed about ten times a second.
/// </summary>
public sealed class ProgressBar : IDisposable
{
    /// <summary>The form that a terminal turns into a moving bar; it is not saved. An object with title, done, total, seconds, message, finished.</summary>
    public const string MimeType = "application/vnd.polytask.progress+json";

    private const int Width = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly string _id = CellOutput.NewId();
    private readonly ICellOutput _output;
    private long _shown;
    private double _done;
    private string _message = "";
    private bool _finished;

    /// <summary>Shows a bar at zero.</summary>
    /// <param name="title">What is under way.</param>
    /// <param name="total">The amount of work, in any unit; more than zero.</param>
    public ProgressBar(string title, double total)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
        (Title, Total, _output) = (title, total, CellOutput.Required);
        _shown = _start;
        _output.Display(Bundle(), _id);
    }

    /// <summary>What is under way.</summary>
    public string Title { get; }

    /// <summary>The amount of work.</summary>
    public double Total { get; }

    /// <summary>Says how much is done, out of <see cref="Total" />, and optionally a few words that stand after the bar.</summary>
    public void Report(double done, string? message = null)
    {
        lock (_gate)
        {
            if (_finished)
                return;
            _done = Math.Clamp(done, 0, Total);
            _message = message ?? _message;
            if (Stopwatch.GetElapsedTime(_shown) < Interval)
                return;
            _shown = Stopwatch.GetTimestamp();
            _output.Update(Bundle(), _id);
        }
    }

    /// <summary>Leaves the final line: how far it came, in how many seconds, with the last message.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_finished)
                return;
            _finished = true;
            _output.Update(Bundle(), _id);
        }
    }

    private MimeBundle Bundle()
    {
        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Title}  {_done:0.##}/{Total:0.##}");
        if (!_finished)
            text = $"{text}  {new string('#', (int)(Width * _done / Total)).PadRight(Width, '.')}";
        text = string.Create(CultureInfo.InvariantCulture, $"{text}  {seconds:0.0} s");
        if (_message.Length > 0)
            text = $"{text}  {_message}";
        return MimeBundle.Text(text.ReplaceLineEndings(" ")).WithJson(MimeType, new JsonObject
        {
            ["title"] = Title,
            ["done"] = _done,
            ["total"] = Total,
            ["seconds"] = seconds,
            ["message"] = _message,
            ["finished"] = _finished,
        });
    }
}
