namespace Plotly.NET

open System
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open DynamicObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// The style functions as methods of a chart, for C#.
[<Extension>]
type GenericChartExtensions =
  /// Name and legend entry of the chart's traces.
  [<Extension>]
  static member WithTraceInfo
    (this: GenericChart, [<Optional>] ?Name: string, [<Optional>] ?Visible: StyleParam.Visible, [<Optional>] ?ShowLegend: bool,
     [<Optional>] ?LegendRank: int, [<Optional>] ?LegendGroup: string, [<Optional>] ?LegendGroupTitle: Title) : GenericChart =
    this
    |> Chart.withTraceInfo (
      ?Name = Name, ?Visible = Visible, ?ShowLegend = ShowLegend, ?LegendRank = LegendRank, ?LegendGroup = LegendGroup,
      ?LegendGroupTitle = LegendGroupTitle)
  [<Extension>]
  static member WithAxisAnchor(this: GenericChart, [<Optional>] ?X: int, [<Optional>] ?Y: int) : GenericChart =
    this |> Chart.withAxisAnchor (?X = X, ?Y = Y)
  [<Extension>]
  static member WithMarker(this: GenericChart, marker: Marker) : GenericChart =
    this |> Chart.withMarker marker
  /// The markers or bars of the chart's traces.
  [<Extension>]
  static member WithMarkerStyle
    (this: GenericChart, [<Optional>] ?AutoColorScale: bool, [<Optional>] ?CAuto: bool, [<Optional>] ?CMax: float,
     [<Optional>] ?CMid: float, [<Optional>] ?CMin: float, [<Optional>] ?Color: Color, [<Optional>] ?Colors: seq<Color>,
     [<Optional>] ?ColorAxis: StyleParam.SubPlotId, [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?Colorscale: StyleParam.Colorscale,
     [<Optional>] ?Outline: Line, [<Optional>] ?MaxDisplayed: int, [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>,
     [<Optional>] ?ReverseScale: bool, [<Optional>] ?ShowScale: bool, [<Optional>] ?Size: int, [<Optional>] ?MultiSize: seq<int>,
     [<Optional>] ?SizeMin: int, [<Optional>] ?SizeMode: StyleParam.MarkerSizeMode, [<Optional>] ?SizeRef: int,
     [<Optional>] ?Symbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>,
     [<Optional>] ?Symbol3D: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiSymbol3D: seq<StyleParam.MarkerSymbol3D>) : GenericChart =
    this
    |> Chart.withMarkerStyle (
      ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color, ?Colors = Colors,
      ?ColorAxis = ColorAxis, ?ColorBar = ColorBar, ?Colorscale = Colorscale, ?Outline = Outline, ?MaxDisplayed = MaxDisplayed,
      ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale, ?Size = Size,
      ?MultiSize = MultiSize, ?SizeMin = SizeMin, ?SizeMode = SizeMode, ?SizeRef = SizeRef, ?Symbol = Symbol, ?MultiSymbol = MultiSymbol,
      ?Symbol3D = Symbol3D, ?MultiSymbol3D = MultiSymbol3D)
  [<Extension>]
  static member WithLine(this: GenericChart, line: Line) : GenericChart =
    this |> Chart.withLine line
  /// The lines of the chart's traces.
  [<Extension>]
  static member WithLineStyle
    (this: GenericChart, [<Optional>] ?AutoColorScale: bool, [<Optional>] ?CAuto: bool, [<Optional>] ?CMax: float,
     [<Optional>] ?CMid: float, [<Optional>] ?CMin: float, [<Optional>] ?Color: Color, [<Optional>] ?ColorAxis: StyleParam.SubPlotId,
     [<Optional>] ?Colorscale: StyleParam.Colorscale, [<Optional>] ?ReverseScale: bool, [<Optional>] ?ShowScale: bool,
     [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?Dash: StyleParam.DrawingStyle, [<Optional>] ?Shape: StyleParam.Shape,
     [<Optional>] ?Simplify: bool, [<Optional>] ?Smoothing: float, [<Optional>] ?Width: float, [<Optional>] ?MultiWidth: seq<float>) : GenericChart =
    this
    |> Chart.withLineStyle (
      ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color, ?ColorAxis = ColorAxis,
      ?Colorscale = Colorscale, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale, ?ColorBar = ColorBar, ?Dash = Dash, ?Shape = Shape,
      ?Simplify = Simplify, ?Smoothing = Smoothing, ?Width = Width, ?MultiWidth = MultiWidth)
  [<Extension>]
  static member WithXError(this: GenericChart, xError: Error) : GenericChart =
    this |> Chart.withXError xError
  /// Error bars along x: Array holds their lengths, one a point.
  [<Extension>]
  static member WithXErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (this: GenericChart, [<Optional>] ?Array: seq<'a>, [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Symmetric: bool,
     [<Optional>] ?Color: Color, [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) : GenericChart =
    this
    |> Chart.withXErrorStyle (
      ?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
  [<Extension>]
  static member WithYError(this: GenericChart, yError: Error) : GenericChart =
    this |> Chart.withYError yError
  /// Error bars along y: Array holds their lengths, one a point.
  [<Extension>]
  static member WithYErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (this: GenericChart, [<Optional>] ?Array: seq<'a>, [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Symmetric: bool,
     [<Optional>] ?Color: Color, [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) : GenericChart =
    this
    |> Chart.withYErrorStyle (
      ?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
  [<Extension>]
  static member WithZError(this: GenericChart, zError: Error) : GenericChart =
    this |> Chart.withZError zError
  /// Error bars along z: Array holds their lengths, one a point.
  [<Extension>]
  static member WithZErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (this: GenericChart, [<Optional>] ?Array: seq<'a>, [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Symmetric: bool,
     [<Optional>] ?Color: Color, [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) : GenericChart =
    this
    |> Chart.withZErrorStyle (
      ?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
  [<Extension>]
  static member WithXAxis(this: GenericChart, xAxis: LinearAxis, [<Optional>] ?Id: StyleParam.SubPlotId) : GenericChart =
    this |> Chart.withXAxis (xAxis, ?Id = Id)
  [<Extension>]
  static member WithYAxis(this: GenericChart, yAxis: LinearAxis, [<Optional>] ?Id: StyleParam.SubPlotId) : GenericChart =
    this |> Chart.withYAxis (yAxis, ?Id = Id)
  [<Extension>]
  static member WithZAxis(this: GenericChart, zAxis: LinearAxis, [<Optional>] ?Id: int) : GenericChart =
    this |> Chart.withZAxis (zAxis, ?Id = Id)
  [<Extension>]
  static member WithColorBar(this: GenericChart, colorbar: ColorBar) : GenericChart =
    this |> Chart.withColorBar colorbar
  [<Extension>]
  static member WithLayout(this: GenericChart, layout: Layout) : GenericChart =
    this |> Chart.withLayout layout
  [<Extension>]
  static member WithConfig(this: GenericChart, config: Config) : GenericChart =
    this |> Chart.withConfig config
  [<Extension>]
  static member WithAnnotation(this: GenericChart, annotation: Annotation, [<Optional>] ?Append: bool) : GenericChart =
    this |> Chart.withAnnotation (annotation, ?Append = Append)
  [<Extension>]
  static member WithAnnotations(this: GenericChart, annotations: seq<Annotation>, [<Optional>] ?Append: bool) : GenericChart =
    this |> Chart.withAnnotations (annotations, ?Append = Append)
  [<Extension>]
  static member WithTitle(this: GenericChart, title: string, [<Optional>] ?TitleFont: Font) : GenericChart =
    this |> Chart.withTitle (title, ?TitleFont = TitleFont)
  /// Whether the chart has a legend.
  [<Extension>]
  static member WithLegend(this: GenericChart, showlegend: bool) : GenericChart =
    this |> GenericChart.addLayout (Layout.init (ShowLegend = showlegend))
  /// The size in pixels.
  [<Extension>]
  static member WithSize(this: GenericChart, width: int, height: int) : GenericChart =
    this |> Chart.withSize (Width = width, Height = height)
  [<Extension>]
  static member WithMargin(this: GenericChart, margin: Margin) : GenericChart =
    this |> Chart.withMargin margin
  /// The space around the plot, in pixels.
  [<Extension>]
  static member WithMarginSize<'a, 'b, 'c, 'd, 'e, 'f>
    (this: GenericChart, [<Optional>] ?Left: 'a, [<Optional>] ?Right: 'b, [<Optional>] ?Top: 'c, [<Optional>] ?Bottom: 'd,
     [<Optional>] ?Pad: 'e, [<Optional>] ?Autoexpand: 'f) : GenericChart =
    this |> Chart.withMarginSize (?Left = Left, ?Right = Right, ?Top = Top, ?Bottom = Bottom, ?Pad = Pad, ?Autoexpand = Autoexpand)
  [<Extension>]
  static member WithTemplate(this: GenericChart, template: Template) : GenericChart =
    this |> Chart.withTemplate template
  [<Extension>]
  static member WithShape(this: GenericChart, shape: Shape, [<Optional>] ?Append: bool) : GenericChart =
    this |> Chart.withShape (shape, ?Append = Append)
  [<Extension>]
  static member WithShapes(this: GenericChart, shapes: seq<Shape>, [<Optional>] ?Append: bool) : GenericChart =
    this |> Chart.withShapes (shapes, ?Append = Append)
  /// Writes a page of its own for the chart.
  [<Extension>]
  static member SaveHtml(this: GenericChart, path: string, [<Optional>] ?OpenInBrowser: bool) : unit =
    this |> Chart.saveHtml (path, ?OpenInBrowser = OpenInBrowser)
