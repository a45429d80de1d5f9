namespace Plotly.NET

open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects

/// Ready-made templates.
module ChartTemplates =
  module ColorWays =
    let plotly =
      [ "#636efa"; "#EF553B"; "#00cc96"; "#ab63fa"; "#FFA15A"; "#19d3f3"; "#FF6692"; "#B6E880"; "#FF97FF"; "#FECB52" ]
      |> Seq.map Color.fromHex
      |> Color.fromColors

  let private colour = Color.fromString
  let private withAxes axis layout =
    layout
    |> Layout.setLinearAxis (StyleParam.SubPlotId.XAxis 1, axis)
    |> Layout.setLinearAxis (StyleParam.SubPlotId.YAxis 1, axis)
  let private plain ground axis = Layout.init (PaperBGColor = ground, PlotBGColor = ground) |> withAxes axis |> Template.init
  let private mirrored =
    LinearAxis.init (Ticks = StyleParam.TickOptions.Inside, Mirror = StyleParam.Mirror.All, ShowLine = true, ZeroLine = true)
  let private lined = LinearAxis.init (ShowLine = true, ZeroLine = true)

  /// White ground, dark axes.
  let light = plain (colour "white") lined
  /// The same with axes on all sides.
  let lightMirrored = plain (colour "white") mirrored
  /// No ground of its own.
  let transparent = plain (colour "rgba(255, 255, 255, 0)") lined
  let transparentMirrored = plain (colour "rgba(255, 255, 255, 0)") mirrored

  /// Light lines on a dark ground.
  let dark =
    let ground, ink = colour "rgb(55, 55, 61)", colour "rgb(204, 204, 204)"
    let axis =
      LinearAxis.init (
        Ticks = StyleParam.TickOptions.Inside, TickColor = colour "rgba(204, 204, 204, 0.5)", ShowLine = true, LineColor = ink,
        GridColor = colour "rgba(204, 204, 204, 0.3)", ZeroLine = true, ZeroLineColor = ink, Mirror = StyleParam.Mirror.AllTicks)
    Layout.init (Font = Font.init (Color = ink), PaperBGColor = ground, PlotBGColor = ground) |> withAxes axis |> Template.init

  /// plotly's own look, for the kinds of traces that are here: a light blue ground with a white grid.
  let plotly =
    let ground, ink, white = Color.fromHex "#E5ECF6", Color.fromHex "#2a3f5f", Color.fromHex "#ffffff"
    let scale colors =
      let last = List.length colors - 1
      StyleParam.Colorscale.Custom(colors |> List.mapi (fun i hex -> float i / float last, Color.fromHex hex))
    let sequential = scale [ "#0d0887"; "#46039f"; "#7201a8"; "#9c179e"; "#bd3786"; "#d8576b"; "#ed7953"; "#fb9f3a"; "#fdca26"; "#f0f921" ]
    let diverging =
      scale [ "#8e0152"; "#c51b7d"; "#de77ae"; "#f1b6da"; "#fde0ef"; "#f7f7f7"; "#e6f5d0"; "#b8e186"; "#7fbc41"; "#4d9221"; "#276419" ]
    let bar = ColorBar.init (OutlineWidth = 0.0, Ticks = StyleParam.TickOptions.Empty)
    let axis = LinearAxis.init (Ticks = StyleParam.TickOptions.Empty, LineColor = white, GridColor = white, ZeroLineColor = white)
    let flat = axis |> withProperties [ "title" =! Title.init (Standoff = 15); "automargin" =! StyleParam.TickAutoMargin.All; "zerolinewidth" =! 2.0 ]
    let wall = axis |> withProperties [ "gridwidth" =! 2.0; "backgroundcolor" =! ground; "showbackground" =! true ]
    let part properties = DynamicObj() |> withProperties properties
    let marker properties = "marker" =! part properties
    let trace kind properties = Trace kind |> withProperties properties
    let scaled kind = trace kind [ "colorbar" =! bar; "colorscale" =! sequential ]
    let pattern = "pattern" =! part [ "fillmode" =! "overlay"; "size" =! 10; "solidity" =! 0.2 ]
    let fill ground = [ "fill" =! part [ "color" =! Color.fromHex ground ]; "line" =! Line.init (Color = white) ]
    let layout =
      Layout.init (
        Title = Title.init (X = 0.05), Font = Font.init (Color = ink), PaperBGColor = white, PlotBGColor = ground, Colorway = ColorWays.plotly,
        Colorscale = DefaultColorScales.init (Diverging = diverging, Sequential = sequential, SequentialMinus = sequential),
        HoverMode = StyleParam.HoverMode.Closest)
      |> withAxes flat
      |> withProperties [
        "autotypenumbers" =! "strict"
        "hoverlabel" =! part [ "align" =! "left" ]
        "coloraxis" =! ColorAxis.init (ColorBar = bar)
        "scene" =! Scene.init (XAxis = wall, YAxis = wall, ZAxis = wall)
        "annotationdefaults" =! part [ "arrowcolor" =! ink; "arrowhead" =! 0; "arrowwidth" =! 1 ]
        "shapedefaults" =! part [ "line" =! Line.init (Color = ink) ] ]
    let error = part [ "color" =! ink ]
    Template.init (layout, TraceTemplates = [
      trace "bar" [ marker [ "line" =! Line.init (Color = ground, Width = 0.5); pattern ]; "error_x" =! error; "error_y" =! error ]
      trace "histogram" [ marker [ pattern ] ]
      trace "scatter" [ marker [ "colorbar" =! bar ] ]
      trace "scatter3d" [ marker [ "colorbar" =! bar ]; "line" =! Line.init (ColorBar = bar) ]
      trace "parcoords" [ "line" =! Line.init (ColorBar = bar) ]
      trace "pie" [ "automargin" =! true ]
      trace "table" [ "cells" =! part (fill "#EBF0F8"); "header" =! part (fill "#C8D4E3") ]
      scaled "heatmap"; scaled "contour"; scaled "surface"; scaled "histogram2d" ])
