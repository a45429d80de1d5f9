using System.Globalization;
using System.Net;
using System.Text;

namespace Polytask.Analysis;

/// <summary>The few shapes a diagram is made of, as SVG text. Every text is escaped; there are no scripts and no outside references.</summary>
internal sealed class Svg
{
    private readonly StringBuilder body = new();
    private double width;
    private double height;

    public void Box(double x, double y, double boxWidth, double boxHeight, string colour)
    {
        Reach(x + boxWidth, y + boxHeight);
        Add($"""
            <rect x="{x:0.#}" y="{y:0.#}" width="{boxWidth:0.#}" height="{boxHeight:0.#}" rx="5" fill="{colour}" fill-opacity="0.10" stroke="{colour}"/>
            """);
    }

    /// <param name="halo">A white edge around the letters, for a text that lies over lines.</param>
    public void Text(double x, double y, string text, bool strong = false, double size = 12, string anchor = "middle", bool halo = false)
    {
        // A sans-serif letter is about 0.6 of its size wide: close enough to keep the text inside the picture.
        var length = 0.6 * size * text.Length;
        Reach(x + (anchor == "middle" ? length / 2 : length), y);
        var (weight, edge) = (strong ? " font-weight=\"bold\"" : "", halo ? " stroke=\"white\" stroke-width=\"4\" paint-order=\"stroke\"" : "");
        var escaped = WebUtility.HtmlEncode(text);
        Add($"""<text x="{x:0.#}" y="{y:0.#}" font-size="{size:0.#}" text-anchor="{anchor}" fill="#222222"{weight}{edge}>{escaped}</text>""");
    }

    public void Arrow(IReadOnlyList<(double X, double Y)> points, string colour, bool dashed = false, bool head = true)
    {
        foreach (var (x, y) in points) Reach(x, y);
        var line = string.Join(" ", points.Select(point => FormattableString.Invariant($"{point.X:0.#},{point.Y:0.#}")));
        var (dashes, marker) = (dashed ? " stroke-dasharray=\"4 3\"" : "", head ? " marker-end=\"url(#head)\"" : "");
        Add($"""<polyline points="{line}" fill="none" stroke="{colour}"{dashes}{marker}/>""");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 10:0} {height + 10:0}" width="{width + 10:0}" height="{height + 10:0}"
          font-family="sans-serif">
        <defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0,0 L8,4 L0,8 z" fill="#555555"/></marker></defs>
        <rect width="{width + 10:0}" height="{height + 10:0}" fill="white"/>
        {body}</svg>
        """).ReplaceLineEndings("\n");

    private void Reach(double x, double y) => (width, height) = (Math.Max(width, x), Math.Max(height, y));

    private void Add(FormattableString shape) => body.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
