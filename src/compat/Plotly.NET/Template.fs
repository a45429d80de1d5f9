namespace Plotly.NET

open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj

/// One set of data as plotly.js draws it: its properties are those of plotly.js's trace of the same type.
type Trace(traceTypeName: string) as this =
  inherit DynamicObj()
  do this.SetValue("type", traceTypeName)
  /// The plotly.js type, such as "scatter".
  member _.``type`` = traceTypeName

/// Defaults for layouts and traces, applied by plotly.js where a chart sets nothing itself.
type Template() =
  inherit DynamicObj()
  static member init<'a when 'a :> Trace>(layoutTemplate: Layout, [<Optional>] ?TraceTemplates: seq<'a>) : Template =
    let data = DynamicObj()
    for kind, group in TraceTemplates |> Option.defaultValue Seq.empty |> Seq.groupBy _.``type`` do
      // The type is the key; inside a template plotly.js does not expect it again.
      data.SetValue(kind, group |> Seq.map (without "type") |> Array.ofSeq)
    Template() |> withProperties [ "layout" =! layoutTemplate; "data" =! data ]
  /// The template with its layout changed.
  static member mapLayoutTemplate (styleF: Layout -> Layout) (template: Template) : Template =
    template |> withProperties [ "layout" =? (template.TryGetTypedValue<Layout> "layout" |> Option.map styleF) ]
  /// The template with the colours that traces take in turn.
  static member withColorWay (colorway: Color) (template: Template) : Template =
    template |> Template.mapLayoutTemplate (withProperties [ "colorway" =! colorway ])
