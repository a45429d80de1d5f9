using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running.Resuming;

namespace Polytask.Notebooks.Running;

/// <summary>The process in which cells run. It owns no file: it gets source and sends outputs, and ends when the runner is gone.</summary>
public static partial class Worker
{
    /// <summary>Written to the native standard output and error when a cell ends, so that the runner knows that it has seen all of it.</summary>
    internal const string EndMark = "\u001epolytask-cell-end\u001e\n";

    /// <summary>The environment variable that holds the notebook's path.</summary>
    internal const string NotebookVariable = "POLYTASK_NOTEBOOK";

    private const int CellStackSize = 16 << 20;

    /// <summary>Serves one runner until it closes the line.</summary>
    /// <param name="socketPath">The socket on which the runner listens.</param>
    /// <param name="options">What the host gives to cells.</param>
    /// <returns>The process's exit code.</returns>
    public static int Serve(string socketPath, KernelOptions options)
    {
        // An interrupt from the keyboard reaches the whole process group; the runner decides what it means.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(socketPath));
        var line = new WorkerLine(socket);
        var requests = new System.Collections.Concurrent.BlockingCollection<JsonObject>();
        var interrupts = new CellInterrupts();
        _ = Task.Run(async () =>
        {
            while (await line.ReceiveAsync().ConfigureAwait(false) is { } request)
            {
                if ((string)request["type"]! == "interrupt")
                {
                    interrupts.Interrupt();
                    continue;
                }
                if ((string)request["type"]! == "run")
                    interrupts.Expect();
                requests.Add(request);
            }
            Environment.Exit(0);
        });

        var output = new LineOutput(line);
        Console.SetOut(output.Out);
        Console.SetError(output.Error);
        var session = new NotebookSession(options, output, Environment.GetEnvironmentVariable(NotebookVariable));
        OnCellThread(session.WarmUp);
        line.Send(new JsonObject { ["type"] = "ready" });
        var values = new SessionValues(session);
        foreach (var request in requests.GetConsumingEnumerable())
        {
            if ((string)request["type"]! == "restore")
                Restore(request, values, line);
            else
                Answer(request, session, interrupts, values, options.DeviceMemory, output, line);
        }
        return 0;
    }

    private static void Restore(JsonObject request, SessionValues values, WorkerLine line)
    {
        string? refusal = null;
        OnCellThread(() =>
        {
            try
            {
                values.Restore(((JsonArray)request["cells"]!).Select(c => ((string)c!["source"]!, (string)c["path"]!)),
                    (JsonObject)request["values"]!);
            }
            catch (Exception failure)
            {
                // Whatever it is: the runner starts another worker and runs the cells.
                refusal = failure.Message;
            }
        });
        line.Send(new JsonObject { ["type"] = "restored", ["refusal"] = refusal });
    }

    private static void Answer(JsonObject request, NotebookSession session, CellInterrupts interrupts, SessionValues values,
        IDeviceMemory? device, LineOutput output, WorkerLine line)
    {
        CellError? error = null;
        PeakMemory.Reset();
        device?.Restart();
        var (source, language, path) = ((string)request["source"]!, (string)request["language"]!, (string)request["path"]!);
        var start = Stopwatch.GetTimestamp();
        if (interrupts.Begin(session))
        {
            OnCellThread(() => error = Run(session, source, language, path));
            interrupts.End();
        }
        else
        {
            var message = $"{path} was interrupted before it began.";
            error = new CellError("Interrupted", message, [message]);
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.Flush();
        MarkNativeOutput();
        var (peak, devicePeak) = (PeakMemory.Read(), device?.Peak);
        var (saved, obstacle) = values.After(source, language, path, seconds, (double)request["saveAfter"]!);
        line.Send(new JsonObject
        {
            ["type"] = "done",
            ["seconds"] = seconds,
            ["peak"] = peak,
            ["devicePeak"] = devicePeak,
            ["error"] = error is null ? null : ErrorMessage.Of(error),
            ["values"] = saved,
            ["obstacle"] = obstacle,
        });
    }

    private static CellError? Run(NotebookSession session, string source, string language, string path)
    {
        try
        {
            session.Run(source, language, path);
            return null;
        }
        catch (CellFailedException failure)
        {
            return failure.Error;
        }
        catch (Exception failure)
        {
            // A formatter that throws, or a fault of the kernel itself: still this cell's error.
            return CellTrace.Thrown(failure, new CellCode("", path));
        }
    }

    private static void OnCellThread(Action action)
    {
        var thread = new Thread(() => action(), CellStackSize) { IsBackground = true, Name = "cell" };
        thread.Start();
        thread.Join();
    }

    private static void MarkNativeOutput()
    {
        // Native libraries print through C's buffers, which are held back while the output is a pipe.
        if (!OperatingSystem.IsWindows())
            _ = FlushAll(0);
        foreach (var stream in (Stream[])[Console.OpenStandardOutput(), Console.OpenStandardError()])
        {
            stream.Write(Encoding.UTF8.GetBytes(EndMark));
            stream.Flush();
        }
    }

    [LibraryImport("libc", EntryPoint = "fflush")]
    private static partial int FlushAll(nint allStreams);

    private sealed class LineOutput : ICellOutput
    {
        private readonly WorkerLine _line;

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

        public void Result(MimeBundle bundle) => Send("result", bundle, null);

        public void Flush()
        {
            Out.Flush();
            Error.Flush();
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
}
