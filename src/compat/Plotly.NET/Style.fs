namespace Plotly.NET

open System
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// What the charts share: parts from arguments, and data that is checked while the names of the arguments are known.
module internal Style =
  /// A part of a trace with the properties given one by one; None where nothing is given, so that the template decides.
  let part (create: unit -> 'T) (whole: 'T option) (properties: (string * obj option) list) : 'T option when 'T :> DynamicObj =
    if whole.IsNone && properties |> List.forall (snd >> Option.isNone) then None
    else Some(whole |> Option.defaultWith create |> withProperties properties)

  /// Text is drawn where it is given a place; without one it only shows when the mouse is over the point.
  let modeOf (position: 'a option) (positions: 'b option) (mode: StyleParam.Mode) =
    mode |> StyleParam.ModeUtils.showText (position.IsSome || positions.IsSome)

  let chart (useDefaults: bool option) (kind: string) (properties: (string * obj option) list) =
    Trace kind |> withProperties properties |> GenericChart.ofTraceObject (defaultArg useDefaults true)

  let inScene (projection: StyleParam.CameraProjectionType option) (camera: Camera option) (chart: GenericChart) =
    let projection = CameraProjection.init (ProjectionType = defaultArg projection StyleParam.CameraProjectionType.Perspective)
    let camera = camera |> Option.defaultWith Camera |> withProperties [ "projection" =! projection ]
    chart |> GenericChart.mapLayout (Layout.updateSceneById (StyleParam.SubPlotId.Scene 1, Scene.init (Camera = camera)))

  let column (values: seq<'v> option) = values |> Option.map Array.ofSeq

  /// Two columns of one length.
  let columns (firstName: string) (first: seq<'a>) (secondName: string) (second: seq<'b>) =
    let first, second = Array.ofSeq first, Array.ofSeq second
    if first.Length <> second.Length then
      invalidArg firstName
        $"{firstName} has {first.Length} values and {secondName} has {second.Length}; a chart needs as many of one as of the other."
    first, second

  let sameLength firstName first secondName second = columns firstName first secondName second |> ignore

  let columns3 firstName first secondName second thirdName third =
    let first, second = columns firstName first secondName second
    first, second, columns firstName first thirdName third |> snd

  /// A matrix whose rows are of one length.
  let matrix (name: string) (rows: seq<#seq<'z>>) =
    let rows = rows |> Seq.map Array.ofSeq |> Array.ofSeq
    match rows |> Array.tryFindIndex (fun row -> row.Length <> rows[0].Length) with
    | Some ragged ->
        invalidArg name $"Row {ragged} of {name} has {rows[ragged].Length} values and row 0 has {rows[0].Length}; a matrix needs rows of one length."
    | None -> rows

  let width (rows: 'z[][]) = if rows.Length = 0 then 0 else rows[0].Length

  /// The places of the columns or rows of a matrix: one a cell, or one more where they are the edges between cells.
  let labels (name: string) (values: seq<'l> option) (count: int) =
    let values = column values
    match values with
    | Some labels when labels.Length <> count && labels.Length <> count + 1 ->
        invalidArg name $"{name} has {labels.Length} values for a matrix with {count} along it."
    | _ -> values

  /// The pixels of an image: rows of one length.
  let pixels (name: string) (rows: seq<#seq<#seq<int>>>) = matrix name rows |> Array.map (Array.map Array.ofSeq)

  /// The cells of a table, row by row or column by column, all of one length.
  let table (name: string) (cells: seq<#seq<#IConvertible>>) =
    matrix name (cells |> Seq.map (Seq.map (fun cell -> cell :> IConvertible)))

  /// The dimensions of parallel coordinates, of one length.
  let dimensions (name: string) (pairs: seq<string * #seq<#IConvertible>>) =
    let pairs = pairs |> Seq.map (fun (key, values) -> key, values |> Seq.map (fun value -> value :> IConvertible) |> Array.ofSeq) |> Array.ofSeq
    for key, values in pairs do
      sameLength $"{name} '{fst pairs[0]}'" (snd pairs[0]) $"{name} '{key}'" values
    pairs |> Array.map (fun (key, values) -> Dimension.initParallel (Label = key, Values = values))
