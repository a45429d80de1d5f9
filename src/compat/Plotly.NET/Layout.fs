namespace Plotly.NET

open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects

/// Everything of a chart that is not data: titles, axes, legend, size, colours.
type Layout() =
  inherit DynamicObj()

  static member private Properties
    (Title: Title option, ShowLegend: bool option, Margin: Margin option, AutoSize: bool option, Width: int option, Height: int option,
     Font: Font option, PaperBGColor: Color option, PlotBGColor: Color option, Colorway: Color option, BarMode: StyleParam.BarMode option,
     BarGap: float option, BarGroupGap: float option, Annotations: seq<Annotation> option, Template: DynamicObj option) =
    [ "title" =? Title; "showlegend" =? ShowLegend; "margin" =? Margin; "autosize" =? AutoSize; "width" =? Width; "height" =? Height
      "font" =? Font; "paper_bgcolor" =? PaperBGColor; "plot_bgcolor" =? PlotBGColor; "colorway" =? Colorway; "barmode" =? BarMode
      "bargap" =? BarGap; "bargroupgap" =? BarGroupGap; "annotations" =? (Annotations |> Option.map Array.ofSeq); "template" =? Template ]

  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?ShowLegend: bool,
      [<Optional; DefaultParameterValue(null)>] ?Margin: Margin,
      [<Optional; DefaultParameterValue(null)>] ?AutoSize: bool,
      [<Optional; DefaultParameterValue(null)>] ?Width: int,
      [<Optional; DefaultParameterValue(null)>] ?Height: int,
      [<Optional; DefaultParameterValue(null)>] ?Font: Font,
      [<Optional; DefaultParameterValue(null)>] ?PaperBGColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?PlotBGColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?Colorway: Color,
      [<Optional; DefaultParameterValue(null)>] ?BarMode: StyleParam.BarMode,
      [<Optional; DefaultParameterValue(null)>] ?BarGap: float,
      [<Optional; DefaultParameterValue(null)>] ?BarGroupGap: float,
      [<Optional; DefaultParameterValue(null)>] ?Annotations: seq<Annotation>,
      [<Optional; DefaultParameterValue(null)>] ?Template: DynamicObj
    ) : Layout =
    Layout()
    |> withProperties (
      Layout.Properties(Title, ShowLegend, Margin, AutoSize, Width, Height, Font, PaperBGColor, PlotBGColor, Colorway, BarMode, BarGap, BarGroupGap, Annotations, Template))

  /// Both layouts together: the second wins, annotations add up.
  static member combine (first: Layout) (second: Layout) : Layout =
    let both = combine first second
    match first.TryGetTypedPropertyValue<Annotation[]> "annotations", second.TryGetTypedPropertyValue<Annotation[]> "annotations" with
    | Some mine, Some theirs -> both.SetProperty("annotations", Array.append mine theirs)
    | _ -> ()
    both

  /// The layout with an axis replaced.
  static member setLinearAxis(id: StyleParam.SubPlotId, axis: LinearAxis) = fun (layout: Layout) -> layout |> withProperties [ string id =! axis ]
  /// The layout with an axis's properties changed where the given axis sets them.
  static member updateLinearAxisById(id: StyleParam.SubPlotId, axis: LinearAxis) =
    fun (layout: Layout) ->
      let merged =
        match layout.TryGetTypedPropertyValue<LinearAxis>(string id) with
        | Some existing -> DynObj.combine existing axis
        | None -> axis
      layout |> withProperties [ string id =! merged ]

/// One set of data as plotly.js draws it: its properties are those of plotly.js's trace of the same type.
type Trace(traceTypeName: string) as this =
  inherit DynamicObj()
  do this.SetProperty("type", traceTypeName)
  /// The plotly.js type, such as "scatter".
  member _.``type`` = traceTypeName

/// Defaults for layouts and traces, applied by plotly.js where a chart sets nothing itself.
type Template() =
  inherit DynamicObj()
  static member init(layoutTemplate: Layout, [<Optional; DefaultParameterValue(null)>] ?TraceTemplates: seq<Trace>) : Template =
    let data =
      TraceTemplates
      |> Option.map (fun traces ->
        let byType = DynamicObj()
        for kind, group in traces |> Seq.groupBy _.``type`` do
          // The type is the key; inside a template plotly.js does not expect it again.
          let withoutType trace = let c = copy (trace: Trace) in c.RemoveProperty "type" |> ignore; c
          byType.SetProperty(kind, group |> Seq.map withoutType |> Array.ofSeq)
        byType)
    Template() |> withProperties [ "layout" =! layoutTemplate; "data" =? data ]
  /// The template with the colours that traces take in turn.
  static member withColorWay (colorway: Color) (template: Template) : Template =
    let layout = template.TryGetTypedPropertyValue<Layout> "layout" |> Option.defaultWith Layout
    template |> withProperties [ "layout" =! (layout |> withProperties [ "colorway" =! colorway ]) ]

/// How a chart behaves in the browser.
type Config() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?StaticPlot: bool,
      [<Optional; DefaultParameterValue(null)>] ?Responsive: bool,
      [<Optional; DefaultParameterValue(null)>] ?ScrollZoom: bool,
      [<Optional; DefaultParameterValue(null)>] ?DisplayModeBar: bool
    ) : Config =
    Config() |> withProperties [ "staticPlot" =? StaticPlot; "responsive" =? Responsive; "scrollZoom" =? ScrollZoom; "displayModeBar" =? DisplayModeBar ]

/// Ready-made templates.
module ChartTemplates =
  /// White ground, thin grey grid, dark axes.
  let light =
    let axis =
      LinearAxis.init (ShowLine = true, LineColor = Color.fromHex "#444444", GridColor = Color.fromHex "#e5e5e5", ZeroLine = false, AutoMargin = true)
    Layout.init (PaperBGColor = Color.fromString "white", PlotBGColor = Color.fromString "white", Font = Font.init (Size = 12.0))
    |> Layout.setLinearAxis (StyleParam.SubPlotId.XAxis 1, axis)
    |> Layout.setLinearAxis (StyleParam.SubPlotId.YAxis 1, axis)
    |> Template.init

/// What a new chart starts from. Set them once at the start of a notebook; charts made before keep theirs.
module Defaults =
  let mutable DefaultWidth = 600
  let mutable DefaultHeight = 600
  let mutable DefaultConfig = Config.init (Responsive = true)
  let mutable DefaultTemplate = ChartTemplates.light
  let reset () =
    DefaultWidth <- 600
    DefaultHeight <- 600
    DefaultConfig <- Config.init (Responsive = true)
    DefaultTemplate <- ChartTemplates.light
