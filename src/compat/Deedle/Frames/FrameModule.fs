namespace Deedle

open System
open System.Collections.Generic
open Deedle.Indices

/// Functions on frames; each returns a new frame.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Frame =
  let empty<'R, 'C when 'R: equality and 'C: equality> : Frame<'R, 'C> = Frame<'R, 'C>(Index.ofUnique [||], Index.ofUnique [||], [||])

  // Columns
  let countRows (frame: Frame<'R, 'C>) = frame.RowCount
  let countCols (frame: Frame<'R, 'C>) = frame.ColumnCount
  let countValues (frame: Frame<'R, 'C>) : Series<'C, int> = frame.Columns |> Series.mapValues (fun (column: ObjectSeries<'R>) -> column.ValueCount)
  let cols (frame: Frame<'R, 'C>) = frame.Columns
  let getCol column (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.GetColumn<'V> column
  let getCols (frame: Frame<'R, 'C>) : Series<'C, Series<'R, 'T>> = frame.GetColumns<'T>()
  let getNumericCols (frame: Frame<'R, 'C>) : Series<'C, Series<'R, float>> = frame.GetColumns<float>()
  let lookupCol column lookup (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.GetColumn<'V>(column, lookup)
  let tryLookupCol column lookup (frame: Frame<'R, 'C>) : Series<'R, 'V> option = frame.TryGetColumn<'V>(column, lookup) |> OptionalValue.asOption
  let sliceCols (columns: seq<'C>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Columns[columns]
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
  let indexColsWith (keys: seq<'C2>) (frame: Frame<'R, 'C1>) : Frame<'R, 'C2> =
    let keys = Array.ofSeq keys
    if keys.Length <> frame.ColumnCount then invalidArg (nameof keys) $"Expected {frame.ColumnCount} column keys, one a column; got {keys.Length}."
    frame.WithIndices(frame.RowIndex, Index.ofKeys keys)
  let mapColKeys (f: 'C -> 'C2) (frame: Frame<'R, 'C>) : Frame<'R, 'C2> = indexColsWith (Index.keys frame.ColumnIndex |> Array.map f) frame
  let renameCol oldKey newKey (frame: Frame<'R, 'C>) = mapColKeys (fun key -> if key = oldKey then newKey else key) frame
  let renameColsUsing (mapping: 'C -> 'C2) (frame: Frame<'R, 'C>) = mapColKeys mapping frame
  let mapCols (f: 'C -> ObjectSeries<'R> -> #ISeries<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    frame.Columns |> Series.map f |> FrameRows.ofColumns
  let mapColValues (f: ObjectSeries<'R> -> #ISeries<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = mapCols (fun _ column -> f column) frame
  let filterCols (f: 'C -> ObjectSeries<'R> -> bool) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Columns |> Series.filter f |> FrameRows.ofColumns
  let filterColValues (f: ObjectSeries<'R> -> bool) (frame: Frame<'R, 'C>) = filterCols (fun _ column -> f column) frame
  let sortColsByKey (frame: Frame<'R, 'C>) = frame.ColumnsAt(KeySearch.sortedPositions frame.ColumnIndex)

  // Rows
  let rows (frame: Frame<'R, 'C>) = frame.Rows
  let getRow row (frame: Frame<'R, 'C>) : Series<'C, 'T> = frame.GetRow<'T> row
  let getRows (frame: Frame<'R, 'C>) : Series<'R, Series<'C, 'T>> = frame.GetRows<'T>()
  let lookupRow row lookup (frame: Frame<'R, 'C>) : Series<'C, 'T> = frame.GetRow<'T>(row, lookup)
  let tryLookupRow row lookup (frame: Frame<'R, 'C>) : Series<'C, 'T> option = frame.TryGetRow<'T>(row, lookup) |> OptionalValue.asOption
  let sliceRows (rows: seq<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Rows[rows]
  let slice (columns: seq<'C>) (rows: seq<'R>) (frame: Frame<'R, 'C>) = frame |> sliceCols columns |> sliceRows rows
  let rowsAfter lowerExclusive (frame: Frame<'R, 'C>) = frame.Subrange(Some(lowerExclusive, BoundaryBehavior.Exclusive), None)
  let rowsBefore upperExclusive (frame: Frame<'R, 'C>) = frame.Subrange(None, Some(upperExclusive, BoundaryBehavior.Exclusive))
  let rowsStartAt lowerInclusive (frame: Frame<'R, 'C>) = frame.Subrange(Some(lowerInclusive, BoundaryBehavior.Inclusive), None)
  let rowsEndAt upperInclusive (frame: Frame<'R, 'C>) = frame.Subrange(None, Some(upperInclusive, BoundaryBehavior.Inclusive))
  let rowsBetween lowerInclusive upperInclusive (frame: Frame<'R, 'C>) =
    frame.Subrange(Some(lowerInclusive, BoundaryBehavior.Inclusive), Some(upperInclusive, BoundaryBehavior.Inclusive))
  let private rowRange first last (frame: Frame<'R, 'C>) = frame.RowsAt [| first..last |]
  let private checkCount count (frame: Frame<'R, 'C>) =
    if count < 0 || count > frame.RowCount then
      invalidArg (nameof count) $"Expected a number from 0 to {frame.RowCount}, the number of rows; got {count}."
  let take count (frame: Frame<'R, 'C>) =
    checkCount count frame
    rowRange 0 (count - 1) frame
  let takeLast count (frame: Frame<'R, 'C>) =
    checkCount count frame
    rowRange (frame.RowCount - count) (frame.RowCount - 1) frame
  let skip count (frame: Frame<'R, 'C>) =
    checkCount count frame
    rowRange count (frame.RowCount - 1) frame
  let skipLast count (frame: Frame<'R, 'C>) =
    checkCount count frame
    rowRange 0 (frame.RowCount - 1 - count) frame
  let private rowsWhere (f: int -> bool) (frame: Frame<'R, 'C>) = frame.RowsAt [| for i in 0 .. frame.RowCount - 1 do if f i then i |]
  let filterRows (f: 'R -> ObjectSeries<'C> -> bool) (frame: Frame<'R, 'C>) =
    let keys = Index.keys frame.RowIndex
    rowsWhere (fun i -> f keys[i] (frame.RowAt i)) frame
  let filterRowValues (f: ObjectSeries<'C> -> bool) (frame: Frame<'R, 'C>) = rowsWhere (frame.RowAt >> f) frame
  let filterRowsBy column (value: 'V) (frame: Frame<'R, 'C>) =
    let values = frame.GetColumn<'V>(column).Vector
    rowsWhere (fun i -> (values.GetValue i).Equals(OptionalValue value)) frame
  let mapRows (f: 'R -> ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.Rows |> Series.map f
  let mapRowValues (f: ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.Rows |> Series.mapValues f
  let mapRowKeys (f: 'R1 -> 'R2) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> =
    frame.WithIndices(Index.ofKeys (Index.keys frame.RowIndex |> Array.map f), frame.ColumnIndex)
  let mapValues (f: 'T1 -> 'T2) (frame: Frame<'R, 'C>) = frame.SelectValues(Func<_, _> f)
  let map (f: 'R -> 'C -> 'T1 -> 'T2) (frame: Frame<'R, 'C>) = frame.Select(Func<_, _, _, _> f)
  let reduceValues (op: 'T -> 'T -> 'T) (frame: Frame<'R, 'C>) : Series<'C, 'T> = frame.GetColumns<'T>() |> Series.mapValues (Series.reduceValues op)
  /// The row with the largest value in a column.
  let maxRowBy column (frame: Frame<'R, 'C>) : ('R * ObjectSeries<'C>) option = frame.Rows |> Stats.maxBy (fun row -> row.GetAs<float> column)
  /// The row with the smallest value in a column.
  let minRowBy column (frame: Frame<'R, 'C>) : ('R * ObjectSeries<'C>) option = frame.Rows |> Stats.minBy (fun row -> row.GetAs<float> column)

  // Order of rows: missing values first, equal values keep their order
  let sortRowsWith colKey (compareFunc: 'V -> 'V -> int) (frame: Frame<'R, 'C>) =
    frame.GetColumn<'V> colKey |> Series.sortedPositions compareFunc |> frame.RowsAt
  let sortRowsBy colKey (f: 'T -> 'V) (frame: Frame<'R, 'C>) =
    frame.GetColumn<'T> colKey |> Series.mapValues f |> Series.sortedPositions Series.compareValues |> frame.RowsAt
  let sortRows colKey (frame: Frame<'R, 'C>) =
    { new VectorCallSite<int[]> with
        member _.Invoke(typed: IVector<'T>) = Series<'R, 'T>(frame.RowIndex, typed) |> Series.sortedPositions Series.compareValues }
    |> frame.Data[frame.LocateColumn colKey].Invoke
    |> frame.RowsAt
  let sortRowsByKey (frame: Frame<'R, 'C>) = frame.RowsAt(KeySearch.sortedPositions frame.RowIndex)

  // Row keys
  let indexRows column (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> = frame.IndexRows<'R2> column
  let indexRowsObj column (frame: Frame<'R1, 'C>) : Frame<obj, 'C> = frame.IndexRows<obj> column
  let indexRowsInt column (frame: Frame<'R1, 'C>) : Frame<int, 'C> = frame.IndexRows<int> column
  let indexRowsString column (frame: Frame<'R1, 'C>) : Frame<string, 'C> = frame.IndexRows<string> column
  let indexRowsDateTime column (frame: Frame<'R1, 'C>) : Frame<DateTime, 'C> = frame.IndexRows<DateTime> column
  let indexRowsOrdinally (frame: Frame<'R, 'C>) : Frame<int, 'C> = frame.WithIndices(Index.ordinal frame.RowCount, frame.ColumnIndex)
  /// The rows under new keys by position: too many keys get missing values, too few leave the last rows out.
  let indexRowsWith (keys: seq<'R2>) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> =
    let keys = Array.ofSeq keys
    let index = Index.ofKeys keys
    if keys.Length = frame.RowCount then frame.WithIndices(index, frame.ColumnIndex)
    else frame.Relocated(index, Array.init keys.Length (fun i -> if i < frame.RowCount then i else -1))
  let indexRowsUsing (f: ObjectSeries<'C> -> 'R2) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> =
    indexRowsWith (Array.init frame.RowCount (frame.RowAt >> f)) frame
  let indexRowsApply column (f: 'V -> 'R2) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> = frame |> indexRows column |> mapRowKeys f
  let realignRows (keys: seq<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Rows[keys]
  let transpose (frame: Frame<'R, 'C>) : Frame<'C, 'R> =
    let transposed = FrameRows.ofSeries frame.Columns
    // Without columns there is no row that would carry the keys.
    if frame.ColumnCount > 0 then transposed else transposed.WithIndices(frame.ColumnIndex, Index.ofUnique [||])
  let toArray2D (frame: Frame<'R, 'C>) = frame.ToArray2D<float>()
  let toJaggedArray (frame: Frame<'R, 'C>) = frame.ToJaggedArray<float>()

  // Neighbours
  let window size (frame: Frame<'R, 'C>) : Series<'R, Frame<'R, 'C>> =
    Series<'R, int>(frame.RowIndex, Vector.ofValues (Array.init frame.RowCount id))
    |> Series.windowInto size (fun positions -> frame.RowsAt(Array.ofSeq positions.Values))
  let windowInto size (f: Frame<'R, 'C> -> 'T) (frame: Frame<'R, 'C>) : Series<'R, 'T> = window size frame |> Series.mapValues f
  let private shiftedKeys offset (frame: Frame<'R, 'C>) =
    [| for i in 0 .. frame.RowCount - 1 do if i - offset >= 0 && i - offset < frame.RowCount then i |]
  /// The rows moved by offset positions (positive: towards later keys); keys without a source are left out.
  let shift offset (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    let kept = shiftedKeys offset frame
    frame.Relocated(Index.at kept frame.RowIndex, kept |> Array.map (fun i -> i - offset))
  /// Each number less the one offset rows before it; other columns keep the later row's value.
  let diff offset (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    let kept = shiftedKeys offset frame
    let difference (vector: IVector) : IVector =
      match Vector.tryConvert<float> ConversionKind.Safe vector with
      | OptionalValue.Present v -> Vector.init kept.Length (fun i -> OptionalValue.map2 (-) (v.GetValue kept[i]) (v.GetValue(kept[i] - offset)))
      | _ -> vector.Relocate kept
    Frame<'R, 'C>(Index.at kept frame.RowIndex, frame.ColumnIndex, frame.Data |> Array.map difference)

  // Groups and levels of keys
  let groupRowsUsing (selector: 'R -> ObjectSeries<'C> -> 'K) (frame: Frame<'R, 'C>) : Frame<'K * 'R, 'C> =
    frame.GroupRowsUsing(Func<_, _, _> selector)
  let groupRowsBy column (frame: Frame<'R, 'C>) : Frame<'K * 'R, 'C> = frame.GroupRowsBy<'K> column
  let groupRowsByObj column (frame: Frame<'R, 'C>) : Frame<obj * 'R, 'C> = frame.GroupRowsBy<obj> column
  let groupRowsByString column (frame: Frame<'R, 'C>) : Frame<string * 'R, 'C> = frame.GroupRowsBy<string> column
  let groupRowsByInt column (frame: Frame<'R, 'C>) : Frame<int * 'R, 'C> = frame.GroupRowsBy<int> column
  let groupRowsByBool column (frame: Frame<'R, 'C>) : Frame<bool * 'R, 'C> = frame.GroupRowsBy<bool> column
  let groupRowsByIndex (keySelector: 'R -> 'K) (frame: Frame<'R, 'C>) : Frame<'K * 'R, 'C> = frame.GroupRowsByIndex(Func<_, _> keySelector)
  let aggregateRowsBy groupBy aggBy (aggFunc: Series<'R, 'V1> -> 'V2) (frame: Frame<'R, 'C>) =
    frame.AggregateRowsBy(groupBy, aggBy, Func<_, _> aggFunc)
  /// The result of op for each column over the rows at each value of a level; columns that cannot be read as 'V are left out.
  let applyLevel (levelSel: 'R -> 'K) (op: Series<'R, 'V> -> 'T) (frame: Frame<'R, 'C>) : Frame<'K, 'C> =
    frame.GetColumns<'V>() |> Series.mapValues (Series.applyLevel levelSel op) |> FrameRows.ofColumns
  let reduceLevel (levelSel: 'R -> 'K) (op: 'T -> 'T -> 'T) (frame: Frame<'R, 'C>) : Frame<'K, 'C> =
    frame.GetColumns<'T>() |> Series.mapValues (Series.reduceLevel levelSel op) |> FrameRows.ofColumns
  /// A frame of buckets: op is called with the rows that share a row group and a column group.
  let pivotTable
    (rowGrp: 'R -> ObjectSeries<'C> -> 'RNew) (colGrp: 'R -> ObjectSeries<'C> -> 'CNew) (op: Frame<'R, 'C> -> 'T) (frame: Frame<'R, 'C>)
    : Frame<'RNew, 'CNew> =
    let keys = Index.keys frame.RowIndex
    let label (group: 'R -> ObjectSeries<'C> -> 'G) = Array.init frame.RowCount (fun i -> group keys[i] (frame.RowAt i))
    let rowLabels = label rowGrp
    let columns =
      Grouping.byLabel (label colGrp)
      |> Array.map (fun (columnLabel, members) ->
        let cells = members |> Array.map (fun i -> rowLabels[i]) |> Grouping.byLabel
        let values = cells |> Array.map (fun (_, inner) -> op (frame.RowsAt(inner |> Array.map (fun i -> members[i]))))
        columnLabel, Series<'RNew, 'T>(Index.ofKeys (Array.map fst cells), Vector.ofValues values) :> ISeries<'RNew>)
    Frame<'RNew, 'CNew>(Array.map fst columns, Array.map snd columns)
  /// A frame for each value of the first level, of the rows that have it, under the second level.
  let nest (frame: Frame<'R1 * 'R2, 'C>) : Series<'R1, Frame<'R2, 'C>> =
    frame.NestRowsBy(Index.keys frame.RowIndex |> Array.map fst) |> Series.mapValues (mapRowKeys snd)
  let nestBy (keySelector: 'K2 -> 'K1) (frame: Frame<'K2, 'C>) : Series<'K1, Frame<'K2, 'C>> =
    frame.NestRowsBy(Index.keys frame.RowIndex |> Array.map keySelector)

  // Combine
  let join kind (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = frame1.Join(frame2, kind)
  let joinAlign kind lookup (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = frame1.Join(frame2, kind, lookup)
  let mergeAll (frames: seq<Frame<'R, 'C>>) : Frame<'R, 'C> =
    match Array.ofSeq frames with
    | [||] -> empty
    | all -> all[0].Merge all[1..]
  /// The rows of both frames; InvalidOperationException where both have a value for one cell.
  let merge (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = frame1.Merge frame2
  let zipAlign columnKind rowKind lookup (op: 'V1 -> 'V2 -> 'V) (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) : Frame<'R, 'C> =
    frame1.Combine(frame2, columnKind, rowKind, lookup, false, op)
  let zip (op: 'V1 -> 'V2 -> 'V) (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) =
    zipAlign JoinKind.Inner JoinKind.Inner Lookup.Exact op frame1 frame2
  /// The frames of a series under keys of two levels.
  let unnest (series: Series<'R1, Frame<'R2, 'C>>) : Frame<'R1 * 'R2, 'C> =
    series |> Series.map (fun key frame -> mapRowKeys (fun inner -> key, inner) frame) |> Series.values |> mergeAll

  // Long and wide
  /// One row a value: columns Row, Column and Value; missing values are left out.
  let melt (frame: Frame<'R, 'C>) : Frame<int, string> =
    let cells = [| for r in 0 .. frame.RowCount - 1 do for c in 0 .. frame.ColumnCount - 1 do if frame.Data[c].HasValue r then r, c |]
    let rowKeys, columnKeys = Index.keys frame.RowIndex, Index.keys frame.ColumnIndex
    let kind = frame.Data |> Seq.map _.ElementType |> Conversion.commonSupertype
    Frame<int, string>(
      Index.ordinal cells.Length,
      Index.ofUnique [| "Row"; "Column"; "Value" |],
      [| Vector.ofValues (cells |> Array.map (fun (r, _) -> rowKeys[r]))
         Vector.ofValues (cells |> Array.map (fun (_, c) -> columnKeys[c]))
         cells |> Array.map (fun (r, c) -> (frame.Data[c].GetObject r).Value) |> Vector.ofObjectsAs kind |])
  /// The opposite of melt.
  let unmelt (frame: Frame<'O, string>) : Frame<'R, 'C> =
    let rows, columns = frame.GetColumn<'R>("Row"), frame.GetColumn<'C>("Column")
    let values = frame.Data[frame.LocateColumn "Value"]
    Grouping.byLabel (Vector.present columns.Vector)
    |> Array.map (fun (key, members) ->
      let index = Index.ofKeys (members |> Array.map (fun i -> rows.GetAt i))
      KeyValuePair(key, ObjectSeries<'R>(index, BoxedVector(values.Relocate members))))
    |> fun columns -> Frame<'R, 'C>(columns |> Array.map _.Key, columns |> Seq.map (fun kv -> kv.Value :> ISeries<'R>))

  // Missing values
  let private hasAll (frame: Frame<'R, 'C>) row = frame.Data |> Array.forall (fun v -> v.HasValue row)
  let private columnsWhere (f: IVector -> bool) (frame: Frame<'R, 'C>) =
    frame.ColumnsAt [| for c in 0 .. frame.ColumnCount - 1 do if f frame.Data[c] then c |]
  /// Without the rows that have any missing value.
  let dropSparseRows (frame: Frame<'R, 'C>) = rowsWhere (hasAll frame) frame
  /// Without the rows whose value in the column is missing.
  let dropSparseRowsBy colKey (frame: Frame<'R, 'C>) = rowsWhere (frame.Data[frame.LocateColumn colKey].HasValue) frame
  /// Without the rows that have missing values only.
  let dropEmptyRows (frame: Frame<'R, 'C>) = rowsWhere (fun i -> frame.Data |> Array.exists (fun v -> v.HasValue i)) frame
  /// Without the columns that have any missing value.
  let dropSparseCols (frame: Frame<'R, 'C>) = columnsWhere (fun v -> Vector.countPresent v = int v.Length) frame
  /// Without the columns that have missing values only.
  let dropEmptyCols (frame: Frame<'R, 'C>) = columnsWhere (fun v -> Vector.countPresent v > 0) frame
  let denseCols (frame: Frame<'R, 'C>) = frame.ColumnsDense
  let denseRows (frame: Frame<'R, 'C>) = frame.RowsDense
  let fillMissing direction (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.WithData(Vector.fill direction)
  let fillMissingUsing (f: Series<'R, 'T> -> 'R -> 'T) (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    frame.ColumnApply<'T>(fun column -> Series.fillMissingUsing (f column) column)
  /// Missing values become the value: in the columns that can be read as its type, which they then have, and in those to whose type it widens.
  let fillMissingWith (value: 'T) (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
    let widened =
      { new VectorCallSite<IVector> with
          member _.Invoke(typed: IVector<'S>) =
            if Conversion.canConvert<'S> ConversionKind.Safe typeof<'T> && Vector.countPresent typed < int typed.Length then
              let fill = Conversion.convert<'S> ConversionKind.Safe (box value)
              Vector.init (int typed.Length) (fun i -> let v = typed.GetValue i in if v.HasValue then v else OptionalValue fill)
            else typed }
    frame.ColumnApply<'T>(fun column -> Series.fillMissingWith value column).WithData(fun vector -> vector.Invoke widened)
