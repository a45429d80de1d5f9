namespace DynamicObj

open System
open System.Collections.Generic

/// An object with named properties that becomes a JSON object. Every typed plotly object is one, so that a property
/// without a typed parameter can still be set by its plotly.js name.
[<AllowNullLiteral>]
type DynamicObj() =
  let mutable properties = List<KeyValuePair<string, obj>>()
  let find name = properties.FindIndex(fun p -> p.Key = name)

  /// The properties in the order in which they were first set; typed objects have no others to include.
  member _.GetProperties(includeInstanceProperties: bool) : seq<KeyValuePair<string, obj>> =
    ignore includeInstanceProperties
    properties

  /// Sets a property by its plotly.js name.
  member _.SetValue(name: string, value: obj) =
    match find name with
    | -1 -> properties.Add(KeyValuePair(name, value))
    | i -> properties[i] <- KeyValuePair(name, value)

  /// The value of a property, None where it is not set.
  member _.TryGetValue(name: string) =
    match find name with
    | -1 -> None
    | i -> Some properties[i].Value

  /// The value of a property, None where it is not set or has another type.
  member this.TryGetTypedValue<'T>(name: string) =
    match this.TryGetValue name with
    | Some(:? 'T as value) -> Some value
    | _ -> None

  /// Whether the property was set.
  member _.Remove(name: string) =
    match find name with
    | -1 -> false
    | i ->
        properties.RemoveAt i
        true

  /// An object of the same type with the same properties; nested objects are shared.
  member internal this.Copy() : DynamicObj =
    let copy = this.MemberwiseClone() :?> DynamicObj
    copy.Detach()
    copy
  member private _.Detach() = properties <- List<KeyValuePair<string, obj>>(properties)

/// Functions on dynamic objects that return a new object.
module internal DynObj =
  let copy (original: 'T :> DynamicObj) : 'T = downcast (box (original.Copy()))

  /// A copy with the given properties set; None leaves a property alone.
  let withProperties (properties: seq<string * obj option>) (original: 'T :> DynamicObj) : 'T =
    let changed = copy original
    for name, value in properties do
      value |> Option.iter (fun v -> changed.SetValue(name, v))
    changed

  let without (name: string) (original: 'T :> DynamicObj) : 'T =
    let changed = copy original
    changed.Remove name |> ignore
    changed

  let rec private combineObjects (first: DynamicObj) (second: DynamicObj) : DynamicObj =
    let both = first.Copy()
    for property in second.GetProperties false do
      match both.TryGetValue property.Key, property.Value with
      | Some(:? DynamicObj as mine), (:? DynamicObj as theirs) when mine.GetType() = theirs.GetType() ->
          both.SetValue(property.Key, combineObjects mine theirs)
      | _, value -> both.SetValue(property.Key, value)
    both

  /// Both objects together; where both set a property the second wins, nested objects are combined.
  let combine (first: 'T :> DynamicObj) (second: 'T) : 'T = downcast (box (combineObjects first second))

  /// The object with a part of it combined with the given one.
  let withPart (name: string) (part: 'P :> DynamicObj) (whole: 'T :> DynamicObj) : 'T =
    let merged = match whole.TryGetTypedValue<'P> name with Some existing -> combine existing part | None -> part
    whole |> withProperties [ name, Some(box merged) ]

  /// A property from an optional argument.
  let (=?) (name: string) (value: 'T option) : string * obj option = name, Option.map box value
  /// A property that is always set.
  let (=!) (name: string) (value: 'T) : string * obj option = name, Some(box value)
