namespace Deedle

open System
open System.Collections.Generic
open System.Reflection
open Deedle.Indices

/// The columns of records, read without boxing where the records are objects.
type internal RecordColumns<'T>(records: 'T[]) =
  member private _.Typed<'V>(getter: MethodInfo) : IVector =
    let read = getter.CreateDelegate<Func<'T, 'V>>()
    Vector.ofValues (records |> Array.map read.Invoke)
  member this.OfProperty(property: PropertyInfo) : IVector =
    if typeof<'T>.IsValueType then
      records |> Array.map (fun r -> property.GetValue(box r)) |> Vector.ofObjectsAs property.PropertyType
    else
      let typed = typeof<RecordColumns<'T>>.GetMethod("Typed", BindingFlags.Instance ||| BindingFlags.NonPublic ||| BindingFlags.Public)
      typed.MakeGenericMethod(property.PropertyType).Invoke(this, [| property.GetGetMethod true |]) :?> IVector
  member _.OfField(field: FieldInfo) : IVector = records |> Array.map (fun r -> field.GetValue(box r)) |> Vector.ofObjectsAs field.FieldType

/// The shapes of data that a frame can be made from.
module internal Construction =
  let private everything = BindingFlags.Instance ||| BindingFlags.Public ||| BindingFlags.NonPublic

  let ofRecords (records: 'T[]) (index: IIndex<'K>) : Frame<'K, string> =
    let properties =
      typeof<'T>.GetProperties everything
      |> Array.filter (fun p ->
        p.CanRead && p.GetIndexParameters().Length = 0 && not (p.Name.Contains '.')
        && (let getter = p.GetGetMethod true in not (isNull getter) && (getter.IsPublic || getter.IsAssembly)))
    let fields =
      typeof<'T>.GetFields everything
      |> Array.filter (fun f -> (f.IsPublic || f.IsAssembly) && not (f.IsDefined typeof<System.Runtime.CompilerServices.CompilerGeneratedAttribute>))
    if properties.Length = 0 && fields.Length = 0 then
      let problem = $"The type {typeof<'T>.Name} has no properties, so a frame of it would have no columns"
      invalidArg (nameof records) $"{problem}; use a record, a class or an anonymous type."
    let columns = RecordColumns records
    Frame<'K, string>(
      index,
      Index.ofKeys (Array.append (properties |> Array.map _.Name) (fields |> Array.map _.Name)),
      Array.append (properties |> Array.map columns.OfProperty) (fields |> Array.map columns.OfField))

  let ofColumns (columns: seq<KeyValuePair<'C, 'S>>) : Frame<'R, 'C> when 'S :> ISeries<'R> =
    let columns = Array.ofSeq columns
    Frame<'R, 'C>(columns |> Array.map _.Key, columns |> Seq.map (fun kv -> kv.Value :> ISeries<'R>))

  let ofRows (rows: seq<KeyValuePair<'R, 'S>>) : Frame<'R, 'C> when 'S :> ISeries<'C> =
    let rows = Array.ofSeq rows
    FrameRows.ofRows (Index.ofKeys (rows |> Array.map _.Key)) (rows |> Array.map (fun kv -> kv.Value :> ISeries<'C>))

  let ofValues (values: seq<'T>) (column: 'T -> 'C) (row: 'T -> 'R) (value: 'T -> 'V) : Frame<'R, 'C> =
    let values = Array.ofSeq values
    Grouping.byLabel (Array.map column values)
    |> Array.map (fun (key, cells) ->
      let cells = cells |> Array.map (fun i -> values[i])
      KeyValuePair(key, Series<'R, 'V>(Array.map row cells, Array.map value cells)))
    |> ofColumns

  let private ofCells rows columns (cell: int -> int -> 'T) : Frame<int, int> =
    Frame<int, int>(
      Index.ordinal rows,
      Index.ordinal columns,
      Array.init columns (fun c -> Vector.ofValues (Array.init rows (fun r -> cell r c)) :> IVector))

  let ofMatrix (matrix: 'T[,]) = ofCells (matrix.GetLength 0) (matrix.GetLength 1) (fun r c -> matrix[r, c])

  let ofJagged (rows: 'T[][]) =
    let width = if rows.Length = 0 then 0 else rows[0].Length
    match rows |> Array.tryFindIndex (fun row -> row.Length <> width) with
    | Some i -> invalidOp $"Row {i} of the jagged array has {rows[i].Length} values and row 0 has {width}; a frame needs rows of one length."
    | None -> ofCells rows.Length width (fun r c -> rows[r][c])
