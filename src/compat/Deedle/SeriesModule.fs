namespace Deedle

open System
open System.Collections.Generic

/// Functions on series. Missing values are skipped and stay missing unless a function says otherwise.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Series =
  let private pair (kv: KeyValuePair<'K, 'V>) = kv.Key, kv.Value

  // Access
  let observations (series: Series<'K, 'V>) = series.Observations |> Seq.map pair
  let observationsAll (series: Series<'K, 'V>) = series.ObservationsAll |> Seq.map (fun kv -> kv.Key, OptionalValue.asOption kv.Value)
  let keys (series: Series<'K, 'V>) = series.Keys
  let values (series: Series<'K, 'V>) = series.Values
  let valuesAll (series: Series<'K, 'V>) = series.ValuesAll |> Seq.map OptionalValue.asOption
  let get key (series: Series<'K, 'V>) = series.Get key
  let tryGet key (series: Series<'K, 'V>) = series.TryGet key |> OptionalValue.asOption
  let getAt position (series: Series<'K, 'V>) = series.GetAt position
  let lookup key lookup (series: Series<'K, 'V>) = series.Get(key, lookup)
  let countKeys (series: Series<'K, 'V>) = series.KeyCount
  let countValues (series: Series<'K, 'V>) = series.ValueCount
  let firstKey (series: Series<'K, 'V>) = series.GetKeyAt 0
  let lastKey (series: Series<'K, 'V>) = series.GetKeyAt(series.KeyCount - 1)
  let firstValue (series: Series<'K, 'V>) = series.GetAt 0
  let lastValue (series: Series<'K, 'V>) = series.GetAt(series.KeyCount - 1)

  // Filter and map
  let filter f (series: Series<'K, 'V>) = series.Where(fun kv -> f kv.Key kv.Value)
  let filterValues f (series: Series<'K, 'V>) = series.Where(fun kv -> f kv.Value)
  let map (f: 'K -> 'V -> 'R) (series: Series<'K, 'V>) = series.Select(fun kv -> f kv.Key kv.Value)
  let mapValues (f: 'V -> 'R) (series: Series<'K, 'V>) = series.SelectValues(Func<_, _> f)
  let mapKeys (f: 'K -> 'R) (series: Series<'K, 'V>) = series.SelectKeys(fun kv -> f kv.Key)
  let mapAll (f: 'K -> 'V option -> 'R option) (series: Series<'K, 'V>) =
    series.SelectOptional(fun kv -> f kv.Key (OptionalValue.asOption kv.Value) |> OptionalValue.ofOption)
  let take count (series: Series<'K, 'V>) = series.AtPositions(Array.init (min count series.KeyCount) id)
  let takeLast count (series: Series<'K, 'V>) =
    let count = min count series.KeyCount
    series.AtPositions(Array.init count (fun i -> series.KeyCount - count + i))
  let skip count (series: Series<'K, 'V>) = takeLast (series.KeyCount - count) series

  // Group and combine
  let groupInto (keySelector: 'K -> 'V -> 'G) (f: 'G -> Series<'K, 'V> -> 'R) (series: Series<'K, 'V>) : Series<'G, 'R> =
    series.GroupBy(fun kv -> keySelector kv.Key kv.Value) |> map f
  let groupBy (keySelector: 'K -> 'V -> 'G) (series: Series<'K, 'V>) = groupInto keySelector (fun _ group -> group) series
  /// The result of op for the part of the series at each value of a level.
  let applyLevel (level: 'K -> 'L) (op: Series<'K, 'V> -> 'R) (series: Series<'K, 'V>) : Series<'L, 'R> =
    let groups = Array.init series.KeyCount id |> Array.groupBy (fun i -> level series.Index.Keys[i])
    Series<'L, 'R>(Index.ofKeys (Array.map fst groups), Vector.ofValues (groups |> Array.map (fun (_, members) -> op (series.AtPositions members))))
  let reduceValues op (series: Series<'K, 'V>) = Seq.reduce op series.Values
  let foldValues op (init: 'S) (series: Series<'K, 'V>) = Seq.fold op init series.Values
  let zip (left: Series<'K, 'V>) (right: Series<'K, 'V2>) = left.Zip right |> mapValues (fun (l, r) -> OptionalValue.asOption l, OptionalValue.asOption r)
  let zipInner (left: Series<'K, 'V>) (right: Series<'K, 'V2>) = left.ZipInner right
  let zipInto (op: 'V -> 'V2 -> 'R) (left: Series<'K, 'V>) (right: Series<'K, 'V2>) = left.ZipInner right |> mapValues (fun (l, r) -> op l r)
  let merge (left: Series<'K, 'V>) (right: Series<'K, 'V>) = left.Merge right

  // Missing values
  let dropMissing (series: Series<'K, 'V>) = series.Where(fun _ -> true)
  let fillMissingWith value (series: Series<'K, 'V>) =
    series.SelectOptional(fun kv -> if kv.Value.HasValue then kv.Value else OptionalValue(Conversion.convert<'V> ConversionKind.Flexible (box value)))
  let fillMissingUsing f (series: Series<'K, 'V>) =
    series.SelectOptional(fun kv -> if kv.Value.HasValue then kv.Value else OptionalValue(f kv.Key))
  let fillMissing direction (series: Series<'K, 'V>) =
    let values = Array.ofSeq series.ValuesAll
    let positions = if direction = Direction.Forward then [ 1 .. values.Length - 1 ] else [ values.Length - 2 .. -1 .. 0 ]
    let step = if direction = Direction.Forward then -1 else 1
    for i in positions do
      if not values[i].HasValue then values[i] <- values[i + step]
    Series<'K, 'V>(series.Index, Vector.ofOptionalValues values)

  // Order
  /// The positions sorted by value, missing ones first; equal values keep their order.
  let internal sortedPositions (compare: 'V -> 'V -> int) (series: Series<'K, 'V>) =
    let values = Array.ofSeq series.ValuesAll
    List.init values.Length id
    |> List.sortWith (fun a b ->
      match values[a].HasValue, values[b].HasValue with
      | true, true -> compare values[a].Value values[b].Value
      | false, true -> -1
      | true, false -> 1
      | false, false -> 0)
    |> Array.ofList
  let sortWith compare (series: Series<'K, 'V>) = series.AtPositions(sortedPositions compare series)
  let sort (series: Series<'K, 'V>) = sortWith (fun a b -> Comparer<'V>.Default.Compare(a, b)) series
  let sortBy (f: 'V -> 'B) (series: Series<'K, 'V>) = sortWith (fun a b -> Comparer<'B>.Default.Compare(f a, f b)) series
  let sortByKey (series: Series<'K, 'V>) =
    series.AtPositions(Index.sortedPositions series.Index)
  let rev (series: Series<'K, 'V>) = series.Reversed
  let realign keys (series: Series<'K, 'V>) = series.Realign keys
  let indexOrdinally (series: Series<'K, 'V>) = series.IndexOrdinally()
  let indexWith (keys: seq<'K2>) (series: Series<'K, 'V>) = series.IndexWith keys

  // Neighbours
  /// The values moved by offset positions (positive: towards greater keys); keys without a source are left out.
  let shift offset (series: Series<'K, 'V>) =
    let count = series.KeyCount
    let kept = [| for i in 0 .. count - 1 do if i - offset >= 0 && i - offset < count then i |]
    Series<'K, 'V>(Index.ofKeys (kept |> Array.map (fun i -> series.Index.Keys[i])), series.Vector.Relocate(kept |> Array.map (fun i -> i - offset)) :?> IVector<'V>)
  /// Each full window of size neighbours under its last key.
  let windowInto size (f: Series<'K, 'V> -> 'R) (series: Series<'K, 'V>) : Series<'K, 'R> =
    if size < 1 then invalidArg (nameof size) $"A window needs at least one value; got size {size}."
    let ends = [| size - 1 .. series.KeyCount - 1 |]
    Series<'K, 'R>(Index.ofKeys (ends |> Array.map (fun i -> series.Index.Keys[i])), Vector.ofValues (ends |> Array.map (fun e -> f (series.AtPositions [| e - size + 1 .. e |]))))
  let window size (series: Series<'K, 'V>) = windowInto size id series

/// Makes series from F#.
[<AutoOpen>]
module SeriesConstruction =
  type Series =
    static member ofObservations(observations: seq<'K * 'V>) : Series<'K, 'V> = Series<'K, 'V>(observations |> Seq.map KeyValuePair)
    static member ofValues(values: seq<'V>) : Series<int, 'V> =
      let values = Array.ofSeq values
      Series<int, 'V>(Index.ordinal values.Length, Vector.ofValues values)
    static member ofOptionalObservations(observations: seq<'K * 'V option>) : Series<'K, 'V> =
      let observations = Array.ofSeq observations
      Series<'K, 'V>(Index.ofKeys (Array.map fst observations), Vector.ofOptionalValues (observations |> Array.map (snd >> OptionalValue.ofOption)))

  /// A series from keys and values: series [ "a" => 1.0; "b" => 2.0 ].
  let series (observations: seq<'K * 'V>) = Series<'K, 'V>(observations |> Seq.map KeyValuePair)
  /// A key with its value.
  let (=>) (key: 'K) (value: 'V) = key, value
