namespace Deedle

open System
open System.Collections.Generic
open System.ComponentModel
open System.Runtime.InteropServices
open Deedle.Indices
open Deedle.Internal
open Deedle.Keys

/// Columns of any types that share their row keys. Adding, replacing and dropping columns changes the frame; everything else returns a new one.
type Frame<'R, 'C when 'R: equality and 'C: equality> internal (rows: IIndex<'R>, columns: IIndex<'C>, data: IVector[]) =
  let mutable rows = rows
  let mutable columns = columns
  let mutable data = data

  let locate (key: 'C) =
    match columns.Locate key with
    | -1 -> invalidArg "column" $"There is no column '{key}'; {Nearest.hint key columns.Keys}."
    | i -> i

  let locateRow (key: 'R) =
    match rows.Locate key with
    | -1 -> raise (KeyNotFoundException $"There is no row '{key}'; {Nearest.hint key rows.Keys}.")
    | i -> i

  let typed (column: 'C) (vector: IVector) : IVector<'T> =
    try Vector.convert<'T> ConversionKind.Flexible vector
    with
    | :? InvalidCastException as e -> raise (InvalidCastException($"Column '{column}': {e.Message}", e))
    | :? FormatException as e -> raise (FormatException($"Column '{column}': {e.Message}", e))

  let rowVector position : IVector<obj> = LazyVector<obj>(data.Length, fun c -> data[c].GetObject position)
  let rowAs position : IVector<'T> = Vector.convert<'T> ConversionKind.Flexible (rowVector position)

  /// A frame from named columns; its rows are all their keys, missing values where a column lacks a key.
  new(names: seq<'C>, columns: seq<ISeries<'R>>) =
    let names, columns = Array.ofSeq names, List.ofSeq columns
    if names.Length <> columns.Length then
      invalidArg "names" $"A frame needs as many names as columns; it got {names.Length} names and {columns.Length} columns."
    let index = Alignment.union (columns |> List.map _.Index)
    let align (column: ISeries<'R>) = Alignment.relocate (Alignment.positions column.Index index) (Vector.unboxed column.Vector)
    Frame(index, Index.ofKeys names, columns |> List.map align |> Array.ofList)

  member internal _.Data = data
  member internal _.LocateColumn(key: 'C) = locate key
  member internal _.LocateRow(key: 'R) = locateRow key
  member _.RowIndex = rows
  member _.ColumnIndex = columns
  member _.RowCount = int rows.KeyCount
  member _.ColumnCount = int columns.KeyCount
  member _.RowKeys: seq<'R> = rows.Keys
  member _.ColumnKeys: seq<'C> = columns.Keys
  /// The type of the values of each column.
  member _.ColumnTypes: seq<Type> = data |> Seq.map _.ElementType
  /// Whether there are no rows.
  member _.IsEmpty = rows.IsEmpty

  // Columns

  /// The columns as untyped series.
  member _.Columns =
    let index, vectors = rows, data
    ColumnSeries<'R, 'C>(columns, LazyVector<ObjectSeries<'R>>(data.Length, fun i -> OptionalValue(ObjectSeries<'R>(index, BoxedVector vectors[i]))))
  /// The columns without missing values; the others are missing here.
  member this.ColumnsDense =
    let dense (column: ObjectSeries<'R>) = if column.ValueCount = column.KeyCount then OptionalValue column else OptionalValue<_>.Missing
    let columns = this.Columns.SelectOptional(fun kv -> OptionalValue.bind dense kv.Value)
    ColumnSeries<'R, 'C>(columns.Index, columns.Vector)
  member private _.ColumnAt<'T>(position: int) : Series<'R, 'T> = Series<'R, 'T>(rows, typed columns.Keys[position] data[position])
  /// A column as type 'T, converted where System.Convert can; ArgumentException where there is none, an exception as from System.Convert
  /// where a value does not fit.
  member this.GetColumn<'T>(column: 'C) : Series<'R, 'T> = this.ColumnAt<'T>(locate column)
  member this.GetColumn<'T>(column: 'C, lookup: Lookup) : Series<'R, 'T> =
    match KeySearch.lookup column lookup (fun _ -> true) columns with
    | -1 -> this.GetColumn<'T> column
    | i -> this.ColumnAt<'T> i
  member this.GetColumnAt<'T>(index: int) : Series<'R, 'T> =
    if index < 0 || index >= data.Length then invalidOp $"Position {index} is outside the {data.Length} columns."
    this.ColumnAt<'T> index
  member this.TryGetColumn<'T>(column: 'C, lookup: Lookup) : OptionalValue<Series<'R, 'T>> =
    this.TryGetColumnObservation<'T>(column, lookup) |> OptionalValue.map _.Value
  member this.TryGetColumnObservation<'T>(column: 'C, lookup: Lookup) : OptionalValue<KeyValuePair<'C, Series<'R, 'T>>> =
    match KeySearch.lookup column lookup (fun _ -> true) columns with
    | -1 -> OptionalValue<_>.Missing
    | i -> OptionalValue(KeyValuePair(columns.Keys[i], this.ColumnAt<'T> i))
  /// The columns as type 'T; those that cannot be read so without loss are missing.
  member _.GetColumns<'T>() : Series<'C, Series<'R, 'T>> =
    let column i = Vector.tryConvert<'T> ConversionKind.Safe data[i] |> OptionalValue.map (fun v -> Series<'R, 'T>(rows, v))
    Series<'C, Series<'R, 'T>>(columns, Vector.init data.Length column)
  /// The columns that can be read as type 'T.
  member this.GetAllColumns<'T>(conversionKind: ConversionKind) : seq<KeyValuePair<'C, Series<'R, 'T>>> =
    this.Columns.Observations
    |> Seq.choose (fun kv -> kv.Value.TryAs<'T> conversionKind |> OptionalValue.map (fun s -> KeyValuePair(kv.Key, s)) |> OptionalValue.asOption)
  member this.GetAllColumns<'T>() = this.GetAllColumns<'T> ConversionKind.Flexible
  /// All values of the columns that can be read as type 'T, column by column.
  member this.GetAllValues<'T>(strict: ConversionKind) : seq<'T> = this.GetAllColumns<'T> strict |> Seq.collect _.Value.Values
  member this.GetAllValues<'T>() : seq<'T> = this.GetAllValues<'T> ConversionKind.Safe
  /// A column as floats; setting it replaces or adds the column.
  member this.Item
    with get (column: 'C) : Series<'R, float> = this.GetColumn<float> column
    and set (column: 'C) (series: Series<'R, float>) = this.ReplaceColumn(column, series)
  /// frame?x is the column "x" as floats; frame?x &lt;- series replaces or adds it.
  static member (?)(frame: Frame<'R, 'C>, column: 'C) : Series<'R, float> = frame.GetColumn<float> column
  static member (?<-)(frame: Frame<'R, 'C>, column: 'C, series: Series<'R, 'V>) = frame.ReplaceColumn(column, series)
  static member (?<-)(frame: Frame<'R, 'C>, column: 'C, data: seq<'V>) = frame.ReplaceColumn(column, data)

  /// Adds a column on the right, aligned by row key: keys that the frame lacks are ignored, keys that the series lacks are missing,
  /// or take the nearest key that lookup allows.
  member _.AddColumn(column: 'C, series: ISeries<'R>, lookup: Lookup) =
    if rows.IsEmpty && columns.IsEmpty then
      rows <- series.Index
      columns <- Index.ofKeys [| column |]
      data <- [| Vector.unboxed series.Vector |]
    else
      let _, _, positions = Alignment.join JoinKind.Left lookup rows series.Index
      let aligned = Vector.unboxed series.Vector |> Alignment.prepare lookup |> Alignment.relocate positions
      if columns.Locate column >= 0 then invalidOp $"There is a column '{column}' already; ReplaceColumn replaces it."
      columns <- Index.ofKeys (Array.append (Index.keys columns) [| column |])
      data <- Array.append data [| aligned |]
  member this.AddColumn(column: 'C, series: ISeries<'R>) = this.AddColumn(column, series, Lookup.Exact)
  /// Adds values by position; where they are too few the rest is missing.
  member this.AddColumn(column: 'C, series: seq<'V>, lookup: Lookup) =
    let values = Array.ofSeq series
    if rows.IsEmpty && columns.IsEmpty then
      match box (Index.ordinal values.Length) with
      | :? IIndex<'R> as ordinal -> this.AddColumn(column, Series<'R, 'V>(ordinal, Vector.ofValues values), lookup)
      | _ -> invalidOp "Adding values without keys to an empty frame needs integer row keys; add a series instead."
    else
      let count = int rows.KeyCount
      if values.Length > count then invalidOp $"Column '{column}' got {values.Length} values, but the frame has {count} rows."
      let vector = (Vector.ofValues values).Relocate(Array.init count (fun i -> if i < values.Length then i else -1))
      this.AddColumn(column, Series<'R, 'V>(rows, vector :?> IVector<'V>), lookup)
  member this.AddColumn(column: 'C, series: seq<'V>) = this.AddColumn(column, series, Lookup.Exact)
  member _.DropColumn(column: 'C) =
    let dropped = locate column
    columns <- Index.keys columns |> Array.removeAt dropped |> Index.ofUnique
    data <- data |> Array.removeAt dropped
  /// Replaces a column, moving it to the right end, or adds it.
  member this.ReplaceColumn(column: 'C, series: ISeries<'R>, lookup: Lookup) =
    if columns.Locate column >= 0 then this.DropColumn column
    this.AddColumn(column, series, lookup)
  member this.ReplaceColumn(column: 'C, series: ISeries<'R>) = this.ReplaceColumn(column, series, Lookup.Exact)
  member this.ReplaceColumn(column: 'C, data: seq<'V>, lookup: Lookup) =
    let values = Array.ofSeq data
    if values.Length <> int rows.KeyCount then
      invalidOp $"Column '{column}' got {values.Length} values, but the frame has {rows.KeyCount} rows."
    this.ReplaceColumn(column, Series<'R, 'V>(rows, Vector.ofValues values), lookup)
  member this.ReplaceColumn(column: 'C, data: seq<'V>) = this.ReplaceColumn(column, data, Lookup.Exact)
  /// Gives a column another key; nothing happens where there is no such column.
  member this.RenameColumn(oldKey: 'C, newKey: 'C) = this.RenameColumns(fun key -> if key = oldKey then newKey else key)
  member _.RenameColumns(columnKeys: seq<'C>) =
    let keys = Array.ofSeq columnKeys
    if keys.Length <> data.Length then invalidArg (nameof columnKeys) $"Expected {data.Length} column keys, one a column; got {keys.Length}."
    columns <- Index.ofKeys keys
  member _.RenameColumns(mapping: Func<'C, 'C>) = columns <- Index.keys columns |> Array.map mapping.Invoke |> Index.ofKeys
  member _.Clone() : Frame<'R, 'C> = Frame<'R, 'C>(rows, columns, Array.copy data)

  // Rows

  /// The rows as untyped series.
  member _.Rows =
    let snapshot = Frame<'R, 'C>(rows, columns, data)
    RowSeries<'R, 'C>(snapshot, LazyVector<ObjectSeries<'C>>(int rows.KeyCount, fun i -> OptionalValue(snapshot.RowAt i)))
  /// The rows that have all values.
  member this.RowsDense = this.RowsAt([| for i in 0 .. this.RowCount - 1 do if data |> Array.forall (fun v -> v.HasValue i) then i |]).Rows
  member internal _.RowAt(position: int) = ObjectSeries<'C>(columns, rowVector position)
  member private _.TypedRow<'T>(position: int) : Series<'C, 'T> = Series<'C, 'T>(columns, rowAs position)
  member this.TryGetRowObservation<'T>(rowKey: 'R, lookup: Lookup) : OptionalValue<KeyValuePair<'R, Series<'C, 'T>>> =
    match KeySearch.lookup rowKey lookup (fun _ -> true) rows with
    | -1 -> OptionalValue<_>.Missing
    | i -> OptionalValue(KeyValuePair(rows.Keys[i], this.TypedRow<'T> i))
  member this.TryGetRow<'T>(rowKey: 'R, lookup: Lookup) : OptionalValue<Series<'C, 'T>> =
    this.TryGetRowObservation<'T>(rowKey, lookup) |> OptionalValue.map _.Value
  member this.TryGetRow<'T>(rowKey: 'R) : OptionalValue<Series<'C, 'T>> = this.TryGetRow<'T>(rowKey, Lookup.Exact)
  /// A row as type 'T; InvalidOperationException where there is none.
  member this.GetRow<'T>(rowKey: 'R, lookup: Lookup) : Series<'C, 'T> =
    let row = this.TryGetRow<'T>(rowKey, lookup)
    if row.HasValue then row.Value else invalidOp $"There is no row '{rowKey}'; {Nearest.hint rowKey rows.Keys}."
  member this.GetRow<'T>(rowKey: 'R) : Series<'C, 'T> = this.GetRow<'T>(rowKey, Lookup.Exact)
  member this.GetRowAt<'T>(index: int) : Series<'C, 'T> =
    if index < 0 || index >= this.RowCount then
      raise (ArgumentOutOfRangeException(nameof index, $"Position {index} is outside the {this.RowCount} rows."))
    this.TypedRow<'T> index
  member _.GetRowKeyAt(index: int) : 'R = rows.Keys[index]
  /// The rows as type 'T; those that cannot be read so without loss are missing.
  member this.GetRows<'T>() : Series<'R, Series<'C, 'T>> =
    this.Rows.SelectOptional(fun kv -> OptionalValue.bind (fun (row: ObjectSeries<'C>) -> row.TryAs<'T>()) kv.Value)
  /// One cell, read by column and row key.
  member _.Item
    with get (column: 'C, row: 'R) : obj =
      if columns.Locate column < 0 then raise (KeyNotFoundException $"There is no column '{column}'; {Nearest.hint column columns.Keys}.")
      let value = data[locate column].GetObject(locateRow row)
      if value.HasValue then value.Value else raise (MissingValueException(row, $"Column '{column}' has no value in row '{row}'."))

  /// The rows at the given positions, in that order, under new keys.
  member internal _.Relocated(index: IIndex<'R2>, positions: int[]) : Frame<'R2, 'C> =
    Frame<'R2, 'C>(index, columns, data |> Array.map (fun v -> v.Relocate positions))
  member internal this.RowsAt(positions: int[]) : Frame<'R, 'C> = this.Relocated(Index.at positions rows, positions)
  member internal _.ColumnsAt(positions: int[]) : Frame<'R, 'C> =
    Frame<'R, 'C>(rows, Index.at positions columns, positions |> Array.map (fun i -> data[i]))
  member internal _.WithIndices(newRows: IIndex<'R2>, newColumns: IIndex<'C2>) : Frame<'R2, 'C2> = Frame<'R2, 'C2>(newRows, newColumns, data)
  member internal _.WithData(f: IVector -> IVector) : Frame<'R, 'C> = Frame<'R, 'C>(rows, columns, data |> Array.map f)
  /// The rows between two keys of a sorted index.
  member internal this.Subrange(lo, hi) : Frame<'R, 'C> =
    let first, last = KeySearch.range lo hi rows
    this.RowsAt [| first..last |]

  /// The values of a column become the row keys, rows without a value are left out; the column is dropped unless keepColumn.
  member this.IndexRows<'K when 'K: equality>(column: 'C, keepColumn: bool) : Frame<'K, 'C> =
    let keys = this.GetColumn<'K>(column).Vector
    let kept = [| for i in 0 .. this.RowCount - 1 do if keys.HasValue i then i |]
    let index = Index.ofKeys (kept |> Array.map (fun i -> (keys.GetValue i).Value))
    let indexed = if kept.Length = this.RowCount then this.WithIndices(index, columns) else this.Relocated(index, kept)
    if not keepColumn then indexed.DropColumn column
    indexed
  member this.IndexRows<'K when 'K: equality>(column: 'C) : Frame<'K, 'C> = this.IndexRows<'K>(column, false)

  // Groups

  member internal this.GroupByLabels(labels: 'G[]) : Frame<'G * 'R, 'C> =
    let groups = Grouping.byLabel labels
    let keys = Index.keys rows
    let newKeys = groups |> Array.collect (fun (label, members) -> members |> Array.map (fun i -> label, keys[i]))
    this.Relocated(Index.ofUnique newKeys, groups |> Array.collect snd)
  /// The labels, all present; a missing one is an error that says where and what to do.
  member private _.CompleteLabels(what: string, labels: Series<'R, 'G>) : 'G[] =
    match Seq.tryFind (fun i -> not (labels.Vector.HasValue i)) (seq { 0 .. labels.KeyCount - 1 }) with
    | Some i ->
        let problem = $"{what} has a missing value in row '{rows.Keys[i]}', and a row without a label belongs to no group"
        failwith $"{problem}. Drop such rows first (dropSparseRowsBy)."
    | None -> Vector.present labels.Vector
  /// Rows that share a value of the column come together, under keys (value, row key).
  member this.GroupRowsBy<'G when 'G: equality>(colKey: 'C) : Frame<'G * 'R, 'C> =
    this.CompleteLabels($"Column '{colKey}'", this.GetColumn<'G> colKey) |> this.GroupByLabels
  member this.GroupRowsUsing<'G when 'G: equality>(f: Func<'R, ObjectSeries<'C>, 'G>) : Frame<'G * 'R, 'C> =
    this.CompleteLabels("The group selector's result", this.Rows.Select(fun kv -> f.Invoke(kv.Key, kv.Value))) |> this.GroupByLabels
  member this.GroupRowsByIndex(keySelector: Func<'R, 'G>) : Frame<'G * 'R, 'C> = Index.keys rows |> Array.map keySelector.Invoke |> this.GroupByLabels
  /// A frame for each label, of the rows that carry it.
  member internal this.NestRowsBy(labels: 'G[]) : Series<'G, Frame<'R, 'C>> =
    let groups = Grouping.byLabel labels
    Series<'G, Frame<'R, 'C>>(Index.ofKeys (Array.map fst groups), Vector.ofValues (groups |> Array.map (snd >> this.RowsAt)))
  /// One row a group: the columns groupBy hold its values, the columns aggBy the result of aggFunc over its rows.
  member this.AggregateRowsBy(groupBy: seq<'C>, aggBy: seq<'C>, aggFunc: Func<Series<'R, 'V>, 'T>) : Frame<int, 'C> =
    let wanted = HashSet groupBy
    for key in wanted do
      if columns.Locate key < 0 then invalidOp $"There is no column '{key}' to group by; {Nearest.hint key columns.Keys}."
    let by = Index.keys columns |> Array.filter wanted.Contains
    if by.Length = 0 then invalidOp "Grouping needs at least one column."
    let groups = Grouping.byVectors [ for key in by -> Vector.unboxed data[locate key] ]
    let firstRows = groups |> Array.map Array.head
    let aggBy = Array.ofSeq aggBy
    let aggregated =
      aggBy
      |> Array.map (fun key ->
        let column = this.GetColumn<'V> key
        groups |> Array.map (column.AtPositions >> aggFunc.Invoke) |> Vector.ofValues :> IVector)
    let grouped = by |> Array.map (fun key -> data[locate key].Relocate firstRows)
    Frame<int, 'C>(Index.ordinal groups.Length, Index.ofKeys (Array.append by aggBy), Array.append grouped aggregated)

  // Join and merge

  /// The columns of both frames side by side, rows matched by key, or by the nearest key that lookup allows.
  member _.Join(otherFrame: Frame<'R, 'C>, kind: JoinKind, lookup: Lookup) : Frame<'R, 'C> =
    match Index.keys columns |> Array.tryFind (fun key -> otherFrame.ColumnIndex.Locate key >= 0) with
    | Some key -> invalidOp $"Both frames have a column '{key}'; rename one of them before joining (renameCol, mapColKeys)."
    | None ->
        let index, fromLeft, fromRight = Alignment.join kind lookup rows otherFrame.RowIndex
        let move positions side vector = (if kind = side then Alignment.prepare lookup vector else vector) |> Alignment.relocate positions
        Frame<'R, 'C>(
          index,
          Index.ofUnique (Array.append (Index.keys columns) (Index.keys otherFrame.ColumnIndex)),
          Array.append (data |> Array.map (move fromLeft JoinKind.Right)) (otherFrame.Data |> Array.map (move fromRight JoinKind.Left)))
  member this.Join(otherFrame: Frame<'R, 'C>, kind: JoinKind) = this.Join(otherFrame, kind, Lookup.Exact)
  member this.Join(otherFrame: Frame<'R, 'C>) = this.Join(otherFrame, JoinKind.Outer, Lookup.Exact)
  member this.Join(colKey: 'C, series: Series<'R, 'V>, kind: JoinKind, lookup: Lookup) =
    this.Join(Frame<'R, 'C>([ colKey ], [ series ]), kind, lookup)
  member this.Join(colKey: 'C, series: Series<'R, 'V>, kind: JoinKind) = this.Join(colKey, series, kind, Lookup.Exact)
  member this.Join(colKey: 'C, series: Series<'R, 'V>) = this.Join(colKey, series, JoinKind.Outer, Lookup.Exact)
  /// The rows of all frames, one after the other (sorted by key where all are); InvalidOperationException where two have a value for one cell.
  member this.Merge([<ParamArray>] otherFrames: Frame<'R, 'C>[]) : Frame<'R, 'C> =
    let frames = Array.append [| this |] otherFrames
    let newRows = Alignment.union [ for frame in frames -> frame.RowIndex ]
    let newColumns = Alignment.append [ for frame in frames -> frame.ColumnIndex ]
    // For every row of the result where it lies when the frames are stacked; a row key of two frames lies where it has a value.
    let starts = frames |> Array.scan (fun start frame -> start + frame.RowCount) 0
    let sources =
      Index.keys newRows
      |> Array.map (fun key -> [| for f in 0 .. frames.Length - 1 do match frames[f].RowIndex.Locate key with -1 -> () | i -> starts[f] + i |])
    let column key =
      let stacked =
        frames
        |> Array.map (fun frame -> frame.RowCount, (match frame.ColumnIndex.Locate key with -1 -> null | i -> frame.Data[i]))
        |> Vector.concat
      sources
      |> Array.mapi (fun row places ->
        match places |> Array.filter stacked.HasValue with
        | [||] -> -1
        | [| place |] -> place
        | _ -> invalidOp $"More than one frame has a value in row '{newRows.Keys[row]}', column '{key}'; merging needs disjoint row keys.")
      |> stacked.Relocate
    Frame<'R, 'C>(newRows, newColumns, Index.keys newColumns |> Array.map column)
  member this.Merge(otherFrames: seq<Frame<'R, 'C>>) : Frame<'R, 'C> = this.Merge(Array.ofSeq otherFrames)
  member this.Merge(otherFrame: Frame<'R, 'C>) : Frame<'R, 'C> = this.Merge [| otherFrame |]

  // Map

  /// The result of f for every column that can be read as type 'T; other columns stay as they are.
  member this.ColumnApply<'T>(conversionKind: ConversionKind, f: Func<Series<'R, 'T>, ISeries<'R>>) : Frame<'R, 'C> =
    let apply (column: ObjectSeries<'R>) : ISeries<'R> =
      let typed = column.TryAs<'T> conversionKind
      if typed.HasValue then f.Invoke typed.Value else column
    Frame<'R, 'C>(columns.Keys, this.Columns.Values |> Seq.map apply)
  member this.ColumnApply<'T>(f: Func<Series<'R, 'T>, ISeries<'R>>) : Frame<'R, 'C> = this.ColumnApply<'T>(ConversionKind.Safe, f)
  /// The result of f for every value that can be read as 'T1 without loss; other columns stay as they are.
  member this.SelectValues<'T1, 'T2>(f: Func<'T1, 'T2>) : Frame<'R, 'C> = this.ColumnApply<'T1>(fun column -> column.SelectValues f)
  member this.Select<'T1, 'T2>(f: Func<'R, 'C, 'T1, 'T2>) : Frame<'R, 'C> =
    let apply (pair: KeyValuePair<'C, ObjectSeries<'R>>) : ISeries<'R> =
      let typed = pair.Value.TryAs<'T1>()
      if typed.HasValue then typed.Value.Select(fun (kv: KeyValuePair<'R, 'T1>) -> f.Invoke(kv.Key, pair.Key, kv.Value)) else pair.Value
    Frame<'R, 'C>(columns.Keys, this.Columns.Observations |> Seq.map apply)
  static member ($)(f: 'T1 -> 'T2, frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.SelectValues(Func<_, _> f)
  /// The values of two frames combined cell by cell. pointwise: a column that only one frame has becomes missing instead of staying.
  member internal this.Combine
    (other: Frame<'R, 'C>, columnKind: JoinKind, rowKind: JoinKind, lookup: Lookup, pointwise: bool, op: 'V1 -> 'V2 -> 'V3) : Frame<'R, 'C> =
    let newRows, fromLeft, fromRight = Alignment.join rowKind lookup rows other.RowIndex
    let newColumns, _, _ = Alignment.join columnKind Lookup.Exact columns other.ColumnIndex
    let move positions side vector = (if rowKind = side then Alignment.prepare lookup vector else vector) |> Alignment.relocate positions
    let column key : IVector =
      let side (frame: Frame<'R, 'C>) positions kind =
        match frame.ColumnIndex.Locate key with
        | -1 -> null
        | i -> move positions kind (Vector.unboxed frame.Data[i])
      match side this fromLeft JoinKind.Right, side other fromRight JoinKind.Left with
      | null, only | only, null -> if pointwise then only.Relocate(Array.create (int newRows.KeyCount) -1) else only
      | left, right ->
          match Vector.tryConvert<'V1> ConversionKind.Safe left, Vector.tryConvert<'V2> ConversionKind.Safe right with
          | OptionalValue.Present l, OptionalValue.Present r ->
              Vector.init (int newRows.KeyCount) (fun i -> OptionalValue.map2 op (l.GetValue i) (r.GetValue i))
          | _ -> left
    Frame<'R, 'C>(newRows, newColumns, Index.keys newColumns |> Array.map column)
  member this.Zip<'V1, 'V2, 'V3>
    (otherFrame: Frame<'R, 'C>, columnKind: JoinKind, rowKind: JoinKind, lookup: Lookup, pointwise: bool, op: Func<'V1, 'V2, 'V3>) : Frame<'R, 'C> =
    this.Combine(otherFrame, columnKind, rowKind, lookup, pointwise, fun (a: 'V1) (b: 'V2) -> op.Invoke(a, b))
  member this.Zip<'V1, 'V2, 'V3>(otherFrame: Frame<'R, 'C>, op: Func<'V1, 'V2, 'V3>) : Frame<'R, 'C> =
    this.Zip(otherFrame, JoinKind.Outer, JoinKind.Outer, Lookup.Exact, false, op)

  // Arithmetic on the numeric columns: aligned by key, missing where either side is; other columns stay as they are

  static member private Cells(left: Frame<'R, 'C>, right: Frame<'R, 'C>, op: float -> float -> float) =
    left.Combine(right, JoinKind.Outer, JoinKind.Outer, Lookup.Exact, true, op)
  static member private Scalar(frame: Frame<'R, 'C>, op: 'T -> 'T2) : Frame<'R, 'C> =
    frame.ColumnApply<'T>(fun column -> Series<'R, 'T2>(column.Index, Vector.map op column.Vector))
  static member private Columnwise(frame: Frame<'R, 'C>, series: Series<'R, float>, op: float -> float -> float) : Frame<'R, 'C> =
    let index, fromFrame, fromSeries = Alignment.join JoinKind.Outer Lookup.Exact frame.RowIndex series.Index
    let right = Alignment.relocate fromSeries series.Vector :?> IVector<float>
    let column (vector: IVector) : IVector =
      let moved = Alignment.relocate fromFrame vector
      match Vector.tryConvert<float> ConversionKind.Safe moved with
      | OptionalValue.Present left -> Vector.init (int index.KeyCount) (fun i -> OptionalValue.map2 op (left.GetValue i) (right.GetValue i))
      | _ -> moved
    Frame<'R, 'C>(index, frame.ColumnIndex, frame.Data |> Array.map column)

  static member (+)(frame1: Frame<'R, 'C>, frame2: Frame<'R, 'C>) = Frame<'R, 'C>.Cells(frame1, frame2, (+))
  static member (+)(frame: Frame<'R, 'C>, series: Series<'R, float>) = Frame<'R, 'C>.Columnwise(frame, series, (+))
  static member (+)(series: Series<'R, float>, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Columnwise(frame, series, fun v s -> s + v)
  static member (+)(frame: Frame<'R, 'C>, scalar: float) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v + scalar)
  static member (+)(scalar: float, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> scalar + v)
  static member (+)(frame: Frame<'R, 'C>, scalar: int) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v + float scalar)
  static member (+)(scalar: int, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> float scalar + v)
  static member (-)(frame1: Frame<'R, 'C>, frame2: Frame<'R, 'C>) = Frame<'R, 'C>.Cells(frame1, frame2, (-))
  static member (-)(frame: Frame<'R, 'C>, series: Series<'R, float>) = Frame<'R, 'C>.Columnwise(frame, series, (-))
  static member (-)(series: Series<'R, float>, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Columnwise(frame, series, fun v s -> s - v)
  static member (-)(frame: Frame<'R, 'C>, scalar: float) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v - scalar)
  static member (-)(scalar: float, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> scalar - v)
  static member (-)(frame: Frame<'R, 'C>, scalar: int) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v - float scalar)
  static member (-)(scalar: int, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> float scalar - v)
  static member ( * )(frame1: Frame<'R, 'C>, frame2: Frame<'R, 'C>) = Frame<'R, 'C>.Cells(frame1, frame2, ( * ))
  static member ( * )(frame: Frame<'R, 'C>, series: Series<'R, float>) = Frame<'R, 'C>.Columnwise(frame, series, ( * ))
  static member ( * )(series: Series<'R, float>, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Columnwise(frame, series, fun v s -> s * v)
  static member ( * )(frame: Frame<'R, 'C>, scalar: float) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v * scalar)
  static member ( * )(scalar: float, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> scalar * v)
  static member ( * )(frame: Frame<'R, 'C>, scalar: int) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v * float scalar)
  static member ( * )(scalar: int, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> float scalar * v)
  static member (/)(frame1: Frame<'R, 'C>, frame2: Frame<'R, 'C>) = Frame<'R, 'C>.Cells(frame1, frame2, (/))
  static member (/)(frame: Frame<'R, 'C>, series: Series<'R, float>) = Frame<'R, 'C>.Columnwise(frame, series, (/))
  static member (/)(series: Series<'R, float>, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Columnwise(frame, series, fun v s -> s / v)
  static member (/)(frame: Frame<'R, 'C>, scalar: float) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v / scalar)
  static member (/)(scalar: float, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> scalar / v)
  static member (/)(frame: Frame<'R, 'C>, scalar: int) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v / float scalar)
  static member (/)(scalar: int, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> float scalar / v)
  static member (~-)(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> -v)
  static member Pow(frame: Frame<'R, 'C>, scalar: float) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> v ** scalar)
  static member Pow(scalar: float, frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> scalar ** v)
  static member Abs(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> abs v)
  static member Ceiling(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> ceil v)
  static member Exp(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> exp v)
  static member Floor(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> floor v)
  static member Truncate(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> truncate v)
  static member Log(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> log v)
  static member Log10(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> log10 v)
  static member Round(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> round v)
  static member Sqrt(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> sqrt v)
  static member Sin(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> sin v)
  static member Cos(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> cos v)
  static member Tan(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> tan v)
  static member Tanh(frame: Frame<'R, 'C>) = Frame<'R, 'C>.Scalar(frame, fun (v: float) -> tanh v)

  // Values as arrays

  member _.ToArray2D<'T>(defaultValue: 'T) : 'T[,] = FrameArrays.toArray2D data (int rows.KeyCount) (fun () -> defaultValue)
  /// The values as a matrix, converted where System.Convert can; missing ones are NaN, or an error where the type has none.
  member _.ToArray2D<'T>() : 'T[,] = FrameArrays.toArray2D data (int rows.KeyCount) FrameArrays.missing<'T>
  member this.ToJaggedArray<'T>(defaultValue: 'T) : 'T[][] = this.ToArray2D<'T> defaultValue |> FrameArrays.jagged
  member this.ToJaggedArray<'T>() : 'T[][] = this.ToArray2D<'T>() |> FrameArrays.jagged

  // Printing and equality

  /// The printed cells: column keys, types when asked for, rows; the middle of long and wide frames is elided.
  member _.FormatStrings(rowStartCount: int, rowEndCount: int, columnStartCount: int, columnEndCount: int, printTypes: bool) : string[][] =
    let shownRows = Formatting.elide rowStartCount rowEndCount (int rows.KeyCount)
    let shownColumns = Formatting.elide columnStartCount columnEndCount data.Length
    let rowLevels, columnLevels = Levels.count rows.Keys, Levels.count columns.Keys
    let boxed (keys: IIndex<'K>) i = if i < 0 then None else Some(box keys.Keys[i])
    let rowKeys = shownRows |> Array.map (boxed rows) |> Formatting.formatKeys ":" rows.IsOrdered rowLevels
    let columnKeys = shownColumns |> Array.map (boxed columns) |> Formatting.formatKeys "..." columns.IsOrdered columnLevels
    let cells =
      shownColumns
      |> Array.map (fun c ->
        if c < 0 then Array.create shownRows.Length "..."
        else
          let formatted = shownRows |> Array.filter (fun r -> r >= 0) |> Array.map data[c].GetObject |> Formatting.formatColumn
          let mutable next = -1
          shownRows |> Array.map (fun r -> if r < 0 then "..." else (next <- next + 1; formatted[next])))
    let head = Array.create (rowLevels + 1) ""
    [| for level in 0 .. columnLevels - 1 do
         Array.append head (columnKeys |> Array.map (fun key -> if key[0] = "..." then "..." else key[level]))
       if printTypes then
         Array.append head (shownColumns |> Array.map (fun c -> if c < 0 then "..." else $"({Formatting.typeName data[c].ElementType})"))
       for r in 0 .. shownRows.Length - 1 do
         Array.concat [ rowKeys[r]; [| (if shownRows[r] < 0 then "" else "->") |]; cells |> Array.map (fun column -> column[r]) ] |]
  /// The frame as text: numbers flush right, long frames elided in the middle.
  member this.Format() : string = this.Format(false)
  member this.Format(printTypes: bool) : string = this.Format(printTypes, false)
  /// With showInfo two last lines say how large the frame is and how many values are missing.
  member this.Format(printTypes: bool, showInfo: bool) : string =
    this.Format(
      Formatting.RowStartItemCount, Formatting.RowEndItemCount, Formatting.ColumnStartItemCount, Formatting.ColumnEndItemCount, printTypes, showInfo)
  member this.Format(rowCount: int, columnCount: int) : string = this.Format(rowCount / 2, rowCount / 2, columnCount / 2, columnCount / 2)
  member this.Format(rowStartCount: int, rowEndCount: int, columnStartCount: int, columnEndCount: int) : string =
    this.Format(rowStartCount, rowEndCount, columnStartCount, columnEndCount, false, false)
  member this.Format(rowStartCount: int, rowEndCount: int, columnStartCount: int, columnEndCount: int, printTypes: bool, showInfo: bool) : string =
    let numeric = Formatting.elide columnStartCount columnEndCount data.Length |> Array.map (fun c -> c < 0 || Formatting.isNumeric data[c])
    let head = Levels.count rows.Keys + 1
    let table =
      this.FormatStrings(rowStartCount, rowEndCount, columnStartCount, columnEndCount, printTypes)
      |> Formatting.formatTable (fun column -> column >= head && numeric[column - head])
    if not showInfo then table
    else
      let missing = data |> Array.sumBy (fun v -> int v.Length - Vector.countPresent v)
      $"{table}{Environment.NewLine}{this.RowCount} rows x {this.ColumnCount} columns{Environment.NewLine}{missing} missing values"
  override this.ToString() = this.Format()
  override _.Equals other =
    match other with
    | :? Frame<'R, 'C> as o ->
        Index.same rows o.RowIndex && Index.same columns o.ColumnIndex && Array.forall2 (fun (a: IVector) b -> Vector.sameValues a b) data o.Data
    | _ -> false
  override this.GetHashCode() = HashCode.Combine(this.RowCount, this.ColumnCount)

  interface IFsiFormattable with
    member this.Format() = this.Format()
    member this.FormatWithInfo() = this.Format(false, true)
  interface IFrameFormattable with
    member this.InteractiveFormat(rowCount, columnCount, printTypes) =
      this.FormatStrings(rowCount / 2, rowCount / 2, columnCount / 2, columnCount / 2, printTypes)
    member _.GetColLevels() = Levels.count columns.Keys
    member _.GetRowLevels() = Levels.count rows.Keys
    member this.GetDimensions() = this.RowCount, this.ColumnCount
    member _.GetMissingValueCount() = data |> Array.sumBy (fun v -> int v.Length - Vector.countPresent v)

/// The columns of a frame; several of them together are a frame again.
and ColumnSeries<'R, 'C when 'R: equality and 'C: equality> internal (index: IIndex<'C>, vector: IVector<ObjectSeries<'R>>) =
  inherit Series<'C, ObjectSeries<'R>>(index, vector)
  member private _.Together(columns: Series<'C, ObjectSeries<'R>>) : Frame<'R, 'C> =
    Frame<'R, 'C>(columns.Observations |> Seq.map _.Key, columns.Observations |> Seq.map (fun kv -> kv.Value :> ISeries<'R>))
  /// A column by key; KeyNotFoundException that names the nearest columns where there is none.
  member this.Item with get (column: 'C) : ObjectSeries<'R> = this.Get column
  /// The columns with the given keys as a frame; keys that are not there are left out.
  member this.Item with get (items: seq<'C>) : Frame<'R, 'C> = this.Together(this.GetItems items)
  member this.Item with get (level: ICustomLookup<'C>) : Frame<'R, 'C> = this.GetByLevel level
  [<EditorBrowsable(EditorBrowsableState.Never)>]
  member this.GetSlice(lo: 'C option, hi: 'C option) : Frame<'R, 'C> = this.Together((this :> Series<'C, ObjectSeries<'R>>).GetSlice(lo, hi))
  [<EditorBrowsable(EditorBrowsableState.Never)>]
  member this.GetByLevel(level: ICustomLookup<'C>) : Frame<'R, 'C> = this.Together((this :> Series<'C, ObjectSeries<'R>>).GetByLevel level)

/// The rows of a frame; several of them together are a frame again.
and RowSeries<'R, 'C when 'R: equality and 'C: equality> internal (frame: Frame<'R, 'C>, vector: IVector<ObjectSeries<'C>>) =
  inherit Series<'R, ObjectSeries<'C>>(frame.RowIndex, vector)
  /// A row by key; KeyNotFoundException that names the nearest rows where there is none.
  member this.Item with get (row: 'R) : ObjectSeries<'C> = this.Get row
  /// The rows with the given keys as a frame; a key that is not there has missing values.
  member _.Item
    with get (items: seq<'R>) : Frame<'R, 'C> =
      let wanted = Array.ofSeq items
      frame.Relocated(Index.ofKeys wanted, wanted |> Array.map frame.RowIndex.Locate)
  member this.Item with get (level: ICustomLookup<'R>) : Frame<'R, 'C> = this.GetByLevel level
  [<EditorBrowsable(EditorBrowsableState.Never)>]
  member _.GetSlice(lo: 'R option, hi: 'R option) : Frame<'R, 'C> =
    let inclusive key = key |> Option.map (fun k -> k, BoundaryBehavior.Inclusive)
    frame.Subrange(inclusive lo, inclusive hi)
  [<EditorBrowsable(EditorBrowsableState.Never)>]
  member _.GetByLevel(level: ICustomLookup<'R>) : Frame<'R, 'C> =
    let keys = Index.keys frame.RowIndex
    frame.RowsAt [| for i in 0 .. keys.Length - 1 do if level.Matches keys[i] then i |]
