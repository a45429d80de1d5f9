namespace Plotly.NET.TraceObjects

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET

/// The markers of a trace, or its bars or parts.
type Marker() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Angle: float, [<Optional>] ?AutoColorScale: bool, [<Optional>] ?CAuto: bool, [<Optional>] ?CMax: float,
     [<Optional>] ?CMid: float, [<Optional>] ?CMin: float, [<Optional>] ?Color: Color, [<Optional>] ?Colors: seq<Color>,
     [<Optional>] ?ColorAxis: StyleParam.SubPlotId, [<Optional>] ?ColorBar: ColorBar, [<Optional>] ?Colorscale: StyleParam.Colorscale,
     [<Optional>] ?Outline: Line, [<Optional>] ?MaxDisplayed: int, [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>,
     [<Optional>] ?ReverseScale: bool, [<Optional>] ?ShowScale: bool, [<Optional>] ?Size: int, [<Optional>] ?MultiSize: seq<int>,
     [<Optional>] ?SizeMin: int, [<Optional>] ?SizeMode: StyleParam.MarkerSizeMode, [<Optional>] ?SizeRef: int,
     [<Optional>] ?Symbol: StyleParam.MarkerSymbol, [<Optional>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>,
     [<Optional>] ?Symbol3D: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiSymbol3D: seq<StyleParam.MarkerSymbol3D>) : Marker =
    Marker() |> withProperties [
        "angle" =? Angle; "autocolorscale" =? AutoColorScale; "cauto" =? CAuto; "cmax" =? CMax; "cmid" =? CMid; "cmin" =? CMin
        "color" =? Color; "colors" =? Colors; "coloraxis" =? ColorAxis; "colorbar" =? ColorBar; "colorscale" =? Colorscale; "line" =? Outline
        "maxdisplayed" =? MaxDisplayed; "opacity" =? Opacity; "opacity" =? MultiOpacity; "reversescale" =? ReverseScale
        "showscale" =? ShowScale; "size" =? Size; "size" =? MultiSize; "sizemin" =? SizeMin; "sizemode" =? SizeMode; "sizeref" =? SizeRef
        "symbol" =? Symbol; "symbol" =? MultiSymbol; "symbol" =? Symbol3D; "symbol" =? MultiSymbol3D ]

/// Error bars. Array holds their lengths, one a point; Arrayminus those below where they differ.
type Error() =
  inherit DynamicObj()
  static member init<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?Visible: bool, [<Optional>] ?Type: StyleParam.ErrorType, [<Optional>] ?Symmetric: bool, [<Optional>] ?Array: seq<'a>,
     [<Optional>] ?Arrayminus: seq<'b>, [<Optional>] ?Value: float, [<Optional>] ?Valueminus: float, [<Optional>] ?Color: Color,
     [<Optional>] ?Thickness: float, [<Optional>] ?Width: float) : Error =
    Error() |> withProperties [
        "visible" =? Visible; "type" =? Type; "symmetric" =? Symmetric; "array" =? Array; "arrayminus" =? Arrayminus; "value" =? Value
        "valueminus" =? Valueminus; "color" =? Color; "thickness" =? Thickness; "width" =? Width ]

/// The bins of a histogram.
type Bins() =
  inherit DynamicObj()
  static member init([<Optional>] ?Start: float, [<Optional>] ?End: float, [<Optional>] ?Size: float) : Bins =
    Bins() |> withProperties [
        "start" =? Start; "end" =? End; "size" =? Size ]

/// The box inside a violin.
type Box() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Visible: bool, [<Optional>] ?Width: float, [<Optional>] ?FillColor: Color, [<Optional>] ?LineColor: Color,
     [<Optional>] ?LineWidth: float) : Box =
    Box() |> withProperties [
        "visible" =? Visible; "width" =? Width; "fillcolor" =? FillColor
        "line" =? (if LineColor.IsSome || LineWidth.IsSome then Some(Line.init (?Color = LineColor, ?Width = LineWidth)) else None) ]

/// The line at the mean of a violin.
type MeanLine() =
  inherit DynamicObj()
  static member init([<Optional>] ?Visible: bool, [<Optional>] ?Color: Color, [<Optional>] ?Width: float) : MeanLine =
    MeanLine() |> withProperties [
        "visible" =? Visible; "color" =? Color; "width" =? Width ]

