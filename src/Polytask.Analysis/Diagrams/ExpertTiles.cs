using System.Globalization;

namespace Polytask.Analysis;

/// <summary>An expert bank as a box with a numbered tile per expert; a bank of more than 24 shows the first 22, dots and the last.</summary>
internal sealed class ExpertTiles
{
    private const double Title = 12, Detail = 10.5, Padding = 10, Tile = 26, TileHeight = 19, Gap = 4, Widest = 220;
    private const int MostTiles = 24;

    private readonly string[] tiles;
    private readonly int columns;
    private readonly (string Text, string Whole, double Size, bool Bold, bool Muted)[] lines;

    public ExpertTiles(ExpertBank bank, long parameters)
    {
        var numbers = Enumerable.Range(1, bank.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
        tiles = bank.Count <= MostTiles ? numbers : [.. numbers[..(MostTiles - 2)], "…", numbers[^1]];
        columns = tiles.Length switch { <= 4 => tiles.Length, <= 6 => 3, <= 16 => 4, _ => 6 };
        var what = bank.Expert.Describe().ReplaceLineEndings(" ");
        const double room = Widest - 2 * Padding;
        var each = TextMetrics.Wrapped(bank.Count == 1 ? what : $"each {what}", Detail, room, mostLines: 2);
        lines =
        [
            (bank.Count == 1 ? "1 expert" : $"{bank.Count} experts", "", Title, true, false),
            .. each.Select(line => (line, each.Any(other => other.EndsWith('…')) ? what : "", Detail, false, false)),
            (ModelDiagram.Parameters(parameters), "", Detail, false, true),
        ];
        TileWidth = Math.Max(Tile, tiles.Max(tile => TextMetrics.Width(tile, Detail)) + 8);
        Width = Math.Max(columns * (TileWidth + Gap) - Gap, lines.Max(line => TextMetrics.Width(line.Text, line.Size, line.Bold))) + 2 * Padding;
        Height = 2 * Padding + lines.Sum(line => 1.32 * line.Size) + 4 + (tiles.Length + columns - 1) / columns * (TileHeight + Gap) - Gap;
    }

    public double Width { get; }

    public double Height { get; }

    private double TileWidth { get; }

    /// <summary>Draws the box around a point at half its height.</summary>
    public void Draw(Svg svg, double x, double middle, int copies)
    {
        svg.Group();
        svg.Box(x, middle - Height / 2, Width, Height, accent: null, copies);
        var y = middle - Height / 2 + Padding - 2;
        foreach (var (text, whole, size, bold, muted) in lines)
        {
            y += 1.32 * size;
            svg.Text(x + Width / 2, y - 0.3 * size, text, size, bold, muted, whole: whole.Length > 0 ? whole : null);
        }
        svg.EndGroup();
        y += 6;
        var left = x + (Width - (columns * (TileWidth + Gap) - Gap)) / 2;
        for (var i = 0; i < tiles.Length; i++)
        {
            double tileX = left + i % columns * (TileWidth + Gap), tileY = y + i / columns * (TileHeight + Gap);
            svg.Group();
            svg.Box(tileX, tileY, TileWidth, TileHeight, accent: null);
            svg.Text(tileX + TileWidth / 2, tileY + TileHeight / 2 + 0.36 * Detail, tiles[i], Detail);
            svg.EndGroup();
        }
    }
}
