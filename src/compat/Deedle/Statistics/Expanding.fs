namespace Deedle

open System

/// Statistics over all values up to each position; NaN stands for a missing value.
module internal Expanding =
  [<Struct>]
  type private State = { Count: float; Sum: float; Mean: float; M2: float; M3: float; M4: float }

  /// One more value in the sums of powers of deviations (Pébay 2008, formulas 1.1 to 1.4 for a set of one).
  let private next s v =
    let count = s.Count + 1.0
    let delta = v - s.Mean
    let step = delta / count
    let square = delta * step * s.Count
    { Count = count
      Sum = s.Sum + v
      Mean = s.Mean + step
      M2 = s.M2 + square
      M3 = s.M3 + square * step * (count - 2.0) - 3.0 * step * s.M2
      M4 = s.M4 + square * step * step * (count * count - 3.0 * count + 3.0) + 6.0 * step * step * s.M2 - 4.0 * step * s.M3 }

  let private states (statistic: State -> float) (values: float[]) =
    values
    |> Array.scan (fun s v -> if Double.IsNaN v then s else next s v) { Count = 0.0; Sum = 0.0; Mean = 0.0; M2 = 0.0; M3 = 0.0; M4 = 0.0 }
    |> Array.skip 1
    |> Array.map statistic

  let count values = states _.Count values
  let sum values = states _.Sum values
  let mean values = states (fun s -> if s.Count < 1.0 then nan else s.Mean) values
  let variance values = states (fun s -> if s.Count < 2.0 then nan else s.M2 / (s.Count - 1.0)) values
  let stdDev values = variance values |> Array.map sqrt
  let skew values =
    states (fun s -> if s.Count < 3.0 then nan else s.Count * sqrt (s.Count - 1.0) / (s.Count - 2.0) * s.M3 / s.M2 ** 1.5) values
  let kurtosis values =
    let statistic s =
      if s.Count < 4.0 then nan
      else
        let excess = s.Count * s.M4 / (s.M2 * s.M2) - 3.0
        (6.0 + excess * (s.Count + 1.0)) * (s.Count - 1.0) / ((s.Count - 2.0) * (s.Count - 3.0))
    states statistic values
  let extreme (better: float -> float -> float) (values: float[]) =
    values |> Array.scan (fun best v -> if Double.IsNaN best then v elif Double.IsNaN v then best else better best v) nan |> Array.skip 1
  let median (values: float[]) =
    let sorted = ResizeArray<float>()
    values
    |> Array.map (fun v ->
      if not (Double.IsNaN v) then
        let at = sorted.BinarySearch v
        sorted.Insert((if at < 0 then ~~~at else at), v)
      let middle = sorted.Count / 2
      if sorted.Count = 0 then nan elif sorted.Count % 2 = 1 then sorted[middle] else (sorted[middle - 1] + sorted[middle]) / 2.0)
