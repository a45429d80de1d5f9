namespace Deedle

open System
open System.Globalization

/// Spelling help for error messages.
module internal Nearest =
  /// The number of single-character edits between two words (Levenshtein, two rows at a time).
  let distance (left: string) (right: string) =
    let mutable previous = Array.init (right.Length + 1) id
    for i in 1 .. left.Length do
      let current = Array.zeroCreate (right.Length + 1)
      current[0] <- i
      for j in 1 .. right.Length do
        let cost = if Char.ToLowerInvariant left[i - 1] = Char.ToLowerInvariant right[j - 1] then 0 else 1
        current[j] <- min (min (current[j - 1] + 1) (previous[j] + 1)) (previous[j - 1] + cost)
      previous <- current
    previous[right.Length]

  /// At most three keys, the nearest first: numbers by their difference, others by their spelling.
  let private names (key: obj) (keys: seq<'K>) =
    let toFloat (value: obj) = Convert.ToDouble(value, CultureInfo.InvariantCulture)
    let distance =
      if Conversion.isNumeric (key.GetType()) then fun (k: 'K) -> abs (toFloat (box k) - toFloat key)
      else fun k -> float (distance (string key) (string (box k)))
    keys |> Seq.truncate 10_000 |> Seq.sortBy distance |> Seq.truncate 3 |> Seq.map (fun k -> $"'{k}'") |> String.concat ", "

  /// What a message says of the keys that there are.
  let hint (key: 'K) (keys: seq<'K>) = if Seq.isEmpty keys then "there are none at all" else $"the nearest are {names (box key) keys}"
