namespace Plotly.NET.CSharp

open System
open System.Runtime.InteropServices
open Plotly.NET
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// The charts for C#: optional arguments are passed by name and without wrapping. Import this namespace inside the one that
/// uses it and Plotly.NET outside, so that this `Chart` is the nearer one.
[<AbstractClass; Sealed>]
type Chart =
  /// All traces of all charts over one layout.
  static member Combine(gCharts: seq<GenericChart>) : GenericChart = Plotly.NET.Chart.combine gCharts

  /// The charts in rows and columns, each with its own axes, or with shared ones when the pattern is Coupled.
  static member Grid
    (
      gCharts: seq<GenericChart>,
      nRows: int,
      nCols: int,
      [<Optional>] SubPlotTitles: Optional<seq<string>>,
      [<Optional>] SubPlotTitleFont: Optional<Font>,
      [<Optional>] SubPlotTitleOffset: Optional<float>,
      [<Optional>] RowOrder: Optional<StyleParam.LayoutGridRowOrder>,
      [<Optional>] Pattern: Optional<StyleParam.LayoutGridPattern>,
      [<Optional>] XGap: Optional<float>,
      [<Optional>] YGap: Optional<float>
    ) : GenericChart =
    gCharts
    |> Plotly.NET.Chart.Grid(
      nRows, nCols, ?SubPlotTitles = SubPlotTitles.ToOption(), ?SubPlotTitleFont = SubPlotTitleFont.ToOption(), ?SubPlotTitleOffset = SubPlotTitleOffset.ToOption(),
      ?RowOrder = RowOrder.ToOption(), ?Pattern = Pattern.ToOption(), ?XGap = XGap.ToOption(), ?YGap = YGap.ToOption())

  /// Points, lines or both, as the mode says.
  static member Scatter<'XType, 'YType, 'TextType when 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      x: seq<'XType>,
      y: seq<'YType>,
      mode: StyleParam.Mode,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] MarkerSymbol: Optional<StyleParam.MarkerSymbol>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] LineColor: Optional<Color>,
      [<Optional>] LineWidth: Optional<float>,
      [<Optional>] LineDash: Optional<StyleParam.DrawingStyle>,
      [<Optional>] Line: Optional<Line>,
      [<Optional>] StackGroup: Optional<string>,
      [<Optional>] Orientation: Optional<StyleParam.Orientation>,
      [<Optional>] Fill: Optional<StyleParam.Fill>,
      [<Optional>] FillColor: Optional<Color>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.Scatter(
      x, y, mode, ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(), ?Opacity = Opacity.ToOption(),
      ?MultiOpacity = MultiOpacity.ToOption(), ?Text = Text.ToOption(), ?MultiText = MultiText.ToOption(),
      ?TextPosition = TextPosition.ToOption(), ?MarkerColor = MarkerColor.ToOption(),
      ?MarkerColorScale = MarkerColorScale.ToOption(), ?MarkerOutline = MarkerOutline.ToOption(),
      ?MarkerSymbol = MarkerSymbol.ToOption(), ?Marker = Marker.ToOption(), ?LineColor = LineColor.ToOption(),
      ?LineWidth = LineWidth.ToOption(), ?LineDash = LineDash.ToOption(), ?Line = Line.ToOption(),
      ?StackGroup = StackGroup.ToOption(), ?Orientation = Orientation.ToOption(), ?Fill = Fill.ToOption(),
      ?FillColor = FillColor.ToOption(), ?UseDefaults = UseDefaults.ToOption())

  /// Points that are not joined.
  static member Point<'XType, 'YType, 'TextType when 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      x: seq<'XType>,
      y: seq<'YType>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] MarkerSymbol: Optional<StyleParam.MarkerSymbol>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] StackGroup: Optional<string>,
      [<Optional>] Orientation: Optional<StyleParam.Orientation>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.Point(
      x, y, ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(), ?Opacity = Opacity.ToOption(),
      ?MultiOpacity = MultiOpacity.ToOption(), ?Text = Text.ToOption(), ?MultiText = MultiText.ToOption(),
      ?TextPosition = TextPosition.ToOption(), ?MarkerColor = MarkerColor.ToOption(),
      ?MarkerColorScale = MarkerColorScale.ToOption(), ?MarkerOutline = MarkerOutline.ToOption(),
      ?MarkerSymbol = MarkerSymbol.ToOption(), ?Marker = Marker.ToOption(), ?StackGroup = StackGroup.ToOption(),
      ?Orientation = Orientation.ToOption(), ?UseDefaults = UseDefaults.ToOption())

  /// Points joined by straight lines, with markers when ShowMarkers.
  static member Line<'XType, 'YType, 'TextType when 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      x: seq<'XType>,
      y: seq<'YType>,
      [<Optional>] ShowMarkers: Optional<bool>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] MarkerSymbol: Optional<StyleParam.MarkerSymbol>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] LineColor: Optional<Color>,
      [<Optional>] LineWidth: Optional<float>,
      [<Optional>] LineDash: Optional<StyleParam.DrawingStyle>,
      [<Optional>] Line: Optional<Line>,
      [<Optional>] StackGroup: Optional<string>,
      [<Optional>] Orientation: Optional<StyleParam.Orientation>,
      [<Optional>] Fill: Optional<StyleParam.Fill>,
      [<Optional>] FillColor: Optional<Color>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.Line(
      x, y, ?ShowMarkers = ShowMarkers.ToOption(), ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(),
      ?Opacity = Opacity.ToOption(), ?MultiOpacity = MultiOpacity.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?TextPosition = TextPosition.ToOption(), ?MarkerColor = MarkerColor.ToOption(),
      ?MarkerColorScale = MarkerColorScale.ToOption(), ?MarkerOutline = MarkerOutline.ToOption(),
      ?MarkerSymbol = MarkerSymbol.ToOption(), ?Marker = Marker.ToOption(), ?LineColor = LineColor.ToOption(),
      ?LineWidth = LineWidth.ToOption(), ?LineDash = LineDash.ToOption(), ?Line = Line.ToOption(),
      ?StackGroup = StackGroup.ToOption(), ?Orientation = Orientation.ToOption(), ?Fill = Fill.ToOption(),
      ?FillColor = FillColor.ToOption(), ?UseDefaults = UseDefaults.ToOption())

  /// Points joined by a smooth curve; Smoothing goes from 0 (straight) to 1.3.
  static member Spline<'XType, 'YType, 'TextType when 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      x: seq<'XType>,
      y: seq<'YType>,
      [<Optional>] ShowMarkers: Optional<bool>,
      [<Optional>] Smoothing: Optional<float>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] MarkerSymbol: Optional<StyleParam.MarkerSymbol>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] LineColor: Optional<Color>,
      [<Optional>] LineWidth: Optional<float>,
      [<Optional>] LineDash: Optional<StyleParam.DrawingStyle>,
      [<Optional>] Line: Optional<Line>,
      [<Optional>] StackGroup: Optional<string>,
      [<Optional>] Orientation: Optional<StyleParam.Orientation>,
      [<Optional>] Fill: Optional<StyleParam.Fill>,
      [<Optional>] FillColor: Optional<Color>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.Spline(
      x, y, ?ShowMarkers = ShowMarkers.ToOption(), ?Smoothing = Smoothing.ToOption(), ?Name = Name.ToOption(),
      ?ShowLegend = ShowLegend.ToOption(), ?Opacity = Opacity.ToOption(), ?MultiOpacity = MultiOpacity.ToOption(),
      ?Text = Text.ToOption(), ?MultiText = MultiText.ToOption(), ?TextPosition = TextPosition.ToOption(),
      ?MarkerColor = MarkerColor.ToOption(), ?MarkerColorScale = MarkerColorScale.ToOption(),
      ?MarkerOutline = MarkerOutline.ToOption(), ?MarkerSymbol = MarkerSymbol.ToOption(), ?Marker = Marker.ToOption(),
      ?LineColor = LineColor.ToOption(), ?LineWidth = LineWidth.ToOption(), ?LineDash = LineDash.ToOption(),
      ?Line = Line.ToOption(), ?StackGroup = StackGroup.ToOption(), ?Orientation = Orientation.ToOption(),
      ?Fill = Fill.ToOption(), ?FillColor = FillColor.ToOption(), ?UseDefaults = UseDefaults.ToOption())

  /// Horizontal bars, one a key.
  static member Bar<'ValuesType, 'KeysType, 'TextType when 'ValuesType :> IConvertible and 'KeysType :> IConvertible and 'TextType :> IConvertible>
    (
      values: seq<'ValuesType>,
      [<Optional>] Keys: Optional<seq<'KeysType>>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] UseDefaults: Optional<bool>,
      [<Optional>] Base: Optional<'ValuesType>,
      [<Optional>] Width: Optional<'ValuesType>
    ) : GenericChart =
    Plotly.NET.Chart.Bar(
      values, ?Keys = Keys.ToOption(), ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(),
      ?Opacity = Opacity.ToOption(), ?MultiOpacity = MultiOpacity.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?MarkerColor = MarkerColor.ToOption(), ?MarkerColorScale = MarkerColorScale.ToOption(),
      ?MarkerOutline = MarkerOutline.ToOption(), ?Marker = Marker.ToOption(), ?TextPosition = TextPosition.ToOption(),
      ?UseDefaults = UseDefaults.ToOption(), ?Base = Base.ToOption(), ?Width = Width.ToOption())

  /// Vertical bars, one a key.
  static member Column<'ValuesType, 'KeysType, 'TextType when 'ValuesType :> IConvertible and 'KeysType :> IConvertible and 'TextType :> IConvertible>
    (
      values: seq<'ValuesType>,
      [<Optional>] Keys: Optional<seq<'KeysType>>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] UseDefaults: Optional<bool>,
      [<Optional>] Base: Optional<'ValuesType>,
      [<Optional>] Width: Optional<'ValuesType>
    ) : GenericChart =
    Plotly.NET.Chart.Column(
      values, ?Keys = Keys.ToOption(), ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(),
      ?Opacity = Opacity.ToOption(), ?MultiOpacity = MultiOpacity.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?MarkerColor = MarkerColor.ToOption(), ?MarkerColorScale = MarkerColorScale.ToOption(),
      ?MarkerOutline = MarkerOutline.ToOption(), ?Marker = Marker.ToOption(), ?TextPosition = TextPosition.ToOption(),
      ?UseDefaults = UseDefaults.ToOption(), ?Base = Base.ToOption(), ?Width = Width.ToOption())

  /// Vertical bars that stand on those of the other traces.
  static member StackedColumn<'ValuesType, 'KeysType, 'TextType when 'ValuesType :> IConvertible and 'KeysType :> IConvertible and 'TextType :> IConvertible>
    (
      values: seq<'ValuesType>,
      [<Optional>] Keys: Optional<seq<'KeysType>>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] MultiOpacity: Optional<seq<float>>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] MarkerColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] MarkerOutline: Optional<Line>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] TextPosition: Optional<StyleParam.TextPosition>,
      [<Optional>] UseDefaults: Optional<bool>,
      [<Optional>] Base: Optional<'ValuesType>,
      [<Optional>] Width: Optional<'ValuesType>
    ) : GenericChart =
    Plotly.NET.Chart.StackedColumn(
      values, ?Keys = Keys.ToOption(), ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(),
      ?Opacity = Opacity.ToOption(), ?MultiOpacity = MultiOpacity.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?MarkerColor = MarkerColor.ToOption(), ?MarkerColorScale = MarkerColorScale.ToOption(),
      ?MarkerOutline = MarkerOutline.ToOption(), ?Marker = Marker.ToOption(), ?TextPosition = TextPosition.ToOption(),
      ?UseDefaults = UseDefaults.ToOption(), ?Base = Base.ToOption(), ?Width = Width.ToOption())

  /// How many values fall into each bin.
  static member Histogram<'XType, 'YType, 'TextType when 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      [<Optional>] X: Optional<seq<'XType>>,
      [<Optional>] Y: Optional<seq<'YType>>,
      [<Optional>] Orientation: Optional<StyleParam.Orientation>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] HistFunc: Optional<StyleParam.HistFunc>,
      [<Optional>] HistNorm: Optional<StyleParam.HistNorm>,
      [<Optional>] NBinsX: Optional<int>,
      [<Optional>] NBinsY: Optional<int>,
      [<Optional>] XBins: Optional<Bins>,
      [<Optional>] YBins: Optional<Bins>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] Line: Optional<Line>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.Histogram(
      ?X = X.ToOption(), ?Y = Y.ToOption(), ?Orientation = Orientation.ToOption(), ?Name = Name.ToOption(),
      ?ShowLegend = ShowLegend.ToOption(), ?Opacity = Opacity.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?HistFunc = HistFunc.ToOption(), ?HistNorm = HistNorm.ToOption(),
      ?NBinsX = NBinsX.ToOption(), ?NBinsY = NBinsY.ToOption(), ?XBins = XBins.ToOption(), ?YBins = YBins.ToOption(),
      ?MarkerColor = MarkerColor.ToOption(), ?Marker = Marker.ToOption(), ?Line = Line.ToOption(),
      ?UseDefaults = UseDefaults.ToOption())

  /// Median, quartiles and outliers of each group: Y holds the values, X the groups.
  static member BoxPlot<'XType, 'YType, 'TextType when 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      [<Optional>] X: Optional<seq<'XType>>,
      [<Optional>] Y: Optional<seq<'YType>>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] FillColor: Optional<Color>,
      [<Optional>] MarkerColor: Optional<Color>,
      [<Optional>] Marker: Optional<Marker>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] WhiskerWidth: Optional<float>,
      [<Optional>] BoxPoints: Optional<StyleParam.BoxPoints>,
      [<Optional>] Jitter: Optional<float>,
      [<Optional>] PointPos: Optional<float>,
      [<Optional>] Orientation: Optional<StyleParam.Orientation>,
      [<Optional>] Outline: Optional<Line>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.BoxPlot(
      ?X = X.ToOption(), ?Y = Y.ToOption(), ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(),
      ?Text = Text.ToOption(), ?MultiText = MultiText.ToOption(), ?FillColor = FillColor.ToOption(),
      ?MarkerColor = MarkerColor.ToOption(), ?Marker = Marker.ToOption(), ?Opacity = Opacity.ToOption(),
      ?WhiskerWidth = WhiskerWidth.ToOption(), ?BoxPoints = BoxPoints.ToOption(), ?Jitter = Jitter.ToOption(),
      ?PointPos = PointPos.ToOption(), ?Orientation = Orientation.ToOption(), ?Outline = Outline.ToOption(),
      ?UseDefaults = UseDefaults.ToOption())

  /// A matrix as coloured cells, its first row at the bottom unless ReverseYAxis.
  static member Heatmap<'ZType, 'XType, 'YType, 'TextType when 'ZType :> IConvertible and 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      zData: seq<seq<'ZType>>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] X: Optional<seq<'XType>>,
      [<Optional>] XGap: Optional<int>,
      [<Optional>] Y: Optional<seq<'YType>>,
      [<Optional>] YGap: Optional<int>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] ColorBar: Optional<ColorBar>,
      [<Optional>] ColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] ShowScale: Optional<bool>,
      [<Optional>] ReverseScale: Optional<bool>,
      [<Optional>] Transpose: Optional<bool>,
      [<Optional>] ReverseYAxis: Optional<bool>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.Heatmap(
      zData, ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(), ?Opacity = Opacity.ToOption(), ?X = X.ToOption(),
      ?XGap = XGap.ToOption(), ?Y = Y.ToOption(), ?YGap = YGap.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?ColorBar = ColorBar.ToOption(), ?ColorScale = ColorScale.ToOption(),
      ?ShowScale = ShowScale.ToOption(), ?ReverseScale = ReverseScale.ToOption(), ?Transpose = Transpose.ToOption(),
      ?ReverseYAxis = ReverseYAxis.ToOption(), ?UseDefaults = UseDefaults.ToOption())

  /// A heatmap with a text in each cell.
  static member AnnotatedHeatmap<'ZType, 'XType, 'YType, 'TextType when 'ZType :> IConvertible and 'XType :> IConvertible and 'YType :> IConvertible and 'TextType :> IConvertible>
    (
      zData: seq<seq<'ZType>>,
      annotationText: seq<seq<string>>,
      [<Optional>] Name: Optional<string>,
      [<Optional>] ShowLegend: Optional<bool>,
      [<Optional>] Opacity: Optional<float>,
      [<Optional>] X: Optional<seq<'XType>>,
      [<Optional>] XGap: Optional<int>,
      [<Optional>] Y: Optional<seq<'YType>>,
      [<Optional>] YGap: Optional<int>,
      [<Optional>] Text: Optional<'TextType>,
      [<Optional>] MultiText: Optional<seq<'TextType>>,
      [<Optional>] ColorBar: Optional<ColorBar>,
      [<Optional>] ColorScale: Optional<StyleParam.Colorscale>,
      [<Optional>] ShowScale: Optional<bool>,
      [<Optional>] ReverseScale: Optional<bool>,
      [<Optional>] Transpose: Optional<bool>,
      [<Optional>] ReverseYAxis: Optional<bool>,
      [<Optional>] UseDefaults: Optional<bool>
    ) : GenericChart =
    Plotly.NET.Chart.AnnotatedHeatmap(
      zData, annotationText, ?Name = Name.ToOption(), ?ShowLegend = ShowLegend.ToOption(), ?Opacity = Opacity.ToOption(),
      ?X = X.ToOption(), ?XGap = XGap.ToOption(), ?Y = Y.ToOption(), ?YGap = YGap.ToOption(), ?Text = Text.ToOption(),
      ?MultiText = MultiText.ToOption(), ?ColorBar = ColorBar.ToOption(), ?ColorScale = ColorScale.ToOption(),
      ?ShowScale = ShowScale.ToOption(), ?ReverseScale = ReverseScale.ToOption(), ?Transpose = Transpose.ToOption(),
      ?ReverseYAxis = ReverseYAxis.ToOption(), ?UseDefaults = UseDefaults.ToOption())
