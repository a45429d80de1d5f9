using System.Text;

namespace Polytask.Notebooks.Running;

/// <summary>Printed text as a terminal would leave it: a carriage return goes back to the start of the line, and what follows overwrites it.</summary>
internal sealed class StreamText
{
    private readonly StringBuilder _text = new();
    private int _lineStart;
    private int? _cursor;

    /// <summary>Adds a chunk; chunks may break anywhere.</summary>
    public void Append(string chunk)
    {
        var at = 0;
        while (at < chunk.Length)
        {
            var next = chunk.AsSpan(at).IndexOfAny('\r', '\n');
            var end = next < 0 ? chunk.Length : at + next;
            Put(chunk.AsSpan(at, end - at));
            if (next >= 0 && chunk[end] == '\n')
            {
                _text.Append('\n');
                _lineStart = _text.Length;
                _cursor = null;
            }
            else if (next >= 0)
            {
                _cursor = _lineStart;
            }
            at = end + 1;
        }
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private void Put(ReadOnlySpan<char> piece)
    {
        if (_cursor is { } cursor)
        {
            var over = Math.Min(piece.Length, _text.Length - cursor);
            for (var i = 0; i < over; i++)
                _text[cursor + i] = piece[i];
            piece = piece[over..];
            _cursor = cursor + over < _text.Length ? cursor + over : null;
        }
        _text.Append(piece);
    }
}
