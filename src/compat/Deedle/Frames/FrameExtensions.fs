namespace Deedle

open System
open System.Collections.Generic
open System.ComponentModel
open System.Globalization
open System.IO
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Deedle.Keys

/// The C# face of the Frame module.
[<Extension>]
type FrameExtensions =
  // Rows
  [<Extension>]
  static member Where(frame: Frame<'R, 'C>, condition: Func<KeyValuePair<'R, ObjectSeries<'C>>, bool>) : Frame<'R, 'C> =
    Frame.filterRows (fun key row -> condition.Invoke(KeyValuePair(key, row))) frame
  [<Extension>]
  static member Where(frame: Frame<'R, 'C>, condition: Func<KeyValuePair<'R, ObjectSeries<'C>>, int, bool>) : Frame<'R, 'C> =
    let mutable position = -1
    Frame.filterRows (fun key row -> position <- position + 1; condition.Invoke(KeyValuePair(key, row), position)) frame
  [<Extension>]
  static member Select(frame: Frame<'R, 'C>, projection: Func<KeyValuePair<'R, ObjectSeries<'C>>, #ISeries<'C2>>) : Frame<'R, 'C2> =
    frame.Rows.Select projection |> FrameRows.ofSeries
  [<Extension>]
  static member FilterRowsBy(frame: Frame<'R, 'C>, column: 'C, value: 'V) : Frame<'R, 'C> = Frame.filterRowsBy column value frame
  [<Extension>]
  static member MapRows(frame: Frame<'R, 'C>, f: Func<'R, ObjectSeries<'C>, 'V>) : Series<'R, 'V> =
    Frame.mapRows (fun key row -> f.Invoke(key, row)) frame
  [<Extension>]
  static member MapCols(frame: Frame<'R, 'C>, f: Func<'C, ObjectSeries<'R>, ObjectSeries<'R>>) : Frame<'R, 'C> =
    Frame.mapCols (fun key column -> f.Invoke(key, column)) frame
  [<Extension>]
  static member GetRows(frame: Frame<'R, 'C>, [<ParamArray>] rowKeys: 'R[]) : Frame<'R, 'C> = frame.Rows[rowKeys :> seq<'R>]
  [<Extension>]
  static member GetRowsAt(frame: Frame<'R, 'C>, [<ParamArray>] indices: int[]) : Frame<'R, 'C> = frame.RowsAt indices
  [<Extension>]
  static member SortRows(frame: Frame<'R, 'C>, key: 'C) : Frame<'R, 'C> = Frame.sortRows key frame
  [<Extension>]
  static member SortRowsBy(frame: Frame<'R, 'C>, key: 'C, f: Func<'V, 'V2>) : Frame<'R, 'C> = Frame.sortRowsBy key f.Invoke frame
  [<Extension>]
  static member SortRowsWith(frame: Frame<'R, 'C>, key: 'C, cmp: Comparer<'V>) : Frame<'R, 'C> =
    Frame.sortRowsWith key (fun a b -> cmp.Compare(a, b)) frame
  [<Extension>]
  static member SortRowsByKey(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.sortRowsByKey frame
  [<Extension>]
  static member SortColumnsByKey(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.sortColsByKey frame

  // Keys
  [<Extension>]
  static member RealignRows(frame: Frame<'R, 'C>, keys: seq<'R>) : Frame<'R, 'C> = Frame.realignRows keys frame
  [<Extension>]
  static member IndexRowsOrdinally(frame: Frame<'R, 'C>) : Frame<int, 'C> = Frame.indexRowsOrdinally frame
  [<Extension>]
  static member IndexRowsWith(frame: Frame<'R, 'C>, keys: seq<'TNewRowIndex>) : Frame<'TNewRowIndex, 'C> = Frame.indexRowsWith keys frame
  [<Extension>]
  static member IndexRowsUsing(frame: Frame<'R, 'C>, f: Func<ObjectSeries<'C>, 'R2>) : Frame<'R2, 'C> = Frame.indexRowsUsing f.Invoke frame
  [<Extension>]
  static member IndexColumnsWith(frame: Frame<'R, 'C>, keys: seq<'TNewRowIndex>) : Frame<'R, 'TNewRowIndex> = Frame.indexColsWith keys frame
  [<Extension>]
  static member SelectRowKeys(frame: Frame<'R, 'C>, projection: Func<KeyValuePair<'R, OptionalValue<ObjectSeries<'C>>>, 'K>) : Frame<'K, 'C> =
    Frame.indexRowsWith (frame.Rows.SelectKeys(projection).Keys) frame
  [<Extension>]
  static member SelectColumnKeys(frame: Frame<'R, 'C>, projection: Func<KeyValuePair<'C, OptionalValue<ObjectSeries<'R>>>, 'K>) : Frame<'R, 'K> =
    Frame.indexColsWith (frame.Columns.SelectKeys(projection).Keys) frame
  [<Extension>]
  static member Transpose(frame: Frame<'R, 'C>) : Frame<'C, 'R> = Frame.transpose frame

  // F# slices by one level of the keys: frame.Rows["a", *]
  [<Extension; EditorBrowsable(EditorBrowsableState.Never)>]
  static member GetSlice(series: RowSeries<'R1 * 'R2, 'C>, lo1: 'R1 option, hi1: 'R1 option, k2: 'R2) : Frame<'R1 * 'R2, 'C> =
    LevelSlice.checkOpen lo1 hi1
    series.GetByLevel(Lookup2Of2 k2)
  [<Extension; EditorBrowsable(EditorBrowsableState.Never)>]
  static member GetSlice(series: RowSeries<'R1 * 'R2, 'C>, k1: 'R1, lo2: 'R2 option, hi2: 'R2 option) : Frame<'R1 * 'R2, 'C> =
    LevelSlice.checkOpen lo2 hi2
    series.GetByLevel(Lookup1Of2 k1)
  [<Extension; EditorBrowsable(EditorBrowsableState.Never)>]
  static member GetSlice(series: ColumnSeries<'R, 'C1 * 'C2>, lo1: 'C1 option, hi1: 'C1 option, k2: 'C2) : Frame<'R, 'C1 * 'C2> =
    LevelSlice.checkOpen lo1 hi1
    series.GetByLevel(Lookup2Of2 k2)
  [<Extension; EditorBrowsable(EditorBrowsableState.Never)>]
  static member GetSlice(series: ColumnSeries<'R, 'C1 * 'C2>, k1: 'C1, lo2: 'C2 option, hi2: 'C2 option) : Frame<'R, 'C1 * 'C2> =
    LevelSlice.checkOpen lo2 hi2
    series.GetByLevel(Lookup1Of2 k1)

  // Groups
  /// One value for each pair of a value of column r and a value of column c, computed from the rows that have both.
  [<Extension>]
  static member PivotTable<'R, 'C, 'RNew, 'CNew, 'T when 'R: equality and 'C: equality and 'RNew: equality and 'CNew: equality>
    (frame: Frame<'R, 'C>, r: 'C, c: 'C, op: Func<Frame<'R, 'C>, 'T>) : Frame<'RNew, 'CNew> =
    Frame.pivotTable (fun _ row -> row.GetAs<'RNew> r) (fun _ row -> row.GetAs<'CNew> c) op.Invoke frame
  [<Extension>]
  static member Nest(frame: Frame<Tuple<'R1, 'R2>, 'C>) : Series<'R1, Frame<'R2, 'C>> = Frame.nest frame
  [<Extension>]
  static member NestBy(frame: Frame<'R1, 'C>, keyselector: Func<'R1, 'R2>) : Series<'R2, Frame<'R1, 'C>> = Frame.nestBy keyselector.Invoke frame
  [<Extension>]
  static member Unnest(series: Series<'R1, Frame<'R2, 'C>>) : Frame<'R1 * 'R2, 'C> = Frame.unnest series

  // Neighbours
  [<Extension>]
  static member Window(frame: Frame<'R, 'C>, size: int) : Series<'R, Frame<'R, 'C>> = Frame.window size frame
  [<Extension>]
  static member Window(frame: Frame<'R, 'C>, size: int, aggregate: Func<Frame<'R, 'C>, 'T>) : Series<'R, 'T> =
    Frame.windowInto size aggregate.Invoke frame
  [<Extension>]
  static member Shift(frame: Frame<'R, 'C>, offset: int) : Frame<'R, 'C> = Frame.shift offset frame
  [<Extension>]
  static member Diff(frame: Frame<'R, 'C>, offset: int) : Frame<'R, 'C> = Frame.diff offset frame
  [<Extension>]
  static member Reduce(frame: Frame<'R, 'C>, aggregation: Func<'T, 'T, 'T>) : Series<'C, 'T> =
    Frame.reduceValues (fun a b -> aggregation.Invoke(a, b)) frame

  // Combine
  /// The frame with one more row.
  [<Extension>]
  static member Merge(frame: Frame<'R, 'C>, rowKey: 'R, row: ISeries<'C>) : Frame<'R, 'C> =
    frame.Merge(Construction.ofRows [ KeyValuePair(rowKey, row) ])

  // Missing values
  [<Extension>]
  static member FillMissing(frame: Frame<'R, 'C>, value: 'T) : Frame<'R, 'C> = Frame.fillMissingWith value frame
  [<Extension>]
  static member FillMissing(frame: Frame<'R, 'C>, direction: Direction) : Frame<'R, 'C> = Frame.fillMissing direction frame
  [<Extension>]
  static member FillMissing(frame: Frame<'R, 'C>, f: Func<Series<'R, 'T>, 'R, 'T>) : Frame<'R, 'C> =
    Frame.fillMissingUsing (fun s k -> f.Invoke(s, k)) frame
  [<Extension>]
  static member DropSparseRows(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.dropSparseRows frame
  [<Extension>]
  static member DropEmptyRows(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.dropEmptyRows frame
  [<Extension>]
  static member DropSparseColumns(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.dropSparseCols frame
  [<Extension>]
  static member DropEmptyColumns(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.dropEmptyCols frame

  // Output
  [<Extension>]
  static member Print(frame: Frame<'R, 'C>) = Console.WriteLine(frame.Format())
  [<Extension>]
  static member Print(frame: Frame<'R, 'C>, printTypes: bool) = Console.WriteLine(frame.Format printTypes)
  /// Writes CSV in the invariant culture unless another is given; missing values are empty fields. Row keys are written when asked for.
  [<Extension>]
  static member SaveCsv
    ( frame: Frame<'R, 'C>, writer: TextWriter, [<Optional>] includeRowKeys: bool, [<Optional>] keyNames: seq<string>,
      [<Optional>] separator: char, [<Optional>] culture: CultureInfo ) : unit =
    CsvWriter.write writer frame includeRowKeys keyNames (CsvWriter.separator separator "") culture
  /// Writes a CSV file; a name that ends in .tsv gets tabs unless a separator is given.
  [<Extension>]
  static member SaveCsv
    ( frame: Frame<'R, 'C>, path: string, [<Optional>] includeRowKeys: bool, [<Optional>] keyNames: seq<string>,
      [<Optional>] separator: char, [<Optional>] culture: CultureInfo ) : unit =
    use writer = new StreamWriter(path)
    CsvWriter.write writer frame includeRowKeys keyNames (CsvWriter.separator separator path) culture
  /// Writes a CSV file with the row keys first, under the given names.
  [<Extension>]
  static member SaveCsv
    (frame: Frame<'R, 'C>, path: string, keyNames: seq<string>, [<Optional>] separator: char, [<Optional>] culture: CultureInfo) : unit =
    use writer = new StreamWriter(path)
    CsvWriter.write writer frame true keyNames (CsvWriter.separator separator path) culture

/// The F# face of output: here the row keys are written unless they are refused.
[<AutoOpen>]
module FrameOutput =
  type Frame<'R, 'C when 'R: equality and 'C: equality> with
    /// One value for each pair of a value of column r and a value of column c, computed from the rows that have both.
    member frame.PivotTable<'RNew, 'CNew, 'T when 'RNew: equality and 'CNew: equality>(r: 'C, c: 'C, op: Frame<'R, 'C> -> 'T) : Frame<'RNew, 'CNew> =
      Frame.pivotTable (fun _ row -> row.GetAs<'RNew> r) (fun _ row -> row.GetAs<'CNew> c) op frame
    member frame.SaveCsv(writer: TextWriter, ?includeRowKeys: bool, ?keyNames: seq<string>, ?separator: char, ?culture: CultureInfo) =
      let separator = CsvWriter.separator (defaultArg separator '\000') ""
      CsvWriter.write writer frame (defaultArg includeRowKeys true) (Option.toObj keyNames) separator (Option.toObj culture)
    member frame.SaveCsv(path: string, ?includeRowKeys: bool, ?keyNames: seq<string>, ?separator: char, ?culture: CultureInfo) =
      use writer = new StreamWriter(path)
      let separator = CsvWriter.separator (defaultArg separator '\000') path
      CsvWriter.write writer frame (defaultArg includeRowKeys true) (Option.toObj keyNames) separator (Option.toObj culture)
