namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects

/// Everything of a chart that is not data: titles, axes, legend, size, colours.
type Layout() =
  inherit DynamicObj()
  static member init<'a when 'a :> IConvertible>
    ([<Optional>] ?Title: Title, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Margin: Margin, [<Optional>] ?AutoSize: bool,
     [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Font: Font, [<Optional>] ?Separators: string,
     [<Optional>] ?PaperBGColor: Color, [<Optional>] ?PlotBGColor: Color, [<Optional>] ?Colorscale: DefaultColorScales,
     [<Optional>] ?Colorway: Color, [<Optional>] ?HoverMode: StyleParam.HoverMode, [<Optional>] ?Hoverlabel: Hoverlabel,
     [<Optional>] ?Template: DynamicObj, [<Optional>] ?Meta: string, [<Optional>] ?Grid: LayoutGrid, [<Optional>] ?ScatterGap: float,
     [<Optional>] ?BarGap: float, [<Optional>] ?BarGroupGap: float, [<Optional>] ?BarMode: StyleParam.BarMode,
     [<Optional>] ?HiddenLabels: seq<'a>, [<Optional>] ?PieColorWay: Color, [<Optional>] ?BoxGap: float, [<Optional>] ?BoxGroupGap: float,
     [<Optional>] ?ViolinGap: float, [<Optional>] ?ViolinGroupGap: float, [<Optional>] ?Annotations: seq<Annotation>,
     [<Optional>] ?Shapes: seq<Shape>) : Layout =
    Layout() |> withProperties [
        "title" =? Title; "showlegend" =? ShowLegend; "margin" =? Margin; "autosize" =? AutoSize; "width" =? Width; "height" =? Height
        "font" =? Font; "separators" =? Separators; "paper_bgcolor" =? PaperBGColor; "plot_bgcolor" =? PlotBGColor; "colorscale" =? Colorscale
        "colorway" =? Colorway; "hovermode" =? HoverMode; "hoverlabel" =? Hoverlabel; "template" =? Template; "meta" =? Meta; "grid" =? Grid
        "scattergap" =? ScatterGap; "bargap" =? BarGap; "bargroupgap" =? BarGroupGap; "barmode" =? BarMode; "hiddenlabels" =? HiddenLabels
        "piecolorway" =? PieColorWay; "boxgap" =? BoxGap; "boxgroupgap" =? BoxGroupGap; "violingap" =? ViolinGap
        "violingroupgap" =? ViolinGroupGap; "annotations" =? Option.map Array.ofSeq Annotations; "shapes" =? Option.map Array.ofSeq Shapes ]

  /// Both layouts together: the second wins, annotations and shapes add up.
  static member combine (first: Layout) (second: Layout) : Layout =
    let both (name: string) =
      match first.TryGetTypedValue<'T[]> name, second.TryGetTypedValue<'T[]> name with
      | Some mine, Some theirs -> Some(Array.append mine theirs)
      | _ -> None
    combine first second
    |> withProperties [ "annotations" =? (both "annotations": Annotation[] option); "shapes" =? (both "shapes": Shape[] option) ]

  /// The layout with an axis replaced.
  static member setLinearAxis(id: StyleParam.SubPlotId, axis: LinearAxis) = fun (layout: Layout) -> layout |> withProperties [ string id =! axis ]
  /// The layout with an axis's properties changed where the given axis sets them.
  static member updateLinearAxisById(id: StyleParam.SubPlotId, axis: LinearAxis) = fun (layout: Layout) -> layout |> withPart (string id) axis
  /// The layout with a scene's properties changed where the given scene sets them.
  static member updateSceneById(id: StyleParam.SubPlotId, scene: Scene) = fun (layout: Layout) -> layout |> withPart (string id) scene
