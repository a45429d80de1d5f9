using Microsoft.FSharp.Core;
using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

/// <summary>The two-dimensional charts.</summary>
public static partial class Chart
{
    /// <summary>Points, lines or both, as the mode says.</summary>
    public static GenericChart Scatter<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, StyleParam.Mode mode, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Scatter<XType, YType, TextType>(
            x: x, y: y, mode: mode, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), StackGroup: StackGroup.ToOption(), Orientation: Orientation.ToOption(), GroupNorm: GroupNorm.ToOption(),
            Fill: Fill.ToOption(), FillColor: FillColor.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points that are not joined.</summary>
    public static GenericChart Point<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<string> StackGroup = default, Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Point<XType, YType, TextType>(
            x: x, y: y, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), StackGroup: StackGroup.ToOption(),
            Orientation: Orientation.ToOption(), GroupNorm: GroupNorm.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points joined by straight lines, with markers when ShowMarkers.</summary>
    public static GenericChart Line<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Line<XType, YType, TextType>(
            x: x, y: y, ShowMarkers: ShowMarkers.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), StackGroup: StackGroup.ToOption(), Orientation: Orientation.ToOption(), GroupNorm: GroupNorm.ToOption(),
            Fill: Fill.ToOption(), FillColor: FillColor.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points joined by a smooth curve; Smoothing goes from 0 (straight) to 1.3.</summary>
    public static GenericChart Spline<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<double> Smoothing = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Spline<XType, YType, TextType>(
            x: x, y: y, ShowMarkers: ShowMarkers.ToOption(), Smoothing: Smoothing.ToOption(), Name: Name.ToOption(),
            ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(), MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(),
            MultiText: MultiText.ToOption(), TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(),
            MarkerColor: MarkerColor.ToOption(), MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(),
            MarkerSymbol: MarkerSymbol.ToOption(), MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(),
            LineColor: LineColor.ToOption(), LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(),
            LineDash: LineDash.ToOption(), Line: Line.ToOption(), StackGroup: StackGroup.ToOption(), Orientation: Orientation.ToOption(),
            GroupNorm: GroupNorm.ToOption(), Fill: Fill.ToOption(), FillColor: FillColor.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points as discs; sizes are their diameters in pixels.</summary>
    public static GenericChart Bubble<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<int> sizes, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Bubble<XType, YType, TextType>(
            x: x, y: y, sizes: sizes, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), StackGroup: StackGroup.ToOption(), Orientation: Orientation.ToOption(), GroupNorm: GroupNorm.ToOption(),
            UseDefaults: UseDefaults.ToOption());

    /// <summary>A line with the area under it filled.</summary>
    public static GenericChart Area<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<Color> FillColor = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Area<XType, YType, TextType>(
            x: x, y: y, ShowMarkers: ShowMarkers.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), StackGroup: StackGroup.ToOption(), Orientation: Orientation.ToOption(), GroupNorm: GroupNorm.ToOption(),
            FillColor: FillColor.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>A smooth curve with the area under it filled.</summary>
    public static GenericChart SplineArea<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<double> Smoothing = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<Color> FillColor = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.SplineArea<XType, YType, TextType>(
            x: x, y: y, ShowMarkers: ShowMarkers.ToOption(), Smoothing: Smoothing.ToOption(), Name: Name.ToOption(),
            ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(), MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(),
            MultiText: MultiText.ToOption(), TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(),
            MarkerColor: MarkerColor.ToOption(), MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(),
            MarkerSymbol: MarkerSymbol.ToOption(), MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(),
            LineColor: LineColor.ToOption(), LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(),
            LineDash: LineDash.ToOption(), Line: Line.ToOption(), StackGroup: StackGroup.ToOption(), Orientation: Orientation.ToOption(),
            GroupNorm: GroupNorm.ToOption(), FillColor: FillColor.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Areas that stand on each other.</summary>
    public static GenericChart StackedArea<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<Color> FillColor = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.StackedArea<XType, YType, TextType>(
            x: x, y: y, ShowMarkers: ShowMarkers.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), LineColor: LineColor.ToOption(),
            LineColorScale: LineColorScale.ToOption(), LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(),
            Line: Line.ToOption(), Orientation: Orientation.ToOption(), GroupNorm: GroupNorm.ToOption(), FillColor: FillColor.ToOption(),
            UseDefaults: UseDefaults.ToOption());

