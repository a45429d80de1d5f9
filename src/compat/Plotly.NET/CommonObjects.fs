namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj

/// The font of a text.
type Font() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Family: StyleParam.FontFamily,
      [<Optional; DefaultParameterValue(null)>] ?Size: float,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color
    ) : Font =
    Font() |> withProperties [
        "family" =? Family; "size" =? Size; "color" =? Color ]

/// A title of a chart, an axis, a legend or a colour bar. HTML is drawn as plotly.js does: it knows <b>, <i>, <sub>, <sup>, <br> and <a>.
type Title() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Text: string,
      [<Optional; DefaultParameterValue(null)>] ?Font: Font,
      [<Optional; DefaultParameterValue(null)>] ?X: float,
      [<Optional; DefaultParameterValue(null)>] ?XAnchor: StyleParam.XAnchorPosition,
      [<Optional; DefaultParameterValue(null)>] ?Y: float,
      [<Optional; DefaultParameterValue(null)>] ?YAnchor: StyleParam.YAnchorPosition,
      [<Optional; DefaultParameterValue(null)>] ?Standoff: int,
      [<Optional; DefaultParameterValue(null)>] ?Side: StyleParam.Side
    ) : Title =
    Title() |> withProperties [
        "text" =? Text; "font" =? Font; "x" =? X; "xanchor" =? XAnchor; "y" =? Y; "yanchor" =? YAnchor
        "standoff" =? Standoff; "side" =? Side ]

/// The legend of a colour scale.
type ColorBar() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Len: float,
      [<Optional; DefaultParameterValue(null)>] ?Thickness: float,
      [<Optional; DefaultParameterValue(null)>] ?TickFormat: string,
      [<Optional; DefaultParameterValue(null)>] ?TickText: seq<string>,
      [<Optional; DefaultParameterValue(null)>] ?TickVals: seq<float>,
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?X: float,
      [<Optional; DefaultParameterValue(null)>] ?Y: float
    ) : ColorBar =
    ColorBar() |> withProperties [
        "len" =? Len; "thickness" =? Thickness; "tickformat" =? TickFormat; "ticktext" =? TickText
        "tickvals" =? TickVals; "title" =? Title; "x" =? X; "y" =? Y ]

/// A line: of a trace, around a marker or a bar.
type Line() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Colorscale: StyleParam.Colorscale,
      [<Optional; DefaultParameterValue(null)>] ?Dash: StyleParam.DrawingStyle,
      [<Optional; DefaultParameterValue(null)>] ?Shape: StyleParam.Shape,
      [<Optional; DefaultParameterValue(null)>] ?Smoothing: float,
      [<Optional; DefaultParameterValue(null)>] ?Width: float
    ) : Line =
    Line() |> withProperties [
        "color" =? Color; "colorscale" =? Colorscale; "dash" =? Dash; "shape" =? Shape; "smoothing" =? Smoothing
        "width" =? Width ]
