namespace Deedle

open System
open Deedle.Indices

/// Statistics of series and of the numeric columns of frames. Missing values are left out; where too few are there the result is NaN.
[<AbstractClass; Sealed>]
type Stats =
  static member private Floats(series: Series<'K, 'V>) : float[] = Vector.convert<float> ConversionKind.Flexible series.Vector |> Vector.present
  /// One result a position, from all values with NaN for the missing ones.
  static member private Along(series: Series<'K, 'V>, f: float[] -> float[]) : Series<'K, float> =
    let values = Vector.convert<float> ConversionKind.Flexible series.Vector
    let all = Array.init series.KeyCount (fun i -> let v = values.GetValue i in if v.HasValue then v.Value else nan)
    Series<'K, float>(series.Index, Vector.ofValues (f all))
  static member private Columns(frame: Frame<'R, 'C>, f: Series<'R, float> -> float) : Series<'C, float> =
    frame.GetColumns<float>() |> Series.mapValues f
  /// The values of the keys that both have.
  static member private Pairs(left: Series<'K, 'V1>, right: Series<'K, 'V2>) : (float * float)[] =
    let convert (series: Series<'K, 'T>) = Series<'K, float>(series.Index, Vector.convert<float> ConversionKind.Flexible series.Vector)
    (convert left).ZipInner(convert right).Values |> Array.ofSeq
  /// The sum of products of deviations and both sums of squares.
  static member private Products(pairs: (float * float)[]) =
    let left, right = pairs |> Array.averageBy fst, pairs |> Array.averageBy snd
    pairs |> Array.sumBy (fun (l, r) -> (l - left) * (r - right)),
    pairs |> Array.sumBy (fun (l, _) -> pown (l - left) 2),
    pairs |> Array.sumBy (fun (_, r) -> pown (r - right) 2)

  // Windows of a size: the first size - 1 positions have no value (the extremes take what is there)
  static member movingCount size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.count size)
  static member movingSum size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.sum size)
  static member movingMean size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.mean size)
  static member movingVariance size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.variance size)
  static member movingStdDev size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.stdDev size)
  static member movingSkew size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.skew size)
  static member movingKurt size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.kurtosis size)
  static member movingMedian size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.median size)
  static member movingMin size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.extreme size (<))
  static member movingMax size (series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Rolling.extreme size (>))

  // Everything up to each position

  static member expandingCount(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.count)
  static member expandingSum(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.sum)
  static member expandingMean(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.mean)
  static member expandingVariance(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.variance)
  static member expandingStdDev(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.stdDev)
  static member expandingSkew(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.skew)
  static member expandingKurt(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.kurtosis)
  static member expandingMedian(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.median)
  static member expandingMin(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.extreme min)
  static member expandingMax(series: Series<'K, 'V>) : Series<'K, float> = Stats.Along(series, Expanding.extreme max)

  // Series

  static member count(series: Series<'K, 'V>) : int = series.ValueCount
  static member sum(series: Series<'K, 'V>) : float = match Stats.Floats series with [||] -> nan | values -> Array.sum values
  /// The sum in the values' own type.
  static member inline numSum(series: Series<'K, 'V>) : 'V = Seq.sum series.Values
  static member mean(series: Series<'K, 'V>) : float = (Moments(Stats.Floats series)).Mean
  /// Sample variance, divided by n - 1.
  static member variance(series: Series<'K, 'V>) : float = (Moments(Stats.Floats series)).Variance
  /// Sample standard deviation, divided by n - 1.
  static member stdDev(series: Series<'K, 'V>) : float = sqrt (Stats.variance series)
  static member skew(series: Series<'K, 'V>) : float = (Moments(Stats.Floats series)).Skew
  static member kurt(series: Series<'K, 'V>) : float = (Moments(Stats.Floats series)).Kurtosis
  static member min(series: Series<'K, 'V>) : float = match Stats.Floats series with [||] -> nan | values -> Array.min values
  static member max(series: Series<'K, 'V>) : float = match Stats.Floats series with [||] -> nan | values -> Array.max values
  static member tryMin(series: Series<'K, 'V>) : 'V option = match Vector.present series.Vector with [||] -> None | values -> Some(Seq.min values)
  static member tryMax(series: Series<'K, 'V>) : 'V option = match Vector.present series.Vector with [||] -> None | values -> Some(Seq.max values)
  /// The observation for which f is smallest.
  static member minBy (f: 'T -> 'V) (series: Series<'K, 'T>) : ('K * 'T) option =
    if series.ValueCount = 0 then None else Some(Series.observations series |> Seq.minBy (snd >> f))
  /// The observation for which f is largest.
  static member maxBy (f: 'T -> 'V) (series: Series<'K, 'T>) : ('K * 'T) option =
    if series.ValueCount = 0 then None else Some(Series.observations series |> Seq.maxBy (snd >> f))
  static member median(series: Series<'K, 'V>) : float = Quantile.median (Stats.Floats series)
  /// Linearly interpolated quantiles (type 7 of Hyndman and Fan 1996), keyed by the quantile's text.
  static member quantile(quantiles: float[], series: Series<'K, 'V>) : Series<string, float> =
    let sorted = Array.sort (Stats.Floats series)
    Series<string, float>(quantiles |> Array.map string, quantiles |> Array.map (Quantile.ofSorted sorted))
  static member uniqueCount(series: Series<'K, 'V>) : int = Vector.present series.Vector |> Seq.distinct |> Seq.length
  static member describe(series: Series<'K, 'V>) : Series<string, float> =
    let sorted = Array.sort (Stats.Floats series)
    // A quantile of nothing is left out, the other rows are then missing.
    let quantiles = if sorted.Length = 0 then [] else [ for q in [ 0.25; 0.5; 0.75 ] -> string q, Quantile.ofSorted sorted q ]
    [ "unique", float (Stats.uniqueCount series); "mean", Stats.mean series; "std", Stats.stdDev series; "min", Stats.min series ]
    @ quantiles @ [ "max", Stats.max series ]
    |> Series.ofObservations
  /// Sample covariance over the keys where both have a value.
  static member cov (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : float =
    match Stats.Pairs(series1, series2) with
    | pairs when pairs.Length < 2 -> nan
    | pairs -> let products, _, _ = Stats.Products pairs in products / float (pairs.Length - 1)
  /// Pearson correlation over the keys where both have a value; NaN where one of them is constant.
  static member corr (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : float =
    match Stats.Pairs(series1, series2) with
    | pairs when pairs.Length < 2 -> nan
    | pairs ->
        let products, left, right = Stats.Products pairs
        if left = 0.0 || right = 0.0 then nan else products / sqrt (left * right)
  /// Values at the given keys, computed by f from the nearest smaller and greater observations of a sorted series.
  static member interpolate (keys: seq<'K>) (f: 'K -> ('K * 'T) option -> ('K * 'T) option -> 'T) (series: Series<'K, 'T>) : Series<'K, 'T> =
    let pair value = OptionalValue.asOption value |> Option.map (fun (kv: System.Collections.Generic.KeyValuePair<'K, 'T>) -> kv.Key, kv.Value)
    series.Interpolate(keys, fun key before after -> f key (pair before) (pair after))
  /// Values on the lines between neighbours; beyond the ends the nearest value. keyDiff measures the distance of two keys.
  static member interpolateLinear (keys: seq<'K>) (keyDiff: 'K -> 'K -> float) (series: Series<'K, 'V>) : Series<'K, float> =
    let line key before after =
      match before, after with
      | Some(k1, v1), Some(k2, v2) -> if k1 = k2 then v1 else v1 + keyDiff key k1 / keyDiff k2 k1 * (v2 - v1)
      | Some(_, v), None | None, Some(_, v) -> v
      | None, None -> invalidArg (nameof series) "A series without values cannot be interpolated."
    Series<'K, float>(series.Index, Vector.convert<float> ConversionKind.Flexible series.Vector) |> Stats.interpolate keys line

  // Frames: numeric columns only, the results of the others are missing

  static member count(frame: Frame<'R, 'C>) : Series<'C, int> =
    frame.Columns |> Series.mapValues (fun (column: ObjectSeries<'R>) -> column.ValueCount)
  static member uniqueCount(frame: Frame<'R, 'C>) : Series<'C, int> =
    frame.Columns |> Series.mapValues (fun (column: ObjectSeries<'R>) -> Stats.uniqueCount column)
  static member sum(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.sum column)
  static member mean(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.mean column)
  static member median(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.median column)
  static member stdDev(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.stdDev column)
  static member variance(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.variance column)
  static member skew(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.skew column)
  static member kurt(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.kurt column)
  static member min(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.min column)
  static member max(frame: Frame<'R, 'C>) : Series<'C, float> = Stats.Columns(frame, fun column -> Stats.max column)
  /// The summary of each numeric column; the others are left out.
  static member describe(frame: Frame<'R, 'C>) : Frame<string, 'C> =
    let columns = frame.GetColumns<float>().Observations |> List.ofSeq
    Frame<string, 'C>(columns |> List.map _.Key, [ for column in columns -> Stats.describe column.Value :> ISeries<string> ])
  static member private Matrix(frame: Frame<'R, 'C>, f: Series<'R, float> -> Series<'R, float> -> float) : Frame<'C, 'C> =
    let columns = frame.GetColumns<float>().Observations |> Array.ofSeq
    let keys = columns |> Array.map _.Key
    Frame<'C, 'C>(keys, [ for c in columns -> Series<'C, float>(keys, [| for r in columns -> f r.Value c.Value |]) :> ISeries<'C> ])
  /// Pearson correlations of the numeric columns.
  static member corrFrame(frame: Frame<'R, 'C>) : Frame<'C, 'C> = Stats.Matrix(frame, Stats.corr)
  /// Sample covariances of the numeric columns.
  static member covFrame(frame: Frame<'R, 'C>) : Frame<'C, 'C> = Stats.Matrix(frame, Stats.cov)

  // Series with keys of several levels

  static member levelCount (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, int> =
    Series.applyLevel level (fun group -> Stats.count(group: Series<'K, 'V>)) series
  static member levelSum (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.sum(group: Series<'K, 'V>)) series
  static member levelMean (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.mean(group: Series<'K, 'V>)) series
  static member levelMedian (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.median(group: Series<'K, 'V>)) series
  static member levelStdDev (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.stdDev(group: Series<'K, 'V>)) series
  static member levelVariance (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.variance(group: Series<'K, 'V>)) series
  static member levelSkew (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.skew(group: Series<'K, 'V>)) series
  static member levelKurt (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.kurt(group: Series<'K, 'V>)) series
  static member levelMin (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.min(group: Series<'K, 'V>)) series
  static member levelMax (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> =
    Series.applyLevel level (fun group -> Stats.max(group: Series<'K, 'V>)) series