/// The lines of equal height of a contour plot.
type Contours() =
  inherit DynamicObj()
  static member init<'a when 'a :> IConvertible>
    ([<Optional>] ?Coloring: StyleParam.ContourColoring, [<Optional>] ?End: float, [<Optional>] ?LabelFont: Font,
     [<Optional>] ?LabelFormat: string, [<Optional>] ?ShowLabels: bool, [<Optional>] ?ShowLines: bool, [<Optional>] ?Size: float,
     [<Optional>] ?Start: float, [<Optional>] ?Value: 'a) : Contours =
    Contours() |> withProperties [
        "coloring" =? Coloring; "end" =? End; "labelfont" =? LabelFont; "labelformat" =? LabelFormat; "showlabels" =? ShowLabels
        "showlines" =? ShowLines; "size" =? Size; "start" =? Start; "value" =? Value ]

/// The ground of the cells of a table.
type TableFill() =
  inherit DynamicObj()
  static member init([<Optional>] ?Color: Color) : TableFill =
    TableFill() |> withProperties [
        "color" =? Color ]

/// The head or the cells of a table, column by column.
type TableCells() =
  inherit DynamicObj()
  static member init<'a, 'b when 'a :> seq<'b> and 'b :> IConvertible>
    ([<Optional>] ?Align: StyleParam.HorizontalAlign, [<Optional>] ?MultiAlign: seq<StyleParam.HorizontalAlign>,
     [<Optional>] ?Fill: TableFill, [<Optional>] ?Font: Font, [<Optional>] ?Format: seq<string>, [<Optional>] ?Height: int,
     [<Optional>] ?Line: Line, [<Optional>] ?Prefix: string, [<Optional>] ?MultiPrefix: seq<string>, [<Optional>] ?Suffix: string,
     [<Optional>] ?MultiSuffix: seq<string>, [<Optional>] ?Values: seq<'a>) : TableCells =
    TableCells() |> withProperties [
        "align" =? Align; "align" =? MultiAlign; "fill" =? Fill; "font" =? Font; "format" =? Format; "height" =? Height; "line" =? Line
        "prefix" =? Prefix; "prefix" =? MultiPrefix; "suffix" =? Suffix; "suffix" =? MultiSuffix; "values" =? Values ]

/// The nodes of a Sankey diagram.
type SankeyNodes() =
  inherit DynamicObj()
  static member init<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> seq<int> and 'c :> IConvertible and 'd :> IConvertible>
    ([<Optional>] ?Color: Color, [<Optional>] ?CustomData: seq<'a>, [<Optional>] ?Groups: seq<'b>, [<Optional>] ?Label: seq<string>,
     [<Optional>] ?Line: Line, [<Optional>] ?Pad: int, [<Optional>] ?Thickness: int, [<Optional>] ?X: seq<'c>,
     [<Optional>] ?Y: seq<'d>) : SankeyNodes =
    SankeyNodes() |> withProperties [
        "color" =? Color; "customdata" =? CustomData; "groups" =? Groups; "label" =? Label; "line" =? Line; "pad" =? Pad
        "thickness" =? Thickness; "x" =? X; "y" =? Y ]

/// The flows of a Sankey diagram: from node Source to node Target, by index, Value wide.
type SankeyLinks() =
  inherit DynamicObj()
  static member init<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    ([<Optional>] ?ArrowLen: int, [<Optional>] ?Color: Color, [<Optional>] ?CustomData: seq<'a>, [<Optional>] ?Label: seq<string>,
     [<Optional>] ?Line: Line, [<Optional>] ?Source: seq<int>, [<Optional>] ?Target: seq<int>, [<Optional>] ?Value: seq<'b>) : SankeyLinks =
    SankeyLinks() |> withProperties [
        "arrowlen" =? ArrowLen; "color" =? Color; "customdata" =? CustomData; "label" =? Label; "line" =? Line; "source" =? Source
        "target" =? Target; "value" =? Value ]

/// A table has the same parts in its head.
type TableHeader = TableCells

/// One axis of a plot of parallel coordinates.
type Dimension() =
  inherit DynamicObj()
  static member initParallel<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible>
    ([<Optional>] ?ConstraintRange: StyleParam.Range, [<Optional>] ?Label: 'a, [<Optional>] ?MultiSelect: bool, [<Optional>] ?Name: string,
     [<Optional>] ?Range: StyleParam.Range, [<Optional>] ?TickText: seq<'b>, [<Optional>] ?Tickvals: seq<'c>, [<Optional>] ?Values: seq<'d>,
     [<Optional>] ?Visible: bool) : Dimension =
    Dimension() |> withProperties [
        "constraintrange" =? ConstraintRange; "label" =? Label; "multiselect" =? MultiSelect; "name" =? Name; "range" =? Range
        "ticktext" =? TickText; "tickvals" =? Tickvals; "values" =? Values; "visible" =? Visible ]
