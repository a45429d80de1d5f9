namespace Deedle

open System
open System.Collections.Generic
open Deedle.Internal

/// Columns of any types that share their row keys. Adding, replacing and dropping columns changes the frame; everything else returns a new one.
type Frame<'R, 'C when 'R: equality and 'C: equality> internal (rows: IIndex<'R>, columns: IIndex<'C>, data: IVector[]) =
  let mutable rows = rows
  let mutable columns = columns
  let mutable data = data

  let missingColumn (key: 'C) =
    KeyNotFoundException $"There is no column '{key}'; the nearest columns are {Nearest.names (box key) columns.Keys}."

  let locate key =
    match columns.Locate key with
    | -1 -> raise (missingColumn key)
    | i -> i

  let locateRow key =
    match rows.Locate key with
    | -1 -> raise (KeyNotFoundException $"There is no row '{key}'; the nearest rows are {Nearest.names (box key) rows.Keys}.")
    | i -> i

  let typed kind (key: 'C) (vector: IVector) : IVector<'T> =
    try Vector.convert<'T> kind vector
    with :? InvalidCastException as e -> raise (InvalidCastException($"Column '{key}': {e.Message}", e))

  let rowVector position = LazyVector<obj>(data.Length, fun c -> data[c].GetObject position) :> IVector<obj>

  /// A frame from named columns; its rows are all their keys, missing values where a column lacks a key.
  new(names: seq<'C>, columns: seq<ISeries<'R>>) =
    let names, columns = Array.ofSeq names, List.ofSeq columns
    if names.Length <> columns.Length then
      invalidArg "names" $"A frame needs as many names as columns; it got {names.Length} names and {columns.Length} columns."
    let index = if columns.IsEmpty then Index.ofKeys [||] else Index.union (columns |> List.map _.Index)
    let align (column: ISeries<'R>) =
      if Index.sameKeys column.Index index then column.Vector else column.Vector.Relocate(Index.positions column.Index index)
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
  member _.ColumnTypes = data |> Seq.map _.ElementType
  member _.IsEmpty = rows.IsEmpty && columns.IsEmpty

  // Columns

  /// The columns as untyped series.
  member _.Columns =
    let snapshot, vectors = Frame<'R, 'C>(rows, columns, data), data
    let column i = ObjectSeries<'R>(snapshot.RowIndex, LazyVector<obj>(snapshot.RowCount, vectors[i].GetObject))
    ColumnSeries<'R, 'C>(snapshot, LazyVector<ObjectSeries<'R>>(data.Length, fun i -> OptionalValue(column i)))
  /// A column as type 'T, converted where System.Convert can; KeyNotFoundException or InvalidCastException where not.
  member _.GetColumn<'T>(column: 'C) : Series<'R, 'T> = Series<'R, 'T>(rows, typed ConversionKind.Flexible column data[locate column])
  member this.GetColumnAt<'T>(position: int) : Series<'R, 'T> = this.GetColumn<'T>(columns.Keys[position])
  member this.TryGetColumn<'T>(column: 'C, lookup: Lookup) : OptionalValue<Series<'R, 'T>> =
    match Index.lookup column lookup (fun _ -> true) columns with
    | -1 -> OptionalValue<_>.Missing
    | i -> OptionalValue(this.GetColumnAt<'T> i)
  /// The columns that can be read as type 'T without loss.
  member _.GetColumns<'T>() : Series<'C, Series<'R, 'T>> =
    let fitting = [| for i in 0 .. data.Length - 1 do if Conversion.canConvertType<'T> ConversionKind.Safe data[i].ElementType then i |]
    Series<'C, Series<'R, 'T>>(
      Index.ofKeys (fitting |> Array.map (fun i -> columns.Keys[i])),
      Vector.ofValues (fitting |> Array.map (fun i -> Series<'R, 'T>(rows, typed ConversionKind.Safe columns.Keys[i] data[i]))))
  /// A column as floats; setting it replaces or adds the column.
  member this.Item
    with get (column: 'C) = this.GetColumn<float> column
    and set (column: 'C) (series: Series<'R, float>) = this.ReplaceColumn(column, series)

  /// frame?x is the column "x" as floats; frame?x <- series replaces or adds it.
  static member (?)(frame: Frame<'R, 'C>, column: 'C) : Series<'R, float> = frame.GetColumn<float> column
  static member (?<-)(frame: Frame<'R, 'C>, column: 'C, series: Series<'R, 'V>) = frame.ReplaceColumn(column, series)

  /// Adds a column on the right, aligned by row key: keys that the frame lacks are ignored, keys that the series lacks are missing.
  member _.AddColumn(column: 'C, series: ISeries<'R>) =
    if rows.IsEmpty && columns.IsEmpty then
      rows <- series.Index
      columns <- Index.ofKeys [| column |]
      data <- [| series.Vector |]
    else
      let aligned =
        if Index.sameKeys series.Index rows then series.Vector else series.Vector.Relocate(Index.positions series.Index rows)
      columns <- Index.ofKeys (Array.append (Index.keys columns) [| column |])
      data <- Array.append data [| aligned |]
  /// Adds values by position; too few are filled with missing values, too many are ignored.
  member this.AddColumn(column: 'C, values: seq<'V>) =
    let values = Array.ofSeq values
    if rows.IsEmpty && columns.IsEmpty then
      match box (Index.ordinal values.Length) with
      | :? IIndex<'R> as ordinal -> this.AddColumn(column, Series<'R, 'V>(ordinal, Vector.ofValues values))
      | _ -> invalidOp "Adding values without keys to an empty frame needs integer row keys; add a series instead."
    else
      let count = int rows.KeyCount
      let vector = (Vector.ofValues values).Relocate(Array.init count (fun i -> if i < values.Length then i else -1))
      this.AddColumn(column, Series<'R, 'V>(rows, vector :?> IVector<'V>))
  member _.DropColumn(column: 'C) =
    let dropped = locate column
    columns <- columns.Keys |> Seq.indexed |> Seq.filter (fun (i, _) -> i <> dropped) |> Seq.map snd |> Array.ofSeq |> Index.ofKeys
    data <- data |> Array.removeAt dropped
  /// Replaces a column, moving it to the right end, or adds it.
  member this.ReplaceColumn(column: 'C, series: ISeries<'R>) =
    if columns.Locate column >= 0 then this.DropColumn column
    this.AddColumn(column, series)
  member this.ReplaceColumn(column: 'C, values: seq<'V>) =
    if columns.Locate column >= 0 then this.DropColumn column
    this.AddColumn(column, values)
  member _.RenameColumn(oldKey: 'C, newKey: 'C) =
    let renamed = locate oldKey
    columns <- columns.Keys |> Seq.mapi (fun i k -> if i = renamed then newKey else k) |> Array.ofSeq |> Index.ofKeys
  member _.RenameColumns(keys: seq<'C>) =
    let keys = Array.ofSeq keys
    if keys.Length <> data.Length then invalidArg (nameof keys) $"Expected {data.Length} column keys, one a column; got {keys.Length}."
    columns <- Index.ofKeys keys
  member _.RenameColumns(mapping: Func<'C, 'C>) = columns <- columns.Keys |> Seq.map mapping.Invoke |> Array.ofSeq |> Index.ofKeys
  member _.Clone() = Frame<'R, 'C>(rows, columns, Array.copy data)

  // Rows

  /// The rows as untyped series.
  member _.Rows =
    let snapshot = Frame<'R, 'C>(rows, columns, data)
    RowSeries<'R, 'C>(snapshot, LazyVector<ObjectSeries<'C>>(int rows.KeyCount, fun i -> OptionalValue(snapshot.RowAt i)))
  member internal _.RowAt(position: int) = ObjectSeries<'C>(columns, rowVector position)
  member _.TryGetRow<'T>(row: 'R) : OptionalValue<Series<'C, 'T>> =
    match rows.Locate row with
    | -1 -> OptionalValue<_>.Missing
    | i -> OptionalValue(Series<'C, 'T>(columns, Vector.convert<'T> ConversionKind.Flexible (rowVector i)))
  /// A row as type 'T; KeyNotFoundException where there is none.
  member this.GetRow<'T>(row: 'R) : Series<'C, 'T> =
    this.GetRowAt<'T>(locateRow row)
  member _.GetRowAt<'T>(position: int) : Series<'C, 'T> = Series<'C, 'T>(columns, Vector.convert<'T> ConversionKind.Flexible (rowVector position))
  member _.GetRowKeyAt(position: int64) = rows.Keys[int position]
  /// One cell, read by column and row key.
  member _.Item with get (column: 'C, row: 'R) : obj = (data[locate column].GetObject(locateRow row)).Value
  /// All values that can be read as type 'T without loss, column by column.
  member this.GetAllValues<'T>() : seq<'T> = this.GetColumns<'T>().Values |> Seq.collect _.Values

  /// The rows at the given positions, in that order, under new keys.
  member internal _.Relocated(index: IIndex<'R2>, positions: int[]) = Frame<'R2, 'C>(index, columns, data |> Array.map (fun v -> v.Relocate positions))
  member internal this.RowsAt(positions: int[]) = this.Relocated(Index.ofKeys (positions |> Array.map (fun i -> rows.Keys[i])), positions)
  member internal _.ColumnsAt(positions: int[]) =
    Frame<'R, 'C>(rows, Index.ofKeys (positions |> Array.map (fun i -> columns.Keys[i])), positions |> Array.map (fun i -> data[i]))
  member internal _.WithIndices(newRows: IIndex<'R2>, newColumns: IIndex<'C2>) = Frame<'R2, 'C2>(newRows, newColumns, data)

  /// The values of a column become the row keys; the column is dropped unless keepColumn.
  member this.IndexRows<'K when 'K: equality>(column: 'C, keepColumn: bool) : Frame<'K, 'C> =
    let keys = this.GetColumn<'K>(column).ValuesAll |> Array.ofSeq |> Grouping.complete $"Column '{column}'"
    let indexed = this.WithIndices(Index.ofKeys keys, columns)
    if not keepColumn then indexed.DropColumn column
    indexed
  member this.IndexRows<'K when 'K: equality>(column: 'C) : Frame<'K, 'C> = this.IndexRows<'K>(column, false)

  // Groups

  member internal this.GroupByLabels(labels: 'G[]) : Frame<'G * 'R, 'C> =
    let groups = Grouping.byLabel labels
    let positions = groups |> Array.collect snd
    let keys = groups |> Array.collect (fun (label, members) -> members |> Array.map (fun i -> label, rows.Keys[i]))
    this.Relocated(Index.ofKeys keys, positions)
  /// Rows that share a value of the column come together, under keys (value, row key).
  member this.GroupRowsBy<'G when 'G: equality>(column: 'C) : Frame<'G * 'R, 'C> =
    this.GetColumn<'G>(column).ValuesAll |> Array.ofSeq |> Grouping.complete $"Column '{column}'" |> this.GroupByLabels
  member this.GroupRowsUsing<'G when 'G: equality>(selector: Func<'R, ObjectSeries<'C>, 'G>) : Frame<'G * 'R, 'C> =
    this.Rows.Select(fun kv -> selector.Invoke(kv.Key, kv.Value)).ValuesAll |> Array.ofSeq |> Grouping.complete "The group selector's result" |> this.GroupByLabels
  member this.GroupRowsByIndex(selector: Func<'R, 'G>) : Frame<'G * 'R, 'C> = rows.Keys |> Seq.map selector.Invoke |> Array.ofSeq |> this.GroupByLabels
  /// One row a group: the columns groupBy hold its values, the columns aggBy the result of aggregate over its rows.
  member this.AggregateRowsBy(groupBy: seq<'C>, aggBy: seq<'C>, aggregate: Func<Series<'R, 'V>, 'T>) : Frame<int, 'C> =
    let wanted = HashSet(groupBy, HashIdentity.Structural)
    for key in wanted do locate key |> ignore
    let by = columns.Keys |> Seq.filter wanted.Contains |> Array.ofSeq
    if by.Length = 0 then invalidArg (nameof groupBy) "Grouping needs at least one column."
    let labels = Array.init this.RowCount (fun row -> [ for key in by -> data[locate key].GetObject row ])
    let groups = Grouping.byLabel labels |> Array.map snd
    let firstRows = groups |> Array.map Array.head
    let aggBy = Array.ofSeq aggBy
    let aggregated =
      aggBy
      |> Array.map (fun key ->
        let column = this.GetColumn<'V> key
        groups |> Array.map (column.AtPositions >> aggregate.Invoke) |> Vector.ofValues :> IVector)
    let grouped = by |> Array.map (fun key -> data[locate key].Relocate firstRows)
    Frame<int, 'C>(Index.ordinal groups.Length, Index.ofKeys (Array.append by aggBy), Array.append grouped aggregated)

  // Join

  /// The columns of both frames side by side, rows matched by key.
  member _.Join(other: Frame<'R, 'C>, kind: JoinKind) : Frame<'R, 'C> =
    let index = Index.join kind rows other.RowIndex
    let relocate (source: IIndex<'R>) (vectors: IVector[]) =
      let positions = Index.positions source index
      vectors |> Array.map (fun v -> v.Relocate positions)
    let bothColumns = Index.ofKeys (Array.append (Index.keys columns) (Index.keys other.ColumnIndex))
    Frame<'R, 'C>(index, bothColumns, Array.append (relocate rows data) (relocate other.RowIndex other.Data))
  member this.Join(other: Frame<'R, 'C>) = this.Join(other, JoinKind.Outer)
  member this.Join(column: 'C, series: Series<'R, 'V>, kind: JoinKind) = this.Join(Frame<'R, 'C>([ column ], [ series ]), kind)

  /// The result of f for every value that can be read as 'T1 without loss; other columns stay as they are.
  member _.SelectValues<'T1, 'T2>(f: Func<'T1, 'T2>) : Frame<'R, 'C> =
    let map (vector: IVector) : IVector =
      if Conversion.canConvertType<'T1> ConversionKind.Safe vector.ElementType then
        (Series<'R, 'T1>(rows, Vector.convert<'T1> ConversionKind.Safe vector).SelectValues f).Vector
      else vector
    Frame<'R, 'C>(rows, columns, data |> Array.map map)

  // Printing and equality

  /// The printed cells: column keys, types when asked for, rows; the middle of long and wide frames is elided.
  member _.FormatStrings(rowStart: int, rowEnd: int, columnStart: int, columnEnd: int, printTypes: bool) : string[][] =
    let shownRows = Formatting.elide rowStart rowEnd (int rows.KeyCount)
    let shownColumns = Formatting.elide columnStart columnEnd data.Length
    let rowLevels, columnLevels = Levels.count rows.Keys, Levels.count columns.Keys
    let rowKeys = shownRows |> Array.map (fun i -> if i < 0 then None else Some(box rows.Keys[i])) |> Formatting.formatKeys rows.IsOrdered rowLevels
    let columnKeys = shownColumns |> Array.map (fun i -> if i < 0 then None else Some(box columns.Keys[i])) |> Formatting.formatKeys columns.IsOrdered columnLevels
    let typeName (kind: Type) =
      if kind = typeof<obj> then "obj" elif kind = typeof<float> then "float" elif kind = typeof<int> then "int"
      elif kind = typeof<string> then "string" else kind.Name
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
         Array.append head (columnKeys |> Array.map (fun key -> if key[0] = ":" then "..." else key[level]))
       if printTypes then
         Array.append head (shownColumns |> Array.map (fun c -> if c < 0 then "" else $"({typeName data[c].ElementType})"))
       for r in 0 .. shownRows.Length - 1 do
         Array.concat [ rowKeys[r]; [| (if shownRows[r] < 0 then "" else "->") |]; cells |> Array.map (fun column -> column[r]) ] |]
  member private _.NumericColumns(columnStart: int, columnEnd: int) =
    Formatting.elide columnStart columnEnd data.Length |> Array.map (fun c -> c < 0 || Conversion.isNumeric data[c].ElementType)
  /// The frame as text: numbers flush right, long frames elided in the middle.
  member this.Format() = this.Format(false)
  member this.Format(printTypes: bool) =
    this.Format(Formatting.RowStartItemCount, Formatting.RowEndItemCount, Formatting.ColumnStartItemCount, Formatting.ColumnEndItemCount, printTypes)
  member this.Format(rowCount: int, columnCount: int) = this.Format(rowCount / 2, rowCount / 2, columnCount / 2, columnCount / 2)
  member this.Format(rowStart: int, rowEnd: int, columnStart: int, columnEnd: int) = this.Format(rowStart, rowEnd, columnStart, columnEnd, false)
  member private this.Format(rowStart: int, rowEnd: int, columnStart: int, columnEnd: int, printTypes: bool) =
    let numeric = this.NumericColumns(columnStart, columnEnd)
    let head = Levels.count rows.Keys + 1
    this.FormatStrings(rowStart, rowEnd, columnStart, columnEnd, printTypes)
    |> Formatting.formatTable (fun column -> column >= head && numeric[column - head])
  override this.ToString() = this.Format()
  override this.Equals other =
    match other with
    | :? Frame<'R, 'C> as o ->
        Index.sameKeys rows o.RowIndex && Index.sameKeys columns o.ColumnIndex
        && Seq.forall2 (fun (a: IVector) (b: IVector) -> Seq.forall (fun i -> (a.GetObject i).Equals(b.GetObject i)) (seq { 0 .. int a.Length - 1 })) data o.Data
    | _ -> false
  override this.GetHashCode() = HashCode.Combine(this.RowCount, this.ColumnCount)

  interface IFrameFormattable with
    member this.InteractiveFormat(rowCount, columnCount, printTypes) = this.FormatStrings(rowCount / 2, rowCount / 2, columnCount / 2, columnCount / 2, printTypes)
    member _.GetColLevels() = Levels.count columns.Keys
    member _.GetRowLevels() = Levels.count rows.Keys
    member this.GetDimensions() = this.RowCount, this.ColumnCount
    member _.GetMissingValueCount() = data |> Array.sumBy (fun v -> Seq.init (int v.Length) (fun i -> if (v.GetObject i).HasValue then 0 else 1) |> Seq.sum)
    member this.GetNumericColumns columnCount = this.NumericColumns(columnCount / 2, columnCount / 2)

/// The columns of a frame; several of them together are a frame again.
and ColumnSeries<'R, 'C when 'R: equality and 'C: equality> internal (frame: Frame<'R, 'C>, vector: IVector<ObjectSeries<'R>>) =
  inherit Series<'C, ObjectSeries<'R>>(frame.ColumnIndex, vector)
  /// A column by key; KeyNotFoundException that names the nearest columns where there is none.
  member _.Item with get (column: 'C) = (vector.GetValue(frame.LocateColumn column)).Value
  /// The columns with the given keys as a frame.
  member _.Item with get (columns: seq<'C>) : Frame<'R, 'C> = frame.ColumnsAt(columns |> Seq.map frame.LocateColumn |> Array.ofSeq)

/// The rows of a frame; several of them together are a frame again.
and RowSeries<'R, 'C when 'R: equality and 'C: equality> internal (frame: Frame<'R, 'C>, vector: IVector<ObjectSeries<'C>>) =
  inherit Series<'R, ObjectSeries<'C>>(frame.RowIndex, vector)
  /// A row by key; KeyNotFoundException that names the nearest rows where there is none.
  member _.Item with get (row: 'R) = (vector.GetValue(frame.LocateRow row)).Value
  /// The rows with the given keys as a frame.
  member _.Item with get (rows: seq<'R>) : Frame<'R, 'C> = frame.RowsAt(rows |> Seq.map frame.LocateRow |> Array.ofSeq)
