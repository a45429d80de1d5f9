namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// What the functions below share.
module internal Style =
  /// A marker with the properties given one by one; None where nothing is given, so that the template decides.
  let private merge (create: unit -> 'T) (whole: 'T option) (parts: (string * obj option) list) : 'T option when 'T :> DynamicObj =
    if whole.IsNone && parts |> List.forall (snd >> Option.isNone) then None
    else Some(whole |> Option.defaultWith create |> withProperties parts)
  let marker = merge Marker
  let line = merge Line

  /// Text is drawn where it is given a place; without one it only shows when the mouse is over the point.
  let withText (position: StyleParam.TextPosition option) (mode: StyleParam.Mode) =
    match mode with
    | _ when position.IsNone -> mode
    | StyleParam.Mode.Markers -> StyleParam.Mode.Markers_Text
    | StyleParam.Mode.Lines_Markers -> StyleParam.Mode.Lines_Markers_Text
    | _ -> StyleParam.Mode.Lines_Text

  let chart (useDefaults: bool option) (kind: string) (properties: (string * obj option) list) =
    Trace kind |> withProperties properties |> GenericChart.ofTraceObject (defaultArg useDefaults true)

  let matrix (name: string) (rows: seq<#seq<'z>>) =
    let rows = rows |> Seq.map Array.ofSeq |> Array.ofSeq
    match rows |> Array.tryFindIndex (fun row -> row.Length <> rows[0].Length) with
    | Some ragged -> invalidArg name $"Row {ragged} of the matrix has {rows[ragged].Length} values, row 0 has {rows[0].Length}; a heatmap needs rows of one length."
    | None -> rows

/// The two-dimensional charts.
[<AutoOpen>]
module Chart2D =
  type Chart with
    /// Points, lines or both, as the mode says.
    static member Scatter<'x, 'y, 't when 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible>
      (
        x: seq<'x>,
        y: seq<'y>,
        mode: StyleParam.Mode,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?MarkerSymbol: StyleParam.MarkerSymbol,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?LineColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?LineWidth: float,
        [<Optional; DefaultParameterValue(null)>] ?LineDash: StyleParam.DrawingStyle,
        [<Optional; DefaultParameterValue(null)>] ?Line: Line,
        [<Optional; DefaultParameterValue(null)>] ?StackGroup: string,
        [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
        [<Optional; DefaultParameterValue(null)>] ?Fill: StyleParam.Fill,
        [<Optional; DefaultParameterValue(null)>] ?FillColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let marker = Style.marker Marker [ "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "symbol" =? MarkerSymbol; "opacity" =? MultiOpacity ]
        let line = Style.line Line [ "color" =? LineColor; "width" =? LineWidth; "dash" =? LineDash ]
        Style.chart UseDefaults "scatter" [
          "x" =! Array.ofSeq x; "y" =! Array.ofSeq y; "mode" =! mode; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity
          "text" =? Text; "text" =? MultiText; "textposition" =? TextPosition; "marker" =? marker; "line" =? line
          "stackgroup" =? StackGroup; "orientation" =? Orientation; "fill" =? Fill; "fillcolor" =? FillColor ]

    /// Points that are not joined.
    static member Point<'x, 'y, 't when 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible>
      (
        x: seq<'x>,
        y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?MarkerSymbol: StyleParam.MarkerSymbol,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?StackGroup: string,
        [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let mode = Style.withText TextPosition StyleParam.Mode.Markers
        Chart.Scatter(x, y, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
          ?MultiText = MultiText, ?TextPosition = TextPosition, ?MarkerColor = MarkerColor,
          ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
          ?Marker = Marker, ?StackGroup = StackGroup, ?Orientation = Orientation, ?UseDefaults = UseDefaults)

    /// Points joined by straight lines, with markers when ShowMarkers.
    static member Line<'x, 'y, 't when 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible>
      (
        x: seq<'x>,
        y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?ShowMarkers: bool,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?MarkerSymbol: StyleParam.MarkerSymbol,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?LineColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?LineWidth: float,
        [<Optional; DefaultParameterValue(null)>] ?LineDash: StyleParam.DrawingStyle,
        [<Optional; DefaultParameterValue(null)>] ?Line: Line,
        [<Optional; DefaultParameterValue(null)>] ?StackGroup: string,
        [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
        [<Optional; DefaultParameterValue(null)>] ?Fill: StyleParam.Fill,
        [<Optional; DefaultParameterValue(null)>] ?FillColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let mode = Style.withText TextPosition (if ShowMarkers = Some true then StyleParam.Mode.Lines_Markers else StyleParam.Mode.Lines)
        Chart.Scatter(x, y, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
          ?MultiText = MultiText, ?TextPosition = TextPosition, ?MarkerColor = MarkerColor,
          ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
          ?Marker = Marker, ?LineColor = LineColor, ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line,
          ?StackGroup = StackGroup, ?Orientation = Orientation, ?Fill = Fill, ?FillColor = FillColor,
          ?UseDefaults = UseDefaults)

    /// Points joined by a smooth curve; Smoothing goes from 0 (straight) to 1.3.
    static member Spline<'x, 'y, 't when 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible>
      (
        x: seq<'x>,
        y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?ShowMarkers: bool,
        [<Optional; DefaultParameterValue(null)>] ?Smoothing: float,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?MarkerSymbol: StyleParam.MarkerSymbol,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?LineColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?LineWidth: float,
        [<Optional; DefaultParameterValue(null)>] ?LineDash: StyleParam.DrawingStyle,
        [<Optional; DefaultParameterValue(null)>] ?Line: Line,
        [<Optional; DefaultParameterValue(null)>] ?StackGroup: string,
        [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
        [<Optional; DefaultParameterValue(null)>] ?Fill: StyleParam.Fill,
        [<Optional; DefaultParameterValue(null)>] ?FillColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let line = Style.line Line [ "shape" =! StyleParam.Shape.Spline; "smoothing" =? Smoothing ]
        Chart.Line(x, y, ?ShowMarkers = ShowMarkers, ?Line = line,
          ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
          ?MultiText = MultiText, ?TextPosition = TextPosition, ?MarkerColor = MarkerColor,
          ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
          ?Marker = Marker, ?LineColor = LineColor, ?LineWidth = LineWidth, ?LineDash = LineDash,
          ?StackGroup = StackGroup, ?Orientation = Orientation, ?Fill = Fill, ?FillColor = FillColor,
          ?UseDefaults = UseDefaults)

    /// Horizontal bars, one a key.
    static member Bar<'v, 'k, 't when 'v :> IConvertible and 'k :> IConvertible and 't :> IConvertible>
      (
        values: seq<'v>,
        [<Optional; DefaultParameterValue(null)>] ?Keys: seq<'k>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool,
        [<Optional; DefaultParameterValue(null)>] ?Base: 'v,
        [<Optional; DefaultParameterValue(null)>] ?Width: 'v
      ) : GenericChart =
        let values, keys = Array.ofSeq values, Option.map Array.ofSeq Keys
        let marker = Style.marker Marker [ "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "opacity" =? MultiOpacity ]
        Style.chart UseDefaults "bar" [
          "x" =! values; "y" =? keys; "orientation" =! StyleParam.Orientation.Horizontal; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity
          "text" =? Text; "text" =? MultiText; "textposition" =? TextPosition; "marker" =? marker; "base" =? Base; "width" =? Width ]

    /// Vertical bars, one a key.
    static member Column<'v, 'k, 't when 'v :> IConvertible and 'k :> IConvertible and 't :> IConvertible>
      (
        values: seq<'v>,
        [<Optional; DefaultParameterValue(null)>] ?Keys: seq<'k>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool,
        [<Optional; DefaultParameterValue(null)>] ?Base: 'v,
        [<Optional; DefaultParameterValue(null)>] ?Width: 'v
      ) : GenericChart =
        let values, keys = Array.ofSeq values, Option.map Array.ofSeq Keys
        let marker = Style.marker Marker [ "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "opacity" =? MultiOpacity ]
        Style.chart UseDefaults "bar" [
          "y" =! values; "x" =? keys; "orientation" =! StyleParam.Orientation.Vertical; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity
          "text" =? Text; "text" =? MultiText; "textposition" =? TextPosition; "marker" =? marker; "base" =? Base; "width" =? Width ]

    /// Vertical bars that stand on those of the other traces.
    static member StackedColumn<'v, 'k, 't when 'v :> IConvertible and 'k :> IConvertible and 't :> IConvertible>
      (
        values: seq<'v>,
        [<Optional; DefaultParameterValue(null)>] ?Keys: seq<'k>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?MarkerOutline: Line,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?TextPosition: StyleParam.TextPosition,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool,
        [<Optional; DefaultParameterValue(null)>] ?Base: 'v,
        [<Optional; DefaultParameterValue(null)>] ?Width: 'v
      ) : GenericChart =
        Chart.Column(values, ?Keys = Keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
          ?Text = Text, ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
          ?MarkerOutline = MarkerOutline, ?Marker = Marker, ?TextPosition = TextPosition,
          ?UseDefaults = UseDefaults, ?Base = Base, ?Width = Width)
        |> GenericChart.addLayout (Layout.init (BarMode = StyleParam.BarMode.Stack))

    /// How many values fall into each bin.
    static member Histogram<'x, 'y, 't when 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible>
      (
        [<Optional; DefaultParameterValue(null)>] ?X: seq<'x>,
        [<Optional; DefaultParameterValue(null)>] ?Y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?HistFunc: StyleParam.HistFunc,
        [<Optional; DefaultParameterValue(null)>] ?HistNorm: StyleParam.HistNorm,
        [<Optional; DefaultParameterValue(null)>] ?NBinsX: int,
        [<Optional; DefaultParameterValue(null)>] ?NBinsY: int,
        [<Optional; DefaultParameterValue(null)>] ?XBins: Bins,
        [<Optional; DefaultParameterValue(null)>] ?YBins: Bins,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?Line: Line,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let marker = Style.marker Marker [ "color" =? MarkerColor; "line" =? Line ]
        Style.chart UseDefaults "histogram" [
          "x" =? Option.map Array.ofSeq X; "y" =? Option.map Array.ofSeq Y; "orientation" =? Orientation; "name" =? Name; "showlegend" =? ShowLegend
          "opacity" =? Opacity; "text" =? Text; "text" =? MultiText; "histfunc" =? HistFunc; "histnorm" =? HistNorm
          "nbinsx" =? NBinsX; "nbinsy" =? NBinsY; "xbins" =? XBins; "ybins" =? YBins; "marker" =? marker ]

    /// Median, quartiles and outliers of each group: Y holds the values, X the groups.
    static member BoxPlot<'x, 'y, 't when 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible>
      (
        [<Optional; DefaultParameterValue(null)>] ?X: seq<'x>,
        [<Optional; DefaultParameterValue(null)>] ?Y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?FillColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?MarkerColor: Color,
        [<Optional; DefaultParameterValue(null)>] ?Marker: Marker,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?WhiskerWidth: float,
        [<Optional; DefaultParameterValue(null)>] ?BoxPoints: StyleParam.BoxPoints,
        [<Optional; DefaultParameterValue(null)>] ?Jitter: float,
        [<Optional; DefaultParameterValue(null)>] ?PointPos: float,
        [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
        [<Optional; DefaultParameterValue(null)>] ?Outline: Line,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let marker = Style.marker Marker [ "color" =? MarkerColor ]
        Style.chart UseDefaults "box" [
          "x" =? Option.map Array.ofSeq X; "y" =? Option.map Array.ofSeq Y; "name" =? Name; "showlegend" =? ShowLegend; "text" =? Text
          "text" =? MultiText; "fillcolor" =? FillColor; "marker" =? marker; "opacity" =? Opacity; "whiskerwidth" =? WhiskerWidth
          "boxpoints" =? BoxPoints; "jitter" =? Jitter; "pointpos" =? PointPos; "orientation" =? Orientation; "line" =? Outline ]

    /// A matrix as coloured cells, its first row at the bottom unless ReverseYAxis.
    static member Heatmap<'zRow, 'z, 'x, 'y, 't
        when 'z :> IConvertible and 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible and 'zRow :> seq<'z>>
      (
        zData: seq<'zRow>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?X: seq<'x>,
        [<Optional; DefaultParameterValue(null)>] ?XGap: int,
        [<Optional; DefaultParameterValue(null)>] ?Y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?YGap: int,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?ColorBar: ColorBar,
        [<Optional; DefaultParameterValue(null)>] ?ColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?ShowScale: bool,
        [<Optional; DefaultParameterValue(null)>] ?ReverseScale: bool,
        [<Optional; DefaultParameterValue(null)>] ?Transpose: bool,
        [<Optional; DefaultParameterValue(null)>] ?ReverseYAxis: bool,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let rows = Style.matrix (nameof zData) zData
        let chart =
          Style.chart UseDefaults "heatmap" [
            "z" =! rows; "x" =? Option.map Array.ofSeq X; "y" =? Option.map Array.ofSeq Y; "name" =? Name; "showlegend" =? ShowLegend
            "opacity" =? Opacity; "xgap" =? XGap; "ygap" =? YGap; "hovertext" =? Text; "hovertext" =? MultiText; "colorbar" =? ColorBar
            "colorscale" =? ColorScale; "showscale" =? ShowScale; "reversescale" =? ReverseScale; "transpose" =? Transpose ]
        if ReverseYAxis = Some true then
          chart |> GenericChart.mapLayout (Layout.updateLinearAxisById (StyleParam.SubPlotId.YAxis 1, LinearAxis.init (AutoRange = StyleParam.AutoRange.Reversed)))
        else chart

    /// A heatmap with a text in each cell.
    static member AnnotatedHeatmap<'zRow, 'z, 'textRow, 'x, 'y, 't
        when 'z :> IConvertible and 'x :> IConvertible and 'y :> IConvertible and 't :> IConvertible and 'zRow :> seq<'z> and 'textRow :> seq<string>>
      (
        zData: seq<'zRow>,
        annotationText: seq<'textRow>,
        [<Optional; DefaultParameterValue(null)>] ?Name: string,
        [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
        [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
        [<Optional; DefaultParameterValue(null)>] ?X: seq<'x>,
        [<Optional; DefaultParameterValue(null)>] ?XGap: int,
        [<Optional; DefaultParameterValue(null)>] ?Y: seq<'y>,
        [<Optional; DefaultParameterValue(null)>] ?YGap: int,
        [<Optional; DefaultParameterValue(null)>] ?Text: 't,
        [<Optional; DefaultParameterValue(null)>] ?MultiText: seq<'t>,
        [<Optional; DefaultParameterValue(null)>] ?ColorBar: ColorBar,
        [<Optional; DefaultParameterValue(null)>] ?ColorScale: StyleParam.Colorscale,
        [<Optional; DefaultParameterValue(null)>] ?ShowScale: bool,
        [<Optional; DefaultParameterValue(null)>] ?ReverseScale: bool,
        [<Optional; DefaultParameterValue(null)>] ?Transpose: bool,
        [<Optional; DefaultParameterValue(null)>] ?ReverseYAxis: bool,
        [<Optional; DefaultParameterValue(null)>] ?UseDefaults: bool
      ) : GenericChart =
        let text = annotationText |> Seq.map (Seq.map box >> Array.ofSeq) |> Array.ofSeq
        let rows = zData |> Seq.map Array.ofSeq |> Array.ofSeq
        if Array.map Array.length text <> Array.map Array.length rows then
          invalidArg (nameof annotationText) "An annotated heatmap needs one text for every cell, in rows of the same lengths as the data."
        Chart.Heatmap(rows, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?X = X, ?XGap = XGap, ?Y = Y, ?YGap = YGap,
          ?Text = Text, ?MultiText = MultiText, ?ColorBar = ColorBar, ?ColorScale = ColorScale,
          ?ShowScale = ShowScale, ?ReverseScale = ReverseScale, ?Transpose = Transpose,
          ?ReverseYAxis = ReverseYAxis, ?UseDefaults = UseDefaults)
        |> GenericChart.mapTrace (withProperties [ "text" =! text; "texttemplate" =! "%{text}" ])
