using Plotly.NET;
using Polytask.Notebooks.Figures;

namespace PlotlyTests;

/// <summary>plotly.js's own schema accepts every kind of chart, and draws it.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly FigureRenderer? renderer = FigureRenderer.TryCreate(out _);

    [NeedsRendererFact]
    public void Every_kind_of_chart_is_valid_and_can_be_drawn()
    {
        Assert.All(Charts.All, chart =>
        {
            var json = GenericChart.toFigureJson(chart.Value());
            Assert.Empty(renderer!.Validate(json));
            Assert.NotEmpty(renderer.Png(json, 300, 200));
        });
    }

    public void Dispose() => renderer?.Dispose();

    private sealed class NeedsRendererFactAttribute : FactAttribute
    {
        public NeedsRendererFactAttribute()
        {
            using var available = FigureRenderer.TryCreate(out var notice);
            if (available is null) Skip = notice;
        }
    }
}
