using System.Text.RegularExpressions;

namespace Polytask.Analysis;

/// <summary>
/// Which name has which style: the same for a name in all charts of a notebook. A name takes the next free style when it is first used, so that the
/// order of first use decides, unless <see cref="Assign(string, int)"/> did before.
/// </summary>
public sealed partial class SeriesStyles
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SeriesStyle> styles = [];
    private readonly HashSet<int> taken = [];

    internal SeriesStyles() { }

    /// <summary>The style of a name.</summary>
    public SeriesStyle Of(string name)
    {
        lock (gate)
        {
            if (styles.TryGetValue(name, out var known)) return known;
            var next = Enumerable.Range(0, int.MaxValue).First(position => !taken.Contains(position));
            taken.Add(next);
            return styles[name] = SeriesStyle.At(next);
        }
    }

    /// <summary>Gives a name the n-th style, from 0; names that have it already keep it.</summary>
    /// <exception cref="DataException">The position is negative.</exception>
    public void Assign(string name, int position)
    {
        if (position < 0) throw new DataException($"'{name}': a style's position is at least 0, but got {position}");
        lock (gate)
        {
            taken.Add(position);
            styles[name] = SeriesStyle.At(position);
        }
    }

    /// <summary>Gives a name a colour of your own, with the dash and marker that it has or would get.</summary>
    /// <exception cref="DataException">The colour is not written as "#RRGGBB".</exception>
    public void Assign(string name, string hex)
    {
        if (!HexColour().IsMatch(hex)) throw new DataException($"'{name}': a colour is written as \"#RRGGBB\", but got '{hex}'");
        var style = Of(name) with { Hex = hex };
        lock (gate) styles[name] = style;
    }

    /// <summary>Forgets all names, for a new set of figures.</summary>
    public void Reset()
    {
        lock (gate)
        {
            styles.Clear();
            taken.Clear();
        }
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex HexColour();
}
