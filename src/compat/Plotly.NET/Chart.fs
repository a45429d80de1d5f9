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
  /// Writes a page of its own for the chart, and opens it in the browser where OpenInBrowser.
  [<CompiledName("SaveHtml")>]
  static member saveHtml(path: string, [<Optional>] ?OpenInBrowser: bool) =
    fun (gChart: GenericChart) ->
      let path = if path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) then path else path + ".html"
      File.WriteAllText(path, GenericChart.toEmbeddedHTML gChart)
      if OpenInBrowser = Some true then Browser.openFile path

  /// Writes a page for the chart into the folder for temporary files and opens it in the browser; where none can be opened, says where it is.
  [<CompiledName("Show")>]
  static member show(gChart: GenericChart) = gChart |> Chart.saveHtml (Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.html"), true)

  /// All traces of all charts over one layout.
  [<CompiledName("Combine")>]
  static member combine(gCharts: seq<GenericChart>) = GenericChart.combine gCharts

  /// An empty place in a grid: a chart of nothing, with hidden axes.
  static member Invisible() : GenericChart =
    let hidden = LinearAxis.init (ShowGrid = false, ShowLine = false, ShowTickLabels = false, ZeroLine = false)
    Trace "scatter"
    |> without "type"
    |> GenericChart.ofTraceObject false
    |> GenericChart.mapLayout (
      Layout.setLinearAxis (StyleParam.SubPlotId.XAxis 1, hidden) >> Layout.setLinearAxis (StyleParam.SubPlotId.YAxis 1, hidden))

  // Traces

  /// Name and legend entry of the chart's traces; of several traces each but the first has its number after the name.
  [<CompiledName("WithTraceInfo")>]
  static member withTraceInfo
    ([<Optional>] ?Name: string, [<Optional>] ?Visible: StyleParam.Visible, [<Optional>] ?ShowLegend: bool, [<Optional>] ?LegendRank: int,
     [<Optional>] ?LegendGroup: string, [<Optional>] ?LegendGroupTitle: Title) =
    let properties = [
      "visible" =? Visible; "showlegend" =? ShowLegend; "legendrank" =? LegendRank; "legendgroup" =? LegendGroup
      "legendgrouptitle" =? LegendGroupTitle ]
    let name i = Name |> Option.map (fun name -> if i = 0 then name else $"{name}_{i}")
    GenericChart.mapiTrace (fun i -> withProperties (("name" =? name i) :: properties))

  /// Which axes the traces belong to: 1 is x or y, 2 is x2 or y2, ...
  [<CompiledName("WithAxisAnchor")>]
  static member withAxisAnchor([<Optional>] ?X: int, [<Optional>] ?Y: int) =
    let properties = [ "xaxis" =? Option.map StyleParam.LinearAxisId.X X; "yaxis" =? Option.map StyleParam.LinearAxisId.Y Y ]
    GenericChart.mapTrace (withProperties properties)

  /// Which shared colour scale the traces use.
  [<CompiledName("WithColorAxisAnchor")>]
  static member withColorAxisAnchor(id: int) =
    GenericChart.mapTrace (withProperties [ "coloraxis" =! StyleParam.SubPlotId.ColorAxis id ])

  [<CompiledName("WithMarker")>]
  static member withMarker(marker: Marker) = GenericChart.mapTrace (withPart "marker" marker)
  /// The markers or bars of the chart's traces.
  [<CompiledName("WithMarkerStyle")>]
  static member withMarkerStyle
    ([<Optional>] ?Angle: float, [<Optional>] ?AutoColorScale: bool, [<Optional>] ?CAuto: bool, [<Optional>] ?CMax: float,
     [<Optional>] ?CMid: float, [<Optional>] ?CMin: float, [<Optional>] ?Color: Color, [<Optional>] ?Colors: seq<Color>,
     [<Optional>] ?ColorAxis: StyleParam.SubPlotId, [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?Colorscale: StyleParam.Colorscale,
     [<Optional>] ?Outline: Line, [<Optional>] ?MaxDisplayed: int, [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>,
     [<Optional>] ?ReverseScale: bool, [<Optional>] ?ShowScale: bool, [<Optional>] ?Size: int, [<Optional>] ?MultiSize: seq<int>,
     [<Optional>] ?SizeMin: int, [<Optional>] ?SizeMode: StyleParam.MarkerSizeMode, [<Optional>] ?SizeRef: int,
     [<Optional>] ?Symbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>,
     [<Optional>] ?Symbol3D: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiSymbol3D: seq<StyleParam.MarkerSymbol3D>) =
    Marker.init (
      ?Angle = Angle, ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color,
      ?Colors = Colors, ?ColorAxis = ColorAxis, ?ColorBar = ColorBar, ?Colorscale = Colorscale, ?Outline = Outline,
      ?MaxDisplayed = MaxDisplayed, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale,
      ?Size = Size, ?MultiSize = MultiSize, ?SizeMin = SizeMin, ?SizeMode = SizeMode, ?SizeRef = SizeRef, ?Symbol = Symbol,
      ?MultiSymbol = MultiSymbol, ?Symbol3D = Symbol3D, ?MultiSymbol3D = MultiSymbol3D)
    |> Chart.withMarker

  [<CompiledName("WithLine")>]
  static member withLine(line: Line) = GenericChart.mapTrace (withPart "line" line)
  /// The lines of the chart's traces.
  [<CompiledName("WithLineStyle")>]
  static member withLineStyle
    ([<Optional>] ?AutoColorScale: bool, [<Optional>] ?CAuto: bool, [<Optional>] ?CMax: float, [<Optional>] ?CMid: float,
     [<Optional>] ?CMin: float, [<Optional>] ?Color: Color, [<Optional>] ?ColorAxis: StyleParam.SubPlotId,
     [<Optional>] ?Colorscale: StyleParam.Colorscale, [<Optional>] ?ReverseScale: bool, [<Optional>] ?ShowScale: bool,
     [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?Dash: StyleParam.DrawingStyle, [<Optional>] ?Shape: StyleParam.Shape,
     [<Optional>] ?Simplify: bool, [<Optional>] ?Smoothing: float, [<Optional>] ?Width: float, [<Optional>] ?MultiWidth: seq<float>) =
    Line.init (
      ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color, ?ColorAxis = ColorAxis,
      ?Colorscale = Colorscale, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale, ?ColorBar = ColorBar, ?Dash = Dash, ?Shape = Shape,
      ?Simplify = Simplify, ?Smoothing = Smoothing, ?Width = Width, ?MultiWidth = MultiWidth)
    |> Chart.withLine

  [<CompiledName("WithXError")>]
  static member withXError(xError: Error) = GenericChart.mapTrace (withPart "error_x" xError)
  /// Error bars along x: Array holds their lengths, one a point.
  [<CompiledName("WithXErrorStyle")>]
  static member withXErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?Visible: bool, [<Optional>] ?Type: StyleParam.ErrorType, [<Optional>] ?Symmetric: bool, [<Optional>] ?Array: seq<'a>,
     [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Value: float, [<Optional>] ?Valueminus: float, [<Optional>] ?Color: Color,
     [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) =
    Error.init (
      ?Visible = Visible, ?Type = Type, ?Symmetric = Symmetric, ?Array = Array, ?Arrayminus = Arrayminus, ?Value = Value,
      ?Valueminus = Valueminus, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
    |> Chart.withXError

  [<CompiledName("WithYError")>]
  static member withYError(yError: Error) = GenericChart.mapTrace (withPart "error_y" yError)
  /// Error bars along y: Array holds their lengths, one a point.
  [<CompiledName("WithYErrorStyle")>]
  static member withYErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?Visible: bool, [<Optional>] ?Type: StyleParam.ErrorType, [<Optional>] ?Symmetric: bool, [<Optional>] ?Array: seq<'a>,
     [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Value: float, [<Optional>] ?Valueminus: float, [<Optional>] ?Color: Color,
     [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) =
    Error.init (
      ?Visible = Visible, ?Type = Type, ?Symmetric = Symmetric, ?Array = Array, ?Arrayminus = Arrayminus, ?Value = Value,
      ?Valueminus = Valueminus, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
    |> Chart.withYError

  [<CompiledName("WithZError")>]
  static member withZError(zError: Error) = GenericChart.mapTrace (withPart "error_z" zError)
  /// Error bars along z: Array holds their lengths, one a point.
  [<CompiledName("WithZErrorStyle")>]
  static member withZErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?Visible: bool, [<Optional>] ?Type: StyleParam.ErrorType, [<Optional>] ?Symmetric: bool, [<Optional>] ?Array: seq<'a>,
     [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Value: float, [<Optional>] ?Valueminus: float, [<Optional>] ?Color: Color,
     [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) =
    Error.init (
      ?Visible = Visible, ?Type = Type, ?Symmetric = Symmetric, ?Array = Array, ?Arrayminus = Arrayminus, ?Value = Value,
      ?Valueminus = Valueminus, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
    |> Chart.withZError

  [<CompiledName("WithColorBar")>]
  static member withColorBar(colorbar: ColorBar) = GenericChart.mapTrace (withPart "colorbar" colorbar)
  /// The colour bar of the chart's traces.
  [<CompiledName("WithColorbarStyle")>]
  static member withColorBarStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?TitleText: string, [<Optional>] ?TitleFont: Font, [<Optional>] ?TitleStandoff: int, [<Optional>] ?Title: Title,
     [<Optional>] ?BGColor: Color, [<Optional>] ?BorderColor: Color, [<Optional>] ?BorderWidth: float, [<Optional>] ?DTick: IConvertible,
     [<Optional>] ?ExponentFormat: StyleParam.ExponentFormat, [<Optional>] ?Len: float, [<Optional>] ?NTicks: int,
     [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?OutlineColor: Color, [<Optional>] ?OutlineWidth: float,
     [<Optional>] ?ShowTickLabels: bool, [<Optional>] ?Thickness: float, [<Optional>] ?Tick0: IConvertible, [<Optional>] ?TickAngle: int,
     [<Optional>] ?TickColor: Color, [<Optional>] ?TickFont: Font, [<Optional>] ?TickFormat: string, [<Optional>] ?TickLen: float,
     [<Optional>] ?TickMode: StyleParam.TickMode, [<Optional>] ?TickPrefix: string, [<Optional>] ?Ticks: StyleParam.TickOptions,
     [<Optional>] ?TickSuffix: string, [<Optional>] ?TickText: seq<'a>, [<Optional>] ?TickVals: seq<'b>, [<Optional>] ?TickWidth: float,
     [<Optional>] ?X: float, [<Optional>] ?XPad: float, [<Optional>] ?Y: float, [<Optional>] ?YPad: float) =
    let title = Chart.axisTitle Title TitleText TitleFont TitleStandoff
    ColorBar.init (
      ?Title = title, ?BGColor = BGColor, ?BorderColor = BorderColor, ?BorderWidth = BorderWidth, ?DTick = DTick,
      ?ExponentFormat = ExponentFormat, ?Len = Len, ?NTicks = NTicks, ?Orientation = Orientation, ?OutlineColor = OutlineColor,
      ?OutlineWidth = OutlineWidth, ?ShowTickLabels = ShowTickLabels, ?Thickness = Thickness, ?Tick0 = Tick0, ?TickAngle = TickAngle,
      ?TickColor = TickColor, ?TickFont = TickFont, ?TickFormat = TickFormat, ?TickLen = TickLen, ?TickMode = TickMode,
      ?TickPrefix = TickPrefix, ?Ticks = Ticks, ?TickSuffix = TickSuffix, ?TickText = TickText, ?TickVals = TickVals, ?TickWidth = TickWidth,
      ?X = X, ?XPad = XPad, ?Y = Y, ?YPad = YPad)
    |> Chart.withColorBar

  // Layout

  [<CompiledName("WithLayout")>]
  static member withLayout(layout: Layout) = GenericChart.addLayout layout
  /// Properties of the whole chart.
  [<CompiledName("WithLayoutStyle")>]
  static member withLayoutStyle<'a when 'a :> IConvertible>
    ([<Optional>] ?Title: Title, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Margin: Margin, [<Optional>] ?AutoSize: bool,
     [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Font: Font, [<Optional>] ?Separators: string,
     [<Optional>] ?PaperBGColor: Color, [<Optional>] ?PlotBGColor: Color, [<Optional>] ?Colorscale: DefaultColorScales,
     [<Optional>] ?Colorway: Color, [<Optional>] ?HoverMode: StyleParam.HoverMode, [<Optional>] ?Hoverlabel: Hoverlabel,
     [<Optional>] ?Template: DynamicObj, [<Optional>] ?Meta: string, [<Optional>] ?Grid: LayoutGrid, [<Optional>] ?ScatterGap: float,
     [<Optional>] ?BarGap: float, [<Optional>] ?BarGroupGap: float, [<Optional>] ?BarMode: StyleParam.BarMode,
     [<Optional>] ?HiddenLabels: seq<'a>, [<Optional>] ?PieColorWay: Color, [<Optional>] ?BoxGap: float, [<Optional>] ?BoxGroupGap: float,
     [<Optional>] ?ViolinGap: float, [<Optional>] ?ViolinGroupGap: float, [<Optional>] ?Annotations: seq<Annotation>,
     [<Optional>] ?Shapes: seq<Shape>) =
    Layout.init (
      ?Title = Title, ?ShowLegend = ShowLegend, ?Margin = Margin, ?AutoSize = AutoSize, ?Width = Width, ?Height = Height, ?Font = Font,
      ?Separators = Separators, ?PaperBGColor = PaperBGColor, ?PlotBGColor = PlotBGColor, ?Colorscale = Colorscale, ?Colorway = Colorway,
      ?HoverMode = HoverMode, ?Hoverlabel = Hoverlabel, ?Template = Template, ?Meta = Meta, ?Grid = Grid, ?ScatterGap = ScatterGap,
      ?BarGap = BarGap, ?BarGroupGap = BarGroupGap, ?BarMode = BarMode, ?HiddenLabels = HiddenLabels, ?PieColorWay = PieColorWay,
      ?BoxGap = BoxGap, ?BoxGroupGap = BoxGroupGap, ?ViolinGap = ViolinGap, ?ViolinGroupGap = ViolinGroupGap, ?Annotations = Annotations,
      ?Shapes = Shapes)
    |> Chart.withLayout
  [<CompiledName("WithTitle")>]
  static member withTitle(title: string, [<Optional>] ?TitleFont: Font) = Chart.withTitle (Title.init (Text = title, ?Font = TitleFont))
  [<CompiledName("WithTitle")>]
  static member withTitle(title: Title) = GenericChart.addLayout (Layout.init (Title = title))
  /// The size in pixels.
  [<CompiledName("WithSize")>]
  static member withSize([<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    GenericChart.mapLayout (withProperties [ "width" =? Width; "height" =? Height ])
  [<CompiledName("WithSize")>]
  static member withSize(width: float, height: float) = Chart.withSize (Width = int width, Height = int height)
  [<CompiledName("WithMargin")>]
  static member withMargin(margin: Margin) = GenericChart.mapLayout (withProperties [ "margin" =! margin ])
  /// The space around the plot, in pixels.
  [<CompiledName("WithMarginSize")>]
  static member withMarginSize<'a, 'b, 'c, 'd, 'e, 'f>
    ([<Optional>] ?Left: 'a, [<Optional>] ?Right: 'b, [<Optional>] ?Top: 'c, [<Optional>] ?Bottom: 'd, [<Optional>] ?Pad: 'e,
     [<Optional>] ?Autoexpand: 'f) =
    Margin.init (
      ?Left = Left, ?Right = Right, ?Top = Top, ?Bottom = Bottom, ?Pad = Pad, ?Autoexpand = Autoexpand)
    |> Chart.withMargin
  /// Replaces the defaults that the chart was made with.
  [<CompiledName("WithTemplate")>]
  static member withTemplate(template: Template) = GenericChart.mapLayout (withProperties [ "template" =! template ])
  [<CompiledName("WithConfig")>]
  static member withConfig(config: Config) =
    fun (gChart: GenericChart) -> GenericChart.setConfig (DynObj.combine (GenericChart.getConfig gChart) config) gChart
  /// How the chart behaves in the browser.
  [<CompiledName("WithConfigStyle")>]
  static member withConfigStyle
    ([<Optional>] ?StaticPlot: bool, [<Optional>] ?Responsive: bool, [<Optional>] ?DisplayModeBar: bool, [<Optional>] ?Displaylogo: bool) =
    Config.init (
      ?StaticPlot = StaticPlot, ?Responsive = Responsive, ?DisplayModeBar = DisplayModeBar, ?Displaylogo = Displaylogo)
    |> Chart.withConfig

  static member private axisTitle (whole: Title option) (text: string option) (font: Font option) (standoff: int option) =
    if text.IsNone && font.IsNone && standoff.IsNone then whole
    else Some(whole |> Option.defaultWith Title |> withProperties [ "text" =? text; "font" =? font; "standoff" =? standoff ])

  /// The x axis, changed where the given axis sets something.
  [<CompiledName("WithXAxis")>]
  static member withXAxis(xAxis: LinearAxis, [<Optional>] ?Id: StyleParam.SubPlotId) =
    GenericChart.mapLayout (Layout.updateLinearAxisById (defaultArg Id (StyleParam.SubPlotId.XAxis 1), xAxis))
  /// The x axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<CompiledName("WithXAxisStyle")>]
  static member withXAxisStyle<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
    ([<Optional>] ?TitleText: string, [<Optional>] ?TitleFont: Font, [<Optional>] ?TitleStandoff: int, [<Optional>] ?Title: Title,
     [<Optional>] ?Color: Color, [<Optional>] ?AxisType: StyleParam.AxisType, [<Optional>] ?MinMax: ('a * 'b),
     [<Optional>] ?Mirror: StyleParam.Mirror, [<Optional>] ?ShowLine: bool, [<Optional>] ?LineColor: Color, [<Optional>] ?ShowGrid: bool,
     [<Optional>] ?GridColor: Color, [<Optional>] ?GridDash: StyleParam.DrawingStyle, [<Optional>] ?ZeroLine: bool,
     [<Optional>] ?ZeroLineColor: Color, [<Optional>] ?Anchor: StyleParam.LinearAxisId, [<Optional>] ?Side: StyleParam.Side,
     [<Optional>] ?Overlaying: StyleParam.LinearAxisId, [<Optional>] ?Domain: (float * float), [<Optional>] ?Position: float,
     [<Optional>] ?CategoryOrder: StyleParam.CategoryOrder, [<Optional>] ?CategoryArray: seq<'c>, [<Optional>] ?BackgroundColor: Color,
     [<Optional>] ?ShowBackground: bool, [<Optional>] ?Id: StyleParam.SubPlotId) =
    let title = Chart.axisTitle Title TitleText TitleFont TitleStandoff
    let axis =
      LinearAxis.init (
        ?Title = title, ?AxisType = AxisType, ?Range = Option.map StyleParam.Range.ofMinMax MinMax,
        ?Domain = Option.map StyleParam.Range.ofMinMax Domain, ?CategoryArray = CategoryArray, ?Color = Color, ?Mirror = Mirror,
        ?ShowLine = ShowLine, ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?GridDash = GridDash, ?ZeroLine = ZeroLine,
        ?ZeroLineColor = ZeroLineColor, ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Position = Position,
        ?CategoryOrder = CategoryOrder, ?BackgroundColor = BackgroundColor, ?ShowBackground = ShowBackground)
    Chart.withXAxis (axis, ?Id = Id)

  /// The y axis, changed where the given axis sets something.
  [<CompiledName("WithYAxis")>]
  static member withYAxis(yAxis: LinearAxis, [<Optional>] ?Id: StyleParam.SubPlotId) =
    GenericChart.mapLayout (Layout.updateLinearAxisById (defaultArg Id (StyleParam.SubPlotId.YAxis 1), yAxis))
  /// The y axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<CompiledName("WithYAxisStyle")>]
  static member withYAxisStyle<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
    ([<Optional>] ?TitleText: string, [<Optional>] ?TitleFont: Font, [<Optional>] ?TitleStandoff: int, [<Optional>] ?Title: Title,
     [<Optional>] ?Color: Color, [<Optional>] ?AxisType: StyleParam.AxisType, [<Optional>] ?MinMax: ('a * 'b),
     [<Optional>] ?Mirror: StyleParam.Mirror, [<Optional>] ?ShowLine: bool, [<Optional>] ?LineColor: Color, [<Optional>] ?ShowGrid: bool,
     [<Optional>] ?GridColor: Color, [<Optional>] ?GridDash: StyleParam.DrawingStyle, [<Optional>] ?ZeroLine: bool,
     [<Optional>] ?ZeroLineColor: Color, [<Optional>] ?Anchor: StyleParam.LinearAxisId, [<Optional>] ?Side: StyleParam.Side,
     [<Optional>] ?Overlaying: StyleParam.LinearAxisId, [<Optional>] ?Domain: (float * float), [<Optional>] ?Position: float,
     [<Optional>] ?CategoryOrder: StyleParam.CategoryOrder, [<Optional>] ?CategoryArray: seq<'c>, [<Optional>] ?BackgroundColor: Color,
     [<Optional>] ?ShowBackground: bool, [<Optional>] ?Id: StyleParam.SubPlotId) =
    let title = Chart.axisTitle Title TitleText TitleFont TitleStandoff
    let axis =
      LinearAxis.init (
        ?Title = title, ?AxisType = AxisType, ?Range = Option.map StyleParam.Range.ofMinMax MinMax,
        ?Domain = Option.map StyleParam.Range.ofMinMax Domain, ?CategoryArray = CategoryArray, ?Color = Color, ?Mirror = Mirror,
        ?ShowLine = ShowLine, ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?GridDash = GridDash, ?ZeroLine = ZeroLine,
        ?ZeroLineColor = ZeroLineColor, ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Position = Position,
        ?CategoryOrder = CategoryOrder, ?BackgroundColor = BackgroundColor, ?ShowBackground = ShowBackground)
    Chart.withYAxis (axis, ?Id = Id)

  /// The z axis of a scene, changed where the given axis sets something.
  [<CompiledName("WithZAxis")>]
  static member withZAxis(zAxis: LinearAxis, [<Optional>] ?Id: int) = Chart.withScene (Scene.init (ZAxis = zAxis), ?Id = Id)
  /// The z axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<CompiledName("WithZAxisStyle")>]
  static member withZAxisStyle<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
    ([<Optional>] ?TitleText: string, [<Optional>] ?TitleFont: Font, [<Optional>] ?TitleStandoff: int, [<Optional>] ?Title: Title,
     [<Optional>] ?Color: Color, [<Optional>] ?AxisType: StyleParam.AxisType, [<Optional>] ?MinMax: ('a * 'b),
     [<Optional>] ?Mirror: StyleParam.Mirror, [<Optional>] ?ShowLine: bool, [<Optional>] ?LineColor: Color, [<Optional>] ?ShowGrid: bool,
     [<Optional>] ?GridColor: Color, [<Optional>] ?ZeroLine: bool, [<Optional>] ?ZeroLineColor: Color,
     [<Optional>] ?Anchor: StyleParam.LinearAxisId, [<Optional>] ?Side: StyleParam.Side, [<Optional>] ?Overlaying: StyleParam.LinearAxisId,
     [<Optional>] ?Domain: (float * float), [<Optional>] ?Position: float, [<Optional>] ?CategoryOrder: StyleParam.CategoryOrder,
     [<Optional>] ?CategoryArray: seq<'c>, [<Optional>] ?BackgroundColor: Color, [<Optional>] ?ShowBackground: bool, [<Optional>] ?Id: int) =
    let title = Chart.axisTitle Title TitleText TitleFont TitleStandoff
    let axis =
      LinearAxis.init (
        ?Title = title, ?AxisType = AxisType, ?Range = Option.map StyleParam.Range.ofMinMax MinMax,
        ?Domain = Option.map StyleParam.Range.ofMinMax Domain, ?CategoryArray = CategoryArray, ?Color = Color, ?Mirror = Mirror,
        ?ShowLine = ShowLine, ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?ZeroLine = ZeroLine,
        ?ZeroLineColor = ZeroLineColor, ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Position = Position,
        ?CategoryOrder = CategoryOrder, ?BackgroundColor = BackgroundColor, ?ShowBackground = ShowBackground)
    Chart.withZAxis (axis, ?Id = Id)

  /// The space of a three-dimensional chart, changed where the given scene sets something.
  [<CompiledName("WithScene")>]
  static member withScene(scene: Scene, [<Optional>] ?Id: int) =
    GenericChart.mapLayout (Layout.updateSceneById (StyleParam.SubPlotId.Scene(defaultArg Id 1), scene))
  /// The space of a three-dimensional chart: proportions, camera, axes.
  [<CompiledName("WithSceneStyle")>]
  static member withSceneStyle
    ([<Optional>] ?Annotations: seq<Annotation>, [<Optional>] ?AspectMode: StyleParam.AspectMode, [<Optional>] ?AspectRatio: AspectRatio,
     [<Optional>] ?BGColor: Color, [<Optional>] ?Camera: Camera, [<Optional>] ?Domain: Domain,
     [<Optional>] ?HoverMode: StyleParam.HoverMode, [<Optional>] ?XAxis: LinearAxis, [<Optional>] ?YAxis: LinearAxis,
     [<Optional>] ?ZAxis: LinearAxis, [<Optional>] ?Id: int) =
    let scene =
      Scene.init (
        ?Annotations = Annotations, ?AspectMode = AspectMode, ?AspectRatio = AspectRatio, ?BGColor = BGColor, ?Camera = Camera,
        ?Domain = Domain, ?HoverMode = HoverMode, ?XAxis = XAxis, ?YAxis = YAxis, ?ZAxis = ZAxis)
    Chart.withScene (scene, ?Id = Id)

  /// A colour scale that traces share: those whose anchor names it.
  [<CompiledName("WithColorAxis")>]
  static member withColorAxis(colorAxis: ColorAxis, [<Optional>] ?Id: StyleParam.SubPlotId) =
    GenericChart.mapLayout (withPart (string (defaultArg Id (StyleParam.SubPlotId.ColorAxis 1))) colorAxis)

  [<CompiledName("WithLegend")>]
  static member withLegend(legend: Legend, [<Optional>] ?Id: int) =
    GenericChart.mapLayout (withPart (string (StyleParam.SubPlotId.Legend(defaultArg Id 1))) legend)
  /// Where the legend stands and how it looks.
  [<CompiledName("WithLegendStyle")>]
  static member withLegendStyle
    ([<Optional>] ?BGColor: Color, [<Optional>] ?BorderColor: Color, [<Optional>] ?BorderWidth: float, [<Optional>] ?EntryWidth: float,
     [<Optional>] ?Font: Font, [<Optional>] ?ItemWidth: int, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?Title: Title,
     [<Optional>] ?TraceGroupGap: float, [<Optional>] ?TraceOrder: StyleParam.TraceOrder,
     [<Optional>] ?VerticalAlign: StyleParam.VerticalAlign, [<Optional>] ?Visible: bool, [<Optional>] ?X: float,
     [<Optional>] ?XAnchor: StyleParam.XAnchorPosition, [<Optional>] ?XRef: string, [<Optional>] ?Y: float,
     [<Optional>] ?YAnchor: StyleParam.YAnchorPosition, [<Optional>] ?YRef: string, [<Optional>] ?Id: int) =
    let legend =
      Legend.init (
        ?BGColor = BGColor, ?BorderColor = BorderColor, ?BorderWidth = BorderWidth, ?EntryWidth = EntryWidth, ?Font = Font,
        ?ItemWidth = ItemWidth, ?Orientation = Orientation, ?Title = Title, ?TraceGroupGap = TraceGroupGap, ?TraceOrder = TraceOrder,
        ?VerticalAlign = VerticalAlign, ?Visible = Visible, ?X = X, ?XAnchor = XAnchor, ?XRef = XRef, ?Y = Y, ?YAnchor = YAnchor, ?YRef = YRef)
    Chart.withLegend (legend, ?Id = Id)

  [<CompiledName("WithAnnotations")>]
  static member withAnnotations(annotations: seq<Annotation>, [<Optional; DefaultParameterValue(true)>] ?Append: bool) =
    GenericChart.mapLayout (fun layout ->
      let existing = if Append = Some false then None else layout.TryGetTypedValue<Annotation[]> "annotations"
      layout |> withProperties [ "annotations" =! Array.append (Array.ofSeq annotations) (defaultArg existing [||]) ])
  [<CompiledName("WithAnnotation")>]
  static member withAnnotation(annotation: Annotation, [<Optional; DefaultParameterValue(true)>] ?Append: bool) =
    Chart.withAnnotations ([ annotation ], ?Append = Append)

  [<CompiledName("WithShapes")>]
  static member withShapes(shapes: seq<Shape>, [<Optional; DefaultParameterValue(true)>] ?Append: bool) =
    GenericChart.mapLayout (fun layout ->
      let existing = if Append = Some false then None else layout.TryGetTypedValue<Shape[]> "shapes"
      layout |> withProperties [ "shapes" =! Array.append (Array.ofSeq shapes) (defaultArg existing [||]) ])
  [<CompiledName("WithShape")>]
  static member withShape(shape: Shape, [<Optional; DefaultParameterValue(true)>] ?Append: bool) =
    Chart.withShapes ([ shape ], ?Append = Append)

  // Grid

  /// The charts in rows and columns, filled row by row. Each has its own axes, or shares those of its row and column when the
  /// pattern is Coupled. Titles stand above the plots. ArgumentException where there are more charts than places.
  [<CompiledName("Grid")>]
  static member Grid
    (nRows: int, nCols: int, [<Optional>] ?SubPlotTitles: #seq<string>, [<Optional>] ?SubPlotTitleFont: Font,
     [<Optional>] ?SubPlotTitleOffset: float, [<Optional>] ?RowOrder: StyleParam.LayoutGridRowOrder,
     [<Optional>] ?Pattern: StyleParam.LayoutGridPattern, [<Optional>] ?XGap: float, [<Optional>] ?YGap: float) =
    let grid = Subplots.layout (nRows, nCols, RowOrder, Pattern, XGap, YGap)
    fun (gCharts: #seq<GenericChart>) ->
      gCharts
      |> Subplots.place grid
      |> Chart.withAnnotations (Subplots.titles grid SubPlotTitleFont SubPlotTitleOffset SubPlotTitles)
  /// Rows of charts; a row that is shorter than the longest ends with empty places.
  [<CompiledName("Grid")>]
  static member Grid
    ([<Optional>] ?SubPlotTitles: #seq<string>, [<Optional>] ?SubPlotTitleFont: Font, [<Optional>] ?SubPlotTitleOffset: float,
     [<Optional>] ?RowOrder: StyleParam.LayoutGridRowOrder, [<Optional>] ?Pattern: StyleParam.LayoutGridPattern, [<Optional>] ?XGap: float,
     [<Optional>] ?YGap: float) =
    fun (gCharts: #seq<#seq<GenericChart>>) ->
      let rows = gCharts |> Seq.map List.ofSeq |> List.ofSeq
      let width = rows |> Seq.map List.length |> Seq.fold max 0
      let filled = rows |> List.collect (fun row -> row @ List.init (width - row.Length) (fun _ -> Chart.Invisible()))
      filled
      |> Chart.Grid(
        rows.Length, width,
        ?SubPlotTitles = SubPlotTitles, ?SubPlotTitleFont = SubPlotTitleFont, ?SubPlotTitleOffset = SubPlotTitleOffset, ?RowOrder = RowOrder,
        ?Pattern = Pattern, ?XGap = XGap, ?YGap = YGap)
  /// The charts under each other.
  [<CompiledName("SingleStack")>]
  static member SingleStack
    ([<Optional>] ?SubPlotTitles: #seq<string>, [<Optional>] ?SubPlotTitleFont: Font, [<Optional>] ?SubPlotTitleOffset: float,
     [<Optional>] ?RowOrder: StyleParam.LayoutGridRowOrder, [<Optional>] ?Pattern: StyleParam.LayoutGridPattern, [<Optional>] ?XGap: float,
     [<Optional>] ?YGap: float) =
    fun (gCharts: #seq<GenericChart>) ->
      let charts = List.ofSeq gCharts
      charts
      |> Chart.Grid(
        charts.Length, 1,
        ?SubPlotTitles = SubPlotTitles, ?SubPlotTitleFont = SubPlotTitleFont, ?SubPlotTitleOffset = SubPlotTitleOffset, ?RowOrder = RowOrder,
        ?Pattern = Pattern, ?XGap = XGap, ?YGap = YGap)
