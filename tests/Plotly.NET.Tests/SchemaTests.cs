using System.Reflection;
using Plotly.NET;

namespace PlotlyTests;

/// <summary>plotly.js's own schema accepts every kind of chart with every style, and draws it.</summary>
public class SchemaTests
{
    [NeedsRendererFact]
    public void Every_chart_is_valid_and_can_be_drawn() => FigureChecks.ValidAndDrawn(Charts.All);

    [Fact]
    public void No_chart_style_or_part_is_missing_from_the_charts_that_are_checked()
    {
        Assembly[] ours = [typeof(GenericChart).Assembly, typeof(Plotly.NET.CSharp.Chart).Assembly];
        var reached = Calls.ReachedFrom(typeof(Charts), ours);
        var offered = ours.SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => Makes(method) && !WritesFiles(method)).ToArray();
        Assert.True(offered.Length > 150, $"only {offered.Length} methods were found");
        var missing = offered.Where(method => !reached.Contains(method)).Select(method => $"{method.DeclaringType!.Name}.{method.Name}").ToArray();
        Assert.True(missing.Length == 0, $"no chart in Charts.All uses {string.Join(", ", missing)}");

        // Charts, functions from chart to chart, and the parts that a chart is made of.
        static bool Makes(MethodInfo method) =>
            method.ReturnType == typeof(GenericChart) && method.DeclaringType != typeof(GenericChart)
            || method.DeclaringType == typeof(Plotly.NET.Chart) && method.ReturnType.IsGenericType
            || typeof(DynamicObj.DynamicObj).IsAssignableFrom(method.DeclaringType) && method.Name.StartsWith("init", StringComparison.Ordinal);

        static bool WritesFiles(MethodInfo method) => method.Name.StartsWith("Save", StringComparison.Ordinal);
    }
}
