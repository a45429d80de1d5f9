namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// The two-dimensional charts.
[<AutoOpen>]
module Chart2D =
  [<AbstractClass; Sealed>]
  type Chart =
    /// Points, lines or both, as the mode says.
    static member Scatter<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, mode: StyleParam.Mode, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm,
       [<Optional>] ?Fill: StyleParam.Fill, [<Optional>] ?FillColor: Color, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let x, y = Style.columns (nameof x) x (nameof y) y
      let marker =
        Style.part TraceObjects.Marker Marker [
          "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "symbol" =? MarkerSymbol
          "symbol" =? MultiMarkerSymbol; "opacity" =? MultiOpacity ]
      let line =
        Style.part Plotly.NET.Line Line [
          "color" =? LineColor; "dash" =? LineDash; "colorscale" =? LineColorScale; "width" =? LineWidth ]
      Style.chart UseDefaults "scatter" [
        "x" =! x; "y" =! y; "mode" =! mode; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity; "text" =? Text; "text" =? MultiText
        "textposition" =? TextPosition; "textposition" =? MultiTextPosition; "marker" =? marker; "line" =? line; "stackgroup" =? StackGroup
        "orientation" =? Orientation; "groupnorm" =? GroupNorm; "fill" =? Fill; "fillcolor" =? FillColor ]

    /// Points that are not joined.
    static member Point<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float,
       [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation,
       [<Optional>] ?GroupNorm: StyleParam.GroupNorm, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let mode = Style.modeOf TextPosition MultiTextPosition StyleParam.Mode.Markers
      Chart.Scatter(
        x, y, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm,
        ?UseDefaults = UseDefaults)

    /// Points joined by straight lines, with markers when ShowMarkers.
    static member Line<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm,
       [<Optional>] ?Fill: StyleParam.Fill, [<Optional>] ?FillColor: Color, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let mode = StyleParam.Mode.Lines |> StyleParam.ModeUtils.showMarker (ShowMarkers = Some true) |> Style.modeOf TextPosition MultiTextPosition
      Chart.Scatter(
        x, y, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
        ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm,
        ?Fill = Fill, ?FillColor = FillColor, ?UseDefaults = UseDefaults)

    /// Points joined by a smooth curve; Smoothing goes from 0 (straight) to 1.3.
    static member Spline<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?Smoothing: float, [<Optional>] ?Name: string,
       [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c,
       [<Optional>] ?MultiText: seq<'c>, [<Optional>] ?TextPosition: StyleParam.TextPosition,
       [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>, [<Optional>] ?MarkerColor: Color,
       [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm,
       [<Optional>] ?Fill: StyleParam.Fill, [<Optional>] ?FillColor: Color, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let line = Style.part Plotly.NET.Line Line [ "shape" =! StyleParam.Shape.Spline; "smoothing" =? Smoothing ]
      Chart.Line(
        x, y, ?Line = line, ?ShowMarkers = ShowMarkers, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
        ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
        ?LineWidth = LineWidth, ?LineDash = LineDash, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm, ?Fill = Fill,
        ?FillColor = FillColor, ?UseDefaults = UseDefaults)

    /// Points as discs; sizes are their diameters in pixels.
    static member Bubble<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, sizes: seq<int>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float,
       [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      Style.sameLength (nameof x) x (nameof sizes) sizes
      let marker = Style.part TraceObjects.Marker Marker [ "size" =! Array.ofSeq sizes ]
      Chart.Point(
        x, y, ?Marker = marker, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm,
        ?UseDefaults = UseDefaults)

    /// A line with the area under it filled.
    static member Area<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm,
       [<Optional>] ?FillColor: Color, [<Optional>] ?UseDefaults: bool) : GenericChart =
      Chart.Line(
        x, y, Fill = StyleParam.Fill.ToZero_y, ?ShowMarkers = ShowMarkers, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity,
        ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition,
        ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
        ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm,
        ?FillColor = FillColor, ?UseDefaults = UseDefaults)

    /// A smooth curve with the area under it filled.
    static member SplineArea<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?Smoothing: float, [<Optional>] ?Name: string,
       [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c,
       [<Optional>] ?MultiText: seq<'c>, [<Optional>] ?TextPosition: StyleParam.TextPosition,
       [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>, [<Optional>] ?MarkerColor: Color,
       [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?StackGroup: string, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm,
       [<Optional>] ?FillColor: Color, [<Optional>] ?UseDefaults: bool) : GenericChart =
      Chart.Spline(
        x, y, Fill = StyleParam.Fill.ToZero_y, ?ShowMarkers = ShowMarkers, ?Smoothing = Smoothing, ?Name = Name, ?ShowLegend = ShowLegend,
        ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition,
        ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline,
        ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor,
        ?LineColorScale = LineColorScale, ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup,
        ?Orientation = Orientation, ?GroupNorm = GroupNorm, ?FillColor = FillColor, ?UseDefaults = UseDefaults)

    /// Areas that stand on each other.
    static member StackedArea<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (x: seq<'a>, y: seq<'b>, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?GroupNorm: StyleParam.GroupNorm, [<Optional>] ?FillColor: Color,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      Chart.Line(
        x, y, Fill = StyleParam.Fill.ToNext_y, StackGroup = "stackedarea", ?ShowMarkers = ShowMarkers,
        ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity,
        ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition,
        ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
        ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?Orientation = Orientation, ?GroupNorm = GroupNorm, ?FillColor = FillColor,
        ?UseDefaults = UseDefaults)

    /// A line with a band from lower to upper around it.
    static member Range<'a, 'b, 'c, 'd, 'e, 'f, 'g
        when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible
        and 'f :> IConvertible and 'g :> IConvertible>
      (x: seq<'a>, y: seq<'b>, upper: seq<'c>, lower: seq<'d>, mode: StyleParam.Mode, [<Optional>] ?Name: string,
       [<Optional>] ?GroupName: string, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Text: 'e,
       [<Optional>] ?MultiText: seq<'e>, [<Optional>] ?TextPosition: StyleParam.TextPosition,
       [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>, [<Optional>] ?MarkerColor: Color,
       [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?UpperMarker: Marker, [<Optional>] ?LowerMarker: Marker, [<Optional>] ?LineColor: Color,
       [<Optional>] ?LineColorScale: StyleParam.Colorscale, [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle,
       [<Optional>] ?Line: Line, [<Optional>] ?UpperLine: Line, [<Optional>] ?LowerLine: Line, [<Optional>] ?RangeColor: Color,
       [<Optional>] ?UpperText: 'f, [<Optional>] ?MultiUpperText: seq<'f>, [<Optional>] ?LowerText: 'g,
       [<Optional>] ?MultiLowerText: seq<'g>, [<Optional>] ?TextFont: Font, [<Optional>] ?LowerName: string,
       [<Optional>] ?UpperName: string, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let group = defaultArg GroupName "Range"
      let mode =
        mode
        |> StyleParam.ModeUtils.showText (TextPosition.IsSome || TextFont.IsSome)
        |> StyleParam.ModeUtils.showMarker (ShowMarkers = Some true)
      let line =
        Chart.Scatter(
          x, y, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition,
          ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
          ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker,
          ?LineColor = LineColor, ?LineColorScale = LineColorScale, ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line)
        |> GenericChart.mapTrace (withProperties [ "legendgroup" =! group; "legendgrouptitle" =! Title.init (Text = group) ])
      let colour = RangeColor |> Option.defaultWith (fun () -> Color.fromString "rgba(0,0,0,0.5)")
      let edge values parameter (name: string) marker (line: Line option) text =
        let x, values = Style.columns (nameof x) x parameter values
        let marker = Style.part TraceObjects.Marker marker [ "color" =! colour ]
        Trace "scatter" |> withProperties ([
          "x" =! x; "y" =! values; "mode" =! mode; "name" =! name; "showlegend" =! defaultArg ShowLegend true
          "textposition" =? TextPosition; "textfont" =? TextFont; "marker" =? marker; "line" =? line; "legendgroup" =! group ] @ text)
      let lower = edge lower (nameof lower) (defaultArg LowerName "lower") LowerMarker LowerLine [ "text" =? LowerText; "text" =? MultiLowerText ]
      let upper =
        edge upper (nameof upper) (defaultArg UpperName "upper") UpperMarker UpperLine [
          "text" =? UpperText; "text" =? MultiUpperText; "fill" =! StyleParam.Fill.ToNext_y; "fillcolor" =? RangeColor ]
      GenericChart.ofTraceObjects (defaultArg UseDefaults true) [ lower; upper; yield! GenericChart.getTraces line ]

    /// Horizontal bars, one a key.
    static member Bar<'a, 'b, 'c, 'd, 'e
        when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (values: seq<'a>, [<Optional>] ?Keys: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?Marker: Marker, [<Optional>] ?Base: 'd, [<Optional>] ?Width: 'e, [<Optional>] ?MultiWidth: seq<'e>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let values = Array.ofSeq values
      let keys = Keys |> Option.map (fun keys -> Style.columns (nameof Keys) keys (nameof values) values |> fst)
      let marker =
        Style.part TraceObjects.Marker Marker [
          "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "opacity" =? MultiOpacity ]
      Style.chart UseDefaults "bar" [
        "x" =! values; "y" =? keys; "orientation" =! StyleParam.Orientation.Horizontal; "name" =? Name; "showlegend" =? ShowLegend
        "opacity" =? Opacity; "text" =? Text; "text" =? MultiText; "marker" =? marker; "base" =? Base; "width" =? Width; "width" =? MultiWidth
        "textposition" =? TextPosition; "textposition" =? MultiTextPosition ]

    /// Horizontal bars that continue those of the other traces.
    static member StackedBar<'a, 'b, 'c, 'd, 'e
        when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (values: seq<'a>, [<Optional>] ?Keys: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?Marker: Marker, [<Optional>] ?Base: 'd, [<Optional>] ?Width: 'e, [<Optional>] ?MultiWidth: seq<'e>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      Chart.Bar(
        values, ?Keys = Keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline,
        ?Marker = Marker, ?Base = Base, ?Width = Width, ?MultiWidth = MultiWidth, ?TextPosition = TextPosition,
        ?MultiTextPosition = MultiTextPosition, ?UseDefaults = UseDefaults)
      |> GenericChart.mapLayout (withProperties [ "barmode" =! StyleParam.BarMode.Stack ])

    /// Vertical bars, one a key.
    static member Column<'a, 'b, 'c, 'd, 'e
        when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (values: seq<'a>, [<Optional>] ?Keys: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?Marker: Marker, [<Optional>] ?Base: 'd, [<Optional>] ?Width: 'e, [<Optional>] ?MultiWidth: seq<'e>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let values = Array.ofSeq values
      let keys = Keys |> Option.map (fun keys -> Style.columns (nameof Keys) keys (nameof values) values |> fst)
      let marker =
        Style.part TraceObjects.Marker Marker [
          "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "opacity" =? MultiOpacity ]
      Style.chart UseDefaults "bar" [
        "y" =! values; "x" =? keys; "orientation" =! StyleParam.Orientation.Vertical; "name" =? Name; "showlegend" =? ShowLegend
        "opacity" =? Opacity; "text" =? Text; "text" =? MultiText; "marker" =? marker; "base" =? Base; "width" =? Width; "width" =? MultiWidth
        "textposition" =? TextPosition; "textposition" =? MultiTextPosition ]

    /// Vertical bars that stand on those of the other traces.
    static member StackedColumn<'a, 'b, 'c, 'd, 'e
        when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (values: seq<'a>, [<Optional>] ?Keys: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?Marker: Marker, [<Optional>] ?Base: 'd, [<Optional>] ?Width: 'e, [<Optional>] ?MultiWidth: seq<'e>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      Chart.Column(
        values, ?Keys = Keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline,
        ?Marker = Marker, ?Base = Base, ?Width = Width, ?MultiWidth = MultiWidth, ?TextPosition = TextPosition,
        ?MultiTextPosition = MultiTextPosition, ?UseDefaults = UseDefaults)
      |> GenericChart.mapLayout (withProperties [ "barmode" =! StyleParam.BarMode.Stack ])

    /// How many values fall into each bin.
    static member Histogram<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      ([<Optional>] ?X: seq<'a>, [<Optional>] ?Y: seq<'b>, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?Name: string,
       [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?HistFunc: StyleParam.HistFunc,
       [<Optional>] ?HistNorm: StyleParam.HistNorm, [<Optional>] ?NBinsX: int, [<Optional>] ?NBinsY: int, [<Optional>] ?XBins: Bins,
       [<Optional>] ?YBins: Bins, [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale,
       [<Optional>] ?MarkerOutline: Line, [<Optional>] ?Marker: Marker, [<Optional>] ?Line: Line, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let marker =
        Style.part TraceObjects.Marker Marker [
          "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline ]
      Style.chart UseDefaults "histogram" [
        "x" =? Style.column X; "y" =? Style.column Y; "orientation" =? Orientation; "name" =? Name; "showlegend" =? ShowLegend
        "opacity" =? Opacity; "text" =? Text; "text" =? MultiText; "textposition" =? TextPosition; "histfunc" =? HistFunc; "histnorm" =? HistNorm
        "nbinsx" =? NBinsX; "nbinsy" =? NBinsY; "xbins" =? XBins; "ybins" =? YBins; "marker" =? marker; "line" =? Line ]

    /// How many points fall into each cell, as colours.
    static member Histogram2D<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> seq<'d> and 'd :> IConvertible>
      ([<Optional>] ?X: seq<'a>, [<Optional>] ?Y: seq<'b>, [<Optional>] ?Z: seq<'c>, [<Optional>] ?Name: string,
       [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float, [<Optional>] ?XGap: int, [<Optional>] ?YGap: int,
       [<Optional>] ?HistFunc: StyleParam.HistFunc, [<Optional>] ?HistNorm: StyleParam.HistNorm, [<Optional>] ?NBinsX: int,
       [<Optional>] ?NBinsY: int, [<Optional>] ?XBins: Bins, [<Optional>] ?YBins: Bins, [<Optional>] ?ColorBar: ColorBar,
       [<Optional>] ?ColorScale: StyleParam.Colorscale, [<Optional>] ?ShowScale: bool, [<Optional>] ?ReverseScale: bool,
       [<Optional>] ?ZSmooth: StyleParam.SmoothAlg, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let z = Z |> Option.map (Style.matrix (nameof Z))
      Style.chart UseDefaults "histogram2d" [
        "x" =? Style.column X; "y" =? Style.column Y; "z" =? z; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity; "xgap" =? XGap
        "ygap" =? YGap; "histfunc" =? HistFunc; "histnorm" =? HistNorm; "nbinsx" =? NBinsX; "nbinsy" =? NBinsY; "xbins" =? XBins
        "ybins" =? YBins; "colorbar" =? ColorBar; "colorscale" =? ColorScale; "showscale" =? ShowScale; "reversescale" =? ReverseScale
        "zsmooth" =? ZSmooth ]

    /// Median, quartiles and outliers of each group: Y holds the values, X the groups.
    static member BoxPlot<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      ([<Optional>] ?X: seq<'a>, [<Optional>] ?Y: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>, [<Optional>] ?FillColor: Color, [<Optional>] ?MarkerColor: Color,
       [<Optional>] ?Marker: Marker, [<Optional>] ?Opacity: float, [<Optional>] ?WhiskerWidth: float,
       [<Optional>] ?BoxPoints: StyleParam.BoxPoints, [<Optional>] ?BoxMean: StyleParam.BoxMean, [<Optional>] ?Jitter: float,
       [<Optional>] ?PointPos: float, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?OutlineColor: Color,
       [<Optional>] ?OutlineWidth: float, [<Optional>] ?Outline: Line, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let marker = Style.part TraceObjects.Marker Marker [ "color" =? MarkerColor ]
      let outline = Style.part Plotly.NET.Line Outline [ "color" =? OutlineColor; "width" =? OutlineWidth ]
      Style.chart UseDefaults "box" [
        "x" =? Style.column X; "y" =? Style.column Y; "name" =? Name; "showlegend" =? ShowLegend; "text" =? Text; "text" =? MultiText
        "fillcolor" =? FillColor; "marker" =? marker; "opacity" =? Opacity; "whiskerwidth" =? WhiskerWidth; "boxpoints" =? BoxPoints
        "boxmean" =? BoxMean; "jitter" =? Jitter; "pointpos" =? PointPos; "orientation" =? Orientation; "line" =? outline ]

    /// The distribution of each group as a curve on both sides: Y holds the values, X the groups.
    static member Violin<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      ([<Optional>] ?X: seq<'a>, [<Optional>] ?Y: seq<'b>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>, [<Optional>] ?FillColor: Color, [<Optional>] ?Opacity: float,
       [<Optional>] ?Points: StyleParam.BoxPoints, [<Optional>] ?Jitter: float, [<Optional>] ?PointPos: float,
       [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?Width: float, [<Optional>] ?MarkerColor: Color,
       [<Optional>] ?Marker: Marker, [<Optional>] ?OutlineColor: Color, [<Optional>] ?OutlineWidth: float, [<Optional>] ?Outline: Line,
       [<Optional>] ?ShowBox: bool, [<Optional>] ?BoxWidth: float, [<Optional>] ?BoxFillColor: Color, [<Optional>] ?Box: Box,
       [<Optional>] ?BandWidth: float, [<Optional>] ?MeanLine: MeanLine, [<Optional>] ?ScaleGroup: string,
       [<Optional>] ?ScaleMode: StyleParam.ScaleMode, [<Optional>] ?Side: StyleParam.ViolinSide, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let marker = Style.part TraceObjects.Marker Marker [ "color" =? MarkerColor ]
      let outline = Style.part Plotly.NET.Line Outline [ "color" =? OutlineColor; "width" =? OutlineWidth ]
      let box = Style.part TraceObjects.Box Box [ "visible" =? ShowBox; "width" =? BoxWidth; "fillcolor" =? BoxFillColor ]
      Style.chart UseDefaults "violin" [
        "x" =? Style.column X; "y" =? Style.column Y; "name" =? Name; "showlegend" =? ShowLegend; "text" =? Text; "text" =? MultiText
        "fillcolor" =? FillColor; "opacity" =? Opacity; "points" =? Points; "jitter" =? Jitter; "pointpos" =? PointPos
        "orientation" =? Orientation; "width" =? Width; "marker" =? marker; "line" =? outline; "box" =? box; "bandwidth" =? BandWidth
        "meanline" =? MeanLine; "scalegroup" =? ScaleGroup; "scalemode" =? ScaleMode; "side" =? Side ]

    /// A matrix as coloured cells, its first row at the bottom unless ReverseYAxis.
    static member Heatmap<'a, 'b, 'c, 'd, 'e
        when 'a :> seq<'b> and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (zData: seq<'a>, [<Optional>] ?X: seq<'c>, [<Optional>] ?Y: seq<'d>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?XGap: int, [<Optional>] ?YGap: int, [<Optional>] ?Text: 'e,
       [<Optional>] ?MultiText: seq<'e>, [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?ColorScale: StyleParam.Colorscale,
       [<Optional>] ?ShowScale: bool, [<Optional>] ?ReverseScale: bool, [<Optional>] ?ZSmooth: StyleParam.SmoothAlg,
       [<Optional>] ?Transpose: bool, [<Optional>] ?ReverseYAxis: bool, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let rows = Style.matrix (nameof zData) zData
      let columns, transposed = Style.width rows, Transpose = Some true
      let chart =
        Style.chart UseDefaults "heatmap" [
          "z" =! rows; "x" =? Style.labels (nameof X) X (if transposed then rows.Length else columns)
          "y" =? Style.labels (nameof Y) Y (if transposed then columns else rows.Length); "name" =? Name; "showlegend" =? ShowLegend
          "opacity" =? Opacity; "xgap" =? XGap; "ygap" =? YGap; "text" =? Text; "text" =? MultiText; "colorbar" =? ColorBar
          "colorscale" =? ColorScale; "showscale" =? ShowScale; "reversescale" =? ReverseScale; "zsmooth" =? ZSmooth; "transpose" =? Transpose ]
      if ReverseYAxis = Some true then chart |> Chart.withYAxis (LinearAxis.init (AutoRange = StyleParam.AutoRange.Reversed)) else chart

    /// A heatmap with a text in each cell, in a colour that can be read on it.
    static member AnnotatedHeatmap<'a, 'b, 'c, 'd, 'e, 'f
        when 'a :> seq<'b> and 'b :> IConvertible and 'c :> seq<string> and 'd :> IConvertible and 'e :> IConvertible and 'f :> IConvertible>
      (zData: seq<'a>, annotationText: seq<'c>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float,
       [<Optional>] ?X: seq<'d>, [<Optional>] ?XGap: int, [<Optional>] ?Y: seq<'e>, [<Optional>] ?YGap: int, [<Optional>] ?Text: 'f,
       [<Optional>] ?MultiText: seq<'f>, [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?ColorScale: StyleParam.Colorscale,
       [<Optional>] ?ShowScale: bool, [<Optional>] ?ReverseScale: bool, [<Optional>] ?ZSmooth: StyleParam.SmoothAlg,
       [<Optional>] ?Transpose: bool, [<Optional>] ?ReverseYAxis: bool, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let rows = Style.matrix (nameof zData) zData
      let texts = annotationText |> Seq.map Array.ofSeq |> Array.ofSeq
      let sizes rows = rows |> Array.map (Array.length >> string) |> Array.distinct |> String.concat " or " |> sprintf "%d rows of %s" rows.Length
      if Array.map Array.length texts <> Array.map Array.length rows then
        invalidArg (nameof annotationText)
          $"An annotated heatmap needs one text for every cell; {nameof annotationText} has {sizes texts}, {nameof zData} has {sizes rows}."
      Chart.Heatmap(
        rows, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?X = X, ?XGap = XGap, ?Y = Y, ?YGap = YGap, ?ColorBar = ColorBar,
        ?ColorScale = ColorScale, ?ShowScale = ShowScale, ?ReverseScale = ReverseScale, ?ZSmooth = ZSmooth, ?Transpose = Transpose,
        ?ReverseYAxis = ReverseYAxis, ?UseDefaults = UseDefaults)
      |> GenericChart.mapTrace (withProperties [
        "text" =! texts; "texttemplate" =! "%{text}"; "hovertext" =? Text; "hovertext" =? MultiText ])

    /// An image from its pixels, row by row from the top, each the numbers that ColorModel says (by default red, green and blue
    /// from 0 to 255), or from a Source: the data URI of a PNG, JPG, GIF or SVG.
    static member Image<'a, 'b, 'c when 'a :> seq<'b> and 'b :> seq<int> and 'c :> IConvertible>
      ([<Optional>] ?Z: seq<'a>, [<Optional>] ?Source: string, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?Ids: seq<'c>, [<Optional>] ?ColorModel: StyleParam.ColorModel,
       [<Optional>] ?ZSmooth: StyleParam.SmoothAlg, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let z = Z |> Option.map (Style.pixels (nameof Z))
      Style.chart UseDefaults "image" [
        "z" =? z; "source" =? Source; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity; "ids" =? Ids; "colormodel" =? ColorModel
        "zsmooth" =? ZSmooth ]

    /// A matrix as areas of equal height.
    static member Contour<'a, 'b, 'c, 'd, 'e
        when 'a :> seq<'b> and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (zData: seq<'a>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float, [<Optional>] ?X: seq<'c>,
       [<Optional>] ?Y: seq<'d>, [<Optional>] ?Text: 'e, [<Optional>] ?MultiText: seq<'e>, [<Optional>] ?ColorBar: ColorBar,
       [<Optional>] ?ColorScale: StyleParam.Colorscale, [<Optional>] ?ShowScale: bool, [<Optional>] ?ReverseScale: bool,
       [<Optional>] ?Transpose: bool, [<Optional>] ?ContourLinesColor: Color, [<Optional>] ?ContourLinesDash: StyleParam.DrawingStyle,
       [<Optional>] ?ContourLinesSmoothing: float, [<Optional>] ?ContourLinesWidth: float, [<Optional>] ?ContourLines: Line,
       [<Optional>] ?ShowContourLines: bool, [<Optional>] ?ContoursColoring: StyleParam.ContourColoring,
       [<Optional>] ?ShowContoursLabels: bool, [<Optional>] ?ContoursLabelFont: Font, [<Optional>] ?ContoursStart: float,
       [<Optional>] ?ContoursEnd: float, [<Optional>] ?Contours: Contours, [<Optional>] ?FillColor: Color, [<Optional>] ?NContours: int,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let rows = Style.matrix (nameof zData) zData
      let columns, transposed = Style.width rows, Transpose = Some true
      let contours =
        Style.part TraceObjects.Contours Contours [
          "coloring" =? ContoursColoring; "start" =? ContoursStart; "end" =? ContoursEnd; "showlabels" =? ShowContoursLabels
          "labelfont" =? ContoursLabelFont ]
      // No lines between the colours unless they are asked for, with a width.
      let width = if ShowContourLines = Some true then defaultArg ContourLinesWidth 0.0 else 0.0
      let line =
        Style.part Plotly.NET.Line ContourLines [
          "width" =! width; "color" =? ContourLinesColor; "dash" =? ContourLinesDash; "smoothing" =? ContourLinesSmoothing ]
      Style.chart UseDefaults "contour" [
        "z" =! rows; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity
        "x" =? Style.labels (nameof X) X (if transposed then rows.Length else columns)
        "y" =? Style.labels (nameof Y) Y (if transposed then columns else rows.Length); "text" =? Text; "text" =? MultiText
        "colorbar" =? ColorBar; "colorscale" =? ColorScale; "showscale" =? ShowScale; "reversescale" =? ReverseScale; "transpose" =? Transpose
        "line" =? line; "contours" =? contours; "fillcolor" =? FillColor; "ncontours" =? NContours ]
