namespace Deedle

open System

/// Sums of powers of deviations from the mean, over the values that are there.
type internal Moments(values: float[]) =
  let count = float values.Length
  // Two passes keep the digits that a single pass of sums of squares would cancel.
  let mean = Array.sum values / count
  let power (exponent: int) = values |> Array.sumBy (fun v -> pown (v - mean) exponent)
  member _.Mean = mean
  member _.Variance = if count < 2.0 then nan else power 2 / (count - 1.0)
  /// Adjusted Fisher-Pearson skewness, the one of Excel and pandas; NaN for fewer than three or for equal values.
  member this.Skew =
    if count < 3.0 then nan
    else
      let spread = sqrt this.Variance
      if spread = 0.0 then nan else count / ((count - 1.0) * (count - 2.0)) * power 3 / pown spread 3
  /// Sample excess kurtosis, the one of Excel and pandas; NaN for fewer than four or for equal values.
  member this.Kurtosis =
    if count < 4.0 then nan
    else
      let variance = this.Variance
      if variance = 0.0 then nan
      else
        count * (count + 1.0) / ((count - 1.0) * (count - 2.0) * (count - 3.0)) * power 4 / (variance * variance)
        - 3.0 * pown (count - 1.0) 2 / ((count - 2.0) * (count - 3.0))

module internal Quantile =
  /// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
  let ofSorted (sorted: float[]) quantile =
    if sorted.Length = 0 || quantile < 0.0 || quantile > 1.0 then nan
    else
      let position = quantile * float (sorted.Length - 1)
      let below = int (floor position)
      let above = min (below + 1) (sorted.Length - 1)
      sorted[below] + (position - float below) * (sorted[above] - sorted[below])

  let median (values: float[]) = ofSorted (Array.sort values) 0.5

