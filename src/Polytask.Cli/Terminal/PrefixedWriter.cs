using System.Text;

namespace Polytask.Cli.Terminal;

/// <summary>Whole lines, each with a name before it, so that what several notebooks print at once stays readable.</summary>
internal sealed class PrefixedWriter(TextWriter writer, string prefix) : TextWriter
{
    private static readonly Lock Gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        lock (Gate)
            writer.WriteLine($"{prefix} | {_line.ToString().TrimEnd('\r')}");
        _line.Clear();
    }

    public override void Flush()
    {
        lock (Gate)
            writer.Flush();
    }
}
