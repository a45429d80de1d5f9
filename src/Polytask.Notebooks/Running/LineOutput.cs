using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Running;

/// <summary>
/// The outputs of cells as messages of the line. Of updates that follow each other fast only some are sent, the last one always: whoever shows
/// them could not follow, and Jupyter's server cuts off cells that send too much.
/// </summary>
internal sealed class LineOutput : ICellOutput
{
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(50);
    private readonly WorkerLine _line;
    private readonly Lock _updating = new();
    private readonly Dictionary<string, MimeBundle> _updates = [];
    private readonly Timer _timer;
    private long _updated;
    private bool _scheduled;
    private bool _capturing;
    private MimeBundle? _captured;

    public LineOutput(WorkerLine line)
    {
        _line = line;
        Out = new CapturedWriter(text => Send("stdout", text));
        Error = new CapturedWriter(text => Send("stderr", text)) { Before = Out.Flush };
        Out.Before = Error.Flush;
        _timer = new Timer(_ => SendUpdates());
    }

    public CapturedWriter Out { get; }

    public CapturedWriter Error { get; }

    public void Stream(string name, string text) => (name == "stderr" ? Error : Out).Write(text);

    public void Display(MimeBundle bundle, string? displayId)
    {
        Flush();
        Send("display", bundle, displayId);
    }

    public void Update(MimeBundle bundle, string displayId)
    {
        lock (_updating)
        {
            _updates[displayId] = bundle;
            if (_scheduled)
                return;
            if (Stopwatch.GetElapsedTime(_updated) >= UpdateInterval)
                SendUpdates();
            else
                _scheduled = _timer.Change(UpdateInterval, Timeout.InfiniteTimeSpan);
        }
    }

    public void Result(MimeBundle bundle)
    {
        if (_capturing)
        {
            _captured = bundle;
            return;
        }
        Flush();
        Send("result", bundle, null);
    }

    /// <summary>Sends what is held back: what comes next must not overtake it.</summary>
    public void Flush()
    {
        Out.Flush();
        Error.Flush();
        SendUpdates();
    }

    /// <summary>Runs something whose result is not to be shown. Returns the result, or null where there is none.</summary>
    public MimeBundle? Capture(Action run)
    {
        (_capturing, _captured) = (true, null);
        try
        {
            run();
            return _captured;
        }
        finally
        {
            _capturing = false;
        }
    }

    private void Send(string name, string text) => _line.Send(new JsonObject { ["type"] = "stream", ["name"] = name, ["text"] = text });

    private void SendUpdates()
    {
        lock (_updating)
        {
            if (_updates.Count > 0)
                _updated = Stopwatch.GetTimestamp();
            foreach (var (id, bundle) in _updates)
                Send("update", bundle, id);
            _updates.Clear();
            _scheduled = false;
        }
    }

    private void Send(string type, MimeBundle bundle, string? displayId)
    {
        lock (bundle)
        {
            var message = new JsonObject { ["type"] = type, ["data"] = bundle.Data, ["metadata"] = bundle.Metadata, ["id"] = displayId };
            _line.Send(message);
            message.Remove("data");
            message.Remove("metadata");
        }
    }
}