    /// <summary>A line with a band from lower to upper around it.</summary>
    public static GenericChart Range<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<YType> upper, IEnumerable<YType> lower, StyleParam.Mode mode,
        Optional<string> Name = default, Optional<string> GroupName = default, Optional<bool> ShowMarkers = default,
        Optional<bool> ShowLegend = default, Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Marker> UpperMarker = default, Optional<Marker> LowerMarker = default, Optional<Color> LineColor = default,
        Optional<StyleParam.Colorscale> LineColorScale = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<Line> UpperLine = default,
        Optional<Line> LowerLine = default, Optional<Color> RangeColor = default, Optional<TextType> UpperText = default,
        Optional<IEnumerable<TextType>> MultiUpperText = default, Optional<TextType> LowerText = default,
        Optional<IEnumerable<TextType>> MultiLowerText = default, Optional<Font> TextFont = default, Optional<string> LowerName = default,
        Optional<string> UpperName = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Range<XType, YType, YType, YType, TextType, TextType, TextType>(
            x: x, y: y, upper: upper, lower: lower, mode: mode, Name: Name.ToOption(), GroupName: GroupName.ToOption(),
            ShowMarkers: ShowMarkers.ToOption(), ShowLegend: ShowLegend.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(), MarkerColor: MarkerColor.ToOption(),
            MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(), MarkerSymbol: MarkerSymbol.ToOption(),
            MultiMarkerSymbol: MultiMarkerSymbol.ToOption(), Marker: Marker.ToOption(), UpperMarker: UpperMarker.ToOption(),
            LowerMarker: LowerMarker.ToOption(), LineColor: LineColor.ToOption(), LineColorScale: LineColorScale.ToOption(),
            LineWidth: LineWidth.ToOption(), LineDash: LineDash.ToOption(), Line: Line.ToOption(), UpperLine: UpperLine.ToOption(),
            LowerLine: LowerLine.ToOption(), RangeColor: RangeColor.ToOption(), UpperText: UpperText.ToOption(),
            MultiUpperText: MultiUpperText.ToOption(), LowerText: LowerText.ToOption(), MultiLowerText: MultiLowerText.ToOption(),
            TextFont: TextFont.ToOption(), LowerName: LowerName.ToOption(), UpperName: UpperName.ToOption(),
            UseDefaults: UseDefaults.ToOption());

