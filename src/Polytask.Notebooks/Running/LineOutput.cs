using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Running;

/// <summary>The outputs of cells as messages of the line.</summary>
internal sealed class LineOutput : ICellOutput
{
    private readonly WorkerLine _line;
    private bool _capturing;
    private MimeBundle? _captured;

    public LineOutput(WorkerLine line)
    {
        _line = line;
        Out = new CapturedWriter(text => Send("stdout", text));
        Error = new CapturedWriter(text => Send("stderr", text));
    }

    public CapturedWriter Out { get; }

    public CapturedWriter Error { get; }

    public void Stream(string name, string text) => (name == "stderr" ? Error : Out).Write(text);

    public void Display(MimeBundle bundle, string? displayId) => Send("display", bundle, displayId);

    public void Update(MimeBundle bundle, string displayId) => Send("update", bundle, displayId);

    public void Result(MimeBundle bundle)
    {
        if (_capturing)
            _captured = bundle;
        else
            Send("result", bundle, null);
    }

    public void Flush()
    {
        Out.Flush();
        Error.Flush();
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

    private void Send(string type, MimeBundle bundle, string? displayId)
    {
        // What was printed before a value must stand before it.
        Flush();
        lock (bundle)
        {
            var message = new JsonObject { ["type"] = type, ["data"] = bundle.Data, ["metadata"] = bundle.Metadata, ["id"] = displayId };
            _line.Send(message);
            message.Remove("data");
            message.Remove("metadata");
        }
    }
}
