using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Running;

/// <summary>The questions of cells, answered by the other side of the line.</summary>
internal sealed class WorkerInput(WorkerLine line, Action flush) : ICellInput
{
    private readonly Lock _asking = new();
    private volatile TaskCompletionSource<string>? _answer;

    /// <inheritdoc />
    public bool CanAsk { get; set; }

    /// <inheritdoc />
    public string Ask(string prompt, bool hidden)
    {
        if (!CanAsk)
            throw new InputUnavailableException();
        lock (_asking)
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _answer = answer;
            try
            {
                // What was printed stands above the question.
                flush();
                line.Send(new JsonObject { ["type"] = "input", ["prompt"] = prompt, ["hidden"] = hidden });
                return answer.Task.GetAwaiter().GetResult();
            }
            finally
            {
                _answer = null;
            }
        }
    }

    /// <summary>What was typed; nothing where no question waits.</summary>
    public void Answer(string text) => _answer?.TrySetResult(text);

    /// <summary>The cell that asks is interrupted.</summary>
    public void Cancel(CancellationToken interrupted) => _answer?.TrySetCanceled(interrupted);
}

/// <summary>Stands in for Console.In in a worker: a line is asked for when one is needed.</summary>
internal sealed class QuestioningReader(ICellInput input) : TextReader
{
    private string _line = "";
    private int _at;

    public override int Peek() => _at < _line.Length ? _line[_at] : -1;

    public override int Read()
    {
        if (_at == _line.Length)
            (_line, _at) = (input.Ask("", hidden: false) + "\n", 0);
        return _line[_at++];
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = 0;
        for (; read < count && (read == 0 || Peek() >= 0); read++)
            buffer[index + read] = (char)Read();
        return read;
    }
}
