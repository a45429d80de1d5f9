namespace Plotly.NET.CSharp

open System
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Plotly.NET
open Plotly.NET.LayoutObjects

/// The style functions that take many optional arguments, for C#.
[<Extension>]
type GenericChartExtensions =
  [<Extension>]
  static member GetLayout(gChart: GenericChart) : Layout = GenericChart.getLayout gChart
  [<Extension>]
  static member GetTraces(gChart: GenericChart) : Trace[] = GenericChart.getTraces gChart |> Array.ofList
  /// Writes a page of its own for the chart.
  [<Extension>]
  static member SaveHtml(gChart: GenericChart, path: string, [<Optional>] OpenInBrowser: Optional<bool>) : unit =
    gChart |> Plotly.NET.Chart.saveHtml (path, ?OpenInBrowser = OpenInBrowser.ToOption())
  /// Opens the chart in the browser.
  [<Extension>]
  static member Show(gChart: GenericChart) : unit = Plotly.NET.Chart.show gChart
  /// The size in pixels.
  [<Extension>]
  static member WithSize(gChart: GenericChart, [<Optional>] Width: Optional<int>, [<Optional>] Height: Optional<int>) : GenericChart =
    gChart |> Plotly.NET.Chart.withSize (?Width = Width.ToOption(), ?Height = Height.ToOption())
  [<Extension>]
  static member WithLegend(gChart: GenericChart, legend: Legend) : GenericChart = gChart |> Plotly.NET.Chart.withLegend legend
  /// Name and legend entry of the chart's traces.
  [<Extension>]
  static member WithTraceInfo
    (gChart: GenericChart,
     [<Optional>] Name: Optional<string>,
     [<Optional>] Visible: Optional<StyleParam.Visible>,
     [<Optional>] ShowLegend: Optional<bool>,
     [<Optional>] LegendRank: Optional<int>,
     [<Optional>] LegendGroup: Optional<string>,
     [<Optional>] LegendGroupTitle: Optional<Title>) : GenericChart =
    gChart |> Plotly.NET.Chart.withTraceInfo (
      ?Name = Name.ToOption(), ?Visible = Visible.ToOption(), ?ShowLegend = ShowLegend.ToOption(),
      ?LegendRank = LegendRank.ToOption(), ?LegendGroup = LegendGroup.ToOption(),
      ?LegendGroupTitle = LegendGroupTitle.ToOption())
  /// The x axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<Extension>]
  static member WithXAxisStyle<'MinType, 'MaxType, 'CategoryArrayType when 'MinType :> IConvertible and 'MaxType :> IConvertible and 'CategoryArrayType :> IConvertible>
    (gChart: GenericChart,
     [<Optional>] TitleText: Optional<string>,
     [<Optional>] TitleFont: Optional<Font>,
     [<Optional>] TitleStandoff: Optional<int>,
     [<Optional>] Title: Optional<Title>,
     [<Optional>] Color: Optional<Color>,
     [<Optional>] AxisType: Optional<StyleParam.AxisType>,
     [<Optional>] MinMax: Optional<Tuple<'MinType, 'MaxType>>,
     [<Optional>] ShowLine: Optional<bool>,
     [<Optional>] LineColor: Optional<Color>,
     [<Optional>] ShowGrid: Optional<bool>,
     [<Optional>] GridColor: Optional<Color>,
     [<Optional>] ZeroLine: Optional<bool>,
     [<Optional>] ZeroLineColor: Optional<Color>,
     [<Optional>] Anchor: Optional<StyleParam.LinearAxisId>,
     [<Optional>] Side: Optional<StyleParam.Side>,
     [<Optional>] Overlaying: Optional<StyleParam.LinearAxisId>,
     [<Optional>] Domain: Optional<Tuple<float, float>>,
     [<Optional>] CategoryOrder: Optional<StyleParam.CategoryOrder>,
     [<Optional>] CategoryArray: Optional<seq<'CategoryArrayType>>,
     [<Optional>] Id: Optional<StyleParam.SubPlotId>) : GenericChart =
    gChart |> Plotly.NET.Chart.withXAxisStyle (
      ?TitleText = TitleText.ToOption(), ?TitleFont = TitleFont.ToOption(), ?TitleStandoff = TitleStandoff.ToOption(),
      ?Title = Title.ToOption(), ?Color = Color.ToOption(), ?AxisType = AxisType.ToOption(), ?MinMax = MinMax.ToOption(),
      ?ShowLine = ShowLine.ToOption(), ?LineColor = LineColor.ToOption(), ?ShowGrid = ShowGrid.ToOption(),
      ?GridColor = GridColor.ToOption(), ?ZeroLine = ZeroLine.ToOption(), ?ZeroLineColor = ZeroLineColor.ToOption(),
      ?Anchor = Anchor.ToOption(), ?Side = Side.ToOption(), ?Overlaying = Overlaying.ToOption(), ?Domain = Domain.ToOption(),
      ?CategoryOrder = CategoryOrder.ToOption(), ?CategoryArray = CategoryArray.ToOption(), ?Id = Id.ToOption())
  /// The y axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.
  [<Extension>]
  static member WithYAxisStyle<'MinType, 'MaxType, 'CategoryArrayType when 'MinType :> IConvertible and 'MaxType :> IConvertible and 'CategoryArrayType :> IConvertible>
    (gChart: GenericChart,
     [<Optional>] TitleText: Optional<string>,
     [<Optional>] TitleFont: Optional<Font>,
     [<Optional>] TitleStandoff: Optional<int>,
     [<Optional>] Title: Optional<Title>,
     [<Optional>] Color: Optional<Color>,
     [<Optional>] AxisType: Optional<StyleParam.AxisType>,
     [<Optional>] MinMax: Optional<Tuple<'MinType, 'MaxType>>,
     [<Optional>] ShowLine: Optional<bool>,
     [<Optional>] LineColor: Optional<Color>,
     [<Optional>] ShowGrid: Optional<bool>,
     [<Optional>] GridColor: Optional<Color>,
     [<Optional>] ZeroLine: Optional<bool>,
     [<Optional>] ZeroLineColor: Optional<Color>,
     [<Optional>] Anchor: Optional<StyleParam.LinearAxisId>,
     [<Optional>] Side: Optional<StyleParam.Side>,
     [<Optional>] Overlaying: Optional<StyleParam.LinearAxisId>,
     [<Optional>] Domain: Optional<Tuple<float, float>>,
     [<Optional>] CategoryOrder: Optional<StyleParam.CategoryOrder>,
     [<Optional>] CategoryArray: Optional<seq<'CategoryArrayType>>,
     [<Optional>] Id: Optional<StyleParam.SubPlotId>) : GenericChart =
    gChart |> Plotly.NET.Chart.withYAxisStyle (
      ?TitleText = TitleText.ToOption(), ?TitleFont = TitleFont.ToOption(), ?TitleStandoff = TitleStandoff.ToOption(),
      ?Title = Title.ToOption(), ?Color = Color.ToOption(), ?AxisType = AxisType.ToOption(), ?MinMax = MinMax.ToOption(),
      ?ShowLine = ShowLine.ToOption(), ?LineColor = LineColor.ToOption(), ?ShowGrid = ShowGrid.ToOption(),
      ?GridColor = GridColor.ToOption(), ?ZeroLine = ZeroLine.ToOption(), ?ZeroLineColor = ZeroLineColor.ToOption(),
      ?Anchor = Anchor.ToOption(), ?Side = Side.ToOption(), ?Overlaying = Overlaying.ToOption(), ?Domain = Domain.ToOption(),
      ?CategoryOrder = CategoryOrder.ToOption(), ?CategoryArray = CategoryArray.ToOption(), ?Id = Id.ToOption())
  /// Where the legend stands and how it looks.
  [<Extension>]
  static member WithLegendStyle
    (gChart: GenericChart,
     [<Optional>] BGColor: Optional<Color>,
     [<Optional>] BorderColor: Optional<Color>,
     [<Optional>] BorderWidth: Optional<float>,
     [<Optional>] Font: Optional<Font>,
     [<Optional>] Orientation: Optional<StyleParam.Orientation>,
     [<Optional>] Title: Optional<Title>,
     [<Optional>] X: Optional<float>,
     [<Optional>] XAnchor: Optional<StyleParam.XAnchorPosition>,
     [<Optional>] Y: Optional<float>,
     [<Optional>] YAnchor: Optional<StyleParam.YAnchorPosition>) : GenericChart =
    gChart |> Plotly.NET.Chart.withLegendStyle (
      ?BGColor = BGColor.ToOption(), ?BorderColor = BorderColor.ToOption(), ?BorderWidth = BorderWidth.ToOption(),
      ?Font = Font.ToOption(), ?Orientation = Orientation.ToOption(), ?Title = Title.ToOption(), ?X = X.ToOption(),
      ?XAnchor = XAnchor.ToOption(), ?Y = Y.ToOption(), ?YAnchor = YAnchor.ToOption())
