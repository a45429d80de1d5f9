namespace Plotly.NET

open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj

/// How a chart behaves in the browser.
type Config() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?StaticPlot: bool, [<Optional>] ?Responsive: bool, [<Optional>] ?DisplayModeBar: bool, [<Optional>] ?Displaylogo: bool) : Config =
    Config() |> withProperties [
        "staticPlot" =? StaticPlot; "responsive" =? Responsive; "displayModeBar" =? DisplayModeBar; "displaylogo" =? Displaylogo ]
