using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>A source that is rewritten, and where each of its characters has gone. All positions are those of the source as it was.</summary>
internal sealed class RewrittenSource(string source)
{
    private readonly StringBuilder _text = new(source);
    private readonly List<(int At, int Length)> _insertions = [];

    /// <summary>Where what stood at a position is now; behind what was inserted there.</summary>
    public int Position(int position) => position + _insertions.Sum(i => i.At <= position ? i.Length : 0);

    /// <summary>Puts spaces in the place of everything but line breaks.</summary>
    public void Blank(TextSpan span)
    {
        for (var i = Position(span.Start); i < Position(span.Start) + span.Length; i++)
            if (_text[i] is not ('\n' or '\r'))
                _text[i] = ' ';
    }

    /// <summary>Puts a text in the place of one of the same length.</summary>
    public void Overwrite(int at, string text) => _text.Remove(Position(at), text.Length).Insert(Position(at), text);

    /// <summary>Puts a text before what stands at a position.</summary>
    public void Insert(int at, string text)
    {
        _text.Insert(Position(at), text);
        _insertions.Add((at, text.Length));
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();
}
