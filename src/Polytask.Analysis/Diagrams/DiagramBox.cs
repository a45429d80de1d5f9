namespace Polytask.Analysis;

/// <summary>A part of a model as a box: its name, what it is, and its parameters. Made as wide as its texts need, up to a limit.</summary>
internal sealed class DiagramBox
{
    private const double Title = 12, Detail = 10.5, Padding = 9, Widest = 216, Narrowest = 64, Leading = 1.32;

    private readonly List<(string Text, string Whole, double Size, bool Bold, bool Muted)> lines = [];

    /// <param name="title">The part's name.</param>
    /// <param name="detail">What it is; up to two lines.</param>
    /// <param name="parameters">How many parameters it has; null for a part that is none, as the input.</param>
    public DiagramBox(string title, string detail, long? parameters)
    {
        const double room = Widest - 2 * Padding;
        title = title.ReplaceLineEndings(" ");
        detail = detail.ReplaceLineEndings(" ");
        lines.Add((TextMetrics.Clipped(title, Title, room, bold: true), title, Title, true, false));
        var wrapped = TextMetrics.Wrapped(detail, Detail, room, mostLines: 2);
        lines.AddRange(wrapped.Select(line => (line, wrapped.Any(other => other.EndsWith('…')) ? detail : line, Detail, false, false)));
        if (parameters is { } count) lines.Add((ModelDiagram.Parameters(count), "", Detail, false, true));
        Width = Math.Clamp(lines.Max(line => TextMetrics.Width(line.Text, line.Size, line.Bold)) + 2 * Padding, Narrowest, Widest);
        Height = lines.Sum(line => line.Size * Leading) + 2 * Padding - 3;
    }

    /// <summary>The width; boxes of a column are drawn with the widest.</summary>
    public double Width { get; }

    public double Height { get; }

    /// <summary>Draws the box around a point at half its height.</summary>
    /// <param name="accent">The colour of a task's own parts, null for shared ones.</param>
    public void Draw(Svg svg, double x, double middle, double width, string? accent, int copies = 0)
    {
        svg.Group();
        svg.Box(x, middle - Height / 2, width, Height, accent, copies);
        var y = middle - Height / 2 + Padding - 1.5;
        foreach (var (text, whole, size, bold, muted) in lines)
        {
            y += size * Leading;
            svg.Text(x + width / 2, y - 0.3 * size, text, size, bold, muted, whole: whole.Length > 0 ? whole : null);
        }
        svg.EndGroup();
    }
}
