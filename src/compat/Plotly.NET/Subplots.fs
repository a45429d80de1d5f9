namespace Plotly.NET

open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects

/// Charts in rows and columns of one chart.
module internal Subplots =
  type Grid =
    { Rows: int
      Columns: int
      FromTop: bool
      Coupled: bool
      XGap: float
      YGap: float
      Layout: LayoutGrid }

  let layout (rows, columns, rowOrder, pattern, xGap, yGap) =
    let pattern = defaultArg pattern StyleParam.LayoutGridPattern.Independent
    let rowOrder = defaultArg rowOrder StyleParam.LayoutGridRowOrder.TopToBottom
    let coupled = pattern = StyleParam.LayoutGridPattern.Coupled
    { Rows = rows
      Columns = columns
      FromTop = (rowOrder = StyleParam.LayoutGridRowOrder.TopToBottom)
      Coupled = coupled
      XGap = defaultArg xGap (if coupled then 0.1 else 0.2)
      YGap = defaultArg yGap (if coupled then 0.1 else 0.3)
      Layout = LayoutGrid.init (Rows = rows, Columns = columns, Pattern = pattern, RowOrder = rowOrder, ?XGap = xGap, ?YGap = yGap) }

  /// The titles above the plots, at the places that plotly.js gives these.
  let titles grid font offset (titles: #seq<string> option) =
    // Where cell i of count starts, and how much it takes, as shares of the whole.
    let cell count gap i =
      let step = 1.0 / (float count - gap)
      step * float i, step * (1.0 - gap)
    match titles with
    | None -> Seq.empty
    | Some titles -> titles :> seq<string>
    |> Seq.truncate (grid.Rows * grid.Columns)
    |> Seq.mapi (fun i title ->
      let row, column = i / grid.Columns, i % grid.Columns
      let left, width = cell grid.Columns grid.XGap column
      let bottom, height = cell grid.Rows grid.YGap (if grid.FromTop then grid.Rows - 1 - row else row)
      Annotation.init (
        X = left + width / 2.0, XRef = "paper", XAnchor = StyleParam.XAnchorPosition.Center, Y = bottom + height + defaultArg offset 0.0,
        YRef = "paper", YAnchor = StyleParam.YAnchorPosition.Bottom, Text = title, ShowArrow = false, ?Font = font))

  /// Annotations and shapes of a chart refer to its axes by the names that these had before it was put into the grid.
  let private follow x y (part: 'part :> DynamicObj) : 'part =
    let renamed axis (fresh: StyleParam.LinearAxisId) (reference: string) =
      match part.TryGetValue reference with
      | None -> reference =! fresh
      | Some value when string value = axis -> reference =! fresh
      | Some _ -> reference, None
    part |> withProperties [ renamed "x" (StyleParam.LinearAxisId.X x) "xref"; renamed "y" (StyleParam.LinearAxisId.Y y) "yref" ]

  let private inAxes x y (chart: GenericChart) =
    let layout = GenericChart.getLayout chart
    let own name = layout.TryGetTypedValue<LinearAxis> name |> Option.defaultWith LinearAxis
    let placed =
      layout
      |> without "xaxis"
      |> without "yaxis"
      |> withProperties [
        string (StyleParam.SubPlotId.XAxis x) =! own "xaxis"
        string (StyleParam.SubPlotId.YAxis y) =! own "yaxis"
        "annotations" =? (layout.TryGetTypedValue<Annotation[]> "annotations" |> Option.map (Array.map (follow x y)))
        "shapes" =? (layout.TryGetTypedValue<Shape[]> "shapes" |> Option.map (Array.map (follow x y))) ]
    chart
    |> GenericChart.setLayout placed
    |> GenericChart.mapTrace (withProperties [ "xaxis" =! StyleParam.LinearAxisId.X x; "yaxis" =! StyleParam.LinearAxisId.Y y ])

  let place grid (gCharts: #seq<GenericChart>) =
    let charts = Array.ofSeq gCharts
    if charts.Length = 0 || charts.Length > grid.Rows * grid.Columns then
      invalidArg (nameof gCharts)
        $"A grid of {grid.Rows} rows and {grid.Columns} columns holds 1 to {grid.Rows * grid.Columns} charts; it got {charts.Length}."
    let placed i (chart: GenericChart) =
      let row, column = i / grid.Columns, i % grid.Columns
      let domain = Domain.init (Row = row, Column = column)
      match GenericChart.getTraces chart |> List.map _.``type`` |> List.distinct with
      | kinds when kinds |> List.forall (fun kind -> List.contains kind [ "scatter3d"; "surface" ]) ->
          let id = StyleParam.SubPlotId.Scene(i + 1)
          let layout = GenericChart.getLayout chart
          let scene = layout.TryGetTypedValue<Scene> "scene" |> Option.defaultWith Scene |> withProperties [ "domain" =! domain ]
          chart
          |> GenericChart.setLayout (layout |> without "scene" |> withProperties [ string id =! scene ])
          |> GenericChart.mapTrace (withProperties [ "scene" =! id ])
      | kinds when kinds |> List.forall (fun kind -> List.contains kind [ "pie"; "sankey"; "table"; "parcoords" ]) ->
          chart |> GenericChart.mapTrace (withProperties [ "domain" =! domain ])
      | _ when grid.Coupled -> inAxes (column + 1) (row + 1) chart
      | _ -> inAxes (i + 1) (i + 1) chart
    charts
    |> Array.mapi placed
    |> GenericChart.combine
    |> GenericChart.mapLayout (withProperties [ "grid" =! grid.Layout ])
