namespace Deedle

open System
open System.Collections.Generic
open Deedle.Indices

/// Functions on series. Missing values are skipped and stay missing unless a function says otherwise.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Series =
  let private pair (kv: KeyValuePair<'K, 'V>) = kv.Key, kv.Value
  let empty<'K, 'V when 'K: equality> : Series<'K, 'V> = Series<'K, 'V>(Array.empty<'K>, Array.empty<'V>)

  // Access
  let observations (series: Series<'K, 'T>) = series.Observations |> Seq.map pair
  let observationsAll (series: Series<'K, 'T>) = series.ObservationsAll |> Seq.map (fun kv -> kv.Key, OptionalValue.asOption kv.Value)
  let keys (series: Series<'K, 'T>) = series.Keys
  let values (series: Series<'K, 'T>) = series.Values
  let valuesAll (series: Series<'K, 'T>) = series.ObservationsAll |> Seq.map (fun kv -> OptionalValue.asOption kv.Value)
  let get key (series: Series<'K, 'T>) = series.Get key
  let tryGet key (series: Series<'K, 'T>) = series.TryGet key |> OptionalValue.asOption
  let getAt index (series: Series<'K, 'T>) = series.GetAt index
  let tryGetAt index (series: Series<'K, 'T>) = series.TryGetAt index |> OptionalValue.asOption
  let lookup key lookup (series: Series<'K, 'T>) = series.Get(key, lookup)
  let tryLookup key lookup (series: Series<'K, 'T>) = series.TryGet(key, lookup) |> OptionalValue.asOption
  let tryLookupObservation key lookup (series: Series<'K, 'T>) =
    series.TryGetObservation(key, lookup) |> OptionalValue.asOption |> Option.map (fun (kv: KeyValuePair<'K, 'T>) -> kv.Key, kv.Value)
  let lookupAll keys lookup (series: Series<'K, 'T>) = series.GetItems(keys, lookup)
  let sample keys (series: Series<'K, 'T>) = lookupAll keys Lookup.ExactOrSmaller series
  let getAll keys (series: Series<'K, 'T>) = series.GetItems keys
  let countKeys (series: Series<'K, 'T>) = series.KeyCount
  let countValues (series: Series<'K, 'T>) = series.ValueCount
  let has key (series: Series<'K, 'T>) = (series.TryGet key).HasValue
  let hasNot key (series: Series<'K, 'T>) = not (has key series)
  let hasAll (keys: seq<'K>) (series: Series<'K, 'T>) = keys |> Seq.forall (fun key -> has key series)
  let hasSome (keys: seq<'K>) (series: Series<'K, 'T>) = keys |> Seq.exists (fun key -> has key series)
  let hasNone (keys: seq<'K>) (series: Series<'K, 'T>) = keys |> Seq.forall (fun key -> hasNot key series)
  let firstKey (series: Series<'K, 'V>) = series.GetKeyAt 0
  let lastKey (series: Series<'K, 'V>) = series.GetKeyAt(series.KeyCount - 1)
  let firstValue (series: Series<'K, 'V>) = series.GetAt 0
  let lastValue (series: Series<'K, 'V>) = series.GetAt(series.KeyCount - 1)
  let tryFirstValue (series: Series<'K, 'V>) = if series.KeyCount > 0 then tryGetAt 0 series else None
  let tryLastValue (series: Series<'K, 'V>) = if series.KeyCount > 0 then tryGetAt (series.KeyCount - 1) series else None

  // Ranges of sorted keys and of positions
  let after lowerExclusive (series: Series<'K, 'T>) = series.After lowerExclusive
  let before upperExclusive (series: Series<'K, 'T>) = series.Before upperExclusive
  let startAt lowerInclusive (series: Series<'K, 'T>) = series.StartAt lowerInclusive
  let endAt upperInclusive (series: Series<'K, 'T>) = series.EndAt upperInclusive
  let between lowerInclusive upperInclusive (series: Series<'K, 'T>) = series.Between(lowerInclusive, upperInclusive)
  let private checkCount count available =
    if count < 0 || count > available then
      invalidArg (nameof count) $"Expected a number from 0 to {available}, the number of keys; got {count}."
  let take count (series: Series<'K, 'T>) =
    checkCount count series.KeyCount
    series.Part(0, count - 1)
  let takeLast count (series: Series<'K, 'T>) =
    checkCount count series.KeyCount
    series.Part(series.KeyCount - count, series.KeyCount - 1)
  let skip count (series: Series<'K, 'T>) =
    checkCount count series.KeyCount
    series.Part(count, series.KeyCount - 1)
  let skipLast count (series: Series<'K, 'T>) =
    checkCount count series.KeyCount
    series.Part(0, series.KeyCount - count - 1)
  let force (series: Series<'K, 'V>) = series.Materialize()

  // Filter and map
  let filter f (series: Series<'K, 'T>) = series.Where(fun (kv: KeyValuePair<'K, 'T>) -> f kv.Key kv.Value)
  let filterValues f (series: Series<'K, 'T>) = series.Where(fun (kv: KeyValuePair<'K, 'T>) -> f kv.Value)
  let filterAll f (series: Series<'K, 'T>) = series.WhereOptional(fun kv -> f kv.Key (OptionalValue.asOption kv.Value))
  let map (f: 'K -> 'T -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> = series.Select(fun (kv: KeyValuePair<'K, 'T>) -> f kv.Key kv.Value)
  let mapValues (f: 'T -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> = series.SelectValues(Func<_, _> f)
  let mapKeys (f: 'K -> 'R) (series: Series<'K, 'T>) : Series<'R, 'T> = series.SelectKeys(fun kv -> f kv.Key)
  let mapAll (f: 'K -> 'T option -> 'R option) (series: Series<'K, 'T>) : Series<'K, 'R> =
    series.SelectOptional(fun kv -> f kv.Key (OptionalValue.asOption kv.Value) |> OptionalValue.ofOption)
  let convert (forward: 'T -> 'R) (backward: 'R -> 'T) (series: Series<'K, 'T>) : Series<'K, 'R> =
    series.Convert(Func<_, _> forward, Func<_, _> backward)
  let flatten (series: Series<'K, 'T option>) : Series<'K, 'T> = mapAll (fun _ v -> Option.flatten v) series
  let scanValues foldFunc (init: 'R) (series: Series<'K, 'T>) = series.ScanValues(Func<_, _, _> foldFunc, init)
  let scanAllValues foldFunc (init: 'R option) (series: Series<'K, 'T>) =
    let lifted a b = foldFunc (OptionalValue.asOption a) (OptionalValue.asOption b) |> OptionalValue.ofOption
    series.ScanAllValues(Func<_, _, _> lifted, OptionalValue.ofOption init)
  let reduceValues op (series: Series<'K, 'T>) = Array.reduce op (Vector.present series.Vector)
  let foldValues op init (series: Series<'K, 'T>) = Array.fold op init (Vector.present series.Vector)
  let replace (key: 'K) (value: 'V) (series: Series<'K, 'V>) = series.Replace(key, value)
  let replaceArray (keys: 'K[]) (value: 'V) (series: Series<'K, 'V>) = series.Replace(keys, value)

  // Groups and levels of keys
  let groupInto (keySelector: 'K -> 'T -> 'TNewKey) (f: 'TNewKey -> Series<'K, 'T> -> 'TNewValue) (series: Series<'K, 'T>) =
    series.GroupBy(fun kv -> keySelector kv.Key kv.Value) |> map f
  let groupBy (keySelector: 'K -> 'T -> 'TNewKey) (series: Series<'K, 'T>) = groupInto keySelector (fun _ group -> group) series
  /// The result of op for the part of the series at each value of a level.
  let applyLevel (level: 'K1 -> 'K2) (op: Series<'K1, 'V> -> 'R) (series: Series<'K1, 'V>) : Series<'K2, 'R> =
    series.GroupBy(fun kv -> level kv.Key) |> mapValues op
  let applyLevelOptional (level: 'K1 -> 'K2) (op: Series<'K1, 'V> -> 'R option) (series: Series<'K1, 'V>) : Series<'K2, 'R> =
    applyLevel level op series |> flatten
  let reduceLevel (level: 'K1 -> 'K2) (op: 'T -> 'T -> 'T) (series: Series<'K1, 'T>) : Series<'K2, 'T> = applyLevel level (reduceValues op) series

  // Combine
  let merge (series1: Series<'K, 'V>) (series2: Series<'K, 'V>) = series1.Merge series2
  let mergeUsing behavior (series1: Series<'K, 'V>) (series2: Series<'K, 'V>) = series1.Merge(series2, behavior)
  let mergeAll (series: seq<Series<'K, 'V>>) =
    match Array.ofSeq series with
    | [||] -> empty
    | all -> all[0].Merge all[1..]
  let intersect (s1: Series<'K, 'T>) (s2: Series<'K, 'T>) = s1.Intersect s2
  let compare (s1: Series<'K, 'T>) (s2: Series<'K, 'T>) = s1.Compare s2
  let zip (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) = series1.Zip series2
  let zipAlign kind lookup (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) = series1.Zip(series2, kind, lookup)
  let zipInner (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) = series1.ZipInner series2
  let zipAlignInto kind lookup (op: 'V1 option -> 'V2 option -> 'R option) (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'R> =
    let apply (l, r) = op (OptionalValue.asOption l) (OptionalValue.asOption r) |> OptionalValue.ofOption
    series1.Zip(series2, kind, lookup).SelectOptional(fun kv -> OptionalValue.bind apply kv.Value)
  let zipInto (op: 'V1 -> 'V2 -> 'R) (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'R> =
    series1.Combine(series2, JoinKind.Inner, op)

  // Missing values
  let dropMissing (series: Series<'K, 'T>) = series.WhereOptional(fun kv -> kv.Value.HasValue)
  let withMissingFrom (other: Series<'K, 'S>) (series: Series<'K, 'T>) = series.WithMissingFrom other
  let fillMissingWith value (series: Series<'K, 'T>) =
    let fill = lazy (Conversion.convert<'T> ConversionKind.Flexible (box value))
    series.SelectOptional(fun kv -> if kv.Value.HasValue then kv.Value else OptionalValue fill.Value)
  let fillMissingUsing f (series: Series<'K, 'T>) = series.SelectOptional(fun kv -> if kv.Value.HasValue then kv.Value else OptionalValue(f kv.Key))
  let fillMissing direction (series: Series<'K, 'T>) = Series<'K, 'T>(series.Index, Vector.fill direction series.Vector :?> IVector<'T>)
  /// Fills within a range of keys of a sorted series.
  let fillMissingBetween (startKey, endKey) direction (series: Series<'K, 'T>) =
    let filled = fillMissing direction (series.Between(startKey, endKey))
    series.SelectOptional(fun kv -> if kv.Value.HasValue then kv.Value else filled.TryGet kv.Key)
  /// Fills the gaps of a sorted series, but not what is missing before the first and after the last value.
  let fillMissingInside direction (series: Series<'K, 'T>) =
    if not series.IsOrdered then invalidOp "fillMissingInside needs a series that is sorted by key; sort it first (sortByKey)."
    if series.ValueCount < 2 then series
    else fillMissingBetween ((Seq.head series.Observations).Key, (Seq.last series.Observations).Key) direction series

  // Order: missing values first, equal values keep their order
  /// Values are compared as F# compares them, texts by their characters' codes (keys follow their type's own order).
  let internal compareValues (a: 'V) (b: 'V) =
    match box a, box b with
    | (:? string as a), (:? string as b) -> String.CompareOrdinal(a, b)
    | _ -> Comparer<'V>.Default.Compare(a, b)
  let internal sortedPositions (compare: 'V -> 'V -> int) (series: Series<'K, 'V>) =
    let values = Vector.toOptionalArray series.Vector
    let byValue a b =
      match values[a].HasValue, values[b].HasValue with
      | true, true -> compare values[a].Value values[b].Value
      | false, true -> -1
      | true, false -> 1
      | false, false -> 0
    let positions = Array.init values.Length id
    Array.Sort(positions, Comparer.Create(fun a b -> match byValue a b with 0 -> Operators.compare a b | c -> c))
    positions
  let sortWith comparer (series: Series<'K, 'V>) = series.AtPositions(sortedPositions comparer series)
  let sort (series: Series<'K, 'V>) = sortWith compareValues series
  let sortBy (proj: 'T -> 'V) (series: Series<'K, 'T>) =
    series.AtPositions(mapValues proj series |> sortedPositions compareValues)
  let sortByKey (series: Series<'K, 'T>) = series.AtPositions(KeySearch.sortedPositions series.Index)
  let rev (series: Series<'K, 'T>) = series.Reversed

  // Keys
  let realign keys (series: Series<'K, 'T>) = series.Realign keys
  let indexOrdinally (series: Series<'K, 'T>) = series.IndexOrdinally()
  let indexWith (keys: seq<'K2>) (series: Series<'K1, 'T>) = series.IndexWith keys

  // Neighbours
  /// The values moved by offset positions (positive: towards greater keys); keys without a source are left out.
  let shift offset (series: Series<'K, 'T>) : Series<'K, 'T> =
    let count = series.KeyCount
    let kept = [| for i in 0 .. count - 1 do if i - offset >= 0 && i - offset < count then i |]
    Series<'K, 'T>(Index.at kept series.Index, series.Vector.Relocate(kept |> Array.map (fun i -> i - offset)) :?> IVector<'T>)
  /// Each value less the one offset positions before it.
  let inline diff offset (series: Series<'K, ^T>) : Series<'K, ^T> = zipInto (-) series (shift offset series)
  let diffDate offset (series: Series<'K, DateTime>) : Series<'K, TimeSpan> =
    zipInto (fun (l: DateTime) (r: DateTime) -> l - r) series (shift offset series)
  let pairwise (series: Series<'K, 'T>) = series.Pairwise()
  let pairwiseWith f (series: Series<'K, 'T>) = series.Pairwise() |> map f

  // Windows and chunks of consecutive observations of a sorted series
  let aggregate aggregation keySelector (series: Series<'K, 'T>) : Series<'TNewKey, DataSegment<Series<'K, 'T>>> =
    series.Aggregate(aggregation, Func<_, _> keySelector, Func<_, _>(fun segment -> OptionalValue segment))
  let aggregateInto aggregation keySelector (f: DataSegment<Series<'K, 'T>> -> OptionalValue<'R>) (series: Series<'K, 'T>) : Series<'TNewKey, 'R> =
    series.Aggregate(aggregation, Func<_, _> keySelector, Func<_, _> f)
  let private segmentKey useFirst (segment: DataSegment<Series<'K, 'T>>) = if useFirst then firstKey segment.Data else lastKey segment.Data
  /// Windows of a size under their last key (their first one where incomplete windows come at the end).
  let windowSizeInto (bounds: int * Boundary) (f: DataSegment<Series<'K, 'T>> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
    aggregateInto (WindowSize bounds) (segmentKey (snd bounds = Boundary.AtEnding)) (fun segment -> OptionalValue(f segment)) series
  let windowSize bounds (series: Series<'K, 'T>) = windowSizeInto bounds DataSegment.data series
  let windowInto size (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
    windowSizeInto (size, Boundary.Skip) (DataSegment.data >> f) series
  let window size (series: Series<'K, 'T>) = windowInto size id series
  /// Chunks of a size under their first key (their last one where incomplete chunks come at the beginning).
  let chunkSizeInto (bounds: int * Boundary) (f: DataSegment<Series<'K, 'T>> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
    aggregateInto (ChunkSize bounds) (segmentKey (not ((snd bounds).HasFlag Boundary.AtBeginning))) (fun segment -> OptionalValue(f segment)) series
  let chunkSize bounds (series: Series<'K, 'T>) = chunkSizeInto bounds DataSegment.data series
  let chunkInto size (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
    chunkSizeInto (size, Boundary.Skip) (DataSegment.data >> f) series
  let chunk size (series: Series<'K, 'T>) = chunkInto size id series
  let windowWhileInto cond (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
    aggregateInto (WindowWhile cond) (segmentKey true) (fun segment -> OptionalValue(f segment.Data)) series
  let windowWhile cond (series: Series<'K, 'T>) = windowWhileInto cond id series
  let chunkWhileInto cond (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
    aggregateInto (ChunkWhile cond) (segmentKey true) (fun segment -> OptionalValue(f segment.Data)) series
  let chunkWhile cond (series: Series<'K, 'T>) = chunkWhileInto cond id series
  /// Windows of keys that are less than distance apart.
  let inline windowDistInto distance (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) =
    windowWhileInto (fun skey ekey -> (ekey - skey) < distance) f series
  let inline windowDist distance (series: Series<'K, 'T>) = windowDistInto distance id series
  /// Chunks of keys that are less than distance apart.
  let inline chunkDistInto distance (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) =
    chunkWhileInto (fun skey ekey -> (ekey - skey) < distance) f series
  let inline chunkDist distance (series: Series<'K, 'T>) = chunkDistInto distance id series
  let resampleInto keys dir (f: 'K -> Series<'K, 'V> -> 'R) (series: Series<'K, 'V>) : Series<'K, 'R> = series.Resample(keys, dir, Func<_, _, _> f)
  let resample keys dir (series: Series<'K, 'V>) = resampleInto keys dir (fun _ part -> part) series
  /// Chunks of neighbours with the same projected key, under that key.
  let resampleEquivInto (keyProj: 'K1 -> 'K2) (f: Series<'K1, 'V1> -> 'V2) (series: Series<'K1, 'V1>) : Series<'K2, 'V2> =
    chunkWhileInto (fun k1 k2 -> keyProj k1 = keyProj k2) f series |> mapKeys keyProj
  let resampleEquiv (keyProj: 'K1 -> 'K2) (series: Series<'K1, 'V1>) = resampleEquivInto keyProj id series
