using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.FSharp.Core;
using Plotly.NET;

namespace Polytask.Cli;

/// <summary>
/// What a notebook shows and keeps of a chart. The chart itself stays as it is: only here are very long lines thinned, so that a notebook can be
/// opened, and is said what a reader would not see: thinning, and values that are no numbers.
/// </summary>
internal static class ShownChart
{
    /// <summary>Longer traces of points are thinned.</summary>
    private const int LongestTrace = 20_000;

    /// <summary>Stretches of a thinned trace; a screen and a printed column have fewer columns of pixels.</summary>
    private const int Stretches = 2_000;

    private static readonly string[] Columns = ["x", "y", "text", "customdata", "ids"];

    private static readonly string[] Measured = ["x", "y", "z", "values"];

    /// <summary>The chart as it is shown, and what has to be said about it.</summary>
    public static (GenericChart Chart, IReadOnlyList<string> Notices) Of(GenericChart chart)
    {
        var notices = new List<string>();
        var shown = GenericChart.mapTrace(FuncConvert.FromFunc<Trace, Trace>(trace => Shown(trace, notices)), chart);
        return (shown, notices);
    }

    private static Trace Shown(Trace trace, List<string> notices)
    {
        foreach (var name in Measured)
            if (Values(trace, name) is { } values && values.Count(value => value is double.NaN or double.PositiveInfinity or double.NegativeInfinity
                    or float.NaN or float.PositiveInfinity or float.NegativeInfinity) is > 0 and var gaps)
                notices.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{Named(trace)}: {gaps:N0} of {values.Length:N0} values of {name} are NaN or infinite; they are drawn as gaps."));

        if (trace.type is not ("scatter" or "scattergl") || Values(trace, "y") is not { Length: > LongestTrace } y)
            return trace;
        var thin = new Trace(trace.type);
        foreach (var property in trace.GetProperties(false).Where(property => !Columns.Contains(property.Key)))
            thin.SetValue(property.Key, property.Value);
        if (HasLongArray(thin))
        {
            notices.Add(string.Create(CultureInfo.InvariantCulture,
                $"{Named(trace)}: its {y.Length:N0} points are kept whole, because each has a style of its own; the notebook may be slow to open."));
            return trace;
        }
        var kept = Kept(y);
        foreach (var property in trace.GetProperties(false).Where(property => Columns.Contains(property.Key)))
            thin.SetValue(property.Key, Values(trace, property.Key) is { } column && column.Length == y.Length
                ? Array.ConvertAll(kept, i => column[i]) : property.Value);
        // A value at every place was implied; now the places have to be said.
        if (trace.TryGetValue("x") is null)
            thin.SetValue("x", kept);
        notices.Add(string.Create(CultureInfo.InvariantCulture,
            $"{Named(trace)}: {y.Length:N0} points are shown and saved as {kept.Length:N0}: the first, last, lowest and highest of each of ")
            + string.Create(CultureInfo.InvariantCulture, $"{Stretches:N0} stretches. The chart itself has them all."));
        return thin;
    }

    /// <summary>Whether a trace has a value per point in its style: a colour, a size, the length of an error bar.</summary>
    private static bool HasLongArray(Trace style)
    {
        using var json = JsonDocument.Parse(GenericChart.toJson(GenericChart.ofTraceObject(false, style)));
        return Search(json.RootElement);

        static bool Search(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.GetArrayLength() > LongestTrace || element.EnumerateArray().Any(Search),
            JsonValueKind.Object => element.EnumerateObject().Any(property => Search(property.Value)),
            _ => false,
        };
    }

    /// <summary>The places of the first, the last, the lowest and the highest value of each stretch, in order; peaks are never lost.</summary>
    private static int[] Kept(object?[] values)
    {
        var kept = new SortedSet<int>();
        for (var stretch = 0; stretch < Stretches; stretch++)
        {
            var (from, to) = ((int)((long)values.Length * stretch / Stretches), (int)((long)values.Length * (stretch + 1) / Stretches));
            kept.Add(from);
            kept.Add(to - 1);
            int lowest = -1, highest = -1;
            for (var i = from; i < to; i++)
            {
                if (Number(values[i]) is not { } value)
                    continue;
                if (lowest < 0 || value < Number(values[lowest]))
                    lowest = i;
                if (highest < 0 || value > Number(values[highest]))
                    highest = i;
            }
            if (lowest >= 0)
                kept.UnionWith([lowest, highest]);
        }
        return [.. kept];
    }

    private static double? Number(object? value) => value is IConvertible number && value is not string
        && number.ToDouble(CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? real : null;

    /// <summary>A column of a trace, or the cells of its matrix; null where it has no such data.</summary>
    private static object?[]? Values(Trace trace, string name) => trace.TryGetValue(name)?.Value switch
    {
        string or null => null,
        IEnumerable items => [.. items.Cast<object?>().SelectMany(item => item is IEnumerable row and not string ? row.Cast<object?>() : [item])],
        _ => null,
    };

    private static string Named(Trace trace) => trace.TryGetValue("name")?.Value is string name ? $"chart, '{name}'" : $"chart, a {trace.type} trace";
}
