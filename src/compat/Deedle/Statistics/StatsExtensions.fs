namespace Deedle

open System
open System.Runtime.CompilerServices

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
  static member TryMin(series: Series<'K, 'V>) : 'V option = Stats.tryMin series
  [<Extension>]
  static member TryMax(series: Series<'K, 'V>) : 'V option = Stats.tryMax series
  [<Extension>]
  static member Mean(series: Series<'K, 'V>) : float = Stats.mean series
  [<Extension>]
  static member StdDev(series: Series<'K, 'V>) : float = Stats.stdDev series
  [<Extension>]
  static member Skewness(series: Series<'K, 'V>) : float = Stats.skew series
  [<Extension>]
  static member Kurtosis(series: Series<'K, 'V>) : float = Stats.kurt series
  [<Extension>]
  static member Median(series: Series<'K, 'V>) : float = Stats.median series
  [<Extension>]
  static member MeanLevel(series: Series<'K1, 'V>, groupSelector: Func<'K1, 'K2>) : Series<'K2, float> = Stats.levelMean groupSelector.Invoke series
  /// Not an extension method upstream either.
  static member StdDevLevel(series: Series<'K1, 'V>, groupSelector: Func<'K1, 'K2>) : Series<'K2, float> =
    Stats.levelStdDev groupSelector.Invoke series
  [<Extension>]
  static member MedianLevel(series: Series<'K1, 'V>, groupSelector: Func<'K1, 'K2>) : Series<'K2, float> =
    Stats.levelMedian groupSelector.Invoke series
  [<Extension>]
  static member SumLevel(series: Series<'K1, 'V>, groupSelector: Func<'K1, 'K2>) : Series<'K2, float> = Stats.levelSum groupSelector.Invoke series
  [<Extension>]
  static member MinLevel(series: Series<'K1, 'V>, groupSelector: Func<'K1, 'K2>) : Series<'K2, 'V> =
    Series.applyLevelOptional groupSelector.Invoke (fun group -> Stats.tryMin (group: Series<'K1, 'V>)) series
  [<Extension>]
  static member MaxLevel(series: Series<'K1, 'V>, groupSelector: Func<'K1, 'K2>) : Series<'K2, 'V> =
    Series.applyLevelOptional groupSelector.Invoke (fun group -> Stats.tryMax (group: Series<'K1, 'V>)) series
  [<Extension>]
  static member InterpolateLinear(series: Series<'K, 'V>, keys: seq<'K>, keyDiff: Func<'K, 'K, float>) : Series<'K, float> =
    Stats.interpolateLinear keys (fun k1 k2 -> keyDiff.Invoke(k1, k2)) series

/// The C# face of statistics over the numeric columns of a frame.
[<Extension>]
type FrameStatsExtensions =
  [<Extension>]
  static member Sum(df: Frame<'R, 'C>) : Series<'C, float> = Stats.sum df
  [<Extension>]
  static member Min(df: Frame<'R, 'C>) : Series<'C, float> = Stats.min df
  [<Extension>]
  static member Max(df: Frame<'R, 'C>) : Series<'C, float> = Stats.max df
  [<Extension>]
  static member Mean(df: Frame<'R, 'C>) : Series<'C, float> = Stats.mean df
  [<Extension>]
  static member StdDev(df: Frame<'R, 'C>) : Series<'C, float> = Stats.stdDev df
  [<Extension>]
  static member Variance(df: Frame<'R, 'C>) : Series<'C, float> = Stats.variance df
  [<Extension>]
  static member Skewness(df: Frame<'R, 'C>) : Series<'C, float> = Stats.skew df
  [<Extension>]
  static member Kurtosis(df: Frame<'R, 'C>) : Series<'C, float> = Stats.kurt df
  [<Extension>]
  static member Median(df: Frame<'R, 'C>) : Series<'C, float> = Stats.median df
  [<Extension>]
  static member UniqueCount(df: Frame<'R, 'C>) : Series<'C, int> = Stats.uniqueCount df
  [<Extension>]
  static member Describe(df: Frame<'R, 'C>) : Frame<string, 'C> = Stats.describe df
