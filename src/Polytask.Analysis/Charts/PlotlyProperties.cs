using Plotly.NET;
using Plotly.NET.CSharp;

namespace Polytask.Analysis;

/// <summary>plotly.js properties for which Plotly.NET's chart functions have no argument, set by their plotly.js names.</summary>
internal static class PlotlyProperties
{
    /// <summary>Sets a property on all traces of a chart that was just made.</summary>
    public static GenericChart With(this GenericChart chart, string name, object value)
    {
        foreach (var trace in chart.GetTraces()) trace.SetValue(name, value);
        return chart;
    }

    /// <summary>An object of a trace or layout.</summary>
    public static DynamicObj.DynamicObj Object(params (string Name, object Value)[] properties)
    {
        var made = new DynamicObj.DynamicObj();
        foreach (var (name, value) in properties) made.SetValue(name, value);
        return made;
    }
}
