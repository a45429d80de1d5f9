using System.Globalization;
using System.Text.Json.Nodes;

namespace Polytask.Cli.Terminal;

/// <summary>
/// Progress at the bottom of the terminal: bars that move in place below what is printed, and become ordinary lines when they finish.
/// Where the output is a file or a pipe there are only lines, one every few seconds and one at the end.
/// </summary>
internal sealed class LiveBars(TextWriter writer, bool terminal)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);
    private const int UnknownWidth = 80;
    private readonly List<string> _order = [];
    private readonly Dictionary<string, JsonObject> _bars = [];
    private readonly Dictionary<string, DateTime> _lastLine = [];
    private int _drawn;

    /// <summary>Takes the bars off the screen, so that something can be printed where they stood.</summary>
    public void Erase()
    {
        for (; _drawn > 0; _drawn--)
            writer.Write("\u001b[1A\u001b[2K");
    }

    /// <summary>Puts them back below.</summary>
    public void Draw()
    {
        if (!terminal)
            return;
        foreach (var id in _order)
        {
            writer.WriteLine(Bar(_bars[id]));
            _drawn++;
        }
        writer.Flush();
    }

    /// <summary>Shows a bar's new state.</summary>
    public void Update(string id, JsonObject state, string line)
    {
        var finished = (bool)state["finished"]!;
        Erase();
        if (finished)
        {
            Forget(id);
            writer.WriteLine(line);
        }
        else
        {
            if (_bars.TryAdd(id, state))
            {
                _order.Add(id);
                _lastLine[id] = DateTime.UtcNow;
            }
            _bars[id] = state;
            if (!terminal && DateTime.UtcNow - _lastLine[id] > LineInterval)
            {
                _lastLine[id] = DateTime.UtcNow;
                writer.WriteLine(line);
            }
        }
        Draw();
    }

    /// <summary>Drops bars that a failed cell left unfinished.</summary>
    public void Clear()
    {
        Erase();
        foreach (var id in _order.ToArray())
            Forget(id);
    }

    private void Forget(string id)
    {
        _order.Remove(id);
        _bars.Remove(id);
        _lastLine.Remove(id);
    }

    private static string Bar(JsonObject state)
    {
        const int width = 20;
        var (done, total, seconds) = (Number(state["done"]), Number(state["total"]), Number(state["seconds"]));
        var filled = (int)(width * done / total);
        var left = done > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {seconds * (total - done) / done:0} s left") : "";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{state["title"]}  {new string('━', filled)}{new string('─', width - filled)} {done / total:0%}{left}  {state["message"]}");

        // A bar that took a second line, by a break in it or by its width, would leave that line behind when it is erased.
        text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        var room = (Console.WindowWidth > 0 ? Console.WindowWidth : UnknownWidth) - 1;
        return text.Length > room ? text[..room] : text;
    }

    private static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : (double)(long)node!;
}
