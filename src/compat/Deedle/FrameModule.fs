namespace Deedle

open System
open System.Collections.Generic

/// Makes frames from rows.
module internal FrameRows =
  /// A frame from untyped rows: its columns are all keys of all rows, in order of first appearance.
  let ofRows (index: IIndex<'R>) (rows: ISeries<'C>[]) : Frame<'R, 'C> =
    let columns = rows |> Seq.map _.Index |> List.ofSeq |> (fun i -> if i.IsEmpty then Index.ofKeys [||] else Index.union i)
    let column key =
      rows
      |> Array.map (fun row -> (row.TryGetObject key).ValueOrDefault)
      |> Vector.ofObjects typeof<obj>
    Frame<'R, 'C>(index, columns, columns.Keys |> Seq.map column |> Array.ofSeq)

  let asSeries (series: Series<'K, 'V>) : ISeries<'K> = series

/// Functions on frames; each returns a new frame.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Frame =
  // Columns
  let countRows (frame: Frame<'R, 'C>) = frame.RowCount
  let countCols (frame: Frame<'R, 'C>) = frame.ColumnCount
  let cols (frame: Frame<'R, 'C>) = frame.Columns
  let rows (frame: Frame<'R, 'C>) = frame.Rows
  let getCol column (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.GetColumn<'V> column
  let getCols (frame: Frame<'R, 'C>) : Series<'C, Series<'R, 'V>> = frame.GetColumns<'V>()
  let getNumericCols (frame: Frame<'R, 'C>) = frame.GetColumns<float>()
  let getRow row (frame: Frame<'R, 'C>) : Series<'C, 'V> = frame.GetRow<'V> row
  let addCol column (series: Series<'R, 'V>) (frame: Frame<'R, 'C>) =
    let added = frame.Clone()
    added.AddColumn(column, series)
    added
  let dropCol column (frame: Frame<'R, 'C>) =
    let dropped = frame.Clone()
    dropped.DropColumn column
    dropped
  let replaceCol column (series: ISeries<'R>) (frame: Frame<'R, 'C>) =
    let replaced = frame.Clone()
    replaced.ReplaceColumn(column, series)
    replaced
  let renameCol oldKey newKey (frame: Frame<'R, 'C>) =
    let renamed = frame.Clone()
    renamed.RenameColumn(oldKey, newKey)
    renamed
  let sliceCols (columns: seq<'C>) (frame: Frame<'R, 'C>) = frame.Columns[columns]
  let sliceRows (rows: seq<'R>) (frame: Frame<'R, 'C>) = frame.Rows[rows]
  let mapColKeys (f: 'C -> 'C2) (frame: Frame<'R, 'C>) : Frame<'R, 'C2> =
    frame.WithIndices(frame.RowIndex, Index.ofKeys (frame.ColumnKeys |> Seq.map f |> Array.ofSeq))
  let mapCols (f: 'C -> ObjectSeries<'R> -> Series<'R, 'V>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    Frame<'R, 'C>(frame.ColumnKeys, [ for kv in frame.Columns.Observations -> f kv.Key kv.Value |> FrameRows.asSeries ])
  let filterCols (f: 'C -> ObjectSeries<'R> -> bool) (frame: Frame<'R, 'C>) =
    frame.Columns[[ for kv in frame.Columns.Observations do if f kv.Key kv.Value then kv.Key ]]

  // Rows
  let private filterPositions f (frame: Frame<'R, 'C>) = frame.RowsAt [| for i in 0 .. frame.RowCount - 1 do if f i then i |]
  let filterRows (f: 'R -> ObjectSeries<'C> -> bool) (frame: Frame<'R, 'C>) =
    filterPositions (fun i -> f frame.RowIndex.Keys[i] (frame.RowAt i)) frame
  let filterRowValues (f: ObjectSeries<'C> -> bool) (frame: Frame<'R, 'C>) = filterPositions (frame.RowAt >> f) frame
  let filterRowsBy column (value: 'V) (frame: Frame<'R, 'C>) =
    let series = frame.GetColumn<'V> column
    filterPositions (fun i -> (series.Vector.GetValue i).Equals(OptionalValue value)) frame
  let mapRows (f: 'R -> ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) = frame.Rows.Select(fun kv -> f kv.Key kv.Value)
  let mapRowValues (f: ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) = frame.Rows.Select(fun kv -> f kv.Value)
  let mapRowKeys (f: 'R -> 'R2) (frame: Frame<'R, 'C>) : Frame<'R2, 'C> =
    frame.WithIndices(Index.ofKeys (frame.RowKeys |> Seq.map f |> Array.ofSeq), frame.ColumnIndex)
  let mapValues (f: 'T1 -> 'T2) (frame: Frame<'R, 'C>) = frame.SelectValues(Func<_, _> f)
  let take count (frame: Frame<'R, 'C>) = frame.RowsAt [| 0 .. min count frame.RowCount - 1 |]
  let takeLast count (frame: Frame<'R, 'C>) = frame.RowsAt [| max 0 (frame.RowCount - count) .. frame.RowCount - 1 |]
  let skip count (frame: Frame<'R, 'C>) = takeLast (frame.RowCount - count) frame

  // Order: missing values first, equal values keep their order
  let sortRowsBy column (f: 'T -> 'V) (frame: Frame<'R, 'C>) =
    frame.GetColumn<'T> column |> Series.mapValues f |> Series.sortedPositions (fun a b -> Comparer<'V>.Default.Compare(a, b)) |> frame.RowsAt
  let sortRowsWith column (compare: 'V -> 'V -> int) (frame: Frame<'R, 'C>) =
    frame.GetColumn<'V> column |> Series.sortedPositions compare |> frame.RowsAt
  let sortRows column (frame: Frame<'R, 'C>) = sortRowsWith column (fun (a: obj) b -> Comparer<obj>.Default.Compare(a, b)) frame
  let sortRowsByKey (frame: Frame<'R, 'C>) =
    frame.RowsAt(Index.sortedPositions frame.RowIndex)
  let sortColsByKey (frame: Frame<'R, 'C>) =
    frame.ColumnsAt(Index.sortedPositions frame.ColumnIndex)

  // Keys
  let indexRows column (frame: Frame<'R, 'C>) : Frame<'K, 'C> = frame.IndexRows<'K> column
  let indexRowsString column (frame: Frame<'R, 'C>) = frame.IndexRows<string> column
  let indexRowsInt column (frame: Frame<'R, 'C>) = frame.IndexRows<int> column
  let indexRowsOrdinally (frame: Frame<'R, 'C>) = frame.WithIndices(Index.ordinal frame.RowCount, frame.ColumnIndex)
  let indexRowsWith (keys: seq<'R2>) (frame: Frame<'R, 'C>) =
    let keys = Array.ofSeq keys
    if keys.Length <> frame.RowCount then invalidArg (nameof keys) $"Expected {frame.RowCount} row keys, one a row; got {keys.Length}."
    frame.WithIndices(Index.ofKeys keys, frame.ColumnIndex)
  let indexColsWith (keys: seq<'C2>) (frame: Frame<'R, 'C>) : Frame<'R, 'C2> =
    let keys = Array.ofSeq keys
    if keys.Length <> frame.ColumnCount then invalidArg (nameof keys) $"Expected {frame.ColumnCount} column keys, one a column; got {keys.Length}."
    frame.WithIndices(frame.RowIndex, Index.ofKeys keys)
  let transpose (frame: Frame<'R, 'C>) : Frame<'C, 'R> =
    FrameRows.ofRows frame.ColumnIndex [| for kv in frame.Columns.Observations -> kv.Value |]

  // Groups
  let groupRowsBy column (frame: Frame<'R, 'C>) : Frame<'G * 'R, 'C> = frame.GroupRowsBy<'G> column
  let groupRowsByString column (frame: Frame<'R, 'C>) = frame.GroupRowsBy<string> column
  let groupRowsByInt column (frame: Frame<'R, 'C>) = frame.GroupRowsBy<int> column
  let groupRowsByBool column (frame: Frame<'R, 'C>) = frame.GroupRowsBy<bool> column
  let groupRowsUsing (selector: 'R -> ObjectSeries<'C> -> 'G) (frame: Frame<'R, 'C>) = frame.GroupRowsUsing(Func<_, _, _> selector)
  let groupRowsByIndex (selector: 'R -> 'G) (frame: Frame<'R, 'C>) = frame.GroupRowsByIndex(Func<_, _> selector)
  let aggregateRowsBy groupBy aggBy (aggregate: Series<'R, 'V> -> 'T) (frame: Frame<'R, 'C>) = frame.AggregateRowsBy(groupBy, aggBy, Func<_, _> aggregate)
  /// The result of op for each column over the rows at each value of a level.
  let applyLevel (level: 'R -> 'K) (op: Series<'R, 'V> -> 'T) (frame: Frame<'R, 'C>) : Frame<'K, 'C> =
    let columns = frame.GetColumns<'V>()
    Frame<'K, 'C>(columns.Keys, [ for column in columns.Values -> Series.applyLevel level op column |> FrameRows.asSeries ])
  /// A frame of buckets: op is called with the rows that share a row group and a column group.
  let pivotTable
    (rowGroup: 'R -> ObjectSeries<'C> -> 'RNew)
    (columnGroup: 'R -> ObjectSeries<'C> -> 'CNew)
    (op: Frame<'R, 'C> -> 'T)
    (frame: Frame<'R, 'C>)
    : Frame<'RNew, 'CNew> =
    let label (group: 'R -> ObjectSeries<'C> -> 'G) = Array.init frame.RowCount (fun i -> group frame.RowIndex.Keys[i] (frame.RowAt i))
    let rowLabels, columnLabels = label rowGroup, label columnGroup
    let columns =
      Grouping.byLabel columnLabels
      |> Array.map (fun (columnLabel, members) ->
        let cells = members |> Array.map (fun i -> rowLabels[i]) |> Grouping.byLabel
        let values = cells |> Array.map (fun (_, inner) -> op (frame.RowsAt(inner |> Array.map (fun i -> members[i]))))
        columnLabel, Series<'RNew, 'T>(Index.ofKeys (Array.map fst cells), Vector.ofValues values) |> FrameRows.asSeries)
    Frame<'RNew, 'CNew>(Array.map fst columns, Array.map snd columns)

  // Combine
  let join kind (left: Frame<'R, 'C>) (right: Frame<'R, 'C>) = left.Join(right, kind)
  /// The rows of both frames, one after the other; InvalidOperationException where they share a row key.
  let merge (top: Frame<'R, 'C>) (bottom: Frame<'R, 'C>) : Frame<'R, 'C> =
    match bottom.RowKeys |> Seq.tryFind (fun key -> top.RowIndex.Locate key >= 0) with
    | Some key -> invalidOp $"Both frames have a row '{key}'; merging needs disjoint row keys."
    | None ->
        let rows = Index.ofKeys (Array.append (Index.keys top.RowIndex) (Index.keys bottom.RowIndex))
        let columns = Index.union [ top.ColumnIndex; bottom.ColumnIndex ]
        let part (frame: Frame<'R, 'C>) key : OptionalValue<obj>[] =
          match frame.ColumnIndex.Locate key with
          | -1 -> Array.create frame.RowCount OptionalValue<obj>.Missing
          | i -> Array.init frame.RowCount frame.Data[i].GetObject
        let declared key =
          [ top; bottom ] |> List.tryPick (fun f -> match f.ColumnIndex.Locate key with -1 -> None | i -> Some f.Data[i].ElementType) |> Option.defaultValue typeof<obj>
        let stacked key = Array.append (part top key) (part bottom key) |> Array.map _.ValueOrDefault |> Vector.ofObjects (declared key)
        Frame<'R, 'C>(rows, columns, columns.Keys |> Seq.map stacked |> Array.ofSeq)

  // Missing values
  let private rowsWhere f (frame: Frame<'R, 'C>) = filterPositions (fun i -> f (frame.Data |> Seq.map (fun v -> (v.GetObject i).HasValue))) frame
  /// Without the rows that have any missing value.
  let dropSparseRows (frame: Frame<'R, 'C>) = rowsWhere (Seq.forall id) frame
  /// Without the rows whose value in the column is missing.
  let dropSparseRowsBy column (frame: Frame<'R, 'C>) =
    let vector = frame.Data[frame.LocateColumn column]
    filterPositions (fun i -> (vector.GetObject i).HasValue) frame
  /// Without the columns that have any missing value.
  let dropSparseCols (frame: Frame<'R, 'C>) =
    frame.ColumnsAt [| for c in 0 .. frame.ColumnCount - 1 do if Seq.forall (fun i -> (frame.Data[c].GetObject i).HasValue) (seq { 0 .. frame.RowCount - 1 }) then c |]
  /// Missing values in the columns of the value's type become the value.
  let fillMissingWith (value: 'T) (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    let fill (vector: IVector) =
      if Conversion.canConvertType<'T> ConversionKind.Safe vector.ElementType then
        (Series<'R, 'T>(frame.RowIndex, Vector.convert<'T> ConversionKind.Safe vector) |> Series.fillMissingWith value).Vector :> IVector
      else vector
    Frame<'R, 'C>(frame.RowIndex, frame.ColumnIndex, frame.Data |> Array.map fill)
