using PlotlyTests;

namespace Polytask.Analysis.Tests;

/// <summary>plotly.js's own schema accepts an example of each chart, and draws it.</summary>
public class SchemaTests
{
    [NeedsRendererFact]
    public void Every_chart_is_valid_and_can_be_drawn() => FigureChecks.ValidAndDrawn(Gallery.All);
}
