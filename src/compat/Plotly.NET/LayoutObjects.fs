namespace Plotly.NET.LayoutObjects

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET

/// The space around the plot, in pixels.
type Margin() =
  inherit DynamicObj()
  static member init<'a, 'b, 'c, 'd, 'e, 'f>
    ([<Optional>] ?Left: 'a, [<Optional>] ?Right: 'b, [<Optional>] ?Top: 'c, [<Optional>] ?Bottom: 'd, [<Optional>] ?Pad: 'e,
     [<Optional>] ?Autoexpand: 'f) : Margin =
    Margin() |> withProperties [
        "l" =? Left; "r" =? Right; "t" =? Top; "b" =? Bottom; "pad" =? Pad; "autoexpand" =? Autoexpand ]

/// The part of the plot that a trace or a scene takes, in fractions or as a place in the grid.
type Domain() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?X: StyleParam.Range, [<Optional>] ?Y: StyleParam.Range, [<Optional>] ?Row: int, [<Optional>] ?Column: int) : Domain =
    Domain() |> withProperties [
        "x" =? X; "y" =? Y; "row" =? Row; "column" =? Column ]

/// How the plots of a chart stand in rows and columns.
type LayoutGrid() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Rows: int, [<Optional>] ?Columns: int, [<Optional>] ?XAxes: StyleParam.LinearAxisId[],
     [<Optional>] ?YAxes: StyleParam.LinearAxisId[], [<Optional>] ?RowOrder: StyleParam.LayoutGridRowOrder,
     [<Optional>] ?Pattern: StyleParam.LayoutGridPattern, [<Optional>] ?XGap: float, [<Optional>] ?YGap: float,
     [<Optional>] ?Domain: Domain) : LayoutGrid =
    LayoutGrid() |> withProperties [
        "rows" =? Rows; "columns" =? Columns; "xaxes" =? XAxes; "yaxes" =? YAxes; "roworder" =? RowOrder; "pattern" =? Pattern; "xgap" =? XGap
        "ygap" =? YGap; "domain" =? Domain ]

/// The colour scales of traces that name none.
type DefaultColorScales() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Diverging: StyleParam.Colorscale, [<Optional>] ?Sequential: StyleParam.Colorscale,
     [<Optional>] ?SequentialMinus: StyleParam.Colorscale) : DefaultColorScales =
    DefaultColorScales() |> withProperties [
        "diverging" =? Diverging; "sequential" =? Sequential; "sequentialminus" =? SequentialMinus ]

/// The label that shows when the mouse is over a point.
type Hoverlabel() =
  inherit DynamicObj()
  static member init([<Optional>] ?BgColor: Color, [<Optional>] ?Font: Font) : Hoverlabel =
    Hoverlabel() |> withProperties [
        "bgcolor" =? BgColor; "font" =? Font ]

