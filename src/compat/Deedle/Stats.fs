namespace Deedle

open System

/// Sums of powers of deviations from the mean, over the values that are there.
type internal Moments(values: float[]) =
  let count = float values.Length
  // Two passes keep the digits that a single pass of sums of squares would cancel.
  let mean = Array.sum values / count
  let power (exponent: int) = values |> Array.sumBy (fun v -> Math.Pow(v - mean, float exponent))
  member _.Mean = mean
  member _.Variance = if count < 2.0 then nan else power 2 / (count - 1.0)
  /// Adjusted Fisher-Pearson skewness, the one of Excel and pandas.
  member this.Skew =
    if count < 3.0 then nan
    else
      let spread = sqrt this.Variance
      if spread = 0.0 then 0.0 else count / ((count - 1.0) * (count - 2.0)) * power 3 / (spread ** 3.0)
  /// Sample excess kurtosis, the one of Excel and pandas.
  member this.Kurtosis =
    if count < 4.0 then nan
    else
      let variance = this.Variance
      if variance = 0.0 then 0.0
      else
        count * (count + 1.0) / ((count - 1.0) * (count - 2.0) * (count - 3.0)) * power 4 / (variance * variance)
        - 3.0 * (count - 1.0) ** 2.0 / ((count - 2.0) * (count - 3.0))

/// Statistics of series and of the numeric columns of frames. Missing values are left out; where too few are there the result is NaN.
[<AbstractClass; Sealed>]
type Stats =
  static member private Floats(series: Series<'K, 'V>) = series.Values |> Seq.map Conversion.toFloat |> Array.ofSeq
  static member private Interpolated(sorted: float[], quantile: float) =
    if quantile < 0.0 || quantile > 1.0 then nan
    else
      let position = quantile * float (sorted.Length - 1)
      let below = int (floor position)
      let above = min (below + 1) (sorted.Length - 1)
      sorted[below] + (position - float below) * (sorted[above] - sorted[below])

  // Series
  static member count(series: Series<'K, 'V>) = series.ValueCount
  static member sum(series: Series<'K, 'V>) = match Stats.Floats series with [||] -> nan | values -> Array.sum values
  static member mean(series: Series<'K, 'V>) = (Moments(Stats.Floats series)).Mean
  /// Sample variance, divided by n - 1.
  static member variance(series: Series<'K, 'V>) = (Moments(Stats.Floats series)).Variance
  /// Sample standard deviation, divided by n - 1.
  static member stdDev(series: Series<'K, 'V>) = sqrt (Stats.variance series)
  static member skew(series: Series<'K, 'V>) = (Moments(Stats.Floats series)).Skew
  static member kurt(series: Series<'K, 'V>) = (Moments(Stats.Floats series)).Kurtosis
  static member min(series: Series<'K, 'V>) = match Stats.Floats series with [||] -> nan | values -> Array.min values
  static member max(series: Series<'K, 'V>) = match Stats.Floats series with [||] -> nan | values -> Array.max values
  static member tryMin(series: Series<'K, 'V>) = if series.ValueCount = 0 then None else Some(Seq.min series.Values)
  static member tryMax(series: Series<'K, 'V>) = if series.ValueCount = 0 then None else Some(Seq.max series.Values)
  static member median(series: Series<'K, 'V>) =
    match Stats.Floats series with [||] -> nan | values -> Stats.Interpolated(Array.sort values, 0.5)
  /// Linearly interpolated quantiles (type 7 of Hyndman and Fan 1996), keyed by the quantile's text.
  static member quantile(quantiles: float[], series: Series<'K, 'V>) : Series<string, float> =
    let sorted = Array.sort (Stats.Floats series)
    let at q = if sorted.Length = 0 then nan else Stats.Interpolated(sorted, q)
    Series<string, float>(quantiles |> Seq.map string, quantiles |> Seq.map at)
  static member uniqueCount(series: Series<'K, 'V>) = series.Values |> Seq.distinct |> Seq.length
  static member describe(series: Series<'K, 'V>) : Series<string, float> =
    let quantiles = Stats.quantile ([| 0.25; 0.5; 0.75 |], series)
    Series<string, float>(
      [ "unique"; "mean"; "std"; "min"; "0.25"; "0.5"; "0.75"; "max" ],
      [ float (Stats.uniqueCount series); Stats.mean series; Stats.stdDev series; Stats.min series
        yield! quantiles.ValuesAll |> Seq.map (fun q -> if q.HasValue then q.Value else nan)
        Stats.max series ])
  /// Sample covariance over the keys where both have a value.
  static member cov (left: Series<'K, 'V>) (right: Series<'K, 'W>) =
    let both = left.ZipInner(right).Values |> Seq.map (fun (l, r) -> Conversion.toFloat l, Conversion.toFloat r) |> Array.ofSeq
    if both.Length < 2 then nan
    else
      let leftMean, rightMean = both |> Array.averageBy fst, both |> Array.averageBy snd
      (both |> Array.sumBy (fun (l, r) -> (l - leftMean) * (r - rightMean))) / float (both.Length - 1)
  /// Pearson correlation over the keys where both have a value.
  static member corr (left: Series<'K, 'V>) (right: Series<'K, 'W>) =
    let both = left.ZipInner right
    Stats.cov left right / (Stats.stdDev (both.SelectValues fst) * Stats.stdDev (both.SelectValues snd))

  // Frames: numeric columns only
  static member count(frame: Frame<'R, 'C>) = frame.Columns |> Series.mapValues (fun (column: ObjectSeries<'R>) -> column.ValueCount)
  static member sum(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.sum s)
  static member mean(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.mean s)
  static member median(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.median s)
  static member variance(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.variance s)
  static member stdDev(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.stdDev s)
  static member min(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.min s)
  static member max(frame: Frame<'R, 'C>) = frame.GetColumns<float>() |> Series.mapValues (fun (s: Series<'R, float>) -> Stats.max s)
  static member uniqueCount(frame: Frame<'R, 'C>) = frame.Columns |> Series.mapValues (fun (s: ObjectSeries<'R>) -> Stats.uniqueCount s)
  static member describe(frame: Frame<'R, 'C>) : Frame<string, 'C> =
    let columns = frame.GetColumns<float>()
    Frame<string, 'C>(columns.Keys, [ for column in columns.Values -> Stats.describe column |> FrameRows.asSeries ])

  // Series with keys of several levels
  static member levelCount (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.count (s: Series<'K, 'V>)) series
  static member levelSum (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.sum (s: Series<'K, 'V>)) series
  static member levelMean (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.mean (s: Series<'K, 'V>)) series
  static member levelMedian (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.median (s: Series<'K, 'V>)) series
  static member levelStdDev (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.stdDev (s: Series<'K, 'V>)) series
  static member levelVariance (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.variance (s: Series<'K, 'V>)) series
  static member levelMin (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.min (s: Series<'K, 'V>)) series
  static member levelMax (level: 'K -> 'L) (series: Series<'K, 'V>) = Series.applyLevel level (fun s -> Stats.max (s: Series<'K, 'V>)) series
