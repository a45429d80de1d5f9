namespace Deedle

open System
open System.Collections.Generic
open System.ComponentModel
open System.Globalization
open System.Runtime.InteropServices
open Deedle.Indices
open Deedle.Internal
open Deedle.Keys

/// A series whose value type is not known.
type ISeries<'K when 'K: equality> =
  /// The values by position.
  abstract Vector: IVector
  /// The keys.
  abstract Index: IIndex<'K>
  /// The value of a key, boxed.
  abstract TryGetObject: 'K -> OptionalValue<obj>

/// How two series differ at a key.
type Diff<'T> =
  | Change of 'T * 'T
  | Remove of 'T
  | Add of 'T
  override x.ToString() =
    match x with
    | Change(before, after) -> $"{before} -> {after}"
    | Remove v -> $"-{v}"
    | Add v -> $"+{v}"

/// Values with unique keys, some of the values missing. A series never changes.
type Series<'K, 'V when 'K: equality> internal (index: IIndex<'K>, vector: IVector<'V>) =
  let keys = Index.keys index
  let valueCount = lazy (Vector.countPresent vector)

  let missingKey (key: 'K) = KeyNotFoundException $"The key '{key}' is not in the series; {Nearest.hint key index.Keys}."
  let missingValue (key: 'K) = MissingValueException(key, $"The value of key '{key}' is missing.")
  let pairAt i = KeyValuePair(keys[i], (vector.GetValue i).Value)

  /// Keys with values; NaN and null count as missing.
  new(pairs: seq<KeyValuePair<'K, 'V>>) =
    let pairs = Array.ofSeq pairs
    Series(Index.ofKeys (pairs |> Array.map _.Key), Vector.ofValues (pairs |> Array.map _.Value))
  /// Keys with values; NaN and null count as missing. InvalidOperationException where the lengths differ.
  new(keys: seq<'K>, values: seq<'V>) =
    let keys, values = Array.ofSeq keys, Array.ofSeq values
    if keys.Length <> values.Length then
      invalidOp $"A series needs as many values as keys; it got {keys.Length} keys and {values.Length} values."
    Series(Index.ofKeys keys, Vector.ofValues values)
  /// Keys with values; NaN and null count as missing. InvalidOperationException where the lengths differ.
  new(keys: 'K[], values: 'V[]) = Series(keys :> seq<'K>, values :> seq<'V>)

  member _.Index = index
  member _.Vector = vector
  /// The keys, also those whose value is missing.
  member _.Keys: seq<'K> = index.Keys
  /// The values that are there.
  member _.Values: seq<'V> = seq { for i in 0 .. keys.Length - 1 do let v = vector.GetValue i in if v.HasValue then yield v.Value }
  /// The values with missing ones as the type's default.
  member _.ValuesAll: seq<'V> = seq { for i in 0 .. keys.Length - 1 -> (vector.GetValue i).ValueOrDefault }
  /// Keys with values, without the missing ones.
  member _.Observations = seq { for i in 0 .. keys.Length - 1 do if vector.HasValue i then yield pairAt i }
  /// Keys with values, the missing ones too.
  member _.ObservationsAll = seq { for i in 0 .. keys.Length - 1 -> KeyValuePair(keys[i], vector.GetValue i) }
  member _.KeyCount = keys.Length
  /// How many values are there, missing ones not counted.
  member _.ValueCount = valueCount.Value
  member _.IsEmpty = keys.Length = 0
  member _.IsOrdered = index.IsOrdered
  /// The smallest and the largest key of a sorted series.
  member _.KeyRange = index.KeyRange

  // Access by key and by position

  member _.TryGet(key: 'K) : OptionalValue<'V> =
    match index.Locate key with
    | -1 -> OptionalValue<'V>.Missing
    | i -> vector.GetValue i
  member private _.Find(key: 'K, lookup: Lookup) = KeySearch.lookup key lookup vector.HasValue index
  member this.TryGet(key: 'K, lookup: Lookup) : OptionalValue<'V> =
    match this.Find(key, lookup) with
    | -1 -> OptionalValue<'V>.Missing
    | i -> vector.GetValue i
  /// The value of a key; KeyNotFoundException or MissingValueException where there is none.
  member _.Get(key: 'K) : 'V =
    match index.Locate key with
    | -1 -> raise (missingKey key)
    | i ->
        let value = vector.GetValue i
        if value.HasValue then value.Value else raise (missingValue key)
  member this.Get(key: 'K, lookup: Lookup) : 'V =
    match this.Find(key, lookup) with
    | -1 -> raise (missingKey key)
    | i ->
        let value = vector.GetValue i
        if value.HasValue then value.Value else raise (missingValue key)
  member this.TryGetObservation(key: 'K, lookup: Lookup) : OptionalValue<KeyValuePair<'K, 'V>> =
    match this.Find(key, lookup) with
    | -1 -> OptionalValue<_>.Missing
    | i -> if vector.HasValue i then OptionalValue(pairAt i) else OptionalValue<_>.Missing
  /// The key where it is in the series, with its value or without.
  member this.TryGetObservation(key: 'K) : OptionalValue<KeyValuePair<'K, OptionalValue<'V>>> =
    match index.Locate key with
    | -1 -> OptionalValue<_>.Missing
    | i -> OptionalValue(KeyValuePair(key, vector.GetValue i))
  member this.GetObservation(key: 'K, lookup: Lookup) : KeyValuePair<'K, 'V> =
    match this.Find(key, lookup) with
    | -1 -> raise (missingKey key)
    | i -> if vector.HasValue i then pairAt i else raise (missingValue key)
  member this.GetObservation(key: 'K) = this.GetObservation(key, Lookup.Exact)
  member this.Item with get (key: 'K) : 'V = this.Get key
  member this.Item with get (keys: seq<'K>) : Series<'K, 'V> = this.GetItems keys
  member this.Item with get (level: ICustomLookup<'K>) : Series<'K, 'V> = this.GetByLevel level
  static member (?)(series: Series<string, 'T>, name: string) : 'T = series.Get name
  /// The observations of the given keys; a key that is not there has a missing value.
  member this.GetItems(keys: seq<'K>) : Series<'K, 'V> = this.GetItems(keys, Lookup.Exact)
  member this.GetItems(keys: seq<'K>, lookup: Lookup) : Series<'K, 'V> =
    let wanted = Array.ofSeq keys
    let positions = wanted |> Array.map (fun key -> this.Find(key, lookup))
    Series<'K, 'V>(Index.ofKeys wanted, vector.Relocate positions :?> IVector<'V>)
  [<EditorBrowsable(EditorBrowsableState.Never)>]
  member this.GetByLevel(key: ICustomLookup<'K>) : Series<'K, 'V> =
    this.AtPositions [| for i in 0 .. keys.Length - 1 do if key.Matches keys[i] then i |]
  member _.GetKeyAt(index: int) : 'K =
    if index < 0 || index >= keys.Length then
      raise (ArgumentOutOfRangeException(nameof index, $"Position {index} is outside the series of {keys.Length} items."))
    keys[index]
  /// The value at a position, missing also beyond the last one.
  member _.TryGetAt(index: int) : OptionalValue<'V> =
    if index < 0 then raise (IndexOutOfRangeException $"Position {index} is before the first item of the series.")
    if index < keys.Length then vector.GetValue index else OptionalValue<'V>.Missing
  /// The value at a position; InvalidOperationException where it is missing or beyond the last one.
  member this.GetAt(index: int) : 'V =
    if keys.Length = 0 then raise (IndexOutOfRangeException "The series is empty.")
    let value = this.TryGetAt index
    if value.HasValue then value.Value
    elif index < keys.Length then invalidOp $"The value at position {index} (key '{keys[index]}') is missing."
    else invalidOp $"Position {index} is outside the series of {keys.Length} items."

  // Ranges of a sorted series

  /// The part between two keys, each with whether it belongs to it; None leaves that end open.
  member internal this.Subrange(lo, hi) : Series<'K, 'V> =
    let first, last = KeySearch.range lo hi index
    this.Part(first, last)
  [<EditorBrowsable(EditorBrowsableState.Never)>]
  member this.GetSlice(lo: 'K option, hi: 'K option) : Series<'K, 'V> =
    let inclusive key = key |> Option.map (fun k -> k, BoundaryBehavior.Inclusive)
    this.Subrange(inclusive lo, inclusive hi)
  /// The part between two keys of a sorted series, both included.
  member this.Between(lowerInclusive: 'K, upperInclusive: 'K) = this.GetSlice(Some lowerInclusive, Some upperInclusive)
  member this.After(lowerExclusive: 'K) = this.Subrange(Some(lowerExclusive, BoundaryBehavior.Exclusive), None)
  member this.Before(upperExclusive: 'K) = this.Subrange(None, Some(upperExclusive, BoundaryBehavior.Exclusive))
  member this.StartAt(lowerInclusive: 'K) = this.GetSlice(Some lowerInclusive, None)
  member this.EndAt(upperInclusive: 'K) = this.GetSlice(None, Some upperInclusive)
  member internal this.AtPositions(positions: int[]) : Series<'K, 'V> =
    Series<'K, 'V>(Index.at positions index, vector.Relocate positions :?> IVector<'V>)
  /// The observations from one position to another, both included.
  member internal this.Part(first: int, last: int) : Series<'K, 'V> = this.AtPositions [| first..last |]

  // Filter and map: missing values are skipped and stay missing

  /// The observations for which the condition holds; missing ones are left out.
  member this.Where(f: Func<KeyValuePair<'K, 'V>, int, bool>) : Series<'K, 'V> =
    this.AtPositions [| for i in 0 .. keys.Length - 1 do if vector.HasValue i && f.Invoke(pairAt i, i) then i |]
  member this.Where(f: Func<KeyValuePair<'K, 'V>, bool>) : Series<'K, 'V> =
    this.AtPositions [| for i in 0 .. keys.Length - 1 do if vector.HasValue i && f.Invoke(pairAt i) then i |]
  member this.WhereOptional(f: Func<KeyValuePair<'K, OptionalValue<'V>>, bool>) : Series<'K, 'V> =
    this.AtPositions [| for i in 0 .. keys.Length - 1 do if f.Invoke(KeyValuePair(keys[i], vector.GetValue i)) then i |]
  /// The result of f for every value; MissingValueException within f makes the result missing.
  member _.Select(f: Func<KeyValuePair<'K, 'V>, int, 'R>) : Series<'K, 'R> =
    let at i =
      if not (vector.HasValue i) then OptionalValue<'R>.Missing
      else
        try OptionalValue(f.Invoke(pairAt i, i))
        with :? MissingValueException -> OptionalValue<'R>.Missing
    Series<'K, 'R>(index, Vector.init keys.Length at)
  member this.Select(f: Func<KeyValuePair<'K, 'V>, 'R>) : Series<'K, 'R> = this.Select(fun (pair: KeyValuePair<'K, 'V>) (_: int) -> f.Invoke pair)
  member this.SelectValues(f: Func<'V, 'T>) : Series<'K, 'T> = this.Select(fun (pair: KeyValuePair<'K, 'V>) (_: int) -> f.Invoke pair.Value)
  static member ($)(f: 'V -> 'T, series: Series<'K, 'V>) : Series<'K, 'T> = series.SelectValues(Func<_, _> f)
  member _.SelectOptional(f: Func<KeyValuePair<'K, OptionalValue<'V>>, OptionalValue<'R>>) : Series<'K, 'R> =
    Series<'K, 'R>(index, Vector.init keys.Length (fun i -> f.Invoke(KeyValuePair(keys[i], vector.GetValue i))))
  member _.SelectKeys(f: Func<KeyValuePair<'K, OptionalValue<'V>>, 'R>) : Series<'R, 'V> =
    Series<'R, 'V>(Index.ofKeys (Array.init keys.Length (fun i -> f.Invoke(KeyValuePair(keys[i], vector.GetValue i)))), vector)
  member this.Convert(forward: Func<'V, 'R>, backward: Func<'R, 'V>) : Series<'K, 'R> = this.SelectValues forward
  member this.Reversed : Series<'K, 'V> = this.AtPositions(Array.init keys.Length (fun i -> keys.Length - 1 - i))
  /// The running results of a fold over the values; missing ones stay missing and change nothing.
  member _.ScanValues(foldFunc: Func<'S, 'V, 'S>, init: 'S) : Series<'K, 'S> =
    let mutable state = init
    let step i =
      if vector.HasValue i then
        state <- foldFunc.Invoke(state, (vector.GetValue i).Value)
        OptionalValue state
      else OptionalValue<'S>.Missing
    Series<'K, 'S>(index, Vector.ofOptionalValues [| for i in 0 .. keys.Length - 1 -> step i |])
  member _.ScanAllValues(foldFunc: Func<OptionalValue<'S>, OptionalValue<'V>, OptionalValue<'S>>, init: OptionalValue<'S>) : Series<'K, 'S> =
    let states = Vector.toOptionalArray vector |> Array.scan (fun state v -> foldFunc.Invoke(state, v)) init
    Series<'K, 'S>(index, Vector.ofOptionalValues states[1..])
  /// The series with a value missing wherever the other series has the key without a value.
  member _.WithMissingFrom(otherSeries: Series<'K, 'T>) : Series<'K, 'V> =
    let isGap key = otherSeries.Index.Locate key >= 0 && not (otherSeries.TryGet key).HasValue
    Series<'K, 'V>(index, Vector.init keys.Length (fun i -> if isGap keys[i] then OptionalValue<'V>.Missing else vector.GetValue i))
  member this.Replace(keys: 'K[], value: 'V) : Series<'K, 'V> =
    this.Select(fun (pair: KeyValuePair<'K, 'V>) -> if Array.contains pair.Key keys then value else pair.Value)
  member this.Replace(key: 'K, value: 'V) : Series<'K, 'V> = this.Replace([| key |], value)

  // Combine

  /// Both series by key; where a key is only in one, the other side is missing.
  member _.Zip(otherSeries: Series<'K, 'V2>, kind: JoinKind, lookup: Lookup) : Series<'K, OptionalValue<'V> * OptionalValue<'V2>> =
    let joined, fromLeft, fromRight = Alignment.join kind lookup index otherSeries.Index
    let prepare (vector: IVector<'T>) side = if kind = side then Alignment.prepare lookup vector else vector
    let left = Alignment.relocate fromLeft (prepare vector JoinKind.Right) :?> IVector<'V>
    let right = Alignment.relocate fromRight (prepare otherSeries.Vector JoinKind.Left) :?> IVector<'V2>
    let both = Array.init (int joined.KeyCount) (fun i -> left.GetValue i, right.GetValue i)
    Series<'K, OptionalValue<'V> * OptionalValue<'V2>>(joined, Vector.ofValues both)
  member this.Zip(otherSeries: Series<'K, 'V2>, kind: JoinKind) = this.Zip(otherSeries, kind, Lookup.Exact)
  member this.Zip(otherSeries: Series<'K, 'V2>) = this.Zip(otherSeries, JoinKind.Outer, Lookup.Exact)
  /// The result of op where both have a value, missing elsewhere.
  member internal _.Combine(other: Series<'K, 'V2>, kind: JoinKind, op: 'V -> 'V2 -> 'R) : Series<'K, 'R> =
    let joined, fromLeft, fromRight = Alignment.join kind Lookup.Exact index other.Index
    let left = Alignment.relocate fromLeft vector :?> IVector<'V>
    let right = Alignment.relocate fromRight other.Vector :?> IVector<'V2>
    Series<'K, 'R>(joined, Vector.init (int joined.KeyCount) (fun i -> OptionalValue.map2 op (left.GetValue i) (right.GetValue i)))
  /// Both values for the keys that both have; missing where either is.
  member this.ZipInner(otherSeries: Series<'K, 'V2>) : Series<'K, 'V * 'V2> = this.Combine(otherSeries, JoinKind.Inner, fun l r -> l, r)
  /// The observations of all; InvalidOperationException where two have a value for one key.
  member this.Merge([<ParamArray>] otherSeries: Series<'K, 'V>[]) : Series<'K, 'V> =
    let all = Array.append [| this |] otherSeries
    let joined = Alignment.union [ for s in all -> s.Index ]
    let pick key =
      match all |> Array.filter (fun s -> (s.TryGet key).HasValue) with
      | [||] -> OptionalValue<'V>.Missing
      | [| one |] -> one.TryGet key
      | _ -> invalidOp $"More than one series has a value for key '{key}'; merging needs disjoint keys, or a UnionBehavior that prefers one."
    Series<'K, 'V>(joined, Index.keys joined |> Array.map pick |> Vector.ofOptionalValues)
  member this.Merge(otherSeries: seq<Series<'K, 'V>>) : Series<'K, 'V> = this.Merge(Array.ofSeq otherSeries)
  member this.Merge(otherSeries: Series<'K, 'V>) : Series<'K, 'V> = this.Merge [| otherSeries |]
  /// The observations of both; behavior decides where both have a value.
  member this.Merge(another: Series<'K, 'V>, behavior: UnionBehavior) : Series<'K, 'V> =
    if behavior = UnionBehavior.Exclusive then this.Merge another
    else
      let first, second = if behavior = UnionBehavior.PreferRight then another, this else this, another
      let joined = Alignment.union [ index; another.Index ]
      let pick key = let v = first.TryGet key in if v.HasValue then v else second.TryGet key
      Series<'K, 'V>(joined, Index.keys joined |> Array.map pick |> Vector.ofOptionalValues)
  /// The keys with equal values in both.
  member this.Intersect(another: Series<'K, 'V>) : Series<'K, 'V> =
    let isEqual i = another.Index.Locate keys[i] >= 0 && (vector.GetValue i).Equals(another.TryGet keys[i])
    this.AtPositions [| for i in 0 .. keys.Length - 1 do if isEqual i then i |]
  /// What the other series changes, removes and adds.
  member this.Compare(another: Series<'K, 'V>) : Series<'K, Diff<'V>> =
    let differences =
      [| for key in Index.keys (Alignment.union [ index; another.Index ]) do
           let l, r = this.TryGet key, another.TryGet key
           if not (l.Equals r) then
             key, (if not r.HasValue then Diff.Remove l.Value elif not l.HasValue then Diff.Add r.Value else Diff.Change(l.Value, r.Value)) |]
    Series<'K, Diff<'V>>(Array.map fst differences, Array.map snd differences)

  // Groups, windows, chunks

  /// The observations by the result of keySelector, groups in order of first appearance; missing ones are left out.
  member this.GroupBy(keySelector: Func<KeyValuePair<'K, 'V>, 'TNewKey>) : Series<'TNewKey, Series<'K, 'V>> =
    let present = [| for i in 0 .. keys.Length - 1 do if vector.HasValue i then i |]
    let groups = Grouping.byLabel (present |> Array.map (fun i -> keySelector.Invoke(pairAt i)))
    Series<'TNewKey, Series<'K, 'V>>(
      Index.ofKeys (Array.map fst groups),
      Vector.ofValues (groups |> Array.map (fun (_, members) -> this.AtPositions(members |> Array.map (fun i -> present[i])))))
  member private this.Segments(aggregation: Aggregation<'K>) =
    if not index.IsOrdered then
      invalidOp "Windows and chunks need a series that is sorted by key; sort it first (sortByKey)."
    Segments.ofAggregation aggregation keys |> Array.map (fun (kind, first, last) -> DataSegment(kind, this.Part(first, last)))
  /// A result for each window or chunk of consecutive observations, under the key that keySelector gives it.
  member this.Aggregate
    ( aggregation: Aggregation<'K>, keySelector: Func<DataSegment<Series<'K, 'V>>, 'TNewKey>,
      valueSelector: Func<DataSegment<Series<'K, 'V>>, OptionalValue<'R>> ) : Series<'TNewKey, 'R> =
    let segments = this.Segments aggregation
    Series<'TNewKey, 'R>(
      Index.ofKeys (segments |> Array.map keySelector.Invoke),
      segments |> Array.map valueSelector.Invoke |> Vector.ofOptionalValues)
  member this.Aggregate
    ( aggregation: Aggregation<'K>,
      observationSelector: Func<DataSegment<Series<'K, 'V>>, KeyValuePair<'TNewKey, OptionalValue<'R>>> ) : Series<'TNewKey, 'R> =
    let results = this.Segments aggregation |> Array.map observationSelector.Invoke
    Series<'TNewKey, 'R>(Index.ofKeys (results |> Array.map _.Key), results |> Array.map _.Value |> Vector.ofOptionalValues)
  /// Each value with its predecessor, under the later key (the earlier one for a boundary at the end).
  member this.Pairwise(boundary: Boundary) : Series<'K, DataSegment<'V * 'V>> =
    this.Aggregate(
      WindowSize(2, boundary),
      (fun segment -> if boundary = Boundary.AtEnding then Seq.head segment.Data.Keys else Seq.last segment.Data.Keys),
      (fun segment ->
        match List.ofSeq segment.Data.ObservationsAll with
        | [ first; second ] -> OptionalValue.map2 (fun v1 v2 -> DataSegment(segment.Kind, (v1, v2))) first.Value second.Value
        | _ -> invalidOp "Pairs have two values; use Boundary.Skip."))
  member this.Pairwise() : Series<'K, 'V * 'V> = this.Pairwise(Boundary.Skip).SelectValues(fun segment -> segment.Data)
  /// The part of a sorted series at each of the given keys: the keys from it up to the next one (Forward), or down to the one before (Backward).
  member this.Resample
    ( keys: seq<'K>, direction: Direction, valueSelector: Func<'TNewKey, Series<'K, 'V>, 'R>,
      keySelector: Func<'K, Series<'K, 'V>, 'TNewKey> ) : Series<'TNewKey, 'R> =
    if not index.IsOrdered then invalidOp "Resampling needs a series that is sorted by key; sort it first (sortByKey)."
    let wanted = Array.ofSeq keys
    let find lookup = wanted |> Array.map (fun key -> KeySearch.lookup key lookup (fun _ -> true) index)
    let count = int index.KeyCount
    let ranges =
      if direction = Direction.Forward then
        let starts = find Lookup.ExactOrGreater
        let next i = if i + 1 < starts.Length && starts[i + 1] >= 0 then starts[i + 1] - 1 else count - 1
        starts |> Array.mapi (fun i start -> (if i = 0 then 0 else start), next i)
      else
        let ends = find Lookup.ExactOrSmaller
        let previous i = if i > 0 && ends[i - 1] >= 0 then ends[i - 1] + 1 else 0
        ends |> Array.mapi (fun i finish -> previous i, (if i = ends.Length - 1 then count - 1 else finish))
    let parts = ranges |> Array.map (fun (first, last) -> if first < 0 || last < 0 then this.AtPositions [||] else this.Part(first, last))
    let newKeys = Array.map2 (fun key part -> keySelector.Invoke(key, part)) wanted parts
    Series<'TNewKey, 'R>(Index.ofKeys newKeys, Array.map2 (fun key part -> valueSelector.Invoke(key, part)) newKeys parts |> Vector.ofValues)
  member this.Resample(keys: seq<'K>, direction: Direction, valueSelector: Func<'K, Series<'K, 'V>, 'R>) : Series<'K, 'R> =
    this.Resample(keys, direction, valueSelector, fun key _ -> key)
  member this.Resample(keys: seq<'K>, direction: Direction) : Series<'K, Series<'K, 'V>> = this.Resample(keys, direction, fun _ part -> part)
  /// Values at the given keys, computed by f from the nearest smaller and greater observations of a sorted series.
  member this.Interpolate(keys: seq<'K>, f: Func<'K, OptionalValue<KeyValuePair<'K, 'V>>, OptionalValue<KeyValuePair<'K, 'V>>, 'V>) : Series<'K, 'V> =
    let neighbour key lookup = match this.Find(key, lookup) with -1 -> OptionalValue<_>.Missing | i -> OptionalValue(pairAt i)
    let wanted = Array.ofSeq keys
    Series<'K, 'V>(
      Index.ofKeys wanted,
      wanted |> Array.map (fun key -> f.Invoke(key, neighbour key Lookup.ExactOrSmaller, neighbour key Lookup.ExactOrGreater)) |> Vector.ofValues)

  // Keys

  /// The series with the given keys; a key that is not there has a missing value.
  member this.Realign(newKeys: seq<'K>) : Series<'K, 'V> =
    let wanted = Index.ofKeys (Array.ofSeq newKeys)
    Series<'K, 'V>(wanted, Alignment.relocate (Alignment.positions index wanted) vector :?> IVector<'V>)
  member _.IndexOrdinally() : Series<int, 'V> = Series<int, 'V>(Index.ordinal keys.Length, vector)
  /// The values under new keys by position: too many keys get missing values, too few leave the last values out.
  member _.IndexWith(keys: seq<'TNewKey>) : Series<'TNewKey, 'V> =
    let newKeys = Array.ofSeq keys
    let count = int index.KeyCount
    let moved =
      if newKeys.Length = count then vector :> IVector else vector.Relocate(Array.init newKeys.Length (fun i -> if i < count then i else -1))
    Series<'TNewKey, 'V>(Index.ofKeys newKeys, moved :?> IVector<'V>)
  member this.Materialize() : Series<'K, 'V> = this

  // Arithmetic: aligned by key, missing where either side is

  static member private Pointwise(left: Series<'K, 'T>, right: Series<'K, 'T>, op: 'T -> 'T -> 'T) : Series<'K, 'T> =
    left.Combine(right, JoinKind.Outer, op)
  static member private Map(series: Series<'K, 'T>, f: 'T -> 'R) : Series<'K, 'R> = Series<'K, 'R>(series.Index, Vector.map f series.Vector)

  static member (+)(s1: Series<'K, int>, s2: Series<'K, int>) = Series<'K, int>.Pointwise(s1, s2, (+))
  static member (+)(series: Series<'K, int>, scalar: int) = Series<'K, int>.Map(series, fun v -> v + scalar)
  static member (+)(scalar: int, series: Series<'K, int>) = Series<'K, int>.Map(series, fun v -> scalar + v)
  static member (-)(s1: Series<'K, int>, s2: Series<'K, int>) = Series<'K, int>.Pointwise(s1, s2, (-))
  static member (-)(series: Series<'K, int>, scalar: int) = Series<'K, int>.Map(series, fun v -> v - scalar)
  static member (-)(scalar: int, series: Series<'K, int>) = Series<'K, int>.Map(series, fun v -> scalar - v)
  static member ( * )(s1: Series<'K, int>, s2: Series<'K, int>) = Series<'K, int>.Pointwise(s1, s2, ( * ))
  static member ( * )(series: Series<'K, int>, scalar: int) = Series<'K, int>.Map(series, fun v -> v * scalar)
  static member ( * )(scalar: int, series: Series<'K, int>) = Series<'K, int>.Map(series, fun v -> scalar * v)
  static member (/)(s1: Series<'K, int>, s2: Series<'K, int>) = Series<'K, int>.Pointwise(s1, s2, (/))
  static member (/)(series: Series<'K, int>, scalar: int) = Series<'K, int>.Map(series, fun v -> v / scalar)
  static member (/)(scalar: int, series: Series<'K, int>) = Series<'K, int>.Map(series, fun v -> scalar / v)
  static member (~-)(series: Series<'K, int>) = Series<'K, int>.Map(series, (~-))
  static member (+)(s1: Series<'K, float>, s2: Series<'K, float>) = Series<'K, float>.Pointwise(s1, s2, (+))
  static member (+)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v + scalar)
  static member (+)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar + v)
  static member (-)(s1: Series<'K, float>, s2: Series<'K, float>) = Series<'K, float>.Pointwise(s1, s2, (-))
  static member (-)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v - scalar)
  static member (-)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar - v)
  static member ( * )(s1: Series<'K, float>, s2: Series<'K, float>) = Series<'K, float>.Pointwise(s1, s2, ( * ))
  static member ( * )(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v * scalar)
  static member ( * )(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar * v)
  static member (/)(s1: Series<'K, float>, s2: Series<'K, float>) = Series<'K, float>.Pointwise(s1, s2, (/))
  static member (/)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v / scalar)
  static member (/)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar / v)
  static member (~-)(series: Series<'K, float>) = Series<'K, float>.Map(series, (~-))
  static member (+)(s1: Series<'K, decimal>, s2: Series<'K, decimal>) = Series<'K, decimal>.Pointwise(s1, s2, (+))
  static member (+)(series: Series<'K, decimal>, scalar: decimal) = Series<'K, decimal>.Map(series, fun v -> v + scalar)
  static member (+)(scalar: decimal, series: Series<'K, decimal>) = Series<'K, decimal>.Map(series, fun v -> scalar + v)
  static member (-)(s1: Series<'K, decimal>, s2: Series<'K, decimal>) = Series<'K, decimal>.Pointwise(s1, s2, (-))
  static member (-)(series: Series<'K, decimal>, scalar: decimal) = Series<'K, decimal>.Map(series, fun v -> v - scalar)
  static member (-)(scalar: decimal, series: Series<'K, decimal>) = Series<'K, decimal>.Map(series, fun v -> scalar - v)
  static member ( * )(s1: Series<'K, decimal>, s2: Series<'K, decimal>) = Series<'K, decimal>.Pointwise(s1, s2, ( * ))
  static member ( * )(series: Series<'K, decimal>, scalar: decimal) = Series<'K, decimal>.Map(series, fun v -> v * scalar)
  static member ( * )(scalar: decimal, series: Series<'K, decimal>) = Series<'K, decimal>.Map(series, fun v -> scalar * v)
  static member (/)(s1: Series<'K, decimal>, s2: Series<'K, decimal>) = Series<'K, decimal>.Pointwise(s1, s2, (/))
  static member (/)(series: Series<'K, decimal>, scalar: decimal) = Series<'K, decimal>.Map(series, fun v -> v / scalar)
  static member (/)(scalar: decimal, series: Series<'K, decimal>) = Series<'K, decimal>.Map(series, fun v -> scalar / v)
  static member (~-)(series: Series<'K, decimal>) = Series<'K, decimal>.Map(series, (~-))
  static member (+)(s1: Series<'K, string>, s2: Series<'K, string>) = Series<'K, string>.Pointwise(s1, s2, (+))
  static member (+)(series: Series<'K, string>, scalar: string) = Series<'K, string>.Map(series, fun v -> v + scalar)
  static member (+)(scalar: string, series: Series<'K, string>) = Series<'K, string>.Map(series, fun v -> scalar + v)
  static member (-)(s1: Series<'K, DateTime>, s2: Series<'K, DateTime>) : Series<'K, TimeSpan> = s1.Combine(s2, JoinKind.Outer, fun l r -> l - r)
  static member (-)(series: Series<'K, DateTime>, scalar: DateTime) : Series<'K, TimeSpan> = series.SelectValues(fun v -> v - scalar)
  static member (+)(series: Series<'K, DateTime>, scalar: TimeSpan) : Series<'K, DateTime> = series.SelectValues(fun v -> v + scalar)
  static member (-)(series: Series<'K, DateTime>, scalar: TimeSpan) : Series<'K, DateTime> = series.SelectValues(fun v -> v - scalar)
  static member Pow(s1: Series<'K, float>, s2: Series<'K, float>) = Series<'K, float>.Pointwise(s1, s2, ( ** ))
  static member Pow(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v ** scalar)
  static member Pow(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar ** v)
  static member Abs(series: Series<'K, float>) = Series<'K, float>.Map(series, (abs: float -> float))
  static member Abs(series: Series<'K, int>) = Series<'K, int>.Map(series, (abs: int -> int))
  static member Acos(series: Series<'K, float>) = Series<'K, float>.Map(series, (acos: float -> float))
  static member Asin(series: Series<'K, float>) = Series<'K, float>.Map(series, (asin: float -> float))
  static member Atan(series: Series<'K, float>) = Series<'K, float>.Map(series, (atan: float -> float))
  static member Sin(series: Series<'K, float>) = Series<'K, float>.Map(series, (sin: float -> float))
  static member Sinh(series: Series<'K, float>) = Series<'K, float>.Map(series, (sinh: float -> float))
  static member Cos(series: Series<'K, float>) = Series<'K, float>.Map(series, (cos: float -> float))
  static member Cosh(series: Series<'K, float>) = Series<'K, float>.Map(series, (cosh: float -> float))
  static member Tan(series: Series<'K, float>) = Series<'K, float>.Map(series, (tan: float -> float))
  static member Tanh(series: Series<'K, float>) = Series<'K, float>.Map(series, (tanh: float -> float))
  static member Ceiling(series: Series<'K, float>) = Series<'K, float>.Map(series, (ceil: float -> float))
  static member Exp(series: Series<'K, float>) = Series<'K, float>.Map(series, (exp: float -> float))
  static member Floor(series: Series<'K, float>) = Series<'K, float>.Map(series, (floor: float -> float))
  static member Truncate(series: Series<'K, float>) = Series<'K, float>.Map(series, (truncate: float -> float))
  static member Log(series: Series<'K, float>) = Series<'K, float>.Map(series, (log: float -> float))
  static member Log10(series: Series<'K, float>) = Series<'K, float>.Map(series, (log10: float -> float))
  static member Round(series: Series<'K, float>) = Series<'K, float>.Map(series, (round: float -> float))
  static member Sqrt(series: Series<'K, float>) = Series<'K, float>.Map(series, (sqrt: float -> float))

  // Printing and equality

  member _.FormatStrings(startCount: int, endCount: int) : string[][] =
    if keys.Length = 0 then [| [| "(Empty)" |] |]
    else
      let shown = Formatting.elide startCount endCount keys.Length
      let levels = Levels.count keys
      let keyCells = shown |> Array.map (fun i -> if i < 0 then None else Some(box keys[i])) |> Formatting.formatKeys "..." index.IsOrdered levels
      let cells = shown |> Array.filter (fun i -> i >= 0) |> Array.map (vector :> IVector).GetObject |> Formatting.formatColumn
      let mutable next = -1
      Array.map2 (fun (key: string[]) i -> Array.append key [| "->"; (if i < 0 then "..." else (next <- next + 1; cells[next])) |]) keyCells shown
  /// The series as text, long ones elided in the middle.
  member this.Format() : string = this.Format(false)
  /// With showInfo a last line says how many items there are and how many are missing.
  member this.Format(showInfo: bool) : string = this.Format(Formatting.RowStartItemCount, Formatting.RowEndItemCount, showInfo)
  member this.Format(itemCount: int) : string = this.Format(itemCount / 2, itemCount / 2, false)
  member this.Format(startCount: int, endCount: int, showInfo: bool) : string =
    let rows = this.FormatStrings(startCount, endCount)
    let numeric = Formatting.isNumeric vector
    let table = Formatting.formatTable (fun column -> numeric && column = rows[0].Length - 1) rows
    if showInfo then $"{table}{Environment.NewLine}series of {this.KeyCount} items with {this.KeyCount - this.ValueCount} missing values" else table
  override _.ToString() =
    let item i =
      if i < 0 then " ... "
      else $"{Formatting.formatKey (box keys[i])} => {vector.GetValue i}"
    let items = Formatting.elide Formatting.StartInlineItemCount Formatting.EndInlineItemCount keys.Length |> Seq.map item |> String.concat "; "
    $"series [ {items}]"
  override _.Equals other =
    match other with
    | :? Series<'K, 'V> as o -> Index.same index o.Index && Vector.sameValues vector o.Vector
    | _ -> false
  override this.GetHashCode() = HashCode.Combine(keys.Length, (if keys.Length = 0 then 0 else keys[0].GetHashCode()), this.ValueCount)

  interface ISeries<'K> with
    member _.Vector = vector
    member _.Index = index
    member this.TryGetObject key = match index.Locate key with -1 -> OptionalValue<obj>.Missing | i -> (vector :> IVector).GetObject i
  interface IFsiFormattable with
    member this.Format() = this.Format()
    member this.FormatWithInfo() = this.Format true
  interface ISeriesFormattable with
    member this.InteractiveFormat itemCount = this.FormatStrings(itemCount / 2, itemCount / 2)
    member _.GetKeyLevels() = Levels.count keys
    member this.GetKeyCount() = this.KeyCount
    member this.GetValueCount() = this.ValueCount