/// An axis.
type LinearAxis() =
  inherit DynamicObj()
  static member init<'a, 'b, 'c, 'd, 'e, 'f, 'g, 'h
      when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible
      and 'f :> IConvertible and 'g :> IConvertible and 'h :> IConvertible>
    ([<Optional>] ?Visible: bool, [<Optional>] ?Color: Color, [<Optional>] ?Title: Title, [<Optional>] ?AxisType: StyleParam.AxisType,
     [<Optional>] ?AutoRange: StyleParam.AutoRange, [<Optional>] ?RangeMode: StyleParam.RangeMode, [<Optional>] ?Range: StyleParam.Range,
     [<Optional>] ?FixedRange: bool, [<Optional>] ?ScaleAnchor: StyleParam.ScaleAnchor, [<Optional>] ?ScaleRatio: float,
     [<Optional>] ?Constrain: StyleParam.AxisConstraint, [<Optional>] ?Matches: StyleParam.LinearAxisId, [<Optional>] ?MaxAllowed: 'a,
     [<Optional>] ?MinAllowed: 'b, [<Optional>] ?TickMode: StyleParam.TickMode, [<Optional>] ?NTicks: int, [<Optional>] ?Tick0: 'c,
     [<Optional>] ?DTick: 'd, [<Optional>] ?TickVals: seq<'e>, [<Optional>] ?TickText: seq<'f>, [<Optional>] ?Ticks: StyleParam.TickOptions,
     [<Optional>] ?Mirror: StyleParam.Mirror, [<Optional>] ?TickLen: int, [<Optional>] ?TickWidth: int, [<Optional>] ?TickColor: Color,
     [<Optional>] ?ShowTickLabels: bool, [<Optional>] ?AutoMargin: StyleParam.TickAutoMargin, [<Optional>] ?TickFont: Font,
     [<Optional>] ?TickAngle: int, [<Optional>] ?TickPrefix: string, [<Optional>] ?TickSuffix: string,
     [<Optional>] ?ExponentFormat: StyleParam.ExponentFormat, [<Optional>] ?SeparateThousands: bool, [<Optional>] ?TickFormat: string,
     [<Optional>] ?HoverFormat: string, [<Optional>] ?ShowLine: bool, [<Optional>] ?LineColor: Color, [<Optional>] ?LineWidth: float,
     [<Optional>] ?ShowGrid: bool, [<Optional>] ?GridColor: Color, [<Optional>] ?GridDash: StyleParam.DrawingStyle,
     [<Optional>] ?GridWidth: float, [<Optional>] ?ZeroLine: bool, [<Optional>] ?ZeroLineColor: Color, [<Optional>] ?ZeroLineWidth: float,
     [<Optional>] ?Anchor: StyleParam.LinearAxisId, [<Optional>] ?Side: StyleParam.Side, [<Optional>] ?Overlaying: StyleParam.LinearAxisId,
     [<Optional>] ?Layer: StyleParam.Layer, [<Optional>] ?Domain: StyleParam.Range, [<Optional>] ?Position: float,
     [<Optional>] ?CategoryOrder: StyleParam.CategoryOrder, [<Optional>] ?CategoryArray: seq<'g>, [<Optional>] ?UIRevision: 'h,
     [<Optional>] ?BackgroundColor: Color, [<Optional>] ?ShowBackground: bool) : LinearAxis =
    LinearAxis() |> withProperties [
        "visible" =? Visible; "color" =? Color; "title" =? Title; "type" =? AxisType; "autorange" =? AutoRange; "rangemode" =? RangeMode
        "range" =? Range; "fixedrange" =? FixedRange; "scaleanchor" =? ScaleAnchor; "scaleratio" =? ScaleRatio; "constrain" =? Constrain
        "matches" =? Matches; "maxallowed" =? MaxAllowed; "minallowed" =? MinAllowed; "tickmode" =? TickMode; "nticks" =? NTicks
        "tick0" =? Tick0; "dtick" =? DTick; "tickvals" =? TickVals; "ticktext" =? TickText; "ticks" =? Ticks; "mirror" =? Mirror
        "ticklen" =? TickLen; "tickwidth" =? TickWidth; "tickcolor" =? TickColor; "showticklabels" =? ShowTickLabels
        "automargin" =? AutoMargin; "tickfont" =? TickFont; "tickangle" =? TickAngle; "tickprefix" =? TickPrefix; "ticksuffix" =? TickSuffix
        "exponentformat" =? ExponentFormat; "separatethousands" =? SeparateThousands; "tickformat" =? TickFormat; "hoverformat" =? HoverFormat
        "showline" =? ShowLine; "linecolor" =? LineColor; "linewidth" =? LineWidth; "showgrid" =? ShowGrid; "gridcolor" =? GridColor
        "griddash" =? GridDash; "gridwidth" =? GridWidth; "zeroline" =? ZeroLine; "zerolinecolor" =? ZeroLineColor
        "zerolinewidth" =? ZeroLineWidth; "anchor" =? Anchor; "side" =? Side; "overlaying" =? Overlaying; "layer" =? Layer; "domain" =? Domain
        "position" =? Position; "categoryorder" =? CategoryOrder; "categoryarray" =? CategoryArray; "uirevision" =? UIRevision
        "backgroundcolor" =? BackgroundColor; "showbackground" =? ShowBackground ]

