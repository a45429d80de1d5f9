namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

module StatsTests =
  let ozone () = (Tables.air ())?Ozone

  [<Fact>]
  let ``statistics of a series leave missing values out`` () =
    let ozone = ozone ()
    equal (8, 6) (ozone.KeyCount, Stats.count ozone)
    Assert.Equal(119.0 / 6.0, Stats.mean ozone, 1e-12)
    equal (8.0, 41.0, 119.0) (Stats.min ozone, Stats.max ozone, Stats.sum ozone)
    Assert.Equal(15.0, Stats.median ozone, 1e-12)
    // Squared deviations of 41, 12, 18, 29, 8, 11 from 119/6: 3175 - 119^2/6 = 814.8333.
    Assert.Equal((3175.0 - 119.0 * 119.0 / 6.0) / 5.0, Stats.variance ozone, 1e-9)
    Assert.Equal(sqrt ((3175.0 - 119.0 * 119.0 / 6.0) / 5.0), Stats.stdDev ozone, 1e-9)
    equal (Some 8, Some 41) (Stats.tryMin (ozone |> Series.mapValues int), Stats.tryMax (ozone |> Series.mapValues int))
    equal (Some(0, 41.0)) (Stats.maxBy id ozone)
    equal (Some(6, 8.0)) (Stats.minBy id ozone)
    equal 6 (Stats.uniqueCount ozone)
    equal 6 (Stats.numSum (Series.ofValues [ 1; 2; 3 ]))

  [<Fact>]
  let ``statistics of nothing are NaN`` () =
    let nothing = Series.ofValues [ nan; nan ]
    for value in [ Stats.sum nothing; Stats.mean nothing; Stats.min nothing; Stats.max nothing; Stats.median nothing; Stats.stdDev nothing ] do
      equal true (Double.IsNaN value)
    equal None (Stats.tryMin nothing)
    equal true (Double.IsNaN(Stats.stdDev (Series.ofValues [ 1.0 ])))
    equal true (Double.IsNaN(Stats.skew (Series.ofValues [ 1.0; 1.0; 1.0 ])))
    equal true (Double.IsNaN(Stats.kurt (Series.ofValues [ 1.0; 2.0; 3.0 ])))

  [<Fact>]
  let ``statistics of a frame are a series over its columns`` () =
    let air = Tables.air ()
    holdsAll [ "Month", 8; "Day", 8; "Ozone", 6; "Solar", 7; "Temp", 8 ] (Stats.count air)
    nearAll [ "Month", 5.5; "Day", 2.5; "Ozone", 119.0 / 6.0; "Solar", 1055.0 / 7.0; "Temp", 68.5 ] (Stats.mean air)
    holdsAll [ "Month", 5.0; "Day", 1.0; "Ozone", 8.0; "Solar", 19.0; "Temp", 61.0 ] (Stats.min air)
    let named = frame [ "x" =?> series [ 1 => 1.0; 2 => 2.0 ]; "t" =?> series [ 1 => "a"; 2 => "b" ] ]
    holds [ "x", Some 1.5; "t", None ] (Stats.mean named)
    holdsAll [ "x", 2; "t", 2 ] (Stats.uniqueCount named)

  [<Fact>]
  let ``by level, statistics are one a group`` () =
    let byMonth = Tables.air () |> Frame.groupRowsByInt "Month"
    let ozone = byMonth?Ozone
    nearAll [ 5, 71.0 / 3.0; 6, 16.0 ] (Stats.levelMean fst ozone)
    nearAll [ 5, 71.0; 6, 48.0 ] (Stats.levelSum fst ozone)
    nearAll [ 5, 18.0; 6, 11.0 ] (Stats.levelMedian fst ozone)
    nearAll [ 5, 12.0; 6, 8.0 ] (Stats.levelMin fst ozone)
    nearAll [ 5, 41.0; 6, 29.0 ] (Stats.levelMax fst ozone)
    nearAll [ 5, sqrt 234.33333333333334; 6, sqrt 129.0 ] (Stats.levelStdDev fst ozone)

  [<Fact>]
  let ``quantiles are interpolated and keyed by their text`` () =
    let s = Series.ofValues [ 4.0; 1.0; 3.0; 2.0 ]
    nearAll [ "0", 1.0; "0.25", 1.75; "0.5", 2.5; "1", 4.0 ] (Stats.quantile ([| 0.0; 0.25; 0.5; 1.0 |], s))
    equal [ "unique"; "mean"; "std"; "min"; "0.25"; "0.5"; "0.75"; "max" ] (List.ofSeq (Stats.describe s).Keys)
    nearAll [ "mean", 2.5; "min", 1.0; "max", 4.0; "unique", 4.0 ] (Stats.describe s).[[ "mean"; "min"; "max"; "unique" ]]
    equal [ "x" ] (columnKeys (Stats.describe (frame [ "x" =?> s; "t" =?> Series.ofValues [ "a"; "b"; "c"; "d" ] ])))

  [<Fact>]
  let ``moving statistics start with the first full window`` () =
    let s = Series.ofValues [ 0.0; 1.0; 2.0; 3.0; 4.0 ]
    let first values = values |> List.mapi (fun i v -> i, v)
    near (first [ None; None; Some 1.0; Some 2.0; Some 3.0 ]) (Stats.movingMean 3 s)
    near (first [ None; None; Some 3.0; Some 6.0; Some 9.0 ]) (Stats.movingSum 3 s)
    near (first [ None; None; Some 3.0; Some 3.0; Some 3.0 ]) (Stats.movingCount 3 s)
    near (first [ None; None; Some 1.0; Some 1.0; Some 1.0 ]) (Stats.movingStdDev 3 s)
    near (first [ None; None; Some 1.0; Some 1.0; Some 1.0 ]) (Stats.movingVariance 3 s)
    near (first [ None; None; Some 1.0; Some 2.0; Some 3.0 ]) (Stats.movingMedian 3 s)
    // The extremes take what is there.
    near (first [ Some 0.0; Some 0.0; Some 0.0; Some 1.0; Some 2.0 ]) (Stats.movingMin 3 s)
    near (first [ Some 0.0; Some 1.0; Some 2.0; Some 3.0; Some 4.0 ]) (Stats.movingMax 3 s)
    raises<ArgumentException> (fun () -> Stats.movingMean 0 s |> ignore)

  [<Fact>]
  let ``moving statistics leave missing values out`` () =
    let s = series [ 1 => 1.0; 2 => nan; 3 => 3.0; 4 => nan; 5 => nan; 6 => nan; 7 => 7.0 ]
    near [ 1, None; 2, Some 1.0; 3, Some 3.0; 4, Some 3.0; 5, None; 6, None; 7, Some 7.0 ] (Stats.movingMean 2 s)
    near [ 1, None; 2, Some 1.0; 3, Some 3.0; 4, Some 3.0; 5, Some 0.0; 6, Some 0.0; 7, Some 7.0 ] (Stats.movingSum 2 s)
    near [ 1, None; 2, Some 1.0; 3, Some 1.0; 4, Some 1.0; 5, Some 0.0; 6, Some 0.0; 7, Some 1.0 ] (Stats.movingCount 2 s)
    near [ 1, Some 1.0; 2, Some 1.0; 3, Some 3.0; 4, Some 3.0; 5, None; 6, None; 7, Some 7.0 ] (Stats.movingMin 2 s)

  [<Fact>]
  let ``moving statistics of many values equal those of their windows`` () =
    let random = Random 5
    let s = Series.ofValues [ for i in 0..199 -> if i % 17 = 0 then nan else 1e4 + random.NextDouble() ]
    let check (moving: Series<int, float>) (statistic: Series<int, float> -> float) =
      let windows = s |> Series.windowInto 9 statistic
      for key in windows.Keys do
        match Series.tryGet key windows, Series.tryGet key moving with
        | Some expected, Some actual -> Assert.Equal(expected, actual, 1e-5)
        | expected, actual -> equal expected actual
    check (Stats.movingMean 9 s) Stats.mean
    check (Stats.movingSum 9 s) Stats.sum
    check (Stats.movingMedian 9 s) Stats.median
    check (Stats.movingMin 9 s) Stats.min
    check (Stats.movingMax 9 s) Stats.max

  [<Fact>]
  let ``expanding statistics take everything so far`` () =
    let s = series [ 1 => nan; 2 => 2.0; 3 => 4.0; 4 => nan; 5 => 9.0 ]
    near [ 1, Some 0.0; 2, Some 1.0; 3, Some 2.0; 4, Some 2.0; 5, Some 3.0 ] (Stats.expandingCount s)
    near [ 1, Some 0.0; 2, Some 2.0; 3, Some 6.0; 4, Some 6.0; 5, Some 15.0 ] (Stats.expandingSum s)
    near [ 1, None; 2, Some 2.0; 3, Some 3.0; 4, Some 3.0; 5, Some 5.0 ] (Stats.expandingMean s)
    near [ 1, None; 2, None; 3, Some 2.0; 4, Some 2.0; 5, Some 13.0 ] (Stats.expandingVariance s)
    near [ 1, None; 2, Some 2.0; 3, Some 2.0; 4, Some 2.0; 5, Some 2.0 ] (Stats.expandingMin s)
    near [ 1, None; 2, Some 2.0; 3, Some 4.0; 4, Some 4.0; 5, Some 9.0 ] (Stats.expandingMax s)
    near [ 1, None; 2, Some 2.0; 3, Some 3.0; 4, Some 3.0; 5, Some 4.0 ] (Stats.expandingMedian s)

  [<Fact>]
  let ``expanding skewness and kurtosis end at those of the whole`` () =
    let s = Series.ofValues [ 2.0; 4.0; 4.0; 4.0; 5.0; 5.0; 7.0; 9.0; 1.5 ]
    Assert.Equal(Stats.skew s, (Stats.expandingSkew s).[8], 1e-9)
    Assert.Equal(Stats.kurt s, (Stats.expandingKurt s).[8], 1e-9)
    Assert.Equal(Stats.skew s, (Stats.movingSkew 9 s).[8], 1e-9)
    Assert.Equal(Stats.kurt s, (Stats.movingKurt 9 s).[8], 1e-9)
    Assert.Equal(Stats.stdDev s, (Stats.expandingStdDev s).[8], 1e-9)

  [<Fact>]
  let ``correlation and covariance take the keys that both have`` () =
    let x, y = series [ "a" => 1.0; "b" => 2.0; "c" => 3.0; "d" => 100.0 ], series [ "a" => 6; "b" => 4; "c" => 2; "e" => -5 ]
    Assert.Equal(-1.0, Stats.corr x y, 1e-12)
    Assert.Equal(-2.0, Stats.cov x y, 1e-12)
    equal true (Double.IsNaN(Stats.corr x (Series.mapValues (fun _ -> 1.0) x)))
    let f = frame [ "x" => series [ 1 => 1.0; 2 => 2.0; 3 => 4.0 ]; "y" => series [ 1 => 2.0; 2 => 4.0; 3 => 8.0 ] ]
    nearAll [ "x", 1.0; "y", 1.0 ] (Stats.corrFrame f)?x
    nearAll [ "x", 7.0 / 3.0; "y", 14.0 / 3.0 ] (Stats.covFrame f)?x

  [<Fact>]
  let ``values are interpolated on the line between their neighbours`` () =
    let s = series [ 0 => 0.0; 10 => 20.0; 20 => 0.0 ]
    nearAll [ 0, 0.0; 5, 10.0; 10, 20.0; 15, 10.0; 30, 0.0 ] (s |> Stats.interpolateLinear [ 0; 5; 10; 15; 30 ] (fun k1 k2 -> float (k1 - k2)))
    let middle _ before after = match before, after with Some(_, a), Some(_, b) -> (a + b) / 2.0 | _ -> -1.0
    nearAll [ 3, 10.0; 25, -1.0 ] (s |> Stats.interpolate [ 3; 25 ] middle)
