namespace PlotlyTests;

/// <summary>plotly.js's own schema accepts every kind of chart, and draws it.</summary>
public class SchemaTests
{
    [NeedsRendererFact]
    public void Every_kind_of_chart_is_valid_and_can_be_drawn() => FigureChecks.ValidAndDrawn(Charts.All);
}
