using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>What a study's variants trade between two results.</summary>
public static class ParetoCharts
{
    /// <summary>
    /// The variants' means over seeds by two results, with their standard deviations: the front in colour and joined, what is dominated in grey, and
    /// the hypervolume against the worst values among the variants unless a reference is given.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="x">"task/metric" of the x axis.</param>
    /// <param name="y">"task/metric" of the y axis.</param>
    /// <param name="reference">The worst values that count for the hypervolume.</param>
    /// <exception cref="DataException">The study has no such result, or no variant has both.</exception>
    public static GenericChart Pareto(this StudyResult study, string x, string y, (double X, double Y)? reference = null)
    {
        var points = study.Variants.Select(variant => (Name: variant, X: study.Summary(variant, x), Y: study.Summary(variant, y))).ToArray();
        return Charts.Pareto([.. points.Select(point => (point.Name, point.X.Mean, point.Y.Mean))], StudyCharts.Labelled(study, x),
            StudyCharts.Labelled(study, y), new(study.HigherIsBetter(x), study.HigherIsBetter(y)), reference,
            [.. points.Select(point => (point.X.Deviation, point.Y.Deviation))]);
    }
}

public static partial class Charts
{
    /// <summary>Points by two results: the Pareto front in colour and joined, what is dominated in grey, and the hypervolume.</summary>
    /// <param name="points">A name and both results for each.</param>
    /// <param name="x">What x is, with its unit.</param>
    /// <param name="y">What y is, with its unit.</param>
    /// <param name="front">The directions of better.</param>
    /// <param name="reference">The worst values that count for the hypervolume; the worst among the points by default.</param>
    /// <param name="deviations">Error bars of each point, NaN for none.</param>
    /// <exception cref="DataException">No point has both numbers.</exception>
    public static GenericChart Pareto(IReadOnlyList<(string Name, double X, double Y)> points, string x, string y, ParetoFront front,
        (double X, double Y)? reference = null, IReadOnlyList<(double X, double Y)>? deviations = null)
    {
        (double X, double Y)[] places = [.. points.Select(point => (point.X, point.Y))];
        var best = front.Of(places);
        if (best.Count == 0)
            throw new DataException($"a Pareto front of {x} and {y} needs a point with both numbers, but none of {points.Count} has them");
        var charts = new List<GenericChart> { Staircase(best, places, front) };
        for (var i = 0; i < points.Count; i++)
        {
            var (name, place) = (points[i].Name, places[i]);
            if (!double.IsFinite(place.X) || !double.IsFinite(place.Y)) continue;
            var (style, leads) = (HouseStyle.Methods.Of(name), best.Contains(i));
            var colour = leads ? style.Colour : Color.fromHex(Dominated);
            var point = Draw.Point<double, double, string>([place.X], [place.Y], Name: HouseStyle.Plain(leads ? name : $"{name} (dominated)"),
                MarkerColor: colour, MarkerSymbol: style.Symbol).WithMarkerStyle(Size: 11);
            if (deviations is not null && double.IsFinite(deviations[i].X) && double.IsFinite(deviations[i].Y))
                point = point.WithXErrorStyle<double, double>(Array: new[] { deviations[i].X }, Color: colour, Thickness: 1.2, Width: 4.0)
                    .WithYErrorStyle<double, double>(Array: new[] { deviations[i].Y }, Color: colour, Thickness: 1.2, Width: 4.0);
            charts.Add(point);
        }
        var finite = places.Where(place => double.IsFinite(place.X) && double.IsFinite(place.Y)).ToArray();
        double Worst(IEnumerable<double> values, bool higher) => higher ? values.Min() : values.Max();
        var worst = reference ?? (Worst(finite.Select(place => place.X), front.HigherX), Worst(finite.Select(place => place.Y), front.HigherY));
        var note = string.Create(CultureInfo.InvariantCulture,
            $"hypervolume {front.Hypervolume(places, worst):0.####} against ({worst.X:0.####}, {worst.Y:0.####})");
        if (finite.Length < places.Length) note += $"; {places.Length - finite.Length} without both numbers left out";
        return Draw.Combine(charts).WithLegend(true).Styled(x, y).Noted(note);
    }

    private const string Dominated = "#8C8C8C";

    // A point holds its value until the next one takes over: what lies on the worse side of the steps is dominated.
    private static GenericChart Staircase(IReadOnlyList<int> best, (double X, double Y)[] places, ParetoFront front) =>
        Draw.Line<double, double, string>(best.Select(i => places[i].X).ToArray(), best.Select(i => places[i].Y).ToArray(), Name: "Pareto front",
            Line: Line.init(Color: Color.fromHex(HouseStyle.AxisLine), Width: 1.5, Dash: StyleParam.DrawingStyle.Dot,
                Shape: front.HigherX ? StyleParam.Shape.Vh : StyleParam.Shape.Hv));
}
