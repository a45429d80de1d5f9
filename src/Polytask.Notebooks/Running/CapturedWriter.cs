using System.Text;

namespace Polytask.Notebooks.Running;

/// <summary>
/// Stands in for Console.Out or Console.Error in a worker. Prints are gathered and sent in chunks: at once when much has come, else
/// within a twentieth of a second, so that 100,000 lines are a few messages and a single line is still live.
/// </summary>
internal sealed class CapturedWriter : TextWriter
{
    private const int ChunkLength = 1 << 16;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();
    private readonly StringBuilder _pending = new();
    private readonly Action<string> _send;
    private readonly Timer _timer;
    private bool _scheduled;

    public CapturedWriter(Action<string> send)
    {
        _send = send;
        _timer = new Timer(_ => Flush());
        CoreNewLine = ['\n'];
    }

    /// <summary>Called before something is written: what waits in the other stream was printed earlier.</summary>
    public Action? Before { get; set; }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        Before?.Invoke();
        lock (_gate)
        {
            _pending.Append(value);
            Schedule();
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Before?.Invoke();
        lock (_gate)
        {
            _pending.Append(buffer);
            Schedule();
        }
    }

    public override void WriteLine() => Write('\n');

    public override void WriteLine(string? value) => WriteLine(value.AsSpan());

    public override void WriteLine(ReadOnlySpan<char> buffer)
    {
        Before?.Invoke();
        lock (_gate)
        {
            _pending.Append(buffer).Append('\n');
            Schedule();
        }
    }

    public override void Flush()
    {
        lock (_gate)
            SendPending();
    }

    private void Schedule()
    {
        if (_pending.Length >= ChunkLength)
        {
            SendPending();
        }
        else if (!_scheduled)
        {
            _scheduled = true;
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void SendPending()
    {
        _scheduled = false;

        // The first half of a character that is printed in two halves waits for the second.
        var length = _pending.Length > 0 && char.IsHighSurrogate(_pending[^1]) ? _pending.Length - 1 : _pending.Length;
        if (length == 0)
            return;
        var text = _pending.ToString(0, length);
        _pending.Remove(0, length);
        _send(text);
    }
}
