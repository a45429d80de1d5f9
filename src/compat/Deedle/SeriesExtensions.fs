namespace Deedle

open System
open System.Collections
open System.Collections.Generic
open System.Runtime.CompilerServices

/// Makes pairs of a key and a value with type inference from C#.
[<AbstractClass; Sealed>]
type KeyValue =
  static member Create(key: 'K, value: 'V) = KeyValuePair(key, value)

/// Makes a series from C#: new SeriesBuilder<string, double> { { "a", 1 }, { "b", 2 } }.Series.
type SeriesBuilder<'K, 'V when 'K: equality>() =
  let observations = ResizeArray<KeyValuePair<'K, 'V>>()
  member _.Add(key: 'K, value: 'V) = observations.Add(KeyValuePair(key, value))
  member _.Series = Series<'K, 'V>(observations)
  interface IEnumerable<KeyValuePair<'K, 'V>> with
    member _.GetEnumerator() : IEnumerator<KeyValuePair<'K, 'V>> = observations.GetEnumerator()
    member _.GetEnumerator() : IEnumerator = observations.GetEnumerator()

/// Turns sequences into series.
[<Extension>]
type EnumerableExtensions =
  [<Extension>]
  static member ToSeries(observations: seq<KeyValuePair<'K, 'V>>) : Series<'K, 'V> = Series<'K, 'V>(observations)
  /// A series with the keys 0, 1, 2, ...
  [<Extension>]
  static member ToOrdinalSeries(values: seq<'V>) : Series<int, 'V> = Series.ofValues values

/// The C# face of the Series module.
[<Extension>]
type SeriesExtensions =
  [<Extension>]
  static member Print(series: Series<'K, 'V>) = Console.WriteLine(series.Format())
  [<Extension>]
  static member ContainsKey(series: Series<'K, 'V>, key: 'K) = series.Index.Locate key >= 0
  [<Extension>]
  static member Sort(series: Series<'K, 'V>) : Series<'K, 'V> = Series.sort series
  [<Extension>]
  static member SortBy(series: Series<'K, 'V>, f: Func<'V, 'V2>) : Series<'K, 'V> = Series.sortBy f.Invoke series
  [<Extension>]
  static member SortByKey(series: Series<'K, 'V>) : Series<'K, 'V> = Series.sortByKey series
  [<Extension>]
  static member Shift(series: Series<'K, 'V>, offset: int) : Series<'K, 'V> = Series.shift offset series
  [<Extension>]
  static member Window(series: Series<'K, 'V>, size: int) : Series<'K, Series<'K, 'V>> = Series.window size series
  [<Extension>]
  static member WindowInto(series: Series<'K, 'V>, size: int, reduce: Func<Series<'K, 'V>, 'U>) : Series<'K, 'U> = Series.windowInto size reduce.Invoke series
  [<Extension>]
  static member FirstKey(series: Series<'K, 'V>) = Series.firstKey series
  [<Extension>]
  static member LastKey(series: Series<'K, 'V>) = Series.lastKey series
  [<Extension>]
  static member FirstValue(series: Series<'K, 'V>) = Series.firstValue series
  [<Extension>]
  static member LastValue(series: Series<'K, 'V>) = Series.lastValue series
  [<Extension>]
  static member DropMissing(series: Series<'K, 'V>) : Series<'K, 'V> = Series.dropMissing series
  [<Extension>]
  static member FillMissing(series: Series<'K, 'V>, value: 'V) : Series<'K, 'V> = Series.fillMissingWith value series
  [<Extension>]
  static member FillMissing(series: Series<'K, 'V>, direction: Direction) : Series<'K, 'V> = Series.fillMissing direction series
  [<Extension>]
  static member ZipInto(left: Series<'K, 'V1>, right: Series<'K, 'V2>, op: Func<'V1, 'V2, 'R>) : Series<'K, 'R> =
    Series.zipInto (fun l r -> op.Invoke(l, r)) left right

/// The C# face of statistics over a series.
[<Extension>]
type SeriesStatsExtensions =
  [<Extension>]
  static member Sum(series: Series<'K, 'V>) : float = Stats.sum series
  [<Extension>]
  static member Min(series: Series<'K, 'V>) : float = Stats.min series
  [<Extension>]
  static member Max(series: Series<'K, 'V>) : float = Stats.max series
  [<Extension>]
  static member Mean(series: Series<'K, 'V>) : float = Stats.mean series
  [<Extension>]
  static member StdDev(series: Series<'K, 'V>) : float = Stats.stdDev series
  [<Extension>]
  static member Median(series: Series<'K, 'V>) : float = Stats.median series
  [<Extension>]
  static member MeanLevel(series: Series<'K, 'V>, groupSelector: Func<'K, 'L>) : Series<'L, float> = Stats.levelMean groupSelector.Invoke series
  [<Extension>]
  static member StdDevLevel(series: Series<'K, 'V>, groupSelector: Func<'K, 'L>) : Series<'L, float> = Stats.levelStdDev groupSelector.Invoke series
  [<Extension>]
  static member MedianLevel(series: Series<'K, 'V>, groupSelector: Func<'K, 'L>) : Series<'L, float> = Stats.levelMedian groupSelector.Invoke series
  [<Extension>]
  static member SumLevel(series: Series<'K, 'V>, groupSelector: Func<'K, 'L>) : Series<'L, float> = Stats.levelSum groupSelector.Invoke series
  [<Extension>]
  static member MinLevel(series: Series<'K, 'V>, groupSelector: Func<'K, 'L>) : Series<'L, float> = Stats.levelMin groupSelector.Invoke series
  [<Extension>]
  static member MaxLevel(series: Series<'K, 'V>, groupSelector: Func<'K, 'L>) : Series<'L, float> = Stats.levelMax groupSelector.Invoke series
