using System.Globalization;
using System.Text.RegularExpressions;

namespace Polytask.Cli.Commands;

/// <summary>Lengths on paper, as CSS counts them: 96 pixels are an inch.</summary>
internal static partial class PaperLength
{
    public const double PixelsPerInch = 96;

    private const double Shortest = 1 / 2.54 * PixelsPerInch;

    /// <summary>The length in whole pixels; null where it is no length from 1 cm to 1 m.</summary>
    public static int? Pixels(string text)
    {
        if (Length().Match(text.Trim()) is not { Success: true } length)
            return null;
        var perUnit = length.Groups[2].Value.ToLowerInvariant() switch
        {
            "cm" => PixelsPerInch / 2.54,
            "mm" => PixelsPerInch / 25.4,
            "in" => PixelsPerInch,
            _ => 1,
        };
        var pixels = double.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * perUnit;
        return pixels is >= Shortest and <= 100 * Shortest ? (int)Math.Round(pixels) : null;
    }

    [GeneratedRegex(@"^([0-9]{1,4}(?:\.[0-9]{1,3})?) ?(cm|mm|in|px)$", RegexOptions.IgnoreCase)]
    private static partial Regex Length();
}