    /// <summary>Horizontal bars, one a key.</summary>
    public static GenericChart Bar<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<ValuesType>> MultiWidth = default,
        Optional<bool> UseDefaults = default, Optional<ValuesType> Base = default, Optional<ValuesType> Width = default)
        where ValuesType : IConvertible where KeysType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Bar<ValuesType, KeysType, TextType, ValuesType, ValuesType>(
            values: values, Keys: Keys.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            MarkerColor: MarkerColor.ToOption(), MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(),
            Marker: Marker.ToOption(), TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(),
            MultiWidth: MultiWidth.ToOption(), UseDefaults: UseDefaults.ToOption(), Base: Base.ToOption(), Width: Width.ToOption());

    /// <summary>Horizontal bars that continue those of the other traces.</summary>
    public static GenericChart StackedBar<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<ValuesType>> MultiWidth = default,
        Optional<bool> UseDefaults = default, Optional<ValuesType> Base = default, Optional<ValuesType> Width = default)
        where ValuesType : IConvertible where KeysType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.StackedBar<ValuesType, KeysType, TextType, ValuesType, ValuesType>(
            values: values, Keys: Keys.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            MarkerColor: MarkerColor.ToOption(), MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(),
            Marker: Marker.ToOption(), TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(),
            MultiWidth: MultiWidth.ToOption(), UseDefaults: UseDefaults.ToOption(), Base: Base.ToOption(), Width: Width.ToOption());

    /// <summary>Vertical bars, one a key.</summary>
    public static GenericChart Column<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<ValuesType>> MultiWidth = default,
        Optional<bool> UseDefaults = default, Optional<ValuesType> Base = default, Optional<ValuesType> Width = default)
        where ValuesType : IConvertible where KeysType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Column<ValuesType, KeysType, TextType, ValuesType, ValuesType>(
            values: values, Keys: Keys.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            MarkerColor: MarkerColor.ToOption(), MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(),
            Marker: Marker.ToOption(), TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(),
            MultiWidth: MultiWidth.ToOption(), UseDefaults: UseDefaults.ToOption(), Base: Base.ToOption(), Width: Width.ToOption());

    /// <summary>Vertical bars that stand on those of the other traces.</summary>
    public static GenericChart StackedColumn<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<ValuesType>> MultiWidth = default,
        Optional<bool> UseDefaults = default, Optional<ValuesType> Base = default, Optional<ValuesType> Width = default)
        where ValuesType : IConvertible where KeysType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.StackedColumn<ValuesType, KeysType, TextType, ValuesType, ValuesType>(
            values: values, Keys: Keys.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            MarkerColor: MarkerColor.ToOption(), MarkerColorScale: MarkerColorScale.ToOption(), MarkerOutline: MarkerOutline.ToOption(),
            Marker: Marker.ToOption(), TextPosition: TextPosition.ToOption(), MultiTextPosition: MultiTextPosition.ToOption(),
            MultiWidth: MultiWidth.ToOption(), UseDefaults: UseDefaults.ToOption(), Base: Base.ToOption(), Width: Width.ToOption());

    /// <summary>How many values fall into each bin.</summary>
    public static GenericChart Histogram<XType, YType, TextType>(
        Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.HistFunc> HistFunc = default, Optional<StyleParam.HistNorm> HistNorm = default, Optional<int> NBinsX = default,
        Optional<int> NBinsY = default, Optional<Bins> XBins = default, Optional<Bins> YBins = default,
        Optional<Color> MarkerColor = default, Optional<Marker> Marker = default, Optional<Line> Line = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Histogram<XType, YType, TextType>(
            X: X.ToOption(), Y: Y.ToOption(), Orientation: Orientation.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(), HistFunc: HistFunc.ToOption(),
            HistNorm: HistNorm.ToOption(), NBinsX: NBinsX.ToOption(), NBinsY: NBinsY.ToOption(), XBins: XBins.ToOption(),
            YBins: YBins.ToOption(), MarkerColor: MarkerColor.ToOption(), Marker: Marker.ToOption(), Line: Line.ToOption(),
            UseDefaults: UseDefaults.ToOption());

    /// <summary>How many points fall into each cell, as colours.</summary>
    public static GenericChart Histogram2D<XType, YType, ZType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<IEnumerable<IEnumerable<ZType>>> Z = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<int> XGap = default, Optional<int> YGap = default,
        Optional<StyleParam.HistFunc> HistFunc = default, Optional<StyleParam.HistNorm> HistNorm = default, Optional<int> NBinsX = default,
        Optional<int> NBinsY = default, Optional<Bins> XBins = default, Optional<Bins> YBins = default,
        Optional<ColorBar> ColorBar = default, Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default,
        Optional<bool> ReverseScale = default, Optional<StyleParam.SmoothAlg> ZSmooth = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where ZType : IConvertible =>
        Chart2D.Chart.Histogram2D<XType, YType, IEnumerable<ZType>, ZType>(
            X: FSharpOption<IEnumerable<XType>>.Some(x), Y: FSharpOption<IEnumerable<YType>>.Some(y), Z: Z.ToOption(), Name: Name.ToOption(),
            ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            XGap: XGap.ToOption(), YGap: YGap.ToOption(), HistFunc: HistFunc.ToOption(), HistNorm: HistNorm.ToOption(),
            NBinsX: NBinsX.ToOption(), NBinsY: NBinsY.ToOption(), XBins: XBins.ToOption(), YBins: YBins.ToOption(),
            ColorBar: ColorBar.ToOption(), ColorScale: ColorScale.ToOption(), ShowScale: ShowScale.ToOption(),
            ReverseScale: ReverseScale.ToOption(), ZSmooth: ZSmooth.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Median, quartiles and outliers of each group: Y holds the values, X the groups.</summary>
    public static GenericChart BoxPlot<XType, YType, TextType>(
        Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<Color> FillColor = default, Optional<Color> MarkerColor = default, Optional<Marker> Marker = default,
        Optional<double> Opacity = default, Optional<double> WhiskerWidth = default, Optional<StyleParam.BoxPoints> BoxPoints = default,
        Optional<StyleParam.BoxMean> BoxMean = default, Optional<double> Jitter = default, Optional<double> PointPos = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<Color> OutlineColor = default,
        Optional<double> OutlineWidth = default, Optional<Line> Outline = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.BoxPlot<XType, YType, TextType>(
            X: X.ToOption(), Y: Y.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Text: Text.ToOption(),
            MultiText: MultiText.ToOption(), FillColor: FillColor.ToOption(), MarkerColor: MarkerColor.ToOption(),
            Marker: Marker.ToOption(), Opacity: Opacity.ToOption(), WhiskerWidth: WhiskerWidth.ToOption(), BoxPoints: BoxPoints.ToOption(),
            BoxMean: BoxMean.ToOption(), Jitter: Jitter.ToOption(), PointPos: PointPos.ToOption(), Orientation: Orientation.ToOption(),
            OutlineColor: OutlineColor.ToOption(), OutlineWidth: OutlineWidth.ToOption(), Outline: Outline.ToOption(),
            UseDefaults: UseDefaults.ToOption());

    /// <summary>The distribution of each group as a curve on both sides: Y holds the values, X the groups.</summary>
    public static GenericChart Violin<XType, YType, TextType>(
        Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<Color> FillColor = default, Optional<double> Opacity = default, Optional<StyleParam.BoxPoints> Points = default,
        Optional<double> Jitter = default, Optional<double> PointPos = default, Optional<StyleParam.Orientation> Orientation = default,
        Optional<double> Width = default, Optional<Color> MarkerColor = default, Optional<Marker> Marker = default,
        Optional<Color> OutlineColor = default, Optional<double> OutlineWidth = default, Optional<Line> Outline = default,
        Optional<bool> ShowBox = default, Optional<double> BoxWidth = default, Optional<Color> BoxFillColor = default,
        Optional<Box> Box = default, Optional<double> BandWidth = default, Optional<MeanLine> MeanLine = default,
        Optional<string> ScaleGroup = default, Optional<StyleParam.ScaleMode> ScaleMode = default,
        Optional<StyleParam.ViolinSide> Side = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Violin<XType, YType, TextType>(
            X: X.ToOption(), Y: Y.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Text: Text.ToOption(),
            MultiText: MultiText.ToOption(), FillColor: FillColor.ToOption(), Opacity: Opacity.ToOption(), Points: Points.ToOption(),
            Jitter: Jitter.ToOption(), PointPos: PointPos.ToOption(), Orientation: Orientation.ToOption(), Width: Width.ToOption(),
            MarkerColor: MarkerColor.ToOption(), Marker: Marker.ToOption(), OutlineColor: OutlineColor.ToOption(),
            OutlineWidth: OutlineWidth.ToOption(), Outline: Outline.ToOption(), ShowBox: ShowBox.ToOption(), BoxWidth: BoxWidth.ToOption(),
            BoxFillColor: BoxFillColor.ToOption(), Box: Box.ToOption(), BandWidth: BandWidth.ToOption(), MeanLine: MeanLine.ToOption(),
            ScaleGroup: ScaleGroup.ToOption(), ScaleMode: ScaleMode.ToOption(), Side: Side.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>A matrix as coloured cells, its first row at the bottom unless ReverseYAxis.</summary>
    public static GenericChart Heatmap<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default, Optional<int> XGap = default,
        Optional<IEnumerable<YType>> Y = default, Optional<int> YGap = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default, Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default, Optional<bool> Transpose = default, Optional<bool> ReverseYAxis = default,
        Optional<bool> UseDefaults = default)
        where ZType : IConvertible where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Heatmap<IEnumerable<ZType>, ZType, XType, YType, TextType>(
            zData: zData, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(), X: X.ToOption(),
            XGap: XGap.ToOption(), Y: Y.ToOption(), YGap: YGap.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(),
            ColorBar: ColorBar.ToOption(), ColorScale: ColorScale.ToOption(), ShowScale: ShowScale.ToOption(),
            ReverseScale: ReverseScale.ToOption(), ZSmooth: ZSmooth.ToOption(), Transpose: Transpose.ToOption(),
            ReverseYAxis: ReverseYAxis.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>A heatmap with a text in each cell, in a colour that can be read on it.</summary>
    public static GenericChart AnnotatedHeatmap<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, IEnumerable<IEnumerable<string>> annotationText, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default,
        Optional<int> XGap = default, Optional<IEnumerable<YType>> Y = default, Optional<int> YGap = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default, Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default, Optional<bool> Transpose = default, Optional<bool> ReverseYAxis = default,
        Optional<bool> UseDefaults = default)
        where ZType : IConvertible where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.AnnotatedHeatmap<IEnumerable<ZType>, ZType, IEnumerable<string>, XType, YType, TextType>(
            zData: zData, annotationText: annotationText, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), X: X.ToOption(), XGap: XGap.ToOption(), Y: Y.ToOption(), YGap: YGap.ToOption(),
            Text: Text.ToOption(), MultiText: MultiText.ToOption(), ColorBar: ColorBar.ToOption(), ColorScale: ColorScale.ToOption(),
            ShowScale: ShowScale.ToOption(), ReverseScale: ReverseScale.ToOption(), ZSmooth: ZSmooth.ToOption(),
            Transpose: Transpose.ToOption(), ReverseYAxis: ReverseYAxis.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>
    /// An image from its pixels, row by row from the top, each the numbers that ColorModel says (by default red, green and blue
    /// from 0 to 255), or from a Source: the data URI of a PNG, JPG, GIF or SVG.
    /// </summary>
    public static GenericChart Image<IdType>(
        Optional<IEnumerable<IEnumerable<IEnumerable<int>>>> Z = default, Optional<string> Source = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<IdType>> Ids = default, Optional<StyleParam.ColorModel> ColorModel = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default, Optional<bool> UseDefaults = default)
        where IdType : IConvertible =>
        Chart2D.Chart.Image<IEnumerable<IEnumerable<int>>, IEnumerable<int>, IdType>(
            Z: Z.ToOption(), Source: Source.ToOption(), Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(),
            Opacity: Opacity.ToOption(), Ids: Ids.ToOption(), ColorModel: ColorModel.ToOption(), ZSmooth: ZSmooth.ToOption(),
            UseDefaults: UseDefaults.ToOption());

    /// <summary>A matrix as areas of equal height.</summary>
    public static GenericChart Contour<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default, Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default, Optional<bool> ReverseScale = default,
        Optional<bool> Transpose = default, Optional<Color> ContourLineColor = default,
        Optional<StyleParam.DrawingStyle> ContourLineDash = default, Optional<double> ContourLineSmoothing = default,
        Optional<Line> ContourLine = default, Optional<StyleParam.ContourColoring> ContoursColoring = default,
        Optional<bool> ShowContourLabels = default, Optional<Font> ContourLabelFont = default, Optional<Contours> Contours = default,
        Optional<Color> FillColor = default, Optional<int> NContours = default, Optional<bool> UseDefaults = default)
        where ZType : IConvertible where XType : IConvertible where YType : IConvertible where TextType : IConvertible =>
        Chart2D.Chart.Contour<IEnumerable<ZType>, ZType, XType, YType, TextType>(
            zData: zData, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(), X: X.ToOption(),
            Y: Y.ToOption(), Text: Text.ToOption(), MultiText: MultiText.ToOption(), ColorBar: ColorBar.ToOption(),
            ColorScale: ColorScale.ToOption(), ShowScale: ShowScale.ToOption(), ReverseScale: ReverseScale.ToOption(),
            Transpose: Transpose.ToOption(), ContourLinesColor: ContourLineColor.ToOption(), ContourLinesDash: ContourLineDash.ToOption(),
            ContourLinesSmoothing: ContourLineSmoothing.ToOption(), ContourLines: ContourLine.ToOption(),
            ContoursColoring: ContoursColoring.ToOption(), ShowContoursLabels: ShowContourLabels.ToOption(),
            ContoursLabelFont: ContourLabelFont.ToOption(), Contours: Contours.ToOption(), FillColor: FillColor.ToOption(),
            NContours: NContours.ToOption(), UseDefaults: UseDefaults.ToOption());
}
