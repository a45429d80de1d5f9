namespace Plotly.NET

open System
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// The style functions as methods of a chart, for C#.
[<Extension>]
type GenericChartExtensions =
  /// The markers or bars of the chart's traces.
  [<Extension>]
  static member WithMarkerStyle(this: GenericChart,
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
     [<Optional; DefaultParameterValue(null)>] ?ReverseScale: bool) : GenericChart =
    this |> Chart.withMarkerStyle (
      ?Color = Color, ?Colorscale = Colorscale, ?Outline = Outline, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
      ?Size = Size, ?MultiSize = MultiSize, ?Symbol = Symbol, ?MultiSymbol = MultiSymbol, ?ShowScale = ShowScale,
      ?ReverseScale = ReverseScale)
  /// The lines of the chart's traces.
  [<Extension>]
  static member WithLineStyle(this: GenericChart,
     [<Optional; DefaultParameterValue(null)>] ?Color: Color,
     [<Optional; DefaultParameterValue(null)>] ?Dash: StyleParam.DrawingStyle,
     [<Optional; DefaultParameterValue(null)>] ?Shape: StyleParam.Shape,
     [<Optional; DefaultParameterValue(null)>] ?Smoothing: float,
     [<Optional; DefaultParameterValue(null)>] ?Width: float) : GenericChart =
    this |> Chart.withLineStyle (?Color = Color, ?Dash = Dash, ?Shape = Shape, ?Smoothing = Smoothing, ?Width = Width)
  /// Error bars along x: Array holds their lengths, one a point.
  [<Extension>]
  static member WithXErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>(this: GenericChart,
     [<Optional; DefaultParameterValue(null)>] ?Array: seq<'a>,
     [<Optional; DefaultParameterValue(null)>] ?Arrayminus: seq<'b>,
     [<Optional; DefaultParameterValue(null)>] ?Symmetric: bool,
     [<Optional; DefaultParameterValue(null)>] ?Color: Color,
     [<Optional; DefaultParameterValue(null)>] ?Thickness: float,
     [<Optional; DefaultParameterValue(null)>] ?Width: float) : GenericChart =
    this |> Chart.withXErrorStyle (?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
  /// Error bars along y: Array holds their lengths, one a point.
  [<Extension>]
  static member WithYErrorStyle<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>(this: GenericChart,
     [<Optional; DefaultParameterValue(null)>] ?Array: seq<'a>,
     [<Optional; DefaultParameterValue(null)>] ?Arrayminus: seq<'b>,
     [<Optional; DefaultParameterValue(null)>] ?Symmetric: bool,
     [<Optional; DefaultParameterValue(null)>] ?Color: Color,
     [<Optional; DefaultParameterValue(null)>] ?Thickness: float,
     [<Optional; DefaultParameterValue(null)>] ?Width: float) : GenericChart =
    this |> Chart.withYErrorStyle (?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness, ?Width = Width)
  [<Extension>]
  static member WithMarker(this: GenericChart, marker: Marker) : GenericChart = this |> Chart.withMarker marker
  [<Extension>]
  static member WithLine(this: GenericChart, line: Line) : GenericChart = this |> Chart.withLine line
  [<Extension>]
  static member WithXError(this: GenericChart, xError: Error) : GenericChart = this |> Chart.withXError xError
  [<Extension>]
  static member WithYError(this: GenericChart, yError: Error) : GenericChart = this |> Chart.withYError yError
  [<Extension>]
  static member WithLayout(this: GenericChart, layout: Layout) : GenericChart = this |> Chart.withLayout layout
  [<Extension>]
  static member WithMargin(this: GenericChart, margin: Margin) : GenericChart = this |> Chart.withMargin margin
  [<Extension>]
  static member WithTemplate(this: GenericChart, template: Template) : GenericChart = this |> Chart.withTemplate template
  [<Extension>]
  static member WithConfig(this: GenericChart, config: Config) : GenericChart = this |> Chart.withConfig config
  [<Extension>]
  static member WithColorBar(this: GenericChart, colorBar: ColorBar) : GenericChart = this |> Chart.withColorBar colorBar
  [<Extension>]
  static member WithTitle(this: GenericChart, title: string, [<Optional; DefaultParameterValue(null)>] ?TitleFont: Font) : GenericChart =
    this |> Chart.withTitle (title, ?TitleFont = TitleFont)
  [<Extension>]
  static member WithXAxis(this: GenericChart, xAxis: LinearAxis, [<Optional; DefaultParameterValue(null)>] ?Id: StyleParam.SubPlotId) : GenericChart =
    this |> Chart.withXAxis (xAxis, ?Id = Id)
  [<Extension>]
  static member WithYAxis(this: GenericChart, yAxis: LinearAxis, [<Optional; DefaultParameterValue(null)>] ?Id: StyleParam.SubPlotId) : GenericChart =
    this |> Chart.withYAxis (yAxis, ?Id = Id)
  /// Whether the chart has a legend.
  [<Extension>]
  static member WithLegend(this: GenericChart, showlegend: bool) : GenericChart =
    this |> GenericChart.addLayout (Layout.init (ShowLegend = showlegend))
  [<Extension>]
  static member WithAnnotation(this: GenericChart, annotation: Annotation) : GenericChart = this |> Chart.withAnnotation annotation
  [<Extension>]
  static member WithAnnotations(this: GenericChart, annotations: seq<Annotation>) : GenericChart = this |> Chart.withAnnotations annotations
