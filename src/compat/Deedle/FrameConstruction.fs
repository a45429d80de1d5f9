namespace Deedle

open System
open System.Collections.Generic
open System.IO
open System.Reflection
open System.Runtime.InteropServices
open System.Text

/// The shapes of data that a frame can be made from.
module internal Construction =
  let ofRecords (records: 'T[]) (index: IIndex<'K>) : Frame<'K, string> =
    let properties =
      typeof<'T>.GetProperties(BindingFlags.Public ||| BindingFlags.Instance)
      |> Array.filter (fun p -> p.CanRead && p.GetIndexParameters().Length = 0)
    if properties.Length = 0 then
      invalidArg (nameof records) $"The type {typeof<'T>.Name} has no public properties, so a frame of it would have no columns; use a record, a class or an anonymous type."
    let column (property: PropertyInfo) = Vector.ofObjects property.PropertyType (records |> Array.map (fun r -> property.GetValue(box r)))
    Frame<'K, string>(index, Index.ofKeys (properties |> Array.map _.Name), properties |> Array.map column)

  let ofColumns (columns: seq<KeyValuePair<'C, 'S>>) : Frame<'R, 'C> when 'S :> ISeries<'R> =
    let columns = Array.ofSeq columns
    Frame<'R, 'C>(columns |> Array.map _.Key, columns |> Seq.map (fun kv -> kv.Value :> ISeries<'R>))

  let ofRows (rows: seq<KeyValuePair<'R, 'S>>) : Frame<'R, 'C> when 'S :> ISeries<'C> =
    let rows = Array.ofSeq rows
    FrameRows.ofRows (Index.ofKeys (rows |> Array.map _.Key)) (rows |> Array.map (fun kv -> kv.Value :> ISeries<'C>))

  let ofValues (values: seq<'T>) (column: 'T -> 'C) (row: 'T -> 'R) (value: 'T -> 'V) : Frame<'R, 'C> =
    Array.ofSeq values
    |> Array.groupBy column
    |> Array.map (fun (key, cells) -> KeyValuePair(key, Series<'R, 'V>(cells |> Seq.map row, cells |> Seq.map value)))
    |> ofColumns

  let ofMatrix (matrix: 'T[,]) : Frame<int, int> =
    let rows, columns = matrix.GetLength 0, matrix.GetLength 1
    Frame<int, int>(Index.ordinal rows, Index.ordinal columns, Array.init columns (fun c -> Vector.ofValues (Array.init rows (fun r -> matrix[r, c])) :> IVector))

/// Makes frames.
[<AbstractClass; Sealed>]
type Frame =
  static member CreateEmpty<'R, 'C when 'R: equality and 'C: equality>() : Frame<'R, 'C> = Frame<'R, 'C>(Index.ofKeys [||], Index.ofKeys [||], [||])
  /// A frame without columns.
  static member FromRowKeys(keys: seq<'K>) : Frame<'K, string> = Frame<'K, string>(Index.ofKeys (Array.ofSeq keys), Index.ofKeys [||], [||])
  /// A row for each record, a column for each public property; NaN, null and empty Nullables are missing.
  static member FromRecords(values: seq<'T>) : Frame<int, string> =
    let records = Array.ofSeq values
    Construction.ofRecords records (Index.ordinal records.Length)
  static member FromRecords(series: Series<'K, 'T>) : Frame<'K, string> =
    let observations = Array.ofSeq series.Observations
    Construction.ofRecords (observations |> Array.map _.Value) (Index.ofKeys (observations |> Array.map _.Key))
  static member FromColumns(columns: seq<KeyValuePair<'C, Series<'R, 'V>>>) : Frame<'R, 'C> = Construction.ofColumns columns
  static member FromColumns(columns: seq<KeyValuePair<'C, ObjectSeries<'R>>>) : Frame<'R, 'C> = Construction.ofColumns columns
  static member FromColumns(columns: Series<'C, Series<'R, 'V>>) : Frame<'R, 'C> = Construction.ofColumns columns.Observations
  static member FromColumns(columns: Series<'C, ObjectSeries<'R>>) : Frame<'R, 'C> = Construction.ofColumns columns.Observations
  static member FromColumns(columns: seq<Series<'R, 'V>>) : Frame<'R, int> = columns |> Seq.mapi (fun i c -> KeyValuePair(i, c)) |> Construction.ofColumns
  static member FromRows(rows: seq<KeyValuePair<'R, Series<'C, 'V>>>) : Frame<'R, 'C> = Construction.ofRows rows
  static member FromRows(rows: seq<KeyValuePair<'R, ObjectSeries<'C>>>) : Frame<'R, 'C> = Construction.ofRows rows
  static member FromRows(rows: Series<'R, Series<'C, 'V>>) : Frame<'R, 'C> = Construction.ofRows rows.Observations
  static member FromRows(rows: Series<'R, ObjectSeries<'C>>) : Frame<'R, 'C> = Construction.ofRows rows.Observations
  static member FromRows(rows: seq<Series<'C, 'V>>) : Frame<int, 'C> = rows |> Seq.mapi (fun i r -> KeyValuePair(i, r)) |> Construction.ofRows
  /// A frame of cells, each given by its column key, row key and value.
  static member FromValues(values: seq<'T>, colSel: Func<'T, 'C>, rowSel: Func<'T, 'R>, valSel: Func<'T, 'V>) : Frame<'R, 'C> =
    Construction.ofValues values colSel.Invoke rowSel.Invoke valSel.Invoke
  static member FromValues(values: seq<Tuple<'R, 'C, 'V>>) : Frame<'R, 'C> = 
    Construction.ofValues values (fun (_, c, _) -> c) (fun (r, _, _) -> r) (fun (_, _, v) -> v)
  static member FromArray2D(array: 'T[,]) : Frame<int, int> = Construction.ofMatrix array

  static member private Read
    (reader, hasHeaders: Nullable<bool>, inferTypes: Nullable<bool>, inferRows: Nullable<int>, schema, separators, culture, maxRows: Nullable<int>,
     missingValues) =
    let orElse fallback (value: Nullable<'T>) = if value.HasValue then value.Value else fallback
    Csv.read reader (orElse true hasHeaders) (orElse true inferTypes) (orElse 100 inferRows) schema separators culture (Option.ofNullable maxRows) missingValues
  /// Reads a CSV file. Types are inferred from the first inferRows rows (100; 0 reads all); empty fields and missingValues are missing.
  /// FormatException names the row and column of a field that does not fit; FileNotFoundException the path.
  static member ReadCsv
    ( location: string, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>,
      [<Optional>] schema: string, [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>,
      [<Optional>] missingValues: string[], [<Optional>] encoding: Encoding ) : Frame<int, string> =
    if not (File.Exists location) then raise (FileNotFoundException($"There is no CSV file '{location}'.", location))
    use reader = new StreamReader(location, (if isNull encoding then Encoding.UTF8 else encoding))
    Frame.Read(reader, hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues)
  static member ReadCsv
    ( stream: Stream, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>,
      [<Optional>] schema: string, [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>,
      [<Optional>] missingValues: string[], [<Optional>] encoding: Encoding ) : Frame<int, string> =
    use reader = new StreamReader(stream, (if isNull encoding then Encoding.UTF8 else encoding))
    Frame.Read(reader, hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues)

/// Makes frames from F#.
[<AutoOpen>]
module FrameConstruction =
  type Frame with
    static member ofColumns(columns: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> = columns |> Seq.map KeyValuePair |> Construction.ofColumns
    static member ofRows(rows: seq<'R * #ISeries<'C>>) : Frame<'R, 'C> = rows |> Seq.map KeyValuePair |> Construction.ofRows
    static member ofRecords(values: seq<'T>) : Frame<int, string> = Frame.FromRecords values
    static member ofRowKeys(keys: seq<'K>) : Frame<'K, string> = Frame.FromRowKeys keys
    static member ofValues(values: seq<'R * 'C * 'V>) : Frame<'R, 'C> =
      Construction.ofValues values (fun (_, c, _) -> c) (fun (r, _, _) -> r) (fun (_, _, v) -> v)
    static member ofArray2D(array: 'T[,]) : Frame<int, int> = Construction.ofMatrix array

  /// A frame from columns: frame [ "a" => series ... ].
  let frame (columns: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> = columns |> Seq.map KeyValuePair |> Construction.ofColumns
