using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Polytask.Notebooks.Figures;

/// <summary>The letters that figures are drawn with and carry along: Open Sans in parts, each for some ranges of characters.</summary>
internal sealed partial class FigureFonts
{
    /// <summary>Names of fonts that charts ask for; all are drawn with these letters, which are as wide on every machine.</summary>
    private static readonly string[] Families = ["Open Sans", "Arial"];

    private readonly List<Face> faces = [];

    private FigureFonts(string folder)
    {
        string[] sheets = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.css") : [];
        foreach (var sheet in sheets.Order(StringComparer.Ordinal))
            foreach (Match rule in Rule().Matches(File.ReadAllText(sheet)))
            {
                var file = Path.Combine(folder, rule.Groups["file"].Value);
                if (File.Exists(file))
                    faces.Add(new Face(rule.Groups["weight"].Value, rule.Groups["range"].Value, Convert.ToBase64String(File.ReadAllBytes(file))));
            }
    }

    /// <summary>The fonts that the build put beside the program; none where it could not fetch them.</summary>
    public static FigureFonts Supplied { get; } = new(Path.Combine(Path.GetDirectoryName(FigureRenderer.ScriptPath)!, "fonts"));

    /// <summary>A script that loads the fonts into a page, whatever fonts of these names the machine has.</summary>
    public string LoadScript()
    {
        var list = new JsonArray([.. from family in Families
                                     from face in faces
                                     select new JsonArray(family, face.Source, face.Weight, face.Range)]);
        return $$"""
            Promise.all({{list.ToJsonString()}}.map(async ([family, source, weight, unicodeRange]) =>
              document.fonts.add(await new FontFace(family, source, { weight, unicodeRange }).load()))).then(() => undefined)
            """;
    }

    /// <summary>The drawing with the parts of the fonts that its text needs inside, so that it looks the same where the fonts are missing.</summary>
    public string EmbeddedIn(string svg)
    {
        var characters = svg.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune)).Select(rune => rune.Value).ToHashSet();
        characters.UnionWith(NumericReference().Matches(svg).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)));
        var bold = Bold().IsMatch(svg);
        // Where parts overlap, the last one that has a character draws it.
        var needed = faces.GroupBy(face => face.Weight).Where(weight => bold || weight.Key == "400")
            .SelectMany(weight => characters.Select(character => weight.LastOrDefault(face => face.Has(character))).OfType<Face>()).ToHashSet();
        var rules = new StringBuilder();
        foreach (var family in Families.Where(family => svg.Contains(family, StringComparison.OrdinalIgnoreCase)))
            foreach (var face in faces.Where(needed.Contains))
                rules.Append(CultureInfo.InvariantCulture,
                    $"@font-face{{font-family:'{family}';font-weight:{face.Weight};src:{face.Source};unicode-range:{face.Range}}}");
        var start = RootTag().Match(svg);
        return rules.Length == 0 || !start.Success ? svg : svg.Insert(start.Index + start.Length, $"<style>{rules}</style>");
    }

    [GeneratedRegex(@"font-weight: (?<weight>\d+);\s*src: url\(\./(?<file>[^)]+\.woff2)\)[^;]*;\s*unicode-range: (?<range>[^;]+);")]
    private static partial Regex Rule();

    [GeneratedRegex("font-weight[:=] ?\"?(?:bold|[6-9]00)|<b>")]
    private static partial Regex Bold();

    [GeneratedRegex("&#([0-9]{1,7});")]
    private static partial Regex NumericReference();

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex RootTag();

    private sealed class Face(string weight, string range, string base64)
    {
        private readonly (int From, int To)[] spans = [.. range.Split(',').Select(Span)];

        public string Weight => weight;

        public string Range => range;

        public string Source => $"url(data:font/woff2;base64,{base64})";

        public bool Has(int character) => spans.Any(span => character >= span.From && character <= span.To);

        // U+2190-21BB, or U+2215 alone.
        private static (int From, int To) Span(string text)
        {
            var ends = text.Trim()[2..].Split('-');
            var from = int.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return (from, ends.Length == 1 ? from : int.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }
}
