namespace Plotly.NET.LayoutObjects

open System
open System.Runtime.InteropServices
open DynamicObj
open Plotly.NET
open DynamicObj.DynObj

/// An axis.
type LinearAxis() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Visible: bool,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?AxisType: StyleParam.AxisType,
      [<Optional; DefaultParameterValue(null)>] ?AutoRange: StyleParam.AutoRange,
      [<Optional; DefaultParameterValue(null)>] ?Range: StyleParam.Range,
      [<Optional; DefaultParameterValue(null)>] ?TickVals: seq<float>,
      [<Optional; DefaultParameterValue(null)>] ?TickText: seq<string>,
      [<Optional; DefaultParameterValue(null)>] ?TickAngle: int,
      [<Optional; DefaultParameterValue(null)>] ?TickFont: Font,
      [<Optional; DefaultParameterValue(null)>] ?TickFormat: string,
      [<Optional; DefaultParameterValue(null)>] ?NTicks: int,
      [<Optional; DefaultParameterValue(null)>] ?DTick: float,
      [<Optional; DefaultParameterValue(null)>] ?ShowTickLabels: bool,
      [<Optional; DefaultParameterValue(null)>] ?AutoMargin: bool,
      [<Optional; DefaultParameterValue(null)>] ?ShowLine: bool,
      [<Optional; DefaultParameterValue(null)>] ?LineColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?LineWidth: float,
      [<Optional; DefaultParameterValue(null)>] ?ShowGrid: bool,
      [<Optional; DefaultParameterValue(null)>] ?GridColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?ZeroLine: bool,
      [<Optional; DefaultParameterValue(null)>] ?ZeroLineColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?Anchor: StyleParam.LinearAxisId,
      [<Optional; DefaultParameterValue(null)>] ?Side: StyleParam.Side,
      [<Optional; DefaultParameterValue(null)>] ?Overlaying: StyleParam.LinearAxisId,
      [<Optional; DefaultParameterValue(null)>] ?Domain: StyleParam.Range,
      [<Optional; DefaultParameterValue(null)>] ?CategoryOrder: StyleParam.CategoryOrder,
      [<Optional; DefaultParameterValue(null)>] ?CategoryArray: seq<string>
    ) : LinearAxis =
    LinearAxis() |> withProperties [
        "visible" =? Visible; "color" =? Color; "title" =? Title; "type" =? AxisType; "autorange" =? AutoRange
        "range" =? Range; "tickvals" =? TickVals; "ticktext" =? TickText; "tickangle" =? TickAngle
        "tickfont" =? TickFont; "tickformat" =? TickFormat; "nticks" =? NTicks; "dtick" =? DTick
        "showticklabels" =? ShowTickLabels; "automargin" =? AutoMargin; "showline" =? ShowLine; "linecolor" =? LineColor
        "linewidth" =? LineWidth; "showgrid" =? ShowGrid; "gridcolor" =? GridColor; "zeroline" =? ZeroLine
        "zerolinecolor" =? ZeroLineColor; "anchor" =? Anchor; "side" =? Side; "overlaying" =? Overlaying
        "domain" =? Domain; "categoryorder" =? CategoryOrder; "categoryarray" =? CategoryArray ]

/// The legend of a chart.
type Legend() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?BGColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?BorderColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?BorderWidth: float,
      [<Optional; DefaultParameterValue(null)>] ?Font: Font,
      [<Optional; DefaultParameterValue(null)>] ?Orientation: StyleParam.Orientation,
      [<Optional; DefaultParameterValue(null)>] ?Title: Title,
      [<Optional; DefaultParameterValue(null)>] ?X: float,
      [<Optional; DefaultParameterValue(null)>] ?XAnchor: StyleParam.XAnchorPosition,
      [<Optional; DefaultParameterValue(null)>] ?Y: float,
      [<Optional; DefaultParameterValue(null)>] ?YAnchor: StyleParam.YAnchorPosition
    ) : Legend =
    Legend() |> withProperties [
        "bgcolor" =? BGColor; "bordercolor" =? BorderColor; "borderwidth" =? BorderWidth; "font" =? Font
        "orientation" =? Orientation; "title" =? Title; "x" =? X; "xanchor" =? XAnchor; "y" =? Y; "yanchor" =? YAnchor ]

/// A text in the plot, with or without an arrow.
type Annotation() =
  inherit DynamicObj()
  static member init<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (
      [<Optional; DefaultParameterValue(null)>] ?X: 'a,
      [<Optional; DefaultParameterValue(null)>] ?Y: 'b,
      [<Optional; DefaultParameterValue(null)>] ?XRef: string,
      [<Optional; DefaultParameterValue(null)>] ?YRef: string,
      [<Optional; DefaultParameterValue(null)>] ?XAnchor: StyleParam.XAnchorPosition,
      [<Optional; DefaultParameterValue(null)>] ?YAnchor: StyleParam.YAnchorPosition,
      [<Optional; DefaultParameterValue(null)>] ?Text: string,
      [<Optional; DefaultParameterValue(null)>] ?TextAngle: float,
      [<Optional; DefaultParameterValue(null)>] ?Font: Font,
      [<Optional; DefaultParameterValue(null)>] ?ShowArrow: bool,
      [<Optional; DefaultParameterValue(null)>] ?BGColor: Color,
      [<Optional; DefaultParameterValue(null)>] ?Opacity: float
    ) : Annotation =
    Annotation() |> withProperties [
        "x" =? X; "y" =? Y; "xref" =? XRef; "yref" =? YRef; "xanchor" =? XAnchor; "yanchor" =? YAnchor; "text" =? Text
        "textangle" =? TextAngle; "font" =? Font; "showarrow" =? ShowArrow; "bgcolor" =? BGColor; "opacity" =? Opacity ]

/// How the plots of a chart stand in rows and columns.
type LayoutGrid() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Rows: int,
      [<Optional; DefaultParameterValue(null)>] ?Columns: int,
      [<Optional; DefaultParameterValue(null)>] ?RowOrder: StyleParam.LayoutGridRowOrder,
      [<Optional; DefaultParameterValue(null)>] ?Pattern: StyleParam.LayoutGridPattern,
      [<Optional; DefaultParameterValue(null)>] ?XGap: float,
      [<Optional; DefaultParameterValue(null)>] ?YGap: float
    ) : LayoutGrid =
    LayoutGrid() |> withProperties [
        "rows" =? Rows; "columns" =? Columns; "roworder" =? RowOrder; "pattern" =? Pattern; "xgap" =? XGap
        "ygap" =? YGap ]

/// The space around the plot, in pixels.
type Margin() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Left: int,
      [<Optional; DefaultParameterValue(null)>] ?Right: int,
      [<Optional; DefaultParameterValue(null)>] ?Top: int,
      [<Optional; DefaultParameterValue(null)>] ?Bottom: int,
      [<Optional; DefaultParameterValue(null)>] ?Pad: int,
      [<Optional; DefaultParameterValue(null)>] ?Autoexpand: bool
    ) : Margin =
    Margin() |> withProperties [
        "l" =? Left; "r" =? Right; "t" =? Top; "b" =? Bottom; "pad" =? Pad; "autoexpand" =? Autoexpand ]
