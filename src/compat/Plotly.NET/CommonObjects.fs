namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj

/// The font of a text.
type Font() =
  inherit DynamicObj()
  static member init([<Optional>] ?Family: StyleParam.FontFamily, [<Optional>] ?Size: float, [<Optional>] ?Color: Color) : Font =
    Font() |> withProperties [
        "family" =? Family; "size" =? Size; "color" =? Color ]

/// A title of a chart, an axis, a legend or a colour bar. plotly.js reads the tags b, i, sub, sup, br and a in it.
type Title() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Text: string, [<Optional>] ?Font: Font, [<Optional>] ?AutoMargin: bool, [<Optional>] ?X: float,
     [<Optional>] ?XAnchor: StyleParam.XAnchorPosition, [<Optional>] ?XRef: string, [<Optional>] ?Y: float,
     [<Optional>] ?YAnchor: StyleParam.YAnchorPosition, [<Optional>] ?YRef: string, [<Optional>] ?Standoff: int,
     [<Optional>] ?Side: StyleParam.Side) : Title =
    Title() |> withProperties [
        "text" =? Text; "font" =? Font; "automargin" =? AutoMargin; "x" =? X; "xanchor" =? XAnchor; "xref" =? XRef; "y" =? Y
        "yanchor" =? YAnchor; "yref" =? YRef; "standoff" =? Standoff; "side" =? Side ]

/// The legend of a colour scale.
type ColorBar() =
  inherit DynamicObj()
  static member init<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?BGColor: Color, [<Optional>] ?BorderColor: Color, [<Optional>] ?BorderWidth: float, [<Optional>] ?DTick: IConvertible,
     [<Optional>] ?ExponentFormat: StyleParam.ExponentFormat, [<Optional>] ?Len: float, [<Optional>] ?NTicks: int,
     [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?OutlineColor: Color, [<Optional>] ?OutlineWidth: float,
     [<Optional>] ?ShowTickLabels: bool, [<Optional>] ?Thickness: float, [<Optional>] ?Tick0: IConvertible, [<Optional>] ?TickAngle: int,
     [<Optional>] ?TickColor: Color, [<Optional>] ?TickFont: Font, [<Optional>] ?TickFormat: string, [<Optional>] ?TickLen: float,
     [<Optional>] ?TickMode: StyleParam.TickMode, [<Optional>] ?TickPrefix: string, [<Optional>] ?Ticks: StyleParam.TickOptions,
     [<Optional>] ?TickSuffix: string, [<Optional>] ?TickText: seq<'a>, [<Optional>] ?TickVals: seq<'b>, [<Optional>] ?TickWidth: float,
     [<Optional>] ?Title: Title, [<Optional>] ?X: float, [<Optional>] ?XPad: float, [<Optional>] ?Y: float, [<Optional>] ?YPad: float) : ColorBar =
    ColorBar() |> withProperties [
        "bgcolor" =? BGColor; "bordercolor" =? BorderColor; "borderwidth" =? BorderWidth; "dtick" =? DTick; "exponentformat" =? ExponentFormat
        "len" =? Len; "nticks" =? NTicks; "orientation" =? Orientation; "outlinecolor" =? OutlineColor; "outlinewidth" =? OutlineWidth
        "showticklabels" =? ShowTickLabels; "thickness" =? Thickness; "tick0" =? Tick0; "tickangle" =? TickAngle; "tickcolor" =? TickColor
        "tickfont" =? TickFont; "tickformat" =? TickFormat; "ticklen" =? TickLen; "tickmode" =? TickMode; "tickprefix" =? TickPrefix
        "ticks" =? Ticks; "ticksuffix" =? TickSuffix; "ticktext" =? TickText; "tickvals" =? TickVals; "tickwidth" =? TickWidth
        "title" =? Title; "x" =? X; "xpad" =? XPad; "y" =? Y; "ypad" =? YPad ]

/// A line: of a trace, around a marker or a bar.
type Line() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?AutoColorScale: bool, [<Optional>] ?CAuto: bool, [<Optional>] ?CMax: float, [<Optional>] ?CMid: float,
     [<Optional>] ?CMin: float, [<Optional>] ?Color: Color, [<Optional>] ?ColorAxis: StyleParam.SubPlotId,
     [<Optional>] ?Colorscale: StyleParam.Colorscale, [<Optional>] ?ReverseScale: bool, [<Optional>] ?ShowScale: bool,
     [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?Dash: StyleParam.DrawingStyle, [<Optional>] ?Shape: StyleParam.Shape,
     [<Optional>] ?Simplify: bool, [<Optional>] ?Smoothing: float, [<Optional>] ?Width: float, [<Optional>] ?MultiWidth: seq<float>) : Line =
    Line() |> withProperties [
        "autocolorscale" =? AutoColorScale; "cauto" =? CAuto; "cmax" =? CMax; "cmid" =? CMid; "cmin" =? CMin; "color" =? Color
        "coloraxis" =? ColorAxis; "colorscale" =? Colorscale; "reversescale" =? ReverseScale; "showscale" =? ShowScale; "colorbar" =? ColorBar
        "dash" =? Dash; "shape" =? Shape; "simplify" =? Simplify; "smoothing" =? Smoothing; "width" =? Width; "width" =? MultiWidth ]
