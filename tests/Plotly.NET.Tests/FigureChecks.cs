using Plotly.NET;
using Polytask.Notebooks.Figures;

namespace PlotlyTests;

/// <summary>Checks of charts by plotly.js itself; linked into the tests of every project that makes charts.</summary>
public static class FigureChecks
{
    /// <summary>plotly.js's own schema accepts the charts, and draws them.</summary>
    public static void ValidAndDrawn(IEnumerable<KeyValuePair<string, Func<GenericChart>>> charts)
    {
        using var renderer = FigureRenderer.TryCreate(out var notice) ?? throw new InvalidOperationException(notice);
        Assert.All(charts, chart =>
        {
            var json = GenericChart.toFigureJson(chart.Value());
            Assert.DoesNotContain(renderer.Validate(json), problem => !Harmless(problem));
            Assert.NotEmpty(renderer.Png(json, 300, 200));
        });
    }

    // An empty place of a grid is not drawn; and the checker of 4.1.2 knows no name of a shared colour scale.
    private static bool Harmless(string problem) => problem.EndsWith("got defaulted to be not visible", StringComparison.Ordinal)
        || problem.Contains("key coloraxis is set to an invalid value (coloraxis)", StringComparison.Ordinal);
}

/// <summary>A test that is skipped, with what is missing, where there is no Chromium or plotly.js.</summary>
public sealed class NeedsRendererFactAttribute : FactAttribute
{
    public NeedsRendererFactAttribute()
    {
        using var available = FigureRenderer.TryCreate(out var notice);
        if (available is null) Skip = notice;
    }
}
