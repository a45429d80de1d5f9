namespace Deedle

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open System.Runtime.CompilerServices
open System.Runtime.InteropServices

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
  static member FilterRowsBy(frame: Frame<'R, 'C>, column: 'C, value: 'V) : Frame<'R, 'C> = Frame.filterRowsBy column value frame
  [<Extension>]
  static member MapRows(frame: Frame<'R, 'C>, f: Func<'R, ObjectSeries<'C>, 'V>) : Series<'R, 'V> = Frame.mapRows (fun key row -> f.Invoke(key, row)) frame
  [<Extension>]
  static member GetRows(frame: Frame<'R, 'C>, [<ParamArray>] rowKeys: 'R[]) : Frame<'R, 'C> = frame.Rows[rowKeys :> seq<'R>]
  [<Extension>]
  static member GetRowsAt(frame: Frame<'R, 'C>, [<ParamArray>] indices: int[]) : Frame<'R, 'C> = frame.RowsAt indices
  [<Extension>]
  static member SortRows(frame: Frame<'R, 'C>, key: 'C) : Frame<'R, 'C> = Frame.sortRows key frame
  [<Extension>]
  static member SortRowsBy(frame: Frame<'R, 'C>, key: 'C, f: Func<'V, 'V2>) : Frame<'R, 'C> = Frame.sortRowsBy key f.Invoke frame
  [<Extension>]
  static member SortRowsWith(frame: Frame<'R, 'C>, key: 'C, cmp: Comparer<'V>) : Frame<'R, 'C> = Frame.sortRowsWith key (fun a b -> cmp.Compare(a, b)) frame
  [<Extension>]
  static member SortRowsByKey(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.sortRowsByKey frame
  [<Extension>]
  static member SortColumnsByKey(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.sortColsByKey frame

  // Keys
  [<Extension>]
  static member IndexRowsOrdinally(frame: Frame<'R, 'C>) : Frame<int, 'C> = Frame.indexRowsOrdinally frame
  [<Extension>]
  static member IndexRowsWith(frame: Frame<'R, 'C>, keys: seq<'K>) : Frame<'K, 'C> = Frame.indexRowsWith keys frame
  [<Extension>]
  static member IndexRowsUsing(frame: Frame<'R, 'C>, f: Func<ObjectSeries<'C>, 'K>) : Frame<'K, 'C> =
    Frame.indexRowsWith (Array.init frame.RowCount (frame.RowAt >> f.Invoke)) frame
  [<Extension>]
  static member IndexColumnsWith(frame: Frame<'R, 'C>, keys: seq<'K>) : Frame<'R, 'K> = Frame.indexColsWith keys frame
  [<Extension>]
  static member SelectRowKeys(frame: Frame<'R, 'C>, projection: Func<'R, 'K>) : Frame<'K, 'C> = Frame.mapRowKeys projection.Invoke frame
  [<Extension>]
  static member SelectColumnKeys(frame: Frame<'R, 'C>, projection: Func<'C, 'K>) : Frame<'R, 'K> = Frame.mapColKeys projection.Invoke frame
  [<Extension>]
  static member Transpose(frame: Frame<'R, 'C>) : Frame<'C, 'R> = Frame.transpose frame

  // Groups
  /// One value for each pair of a value of column r and a value of column c, computed from the rows that have both.
  [<Extension>]
  static member PivotTable<'R, 'C, 'RNew, 'CNew, 'T when 'R: equality and 'C: equality and 'RNew: equality and 'CNew: equality>
    (frame: Frame<'R, 'C>, r: 'C, c: 'C, op: Func<Frame<'R, 'C>, 'T>) : Frame<'RNew, 'CNew> =
    Frame.pivotTable (fun _ row -> row.GetAs<'RNew> r) (fun _ row -> row.GetAs<'CNew> c) op.Invoke frame

  // Combine
  [<Extension>]
  static member Merge(frame: Frame<'R, 'C>, other: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.merge frame other

  // Missing values
  [<Extension>]
  static member FillMissing(frame: Frame<'R, 'C>, value: 'T) : Frame<'R, 'C> = Frame.fillMissingWith value frame
  [<Extension>]
  static member DropSparseRows(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.dropSparseRows frame
  [<Extension>]
  static member DropSparseColumns(frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.dropSparseCols frame

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
    Csv.write writer frame includeRowKeys keyNames (Csv.separator separator "") culture
  /// Writes a CSV file; a name that ends in .tsv gets tabs unless a separator is given.
  [<Extension>]
  static member SaveCsv
    ( frame: Frame<'R, 'C>, path: string, [<Optional>] includeRowKeys: bool, [<Optional>] keyNames: seq<string>,
      [<Optional>] separator: char, [<Optional>] culture: CultureInfo ) : unit =
    use writer = new StreamWriter(path)
    Csv.write writer frame includeRowKeys keyNames (Csv.separator separator path) culture
  /// Writes a CSV file with the row keys first, under the given names.
  [<Extension>]
  static member SaveCsv
    (frame: Frame<'R, 'C>, path: string, keyNames: seq<string>, [<Optional>] separator: char, [<Optional>] culture: CultureInfo) : unit =
    use writer = new StreamWriter(path)
    Csv.write writer frame true keyNames (Csv.separator separator path) culture

/// The F# face of output: here the row keys are written unless they are refused.
[<AutoOpen>]
module FrameOutput =
  type Frame<'R, 'C when 'R: equality and 'C: equality> with
    member frame.SaveCsv(writer: TextWriter, ?includeRowKeys: bool, ?keyNames: seq<string>, ?separator: char, ?culture: CultureInfo) =
      Csv.write writer frame (defaultArg includeRowKeys true) (Option.toObj keyNames) (Csv.separator (defaultArg separator '\000') "") (Option.toObj culture)
    member frame.SaveCsv(path: string, ?includeRowKeys: bool, ?keyNames: seq<string>, ?separator: char, ?culture: CultureInfo) =
      use writer = new StreamWriter(path)
      Csv.write writer frame (defaultArg includeRowKeys true) (Option.toObj keyNames) (Csv.separator (defaultArg separator '\000') path) (Option.toObj culture)

/// The C# face of statistics over the numeric columns of a frame.
[<Extension>]
type FrameStatsExtensions =
  [<Extension>]
  static member Sum(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.sum frame
  [<Extension>]
  static member Min(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.min frame
  [<Extension>]
  static member Max(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.max frame
  [<Extension>]
  static member Mean(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.mean frame
  [<Extension>]
  static member StdDev(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.stdDev frame
  [<Extension>]
  static member Median(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.median frame
  [<Extension>]
  static member Describe(frame: Frame<'R, 'C>) : Frame<string, 'C> = Stats.describe frame