/// A colour scale that several traces share.
type ColorAxis() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?AutoColorScale: bool, [<Optional>] ?CMin: float, [<Optional>] ?CMid: float, [<Optional>] ?CMax: float,
     [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?ColorScale: StyleParam.Colorscale, [<Optional>] ?ShowScale: bool,
     [<Optional>] ?ReverseScale: bool) : ColorAxis =
    ColorAxis() |> withProperties [
        "autocolorscale" =? AutoColorScale; "cmin" =? CMin; "cmid" =? CMid; "cmax" =? CMax; "colorbar" =? ColorBar; "colorscale" =? ColorScale
        "showscale" =? ShowScale; "reversescale" =? ReverseScale ]

/// The legend of a chart.
type Legend() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?BGColor: Color, [<Optional>] ?BorderColor: Color, [<Optional>] ?BorderWidth: float, [<Optional>] ?EntryWidth: float,
     [<Optional>] ?Font: Font, [<Optional>] ?ItemWidth: int, [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?Title: Title,
     [<Optional>] ?TraceGroupGap: float, [<Optional>] ?TraceOrder: StyleParam.TraceOrder,
     [<Optional>] ?VerticalAlign: StyleParam.VerticalAlign, [<Optional>] ?Visible: bool, [<Optional>] ?X: float,
     [<Optional>] ?XAnchor: StyleParam.XAnchorPosition, [<Optional>] ?XRef: string, [<Optional>] ?Y: float,
     [<Optional>] ?YAnchor: StyleParam.YAnchorPosition, [<Optional>] ?YRef: string) : Legend =
    Legend() |> withProperties [
        "bgcolor" =? BGColor; "bordercolor" =? BorderColor; "borderwidth" =? BorderWidth; "entrywidth" =? EntryWidth; "font" =? Font
        "itemwidth" =? ItemWidth; "orientation" =? Orientation; "title" =? Title; "tracegroupgap" =? TraceGroupGap; "traceorder" =? TraceOrder
        "valign" =? VerticalAlign; "visible" =? Visible; "x" =? X; "xanchor" =? XAnchor; "xref" =? XRef; "y" =? Y; "yanchor" =? YAnchor
        "yref" =? YRef ]

