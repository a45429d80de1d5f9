using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.Interrupting;
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
        var output = new LineOutput(line);
        var input = new WorkerInput(line, output.Flush);
        var requests = new BlockingCollection<(JsonObject Request, CellRun? Run)>();
        _ = Task.Run(async () =>
        {
            CellRun? newest = null;
            while (await line.ReceiveAsync().ConfigureAwait(false) is { } request)
            {
                switch ((string)request["type"]!)
                {
                    case "interrupt":
                        // For the cell that was asked for last, whether it has begun or not; one that is over does not hear it. In this order:
                        // where a question is broken off, it is known by then that the cell was interrupted.
                        newest?.Interrupt();
                        input.Cancel(newest?.Token ?? CancellationToken.None);
                        break;
                    case "input":
                        input.Answer((string)request["text"]!);
                        break;
                    case "run":
                        newest = new CellRun((string)request["path"]!);
                        requests.Add((request, newest));
                        break;
                    default:
                        requests.Add((request, null));
                        break;
                }
            }
            Environment.Exit(0);
        });

        Console.SetOut(output.Out);
        Console.SetError(output.Error);
        Console.SetIn(new QuestioningReader(input));
        CellInput.Current = input;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => FlushAtExit(output);
        var session = new NotebookSession(options, output, Environment.GetEnvironmentVariable(NotebookVariable));
        OnCellThread(session.WarmUp);
        line.Send(new JsonObject { ["type"] = "ready" });
        var values = new SessionValues(session, options.Resuming);
        foreach (var (request, run) in requests.GetConsumingEnumerable())
        {
            switch ((string)request["type"]!)
            {
                case "restore":
                    Restore(request, values, line);
                    break;
                case "run":
                    var cell = CellRequest.Read(request);
                    input.CanAsk = cell.CanAsk;
                    Answer(cell, run!, session, values, options.DeviceMemory, output, line);
                    break;
                default:
                    Assist(request, session, line);
                    break;
            }
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

    /// <summary>A cell may end the process by Environment.Exit; what it printed just before is shown.</summary>
    private static void FlushAtExit(LineOutput output)
    {
        try
        {
            output.Flush();
        }
        catch (IOException)
        {
            // The runner is gone: nobody would see it.
        }
    }

    private static void Assist(JsonObject request, NotebookSession session, WorkerLine line)
    {
        JsonObject? answer = null;
        OnCellThread(() =>
        {
            try
            {
                answer = WorkerAssistance.Answer(request, session);
            }
            catch (Exception failure)
            {
                // Whatever it is, it must not end the session.
                answer = new JsonObject { ["type"] = "assistance", ["error"] = ErrorMessage.Of(CellTrace.Thrown(failure, new CellCode("", ""))) };
            }
        });
        line.Send(answer!);
    }

    private static void Answer(CellRequest cell, CellRun run, NotebookSession session, SessionValues values, IDeviceMemory? device,
        LineOutput output, WorkerLine line)
    {
        CellError? error = null;
        MimeBundle? captured = null;
        PeakMemory.Reset();
        device?.Restart();
        var start = Stopwatch.GetTimestamp();
        OnCellThread(() => (error, captured) = Run(cell, run, session, output));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.Flush();
        MarkNativeOutput();
        var (peak, devicePeak) = (PeakMemory.Read(), device?.Peak);
        var (saved, obstacle) = cell.SaveValuesAfter is { } interval
            ? values.After(cell.Source, cell.Language, cell.Path, seconds, interval)
            : (null, null);
        line.Send(new JsonObject
        {
            ["type"] = "done",
            ["seconds"] = seconds,
            ["peak"] = peak,
            ["devicePeak"] = devicePeak,
            ["error"] = error is null ? null : ErrorMessage.Of(error),
            ["captured"] = captured is null ? null : new JsonObject { ["data"] = captured.Data.DeepClone(), ["metadata"] = captured.Metadata.DeepClone() },
            ["values"] = saved,
            ["obstacle"] = obstacle,
        });
    }

    private static (CellError? Error, MimeBundle? Captured) Run(CellRequest cell, CellRun run, NotebookSession session, LineOutput output)
    {
        MimeBundle? captured = null;
        try
        {
            if (cell.Captured)
                captured = output.Capture(() => session.Run(cell.Source, cell.Language, cell.Path, run));
            else
                session.Run(cell.Source, cell.Language, cell.Path, run);
            return (null, captured);
        }
        catch (CellFailedException failure)
        {
            return (failure.Error, null);
        }
        catch (Exception failure)
        {
            // A formatter that throws, or a fault of the kernel itself: still this cell's error.
            return (CellTrace.Thrown(failure, new CellCode("", cell.Path)), null);
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
}
