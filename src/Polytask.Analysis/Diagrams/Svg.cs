using System.Globalization;
using System.Text;
using System.Xml;

namespace Polytask.Analysis;

/// <summary>
/// The few shapes a diagram is made of, as SVG text: light by itself, dark where the page asks for dark. Every text is escaped; there are no
/// scripts and no outside references.
/// </summary>
internal sealed class Svg
{
    private const double Edge = 10;

    private readonly StringBuilder body = new();
    private readonly SortedSet<string> accents = [];
    private double width;
    private double height;

    /// <summary>A rounded box; its colour fills it faintly.</summary>
    /// <param name="copies">Boxes behind it, for a part of which there are several.</param>
    public void Box(double x, double y, double boxWidth, double boxHeight, string? accent, int copies = 0)
    {
        for (var copy = copies; copy > 0; copy--)
            Add($"""{Rectangle(x + 4 * copy, y - 4 * copy, boxWidth, boxHeight)} class="part ground" fill="#FFFFFF" stroke="#555555"/>""");
        if (copies > 0) Add($"""{Rectangle(x, y, boxWidth, boxHeight)} class="ground" fill="#FFFFFF" stroke="none"/>""");
        if (accent is not null) accents.Add(accent);
        var (colour, name) = (accent ?? "#555555", accent is null ? "part" : Class(accent));
        Add($"""{Rectangle(x, y, boxWidth, boxHeight)} class="{name}" fill="{colour}" fill-opacity="0.09" stroke="{colour}" stroke-width="1.2"/>""");
    }

    /// <summary>A text on one line.</summary>
    /// <param name="y">Its base line.</param>
    /// <param name="whole">What it was before it was cut, for a tooltip; null where nothing was.</param>
    public void Text(
        double x, double y, string text, double size, bool bold = false, bool muted = false, string anchor = "middle", string? whole = null)
    {
        var length = TextMetrics.Width(text, size, bold);
        Reach(anchor == "middle" ? x + length / 2 : x + length, y + 0.25 * size);
        var (name, colour) = muted ? ("muted", "#666666") : ("ink", "#222222");
        var (weight, tooltip) = (bold ? " font-weight=\"bold\"" : "", whole is null || whole == text ? "" : $"<title>{Escaped(whole)}</title>");
        Add($"""<text x="{Number(x)}" y="{Number(y)}" font-size="{Number(size)}" text-anchor="{anchor}" class="{name}" """
            + $"""fill="{colour}"{weight}>{Escaped(text)}{tooltip}</text>""");
    }

    /// <summary>A text over lines, with the ground around its letters.</summary>
    public void Label(double x, double y, string text, double size)
    {
        Reach(x + TextMetrics.Width(text, size) / 2, y);
        Add($"""<text x="{Number(x)}" y="{Number(y)}" font-size="{Number(size)}" text-anchor="middle" class="ink halo" fill="#222222" """
            + $"""stroke="#FFFFFF" stroke-width="4" paint-order="stroke">{Escaped(text)}</text>""");
    }

    /// <summary>A line through points, with a head at its end unless it only carries others.</summary>
    public void Line(IReadOnlyList<(double X, double Y)> points, bool dashed = false, bool head = true)
    {
        foreach (var (x, y) in points) Reach(x, y);
        var path = string.Join(" ", points.Select(point => $"{Number(point.X)},{Number(point.Y)}"));
        var (dashes, marker) = (dashed ? " stroke-dasharray=\"4 3\"" : "", head ? " marker-end=\"url(#polytask-arrow)\"" : "");
        Add($"""<polyline points="{path}" class="line" fill="none" stroke="#555555" stroke-width="1.2" stroke-linejoin="round"{dashes}{marker}/>""");
    }

    /// <summary>Opens a group; what is drawn until <see cref="EndGroup"/> belongs together.</summary>
    public void Group() => Add("<g>");

    /// <summary>Closes the group.</summary>
    public void EndGroup() => Add("</g>");

    /// <summary>The picture.</summary>
    /// <param name="title">What it shows, in a few words, for those who do not see it.</param>
    /// <param name="description">The same as the picture says, in words.</param>
    public string Picture(string title, string description)
    {
        var (wide, high) = (Number(Math.Ceiling(width + Edge)), Number(Math.Ceiling(height + Edge)));
        // Inside a notebook all drawings share one page: names start with "polytask" and mean the same in each of them.
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" class="polytask-model"
              font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
            <title>{Escaped(title)}</title>
            <desc>{Escaped(description)}</desc>
            <style>
            @media screen and (prefers-color-scheme: dark) {"{"}
            {Rule("ground", "fill: #1E1E1E")}
            {Rule("ink", "fill: #E8E8E8")}
            {Rule("muted", "fill: #B0B0B0")}
            {Rule("halo", "stroke: #1E1E1E")}
            {Rule("line", "stroke: #B0B0B0")}
            {Rule("head", "fill: #B0B0B0")}
            {Rule("part", "fill: #B0B0B0; stroke: #B0B0B0")}
            {Rule("part.ground", "fill: #1E1E1E")}
            {string.Join("\n", accents.Select(accent => Rule(Class(accent), $"fill: {Lighter(accent)}; stroke: {Lighter(accent)}")))}
            {"}"}
            </style>
            <defs><marker id="polytask-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0,0 L8,4 L0,8 z" class="head" fill="#555555"/></marker></defs>
            <rect width="{wide}" height="{high}" class="ground" fill="#FFFFFF"/>
            {body}</svg>
            """.ReplaceLineEndings("\n");
    }

    /// <summary>A name or text as XML text: characters that XML 1.0 does not have, control characters and lone surrogates, become U+FFFD.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (i + 1 < text.Length && char.IsSurrogatePair(letter, text[i + 1])) escaped.Append(letter).Append(text[++i]);
            else escaped.Append(letter switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => XmlConvert.IsXmlChar(letter) ? $"{letter}" : "\uFFFD",
            });
        }
        return escaped.ToString();
    }

    private static string Rule(string name, string properties) => $".polytask-model .{name} {{ {properties} }}";

    private static string Class(string accent) => "c" + accent[1..];

    // Half way to white: readable on a dark ground.
    private static string Lighter(string accent)
    {
        int Half(int channel) => (Convert.ToInt32(accent.Substring(1 + 2 * channel, 2), 16) + 255) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"#{Half(0):X2}{Half(1):X2}{Half(2):X2}");
    }

    private string Rectangle(double x, double y, double boxWidth, double boxHeight)
    {
        Reach(x + boxWidth, y + boxHeight);
        return $"""<rect x="{Number(x)}" y="{Number(y)}" width="{Number(boxWidth)}" height="{Number(boxHeight)}" rx="5" """.TrimEnd();
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private void Reach(double x, double y) => (width, height) = (Math.Max(width, x), Math.Max(height, y));

    private void Add(string shape) => body.Append(shape).Append('\n');
}
