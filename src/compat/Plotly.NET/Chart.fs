namespace Plotly.NET

open System
open System.IO
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// Functions that make charts and style them: chart |> Chart.withTitle "...".
[<AbstractClass; Sealed>]
type Chart =
  /// Writes a page of its own for the chart.
  [<CompiledName("SaveHtml")>]
  static member saveHtml(path: string, [<Optional; DefaultParameterValue(null)>] ?OpenInBrowser: bool) =
    fun (gChart: GenericChart) ->
      let path = if path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) then path else path + ".html"
      File.WriteAllText(path, GenericChart.toEmbeddedHTML gChart)
      if OpenInBrowser = Some true then
        Diagnostics.Process.Start(Diagnostics.ProcessStartInfo(path, UseShellExecute = true)) |> ignore

  /// Opens the chart in the browser.
  [<CompiledName("Show")>]
  static member show(gChart: GenericChart) = gChart |> Chart.saveHtml (Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.html"), true)

  /// All traces of all charts over one layout.
  [<CompiledName("Combine")>]
  static member combine(gCharts: seq<GenericChart>) = GenericChart.combine gCharts

  // Traces

  /// Name and legend entry of the chart's traces.
  [<CompiledName("WithTraceInfo")>]
  static member withTraceInfo
    (
      [<Optional; DefaultParameterValue(null)>] ?Name: string,
      [<Optional; DefaultParameterValue(null)>] ?Visible: StyleParam.Visible,
      [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
      [<Optional; DefaultParameterValue(null)>] ?LegendRank: int,
      [<Optional; DefaultParameterValue(null)>] ?LegendGroup: string,
      [<Optional; DefaultParameterValue(null)>] ?LegendGroupTitle: Title
    ) =
    let properties = [
      "name" =? Name; "visible" =? Visible; "showlegend" =? ShowLegend; "legendrank" =? LegendRank; "legendgroup" =? LegendGroup
      "legendgrouptitle" =? LegendGroupTitle ]
    GenericChart.mapTrace (withProperties properties)

  /// Which axes the traces belong to: 1 is x or y, 2 is x2 or y2, ...
  [<CompiledName("WithAxisAnchor")>]
  static member withAxisAnchor([<Optional; DefaultParameterValue(null)>] ?X: int, [<Optional; DefaultParameterValue(null)>] ?Y: int) =
    let properties = [ "xaxis" =? Option.map StyleParam.LinearAxisId.X X; "yaxis" =? Option.map StyleParam.LinearAxisId.Y Y ]
    GenericChart.mapTrace (withProperties properties)

  static member private update (name: string) (part: #DynamicObj) =
    GenericChart.mapTrace (fun trace -> Trace trace.``type`` |> withProperties [ name =! part ] |> DynObj.combine trace)

  [<CompiledName("WithMarker")>]
  static member withMarker(marker: Marker) = Chart.update "marker" marker
  [<CompiledName("WithMarkerStyle")>]
  static member withMarkerStyle
    (
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Colorscale: StyleParam.Colorscale,
      [<Optional; DefaultParameterValue(null)>] ?Outline: Line,
      [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
      [<Optional; DefaultParameterValue(null)>] ?MultiOpacity: seq<float>,
      [<Optional; DefaultParameterValue(null)>] ?Size: int,
      [<Optional; DefaultParameterValue(null)>] ?MultiSize: seq<int>,
      [<Optional; DefaultParameterValue(null)>] ?Symbol: StyleParam.MarkerSymbol,
      [<Optional; DefaultParameterValue(null)>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>,
      [<Optional; DefaultParameterValue(null)>] ?ShowScale: bool,
      [<Optional; DefaultParameterValue(null)>] ?ReverseScale: bool
    ) =
    Marker.init (
      ?Color = Color, ?Colorscale = Colorscale, ?Outline = Outline, ?Opacity = Opacity, ?Size = Size, ?MultiSize = MultiSize,
      ?Symbol = Symbol, ?MultiSymbol = MultiSymbol, ?ShowScale = ShowScale, ?ReverseScale = ReverseScale)
    |> withProperties [ "opacity" =? MultiOpacity ]
    |> Chart.withMarker

  [<CompiledName("WithLine")>]
  static member withLine(line: Line) = Chart.update "line" line
  [<CompiledName("WithLineStyle")>]
  static member withLineStyle
    (
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Dash: StyleParam.DrawingStyle,
      [<Optional; DefaultParameterValue(null)>] ?Shape: StyleParam.Shape,
      [<Optional; DefaultParameterValue(null)>] ?Smoothing: float,
      [<Optional; DefaultParameterValue(null)>] ?Width: float
    ) =
    Line.init (?Color = Color, ?Dash = Dash, ?Shape = Shape, ?Smoothing = Smoothing, ?Width = Width) |> Chart.withLine

  [<CompiledName("WithXError")>]
  static member withXError(xError: Error) = Chart.update "error_x" xError
  [<CompiledName("WithYError")>]
  static member withYError(yError: Error) = Chart.update "error_y" yError
  /// Error bars along y: Array holds their lengths, one a point.
  [<CompiledName("WithYErrorStyle")>]
  static member withYErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (
      [<Optional; DefaultParameterValue(null)>] ?Array: seq<'a>,
      [<Optional; DefaultParameterValue(null)>] ?Arrayminus: seq<'b>,
      [<Optional; DefaultParameterValue(null)>] ?Symmetric: bool,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Thickness: float,
      [<Optional; DefaultParameterValue(null)>] ?Width: float
    ) =
    Error.init (?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width) |> Chart.withYError
  /// Error bars along x: Array holds their lengths, one a point.
  [<CompiledName("WithXErrorStyle")>]
  static member withXErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (
      [<Optional; DefaultParameterValue(null)>] ?Array: seq<'a>,
      [<Optional; DefaultParameterValue(null)>] ?Arrayminus: seq<'b>,
      [<Optional; DefaultParameterValue(null)>] ?Symmetric: bool,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Thickness: float,
      [<Optional; DefaultParameterValue(null)>] ?Width: float
    ) =
    Error.init (?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width) |> Chart.withXError

  // Layout

  [<CompiledName("WithLayout")>]
  static member withLayout(layout: Layout) = GenericChart.addLayout layout
  [<CompiledName("WithTitle")>]
  static member withTitle(title: string, [<Optional; DefaultParameterValue(null)>] ?TitleFont: Font) =
    GenericChart.addLayout (Layout.init (Title = Title.init (Text = title, ?Font = TitleFont)))
  [<CompiledName("WithTitle")>]
  static member withTitle(title: Title) = GenericChart.addLayout (Layout.init (Title = title))
  /// The size in pixels.
  [<CompiledName("WithSize")>]
  static member withSize([<Optional; DefaultParameterValue(null)>] ?Width: int, [<Optional; DefaultParameterValue(null)>] ?Height: int) =
    GenericChart.mapLayout (withProperties [ "width" =? Width; "height" =? Height ])
  [<CompiledName("WithMargin")>]
  static member withMargin(margin: Margin) = GenericChart.mapLayout (withProperties [ "margin" =! margin ])
  /// Replaces the defaults that the chart was made with.
  [<CompiledName("WithTemplate")>]
  static member withTemplate(template: Template) = GenericChart.mapLayout (withProperties [ "template" =! template ])
  [<CompiledName("WithConfig")>]
  static member withConfig(config: Config) =
    fun (gChart: GenericChart) -> GenericChart.setConfig (DynObj.combine (GenericChart.getConfig gChart) config) gChart

  /// The x axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<CompiledName("WithXAxisStyle")>]
  static member withXAxisStyle<'MinType, 'MaxType, 'CategoryArrayType when 'MinType :> IConvertible and 'MaxType :> IConvertible and 'CategoryArrayType :> IConvertible>
    (
      [<Optional; DefaultParameterValue(null)>] ?TitleText: string,
      [<Optional; DefaultParameterValue(null)>] ?TitleFont: Font,
      [<Optional; DefaultParameterValue(null)>] ?TitleStandoff: int,
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?AxisType: StyleParam.AxisType,
      [<Optional; DefaultParameterValue(null)>] ?MinMax: 'MinType * 'MaxType,
      [<Optional; DefaultParameterValue(null)>] ?ShowLine: bool,
      [<Optional; DefaultParameterValue(null)>] ?LineColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?ShowGrid: bool,
      [<Optional; DefaultParameterValue(null)>] ?GridColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?ZeroLine: bool,
      [<Optional; DefaultParameterValue(null)>] ?ZeroLineColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?Anchor: StyleParam.LinearAxisId,
      [<Optional; DefaultParameterValue(null)>] ?Side: StyleParam.Side,
      [<Optional; DefaultParameterValue(null)>] ?Overlaying: StyleParam.LinearAxisId,
      [<Optional; DefaultParameterValue(null)>] ?Domain: float * float,
      [<Optional; DefaultParameterValue(null)>] ?CategoryOrder: StyleParam.CategoryOrder,
      [<Optional; DefaultParameterValue(null)>] ?CategoryArray: seq<'CategoryArrayType>,
      [<Optional; DefaultParameterValue(null)>] ?Id: StyleParam.SubPlotId
    ) =
    let title =
      if TitleText.IsNone && TitleFont.IsNone && TitleStandoff.IsNone then Title
      else Some(Title |> Option.defaultWith Plotly.NET.Title |> withProperties [ "text" =? TitleText; "font" =? TitleFont; "standoff" =? TitleStandoff ])
    let axis =
      LinearAxis.init (
        ?Title = title, ?Color = Color, ?AxisType = AxisType, ?Range = Option.map StyleParam.Range.ofMinMax MinMax, ?ShowLine = ShowLine,
        ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?ZeroLine = ZeroLine, ?ZeroLineColor = ZeroLineColor,
        ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Domain = Option.map StyleParam.Range.ofMinMax Domain,
        ?CategoryOrder = CategoryOrder)
      |> withProperties [ "categoryarray" =? Option.map Array.ofSeq CategoryArray ]
    Chart.withXAxis (axis, ?Id = Id)

  /// The x axis, changed where the given axis sets something.
  [<CompiledName("WithXAxis")>]
  static member withXAxis(xAxis: LinearAxis, [<Optional; DefaultParameterValue(null)>] ?Id: StyleParam.SubPlotId) =
    GenericChart.mapLayout (Layout.updateLinearAxisById (defaultArg Id (StyleParam.SubPlotId.XAxis 1), xAxis))

  /// The y axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<CompiledName("WithYAxisStyle")>]
  static member withYAxisStyle<'MinType, 'MaxType, 'CategoryArrayType when 'MinType :> IConvertible and 'MaxType :> IConvertible and 'CategoryArrayType :> IConvertible>
    (
      [<Optional; DefaultParameterValue(null)>] ?TitleText: string,
      [<Optional; DefaultParameterValue(null)>] ?TitleFont: Font,
      [<Optional; DefaultParameterValue(null)>] ?TitleStandoff: int,
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?AxisType: StyleParam.AxisType,
      [<Optional; DefaultParameterValue(null)>] ?MinMax: 'MinType * 'MaxType,
      [<Optional; DefaultParameterValue(null)>] ?ShowLine: bool,
      [<Optional; DefaultParameterValue(null)>] ?LineColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?ShowGrid: bool,
      [<Optional; DefaultParameterValue(null)>] ?GridColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?ZeroLine: bool,
      [<Optional; DefaultParameterValue(null)>] ?ZeroLineColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?Anchor: StyleParam.LinearAxisId,
      [<Optional; DefaultParameterValue(null)>] ?Side: StyleParam.Side,
      [<Optional; DefaultParameterValue(null)>] ?Overlaying: StyleParam.LinearAxisId,
      [<Optional; DefaultParameterValue(null)>] ?Domain: float * float,
      [<Optional; DefaultParameterValue(null)>] ?CategoryOrder: StyleParam.CategoryOrder,
      [<Optional; DefaultParameterValue(null)>] ?CategoryArray: seq<'CategoryArrayType>,
      [<Optional; DefaultParameterValue(null)>] ?Id: StyleParam.SubPlotId
    ) =
    let title =
      if TitleText.IsNone && TitleFont.IsNone && TitleStandoff.IsNone then Title
      else Some(Title |> Option.defaultWith Plotly.NET.Title |> withProperties [ "text" =? TitleText; "font" =? TitleFont; "standoff" =? TitleStandoff ])
    let axis =
      LinearAxis.init (
        ?Title = title, ?Color = Color, ?AxisType = AxisType, ?Range = Option.map StyleParam.Range.ofMinMax MinMax, ?ShowLine = ShowLine,
        ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?ZeroLine = ZeroLine, ?ZeroLineColor = ZeroLineColor,
        ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Domain = Option.map StyleParam.Range.ofMinMax Domain,
        ?CategoryOrder = CategoryOrder)
      |> withProperties [ "categoryarray" =? Option.map Array.ofSeq CategoryArray ]
    Chart.withYAxis (axis, ?Id = Id)

  /// The y axis, changed where the given axis sets something.
  [<CompiledName("WithYAxis")>]
  static member withYAxis(yAxis: LinearAxis, [<Optional; DefaultParameterValue(null)>] ?Id: StyleParam.SubPlotId) =
    GenericChart.mapLayout (Layout.updateLinearAxisById (defaultArg Id (StyleParam.SubPlotId.YAxis 1), yAxis))

  [<CompiledName("WithLegend")>]
  static member withLegend(legend: Legend) =
    fun (gChart: GenericChart) ->
      let layout = GenericChart.getLayout gChart
      let merged = match layout.TryGetTypedPropertyValue<Legend> "legend" with Some existing -> DynObj.combine existing legend | None -> legend
      GenericChart.setLayout (layout |> withProperties [ "legend" =! merged ]) gChart
  [<CompiledName("WithLegendStyle")>]
  static member withLegendStyle
    (
      [<Optional; DefaultParameterValue(null)>] ?BGColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?BorderColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?BorderWidth: float,
      [<Optional; DefaultParameterValue(null)>] ?Font: Font,
      [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?X: float,
      [<Optional; DefaultParameterValue(null)>] ?XAnchor: StyleParam.XAnchorPosition,
      [<Optional; DefaultParameterValue(null)>] ?Y: float,
      [<Optional; DefaultParameterValue(null)>] ?YAnchor: StyleParam.YAnchorPosition
    ) =
    Legend.init (?BGColor = BGColor, ?BorderColor = BorderColor, ?BorderWidth = BorderWidth, ?Font = Font, ?Orientation = Orientation,
      ?Title = Title, ?X = X, ?XAnchor = XAnchor, ?Y = Y, ?YAnchor = YAnchor) |> Chart.withLegend

  [<CompiledName("WithAnnotations")>]
  static member withAnnotations(annotations: seq<Annotation>, [<Optional; DefaultParameterValue(null)>] ?Append: bool) =
    GenericChart.mapLayout (fun layout ->
      let existing = if Append = Some false then [||] else layout.TryGetTypedPropertyValue<Annotation[]> "annotations" |> Option.defaultValue [||]
      layout |> withProperties [ "annotations" =! Array.append existing (Array.ofSeq annotations) ])
  [<CompiledName("WithAnnotation")>]
  static member withAnnotation(annotation: Annotation, [<Optional; DefaultParameterValue(null)>] ?Append: bool) = Chart.withAnnotations ([ annotation ], ?Append = Append)

  [<CompiledName("WithColorBar")>]
  static member withColorBar(colorbar: ColorBar) = Chart.update "colorbar" colorbar

  // Grid

  /// The charts in rows and columns, filled row by row. Each has its own axes, or shares those of its row and column when the pattern
  /// is Coupled. Titles stand above the plots. ArgumentException where there are more charts than places.
  [<CompiledName("Grid")>]
  static member Grid
    (
      nRows: int,
      nCols: int,
      [<Optional; DefaultParameterValue(null)>] ?SubPlotTitles: seq<string>,
      [<Optional; DefaultParameterValue(null)>] ?SubPlotTitleFont: Font,
      [<Optional; DefaultParameterValue(null)>] ?SubPlotTitleOffset: float,
      [<Optional; DefaultParameterValue(null)>] ?RowOrder: StyleParam.LayoutGridRowOrder,
      [<Optional; DefaultParameterValue(null)>] ?Pattern: StyleParam.LayoutGridPattern,
      [<Optional; DefaultParameterValue(null)>] ?XGap: float,
      [<Optional; DefaultParameterValue(null)>] ?YGap: float
    ) =
    fun (gCharts: #seq<GenericChart>) ->
      let charts = Array.ofSeq gCharts
      if charts.Length = 0 || charts.Length > nRows * nCols then
        invalidArg (nameof gCharts) $"A grid of {nRows} rows and {nCols} columns holds 1 to {nRows * nCols} charts; it got {charts.Length}."
      let pattern = defaultArg Pattern StyleParam.LayoutGridPattern.Independent
      let coupled = pattern = StyleParam.LayoutGridPattern.Coupled
      let rowOrder = defaultArg RowOrder StyleParam.LayoutGridRowOrder.TopToBottom
      let xGap, yGap = defaultArg XGap (if coupled then 0.1 else 0.2), defaultArg YGap (if coupled then 0.1 else 0.3)
      // The share of the width or height where cell i of count starts, and how much it takes: plotly.js lays a grid out like this.
      let cell count gap i =
        let step = 1.0 / (float count - gap)
        step * float i, step * (1.0 - gap)
      let place i (chart: GenericChart) =
        let row, column = i / nCols, i % nCols
        let x, y = if coupled then column + 1, row + 1 else i + 1, i + 1
        let layout = GenericChart.getLayout chart
        let own name = layout.TryGetTypedPropertyValue<LinearAxis> name |> Option.defaultWith LinearAxis.init
        let xAxis, yAxis = own "xaxis", own "yaxis"
        let stripped = DynObj.copy layout
        stripped.RemoveProperty "xaxis" |> ignore
        stripped.RemoveProperty "yaxis" |> ignore
        chart
        |> GenericChart.setLayout stripped
        |> Chart.withAxisAnchor (x, y)
        |> Chart.withXAxis (xAxis, StyleParam.SubPlotId.XAxis x)
        |> Chart.withYAxis (yAxis, StyleParam.SubPlotId.YAxis y)
      let heading i (title: string) =
        let row, column = i / nCols, i % nCols
        let rowFromBottom = if rowOrder = StyleParam.LayoutGridRowOrder.TopToBottom then nRows - 1 - row else row
        let left, width = cell nCols xGap column
        let bottom, height = cell nRows yGap rowFromBottom
        Annotation.init (
          X = left + width / 2.0, XRef = "paper", XAnchor = StyleParam.XAnchorPosition.Center, Y = bottom + height + defaultArg SubPlotTitleOffset 0.0,
          YRef = "paper", YAnchor = StyleParam.YAnchorPosition.Bottom, Text = title, ShowArrow = false, ?Font = SubPlotTitleFont)
      let titles = SubPlotTitles |> Option.map (Seq.truncate charts.Length >> Seq.mapi heading) |> Option.defaultValue Seq.empty
      let grid = LayoutGrid.init (Rows = nRows, Columns = nCols, Pattern = pattern, RowOrder = rowOrder, XGap = xGap, YGap = yGap)
      charts
      |> Array.mapi place
      |> Chart.combine
      |> Chart.withAnnotations titles
      |> GenericChart.mapLayout (withProperties [ "grid" =! grid ])
