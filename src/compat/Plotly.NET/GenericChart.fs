namespace Plotly.NET

open System.Net
open DynamicObj
open DynamicObj.DynObj

/// A chart: one or more traces with a layout. A chart never changes; every style function returns a new one.
type GenericChart =
  | Chart of data: Trace * layout: Layout * config: Config
  | MultiChart of data: Trace list * layout: Layout * config: Config

  static member getTraces(gChart: GenericChart) =
    match gChart with
    | Chart(trace, _, _) -> [ trace ]
    | MultiChart(traces, _, _) -> traces
  static member getLayout(gChart: GenericChart) = match gChart with Chart(_, layout, _) | MultiChart(_, layout, _) -> layout
  static member getConfig(gChart: GenericChart) = match gChart with Chart(_, _, config) | MultiChart(_, _, config) -> config
  static member setLayout (layout: Layout) (gChart: GenericChart) =
    match gChart with
    | Chart(trace, _, config) -> Chart(trace, layout, config)
    | MultiChart(traces, _, config) -> MultiChart(traces, layout, config)
  static member mapLayout (f: Layout -> Layout) (gChart: GenericChart) = GenericChart.setLayout (f (GenericChart.getLayout gChart)) gChart
  static member addLayout (layout: Layout) (gChart: GenericChart) = gChart |> GenericChart.mapLayout (fun existing -> Layout.combine existing layout)
  static member setConfig (config: Config) (gChart: GenericChart) =
    match gChart with
    | Chart(trace, layout, _) -> Chart(trace, layout, config)
    | MultiChart(traces, layout, _) -> MultiChart(traces, layout, config)
  static member mapiTrace (f: int -> Trace -> Trace) (gChart: GenericChart) =
    match gChart with
    | Chart(trace, layout, config) -> Chart(f 0 trace, layout, config)
    | MultiChart(traces, layout, config) -> MultiChart(List.mapi f traces, layout, config)
  static member mapTrace (f: Trace -> Trace) (gChart: GenericChart) = gChart |> GenericChart.mapiTrace (fun _ trace -> f trace)
  static member countTrace(gChart: GenericChart) = List.length (GenericChart.getTraces gChart)

  /// All traces of all charts over one layout; where layouts disagree the later chart wins.
  static member combine(gCharts: seq<GenericChart>) : GenericChart =
    match List.ofSeq gCharts with
    | [] -> invalidArg (nameof gCharts) "Combining needs at least one chart; it got none."
    | [ chart ] -> chart
    | charts ->
        MultiChart(
          charts |> List.collect GenericChart.getTraces,
          charts |> List.map GenericChart.getLayout |> List.reduce Layout.combine,
          charts |> List.map GenericChart.getConfig |> List.reduce combine)

  /// A chart of the traces, with the defaults for size, template and behaviour when useDefaults.
  static member ofTraceObjects (useDefaults: bool) (traces: seq<Trace>) : GenericChart =
    let layout, config =
      if useDefaults then
        Layout.init (Width = Defaults.DefaultWidth, Height = Defaults.DefaultHeight, Template = Defaults.DefaultTemplate), Defaults.DefaultConfig
      else Layout(), Config()
    match List.ofSeq traces with
    | [ trace ] -> Chart(trace, layout, config)
    | traces -> MultiChart(traces, layout, config)
  static member ofTraceObject (useDefaults: bool) (trace: Trace) : GenericChart = GenericChart.ofTraceObjects useDefaults [ trace ]

  static member private Json(gChart: GenericChart, last: string, value: obj) =
    let whole = DynamicObj()
    whole.SetValue("data", GenericChart.getTraces gChart)
    whole.SetValue("layout", GenericChart.getLayout gChart)
    whole.SetValue(last, value)
    Json.serialize whole
  /// {"data": [...], "layout": {...}, "frames": []}
  static member toFigureJson(gChart: GenericChart) : string = GenericChart.Json(gChart, "frames", Array.empty<obj>)
  /// {"data": [...], "layout": {...}, "config": {...}}
  static member toJson(gChart: GenericChart) : string = GenericChart.Json(gChart, "config", GenericChart.getConfig gChart)

  /// A div and the script that draws the chart into it; the page must have loaded plotly.js as `Plotly`.
  static member toChartHTML(gChart: GenericChart) : string =
    let id = System.Guid.NewGuid().ToString()
    let json value = Json.serialize (box value)
    $"""<div><div id="{id}"></div><script type="text/javascript">
Plotly.newPlot("{id}", {json (GenericChart.getTraces gChart)}, {json (GenericChart.getLayout gChart)}, {json (GenericChart.getConfig gChart)});
</script></div>"""

  /// A page of its own that loads plotly.js from plotly's content network. Its title is the chart's.
  static member toEmbeddedHTML(gChart: GenericChart) : string =
    let title =
      (GenericChart.getLayout gChart).TryGetTypedValue<Title> "title"
      |> Option.bind _.TryGetTypedValue<string>("text")
      |> Option.defaultValue "Plotly.NET Datavisualization"
    $"""<!DOCTYPE html>
<html><head><meta charset="UTF-8"><title>{WebUtility.HtmlEncode title}</title>
<script src="https://cdn.plot.ly/plotly-2.27.1.min.js" charset="utf-8"></script></head>
<body>{GenericChart.toChartHTML gChart}</body></html>
"""
