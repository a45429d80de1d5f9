namespace Plotly.NET.TraceObjects

open System
open System.Runtime.InteropServices
open DynamicObj
open Plotly.NET
open DynamicObj.DynObj

/// The markers of a trace, or its bars.
type Marker() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?CMax: float,
      [<Optional; DefaultParameterValue(null)>] ?CMid: float,
      [<Optional; DefaultParameterValue(null)>] ?CMin: float,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?ColorBar: ColorBar,
      [<Optional; DefaultParameterValue(null)>] ?Colorscale: StyleParam.Colorscale,
      [<Optional; DefaultParameterValue(null)>] ?Outline: Line,
      [<Optional; DefaultParameterValue(null)>] ?Opacity: float,
      [<Optional; DefaultParameterValue(null)>] ?ReverseScale: bool,
      [<Optional; DefaultParameterValue(null)>] ?ShowScale: bool,
      [<Optional; DefaultParameterValue(null)>] ?Size: int,
      [<Optional; DefaultParameterValue(null)>] ?MultiSize: seq<int>,
      [<Optional; DefaultParameterValue(null)>] ?Symbol: StyleParam.MarkerSymbol,
      [<Optional; DefaultParameterValue(null)>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>
    ) : Marker =
    Marker() |> withProperties [
        "cmax" =? CMax; "cmid" =? CMid; "cmin" =? CMin; "color" =? Color; "colorbar" =? ColorBar
        "colorscale" =? Colorscale; "line" =? Outline; "opacity" =? Opacity; "reversescale" =? ReverseScale
        "showscale" =? ShowScale; "size" =? Size; "size" =? MultiSize; "symbol" =? Symbol; "symbol" =? MultiSymbol ]

/// Error bars. Array holds their lengths, one a point; Arrayminus those below where they differ.
type Error() =
  inherit DynamicObj()
  static member init<'a, 'b when 'a :> IConvertible and 'b :> IConvertible>
    (
      [<Optional; DefaultParameterValue(null)>] ?Visible: bool,
      [<Optional; DefaultParameterValue(null)>] ?Type: StyleParam.ErrorType,
      [<Optional; DefaultParameterValue(null)>] ?Symmetric: bool,
      [<Optional; DefaultParameterValue(null)>] ?Array: seq<'a>,
      [<Optional; DefaultParameterValue(null)>] ?Arrayminus: seq<'b>,
      [<Optional; DefaultParameterValue(null)>] ?Value: float,
      [<Optional; DefaultParameterValue(null)>] ?Valueminus: float,
      [<Optional; DefaultParameterValue(null)>] ?Color: Color,
      [<Optional; DefaultParameterValue(null)>] ?Thickness: float,
      [<Optional; DefaultParameterValue(null)>] ?Width: float
    ) : Error =
    Error() |> withProperties [
        "visible" =? Visible; "type" =? Type; "symmetric" =? Symmetric; "array" =? Array; "arrayminus" =? Arrayminus
        "value" =? Value; "valueminus" =? Valueminus; "color" =? Color; "thickness" =? Thickness; "width" =? Width ]

/// The bins of a histogram.
type Bins() =
  inherit DynamicObj()
  static member init
    (
      [<Optional; DefaultParameterValue(null)>] ?Start: float,
      [<Optional; DefaultParameterValue(null)>] ?End: float,
      [<Optional; DefaultParameterValue(null)>] ?Size: float
    ) : Bins =
    Bins() |> withProperties [
        "start" =? Start; "end" =? End; "size" =? Size ]
