namespace Deedle

open System
open System.Collections.Generic
open System.ComponentModel
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Deedle.Keys

/// The C# face of the Series module.
[<Extension>]
type SeriesExtensions =
  [<Extension>]
  static member Print(series: Series<'K, 'V>) = Console.WriteLine(series.Format())
  [<Extension>]
  static member ContainsKey(series: Series<'K, 'T>, key: 'K) = series.Index.Locate key >= 0
  [<Extension>]
  static member GetAllObservations(series: Series<'K, 'T>) : seq<KeyValuePair<'K, OptionalValue<'T>>> = series.ObservationsAll
  [<Extension>]
  static member GetAllValues(series: Series<'K, 'T>) : seq<OptionalValue<'T>> = series.ObservationsAll |> Seq.map _.Value
  [<Extension>]
  static member GetObservations(series: Series<'K, 'T>) : seq<KeyValuePair<'K, 'T>> = series.Observations
  [<Extension>]
  static member FirstKey(series: Series<'K, 'V>) = Series.firstKey series
  [<Extension>]
  static member LastKey(series: Series<'K, 'V>) = Series.lastKey series
  [<Extension>]
  static member FirstValue(series: Series<'K, 'V>) = Series.firstValue series
  [<Extension>]
  static member LastValue(series: Series<'K, 'V>) = Series.lastValue series
  [<Extension>]
  static member Flatten(series: Series<'K, OptionalValue<'T>>) : Series<'K, 'T> = series.SelectOptional(fun kv -> OptionalValue.bind id kv.Value)

  // F# slices by one level: series["a", *]
  [<Extension; EditorBrowsable(EditorBrowsableState.Never)>]
  static member GetSlice(series: Series<'K1 * 'K2, 'V>, lo1: 'K1 option, hi1: 'K1 option, k2: 'K2) : Series<'K1 * 'K2, 'V> =
    LevelSlice.checkOpen lo1 hi1
    series.GetByLevel(Lookup2Of2 k2)
  [<Extension; EditorBrowsable(EditorBrowsableState.Never)>]
  static member GetSlice(series: Series<'K1 * 'K2, 'V>, k1: 'K1, lo2: 'K2 option, hi2: 'K2 option) : Series<'K1 * 'K2, 'V> =
    LevelSlice.checkOpen lo2 hi2
    series.GetByLevel(Lookup1Of2 k1)

  // Order
  [<Extension>]
  static member Sort(series: Series<'K, 'V>) : Series<'K, 'V> = Series.sort series
  [<Extension>]
  static member SortBy(series: Series<'K, 'V>, f: Func<'V, 'V2>) : Series<'K, 'V> = Series.sortBy f.Invoke series
  [<Extension>]
  static member SortWith(series: Series<'K, 'V>, cmp: Comparer<'V>) : Series<'K, 'V> = Series.sortWith (fun a b -> cmp.Compare(a, b)) series
  [<Extension>]
  static member SortByKey(series: Series<'K, 'T>) : Series<'K, 'T> = Series.sortByKey series

  // Neighbours, windows, chunks
  [<Extension>]
  static member Shift(series: Series<'K, 'V>, offset: int) : Series<'K, 'V> = Series.shift offset series
  [<Extension>]
  static member Diff(series: Series<'K, float>, offset: int) : Series<'K, float> = Series.diff offset series
  [<Extension>]
  static member Diff(series: Series<'K, float32>, offset: int) : Series<'K, float32> = Series.diff offset series
  [<Extension>]
  static member Diff(series: Series<'K, decimal>, offset: int) : Series<'K, decimal> = Series.diff offset series
  [<Extension>]
  static member Diff(series: Series<'K, int>, offset: int) : Series<'K, int> = Series.diff offset series
  [<Extension>]
  static member Diff(series: Series<'K, DateTime>, offset: int) : Series<'K, TimeSpan> = Series.diffDate offset series
  [<Extension>]
  static member Window(series: Series<'K, 'V>, size: int) : Series<'K, Series<'K, 'V>> = Series.window size series
  [<Extension>]
  static member WindowInto(series: Series<'K, 'V>, size: int, reduce: Func<Series<'K, 'V>, 'U>) : Series<'K, 'U> =
    Series.windowInto size reduce.Invoke series
  [<Extension>]
  static member Chunk(series: Series<'K, 'V>, size: int) : Series<'K, Series<'K, 'V>> = Series.chunk size series
  [<Extension>]
  static member ChunkInto(series: Series<'K, 'V>, size: int, reduce: Func<Series<'K, 'V>, 'U>) : Series<'K, 'U> =
    Series.chunkInto size reduce.Invoke series
  [<Extension>]
  static member WindowWhile(series: Series<'K, 'V>, cond: Func<'K, 'K, bool>) : Series<'K, Series<'K, 'V>> =
    Series.windowWhile (fun k1 k2 -> cond.Invoke(k1, k2)) series
  [<Extension>]
  static member ChunkWhile(series: Series<'K, 'V>, cond: Func<'K, 'K, bool>) : Series<'K, Series<'K, 'V>> =
    Series.chunkWhile (fun k1 k2 -> cond.Invoke(k1, k2)) series
  [<Extension>]
  static member PairwiseWith(series: Series<'K, 'T>, f: Func<'K, 'T, 'T, 'U>) : Series<'K, 'U> =
    Series.pairwiseWith (fun key (v1, v2) -> f.Invoke(key, v1, v2)) series
  [<Extension>]
  static member ResampleEquivalence(series: Series<'K, 'V>, keyProj: Func<'K, 'K2>) : Series<'K2, Series<'K, 'V>> =
    Series.resampleEquiv keyProj.Invoke series
  [<Extension>]
  static member ResampleEquivalence(series: Series<'K, 'V>, keyProj: Func<'K, 'K2>, aggregate: Func<Series<'K, 'V>, 'R>) : Series<'K2, 'R> =
    Series.resampleEquivInto keyProj.Invoke aggregate.Invoke series

  // Combine
  [<Extension>]
  static member ZipInto(series1: Series<'K, 'V1>, series2: Series<'K, 'V2>, op: Func<'V1, 'V2, 'R>) : Series<'K, 'R> =
    Series.zipInto (fun l r -> op.Invoke(l, r)) series1 series2

  // Missing values
  [<Extension>]
  static member DropMissing(series: Series<'K, 'V>) : Series<'K, 'V> = Series.dropMissing series
  [<Extension>]
  static member FillMissing(series: Series<'K, 'T>, value: 'T) : Series<'K, 'T> = Series.fillMissingWith value series
  [<Extension>]
  static member FillMissing(series: Series<'K, 'T>, [<Optional>] direction: Direction) : Series<'K, 'T> = Series.fillMissing direction series
  [<Extension>]
  static member FillMissing(series: Series<'K, 'T>, startKey: 'K, endKey: 'K, [<Optional>] direction: Direction) : Series<'K, 'T> =
    Series.fillMissingBetween (startKey, endKey) direction series
  [<Extension>]
  static member FillMissing(series: Series<'K, 'T>, filler: Func<'K, 'T>) : Series<'K, 'T> = Series.fillMissingUsing filler.Invoke series
