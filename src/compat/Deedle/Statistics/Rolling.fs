namespace Deedle

open System

/// Statistics over windows that move along a series, one value a position; NaN stands for a missing value.
module internal Rolling =
  /// The number of values and the sums of the first four powers of (value - centre).
  [<Struct>]
  type private Sums = { Count: float; S1: float; S2: float; S3: float; S4: float }

  let private add sign v s =
    { Count = s.Count + sign; S1 = s.S1 + sign * v; S2 = s.S2 + sign * v * v; S3 = s.S3 + sign * v * v * v; S4 = s.S4 + sign * v * v * v * v }

  let private checkSize size = if size < 1 then invalidArg (nameof size) $"A window needs at least one position; got size {size}."

  /// A statistic of the sums of each full window, updated from one window to the next; centring keeps the digits that large values would cancel.
  let private sums size (statistic: float -> Sums -> float) (values: float[]) =
    checkSize size
    let present = values |> Array.filter (Double.IsNaN >> not)
    let centre = if present.Length = 0 then 0.0 else Array.average present
    let step sign v s = if Double.IsNaN v then s else add sign (v - centre) s
    let mutable state = { Count = 0.0; S1 = 0.0; S2 = 0.0; S3 = 0.0; S4 = 0.0 }
    let result = Array.create values.Length nan
    for i in 0 .. values.Length - 1 do
      state <- step 1.0 values[i] state
      if i >= size then state <- step -1.0 values[i - size] state
      if i >= size - 1 then result[i] <- statistic centre state
    result

  let count size values = sums size (fun _ s -> s.Count) values
  let sum size values = sums size (fun centre s -> s.S1 + s.Count * centre) values
  let mean size values = sums size (fun centre s -> if s.Count = 0.0 then nan else centre + s.S1 / s.Count) values
  let private centralSecond s = s.S2 - s.S1 * s.S1 / s.Count
  let variance size values = sums size (fun _ s -> if s.Count < 2.0 then nan else max 0.0 (centralSecond s) / (s.Count - 1.0)) values
  let stdDev size values = variance size values |> Array.map sqrt

  /// A statistic of the values of each full window.
  let private windows size (statistic: float[] -> float) (values: float[]) =
    checkSize size
    Array.init values.Length (fun i ->
      if i < size - 1 then nan else values[i - size + 1 .. i] |> Array.filter (Double.IsNaN >> not) |> statistic)
  let skew size values = windows size (fun window -> (Moments window).Skew) values
  let kurtosis size values = windows size (fun window -> (Moments window).Kurtosis) values
  let median size values = windows size Quantile.median values

  /// The extreme of the values so far within each window, from the first position on (a queue of candidates, O(n) altogether).
  let extreme size (beats: float -> float -> bool) (values: float[]) =
    checkSize size
    let candidates = System.Collections.Generic.LinkedList<struct (int * float)>()
    values
    |> Array.mapi (fun i v ->
      if candidates.Count > 0 && (let struct (at, _) = candidates.First.Value in at <= i - size) then candidates.RemoveFirst()
      if not (Double.IsNaN v) then
        while candidates.Count > 0 && (let struct (_, last) = candidates.Last.Value in not (beats last v)) do candidates.RemoveLast()
        candidates.AddLast(struct (i, v)) |> ignore
      if candidates.Count = 0 then nan else (let struct (_, best) = candidates.First.Value in best))