/// A text in the plot, with or without an arrow.
type Annotation() =
  inherit DynamicObj()
  static member init<'a, 'b, 'c, 'd, 'e, 'f, 'g, 'h, 'i, 'j
      when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible
      and 'f :> IConvertible and 'g :> IConvertible and 'h :> IConvertible and 'i :> IConvertible and 'j :> IConvertible>
    ([<Optional>] ?X: 'a, [<Optional>] ?Y: 'b, [<Optional>] ?Align: StyleParam.AnnotationAlignment, [<Optional>] ?ArrowColor: Color,
     [<Optional>] ?ArrowHead: StyleParam.ArrowHead, [<Optional>] ?ArrowSide: StyleParam.ArrowSide, [<Optional>] ?ArrowSize: float,
     [<Optional>] ?AX: 'c, [<Optional>] ?AXRef: 'd, [<Optional>] ?AY: 'e, [<Optional>] ?AYRef: 'f, [<Optional>] ?BGColor: Color,
     [<Optional>] ?BorderColor: Color, [<Optional>] ?BorderPad: int, [<Optional>] ?BorderWidth: int, [<Optional>] ?Font: Font,
     [<Optional>] ?Height: int, [<Optional>] ?HoverText: string, [<Optional>] ?Name: string, [<Optional>] ?Opacity: float,
     [<Optional>] ?ShowArrow: bool, [<Optional>] ?StandOff: int, [<Optional>] ?Text: string, [<Optional>] ?TextAngle: float,
     [<Optional>] ?VAlign: StyleParam.VerticalAlign, [<Optional>] ?Visible: bool, [<Optional>] ?Width: int,
     [<Optional>] ?XAnchor: StyleParam.XAnchorPosition, [<Optional>] ?XClick: 'g, [<Optional>] ?XRef: 'h, [<Optional>] ?XShift: int,
     [<Optional>] ?YAnchor: StyleParam.YAnchorPosition, [<Optional>] ?YClick: 'i, [<Optional>] ?YRef: 'j, [<Optional>] ?YShift: int) : Annotation =
    Annotation() |> withProperties [
        "x" =? X; "y" =? Y; "align" =? Align; "arrowcolor" =? ArrowColor; "arrowhead" =? ArrowHead; "arrowside" =? ArrowSide
        "arrowsize" =? ArrowSize; "ax" =? AX; "axref" =? AXRef; "ay" =? AY; "ayref" =? AYRef; "bgcolor" =? BGColor
        "bordercolor" =? BorderColor; "borderpad" =? BorderPad; "borderwidth" =? BorderWidth; "font" =? Font; "height" =? Height
        "hovertext" =? HoverText; "name" =? Name; "opacity" =? Opacity; "showarrow" =? ShowArrow; "standoff" =? StandOff; "text" =? Text
        "textangle" =? TextAngle; "valign" =? VAlign; "visible" =? Visible; "width" =? Width; "xanchor" =? XAnchor; "xclick" =? XClick
        "xref" =? XRef; "xshift" =? XShift; "yanchor" =? YAnchor; "yclick" =? YClick; "yref" =? YRef; "yshift" =? YShift ]

/// The text of a shape.
type ShapeLabel() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Font: Font, [<Optional>] ?Padding: int, [<Optional>] ?Text: string, [<Optional>] ?TextPosition: StyleParam.TextPosition,
     [<Optional>] ?XAnchor: StyleParam.XAnchorPosition, [<Optional>] ?YAnchor: StyleParam.YAnchorPosition) : ShapeLabel =
    ShapeLabel() |> withProperties [
        "font" =? Font; "padding" =? Padding; "text" =? Text; "textposition" =? TextPosition; "xanchor" =? XAnchor; "yanchor" =? YAnchor ]

/// A line, rectangle, circle or path in the plot.
type Shape() =
  inherit DynamicObj()
  static member init<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible>
    ([<Optional>] ?FillColor: Color, [<Optional>] ?Label: ShapeLabel, [<Optional>] ?ShowLegend: bool, [<Optional>] ?LegendGroup: string,
     [<Optional>] ?Layer: StyleParam.Layer, [<Optional>] ?Line: Line, [<Optional>] ?Name: string, [<Optional>] ?Opacity: float,
     [<Optional>] ?Path: string, [<Optional>] ?ShapeType: StyleParam.ShapeType, [<Optional>] ?Visible: bool, [<Optional>] ?X0: 'a,
     [<Optional>] ?X1: 'b, [<Optional>] ?XAnchor: StyleParam.LinearAxisId, [<Optional>] ?Xref: string, [<Optional>] ?Y0: 'c,
     [<Optional>] ?Y1: 'd, [<Optional>] ?YAnchor: StyleParam.LinearAxisId, [<Optional>] ?Yref: string) : Shape =
    Shape() |> withProperties [
        "fillcolor" =? FillColor; "label" =? Label; "showlegend" =? ShowLegend; "legendgroup" =? LegendGroup; "layer" =? Layer; "line" =? Line
        "name" =? Name; "opacity" =? Opacity; "path" =? Path; "type" =? ShapeType; "visible" =? Visible; "x0" =? X0; "x1" =? X1
        "xanchor" =? XAnchor; "xref" =? Xref; "y0" =? Y0; "y1" =? Y1; "yanchor" =? YAnchor; "yref" =? Yref ]
