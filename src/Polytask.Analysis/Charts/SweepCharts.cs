using Plotly.NET;
using Plotly.NET.CSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

public static partial class Charts
{
    /// <summary>
    /// A result against a quantity that was swept, such as accuracy against the coefficient of a merge: a line per method through its means over
    /// seeds, a band of one standard deviation, and dashed lines for what does not depend on the quantity (the pretrained model, single ones).
    /// </summary>
    /// <param name="quantity">What was swept, for the axis: "merging coefficient".</param>
    /// <param name="result">What was measured, with its unit.</param>
    /// <param name="at">The values of the quantity.</param>
    /// <param name="methods">Per method its name and, for each value of the quantity, a number per seed; NaN where there is none.</param>
    /// <param name="levels">Names and values of the dashed lines.</param>
    /// <exception cref="DataException">No method, or one has another number of values than the quantity.</exception>
    public static GenericChart Sweep(string quantity, string result, IReadOnlyList<double> at, IEnumerable<(string Name, double[][] Values)> methods,
        params (string Name, double Value)[] levels)
    {
        var lines = new List<GenericChart>();
        foreach (var (name, values) in methods)
        {
            if (values.Length != at.Count)
                throw new DataException(
                    $"'{name}' has {values.Length} results, but the {quantity} was given {at.Count} values; give one list of seeds for each");
            var numbers = at.Zip(values).SelectMany(place => place.Second.Select(value => (place.First, value)));
            lines.AddRange(Curve.Of(numbers).Drawn(name, HouseStyle.Methods.Of(name), markers: true));
        }
        if (lines.Count == 0) throw new DataException($"a sweep of the {quantity} needs at least one method with a result");
        lines.AddRange(levels.Select((level, i) => Draw.Line<double, double, string>([at.Min(), at.Max()], [level.Value, level.Value],
            Name: HouseStyle.Plain(level.Name), LineColor: Color.fromHex(Palette.Muted), LineWidth: 1.5,
            LineDash: i % 2 == 0 ? StyleParam.DrawingStyle.Dash : StyleParam.DrawingStyle.Dot)));
        return Draw.Combine(lines).WithLegend(true).Styled(HouseStyle.Plain(quantity), HouseStyle.Plain(result));
    }
}
