using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

/// <summary>The charts in space.</summary>
public static partial class Chart
{
    /// <summary>Points, lines or both in space, as the mode says.</summary>
    public static GenericChart Scatter3D<XType, YType, ZType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<ZType> z, StyleParam.Mode mode, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol3D> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol3D>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where ZType : IConvertible where TextType : IConvertible =>
        Chart3D.Chart.Scatter3D<XType, YType, ZType, TextType>(
            x: x, y: y, z: z, mode: mode, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points in space.</summary>
    public static GenericChart Point3D<XType, YType, ZType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<ZType> z, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol3D> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol3D>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where ZType : IConvertible where TextType : IConvertible =>
        Chart3D.Chart.Point3D<XType, YType, ZType, TextType>(
            x: x, y: y, z: z, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>A line through points in space.</summary>
    public static GenericChart Line3D<XType, YType, ZType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<ZType> z, Optional<bool> ShowMarkers = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol3D> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol3D>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where ZType : IConvertible where TextType : IConvertible =>
        Chart3D.Chart.Line3D<XType, YType, ZType, TextType>(
            x: x, y: y, z: z, ShowMarkers: ShowMarkers.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points in space as balls; sizes are their diameters in pixels.</summary>
    public static GenericChart Bubble3D<XType, YType, ZType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<ZType> z, IEnumerable<int> sizes, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol3D> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol3D>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where ZType : IConvertible where TextType : IConvertible =>
        Chart3D.Chart.Bubble3D<XType, YType, ZType, TextType>(
            x: x, y: y, z: z, sizes: sizes, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>A matrix as heights over a plane.</summary>
    public static GenericChart Surface<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<Contours> Contours = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default, Optional<bool> UseDefaults = default)
        where ZType : IConvertible where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart3D.Chart.Surface<IEnumerable<ZType>, ZType, XType, YType, TextType>(
            zData: zData, X: X.ToOption(), Y: Y.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(), Contours: Contours.ToOption(),
            ColorScale: ColorScale.ToOption(), ShowScale: ShowScale.ToOption(), UseDefaults: UseDefaults.ToOption());
}
