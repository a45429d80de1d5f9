namespace Deedle

open System
open System.Collections.Generic
open Deedle.Internal

/// A series whose value type is not known.
type ISeries<'K when 'K: equality> =
  /// The values by position.
  abstract Vector: IVector
  /// The keys.
  abstract Index: IIndex<'K>
  /// The value of a key, boxed.
  abstract TryGetObject: 'K -> OptionalValue<obj>

/// Values with unique keys, some of the values missing. A series never changes.
type Series<'K, 'V when 'K: equality> internal (index: IIndex<'K>, vector: IVector<'V>) =
  let valueCount = lazy (Seq.init (int vector.Length) (fun i -> if (vector.GetValue i).HasValue then 1 else 0) |> Seq.sum)

  let missingKey (key: 'K) =
    KeyNotFoundException $"The key '{key}' is not in the series; the nearest are {Nearest.names (box key) index.Keys}."

  /// Keys with values; NaN and null count as missing.
  new(pairs: seq<KeyValuePair<'K, 'V>>) =
    let pairs = Array.ofSeq pairs
    Series(Index.ofKeys (pairs |> Array.map _.Key), Vector.ofValues (pairs |> Array.map _.Value))

  /// Keys with values; NaN and null count as missing. ArgumentException where the lengths differ.
  new(keys: seq<'K>, values: seq<'V>) =
    let keys, values = Array.ofSeq keys, Array.ofSeq values
    if keys.Length <> values.Length then
      invalidArg "values" $"A series needs as many values as keys; it got {keys.Length} keys and {values.Length} values."
    Series(Index.ofKeys keys, Vector.ofValues values)

  member _.Index = index
  member _.Vector = vector
  /// The keys, also those whose value is missing.
  member _.Keys: seq<'K> = index.Keys
  /// The values that are there.
  member _.Values: seq<'V> = seq { for i in 0 .. int vector.Length - 1 do let v = vector.GetValue i in if v.HasValue then yield v.Value }
  /// The values with missing ones in their places.
  member _.ValuesAll: seq<OptionalValue<'V>> = Seq.init (int vector.Length) vector.GetValue
  /// Keys with values, without the missing ones.
  member _.Observations =
    seq { for i in 0 .. int vector.Length - 1 do let v = vector.GetValue i in if v.HasValue then yield KeyValuePair(index.Keys[i], v.Value) }
  /// Keys with values, the missing ones too.
  member _.ObservationsAll = seq { for i in 0 .. int vector.Length - 1 -> KeyValuePair(index.Keys[i], vector.GetValue i) }
  member _.KeyCount = int index.KeyCount
  /// How many values are there, missing ones not counted.
  member _.ValueCount = valueCount.Value
  member _.IsEmpty = index.IsEmpty
  member _.IsOrdered = index.IsOrdered
  /// The smallest and the largest key of a sorted series.
  member _.KeyRange =
    if index.IsEmpty then invalidOp "An empty series has no key range."
    index.Keys[0], index.Keys[int index.KeyCount - 1]

  // Access by key and by position

  member _.TryGet(key: 'K) =
    match index.Locate key with
    | -1 -> OptionalValue<'V>.Missing
    | i -> vector.GetValue i
  member _.TryGet(key: 'K, lookup: Lookup) =
    match Index.lookup key lookup (fun i -> (vector.GetValue i).HasValue) index with
    | -1 -> OptionalValue<'V>.Missing
    | i -> vector.GetValue i
  /// The value of a key; KeyNotFoundException or MissingValueException where there is none.
  member _.Get(key: 'K) =
    match index.Locate key with
    | -1 -> raise (missingKey key)
    | i ->
        let value = vector.GetValue i
        if value.HasValue then value.Value else raise (MissingValueException(key, $"The value of key '{key}' is missing."))
  member this.Get(key: 'K, lookup: Lookup) =
    let value = this.TryGet(key, lookup)
    if value.HasValue then value.Value else raise (missingKey key)
  member this.Item with get (key: 'K) = this.Get key
  member this.Item with get (keys: seq<'K>) = this.GetItems keys
  /// The observations of the given keys; a key that is not there has a missing value.
  member _.GetItems(keys: seq<'K>) =
    let wanted = Index.ofKeys (Array.ofSeq keys)
    Series<'K, 'V>(wanted, vector.Relocate(Index.positions index wanted) :?> IVector<'V>)
  member private _.Checked(position: int) =
    if position < 0 || position >= int index.KeyCount then
      raise (ArgumentOutOfRangeException(nameof position, $"Position {position} is outside the series of {index.KeyCount} items."))
    position
  member this.GetKeyAt(position: int) = index.Keys[this.Checked position]
  member this.TryGetAt(position: int) = vector.GetValue(this.Checked position)
  member this.GetAt(position: int) =
    let value = this.TryGetAt position
    if value.HasValue then value.Value
    else raise (MissingValueException(position, $"The value at position {position} is missing."))

  /// The part between two keys of a sorted series, both included.
  member _.Between(lower: 'K, upper: 'K) =
    if not index.IsOrdered then invalidOp "A range of keys needs a sorted series; sort it by key first."
    let compare = Comparer<'K>.Default
    let inside = [| for i in 0 .. int index.KeyCount - 1 do if compare.Compare(index.Keys[i], lower) >= 0 && compare.Compare(index.Keys[i], upper) <= 0 then i |]
    Series<'K, 'V>(Index.ofKeys (inside |> Array.map (fun i -> index.Keys[i])), vector.Relocate inside :?> IVector<'V>)

  // Filter and map: missing values are skipped and stay missing

  member internal _.AtPositions(positions: int[]) =
    Series<'K, 'V>(Index.ofKeys (positions |> Array.map (fun i -> index.Keys[i])), vector.Relocate positions :?> IVector<'V>)
  /// The observations for which the condition holds; missing ones are left out.
  member this.Where(condition: Func<KeyValuePair<'K, 'V>, bool>) =
    this.AtPositions
      [| for i in 0 .. int vector.Length - 1 do
           let v = vector.GetValue i
           if v.HasValue && condition.Invoke(KeyValuePair(index.Keys[i], v.Value)) then i |]
  member this.WhereOptional(condition: Func<KeyValuePair<'K, OptionalValue<'V>>, bool>) =
    this.AtPositions
      [| for i in 0 .. int vector.Length - 1 do if condition.Invoke(KeyValuePair(index.Keys[i], vector.GetValue i)) then i |]
  member _.Select(projection: Func<KeyValuePair<'K, 'V>, 'R>) =
    let mapped = Array.init (int vector.Length) (fun i -> vector.GetValue i |> OptionalValue.map (fun v -> projection.Invoke(KeyValuePair(index.Keys[i], v))))
    Series<'K, 'R>(index, Vector.ofOptionalValues mapped)
  member this.SelectValues(projection: Func<'V, 'R>) = this.Select(Func<_, _>(fun (kv: KeyValuePair<'K, 'V>) -> projection.Invoke kv.Value))
  member _.SelectOptional(projection: Func<KeyValuePair<'K, OptionalValue<'V>>, OptionalValue<'R>>) =
    let mapped = Array.init (int vector.Length) (fun i -> projection.Invoke(KeyValuePair(index.Keys[i], vector.GetValue i)))
    Series<'K, 'R>(index, Vector.ofOptionalValues mapped)
  member _.SelectKeys(projection: Func<KeyValuePair<'K, OptionalValue<'V>>, 'R>) =
    Series<'R, 'V>(Index.ofKeys (Array.init (int vector.Length) (fun i -> projection.Invoke(KeyValuePair(index.Keys[i], vector.GetValue i)))), vector)

  // Group, join, reindex

  /// The observations by the result of keySelector, groups in order of first appearance; missing ones are left out.
  member this.GroupBy(keySelector: Func<KeyValuePair<'K, 'V>, 'G>) : Series<'G, Series<'K, 'V>> =
    let groups =
      [| for i in 0 .. int vector.Length - 1 do
           let v = vector.GetValue i
           if v.HasValue then keySelector.Invoke(KeyValuePair(index.Keys[i], v.Value)), i |]
      |> Array.groupBy fst
    Series<'G, Series<'K, 'V>>(
      Index.ofKeys (Array.map fst groups),
      Vector.ofValues (groups |> Array.map (fun (_, members) -> this.AtPositions(Array.map snd members))))

  /// Both series by key; where a key is only in one, the other side is missing.
  member _.Zip(other: Series<'K, 'V2>, kind: JoinKind) : Series<'K, OptionalValue<'V> * OptionalValue<'V2>> =
    let joined = Index.join kind index other.Index
    let left, right = Index.positions index joined, Index.positions other.Index joined
    let at (values: IVector<'T>) position = if position < 0 then OptionalValue<'T>.Missing else values.GetValue position
    Series<'K, OptionalValue<'V> * OptionalValue<'V2>>(joined, Vector.ofValues (Array.map2 (fun l r -> at vector l, at other.Vector r) left right))
  member this.Zip(other: Series<'K, 'V2>) = this.Zip(other, JoinKind.Outer)
  /// Both series where both have a value.
  member this.ZipInner(other: Series<'K, 'V2>) : Series<'K, 'V * 'V2> =
    this.Zip(other, JoinKind.Inner).Where(fun kv -> (fst kv.Value).HasValue && (snd kv.Value).HasValue)
      .SelectValues(fun (l, r) -> l.Value, r.Value)
  /// The observations of both; InvalidOperationException where both have a value for one key.
  member this.Merge(other: Series<'K, 'V>) : Series<'K, 'V> =
    this.Zip(other, JoinKind.Outer).Select(fun kv ->
      match kv.Value with
      | l, r when l.HasValue && r.HasValue -> invalidOp $"Both series have a value for key '{kv.Key}'; merging needs disjoint keys."
      | l, r -> if l.HasValue then l else r)
      .SelectOptional(fun kv -> OptionalValue.bind id kv.Value)
  /// The series with the given keys; a key that is not there has a missing value.
  member this.Realign(keys: seq<'K>) = this.GetItems keys
  member _.IndexOrdinally() = Series<int, 'V>(Index.ordinal (int index.KeyCount), vector)
  member _.IndexWith(keys: seq<'K2>) =
    let keys = Array.ofSeq keys
    if keys.Length <> int index.KeyCount then
      invalidArg (nameof keys) $"Expected {index.KeyCount} keys, one a value; got {keys.Length}."
    Series<'K2, 'V>(Index.ofKeys keys, vector)
  member this.Reversed = this.AtPositions(Array.init (int vector.Length) (fun i -> int vector.Length - 1 - i))

  // Arithmetic: aligned by key, missing where either side is

  static member private Pointwise(left: Series<'K, 'T>, right: Series<'K, 'T>, op: 'T -> 'T -> 'T) : Series<'K, 'T> =
    left.Zip(right, JoinKind.Outer).SelectOptional(fun kv ->
      let l, r = kv.Value.Value
      if l.HasValue && r.HasValue then OptionalValue(op l.Value r.Value) else OptionalValue<'T>.Missing)
  static member private Map(series: Series<'K, 'T>, f: 'T -> 'T) : Series<'K, 'T> = series.SelectValues(Func<_, _> f)

  static member (+)(left: Series<'K, float>, right: Series<'K, float>) = Series<'K, float>.Pointwise(left, right, (+))
  static member (-)(left: Series<'K, float>, right: Series<'K, float>) = Series<'K, float>.Pointwise(left, right, (-))
  static member (*)(left: Series<'K, float>, right: Series<'K, float>) = Series<'K, float>.Pointwise(left, right, (*))
  static member (/)(left: Series<'K, float>, right: Series<'K, float>) = Series<'K, float>.Pointwise(left, right, (/))
  static member (+)(left: Series<'K, int>, right: Series<'K, int>) = Series<'K, int>.Pointwise(left, right, (+))
  static member (-)(left: Series<'K, int>, right: Series<'K, int>) = Series<'K, int>.Pointwise(left, right, (-))
  static member (*)(left: Series<'K, int>, right: Series<'K, int>) = Series<'K, int>.Pointwise(left, right, (*))
  static member (/)(left: Series<'K, int>, right: Series<'K, int>) = Series<'K, int>.Pointwise(left, right, (/))
  static member (+)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v + scalar)
  static member (-)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v - scalar)
  static member (*)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v * scalar)
  static member (/)(series: Series<'K, float>, scalar: float) = Series<'K, float>.Map(series, fun v -> v / scalar)
  static member (+)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar + v)
  static member (-)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar - v)
  static member (*)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar * v)
  static member (/)(scalar: float, series: Series<'K, float>) = Series<'K, float>.Map(series, fun v -> scalar / v)
  static member (~-)(series: Series<'K, float>) = Series<'K, float>.Map(series, (~-))
  static member Abs(series: Series<'K, float>) = Series<'K, float>.Map(series, abs)
  static member Sqrt(series: Series<'K, float>) = Series<'K, float>.Map(series, sqrt)
  static member Log(series: Series<'K, float>) = Series<'K, float>.Map(series, log)
  static member Exp(series: Series<'K, float>) = Series<'K, float>.Map(series, exp)
  static member Round(series: Series<'K, float>) = Series<'K, float>.Map(series, round)

  // Printing and equality

  member _.FormatStrings(startCount: int, endCount: int) =
    if index.IsEmpty then [| [| "(Empty)" |] |]
    else
      let shown = Formatting.elide startCount endCount (int index.KeyCount)
      let keys = shown |> Array.map (fun i -> if i < 0 then None else Some(box index.Keys[i])) |> Formatting.formatKeys index.IsOrdered (Levels.count index.Keys)
      let cells = shown |> Array.filter (fun i -> i >= 0) |> Array.map (vector :> IVector).GetObject |> Formatting.formatColumn
      let mutable next = -1
      Array.map2 (fun (key: string[]) i -> Array.append key [| "->"; (if i < 0 then "..." else (next <- next + 1; cells[next])) |]) keys shown
  /// The series as text, long ones elided in the middle.
  member this.Format() = this.Format(Formatting.RowStartItemCount, Formatting.RowEndItemCount)
  member this.Format(itemCount: int) = this.Format(itemCount / 2, itemCount / 2)
  member this.Format(startCount: int, endCount: int) =
    let rows = this.FormatStrings(startCount, endCount)
    let numeric = Conversion.isNumeric typeof<'V>
    Formatting.formatTable (fun column -> numeric && column = rows[0].Length - 1) rows
  override this.ToString() =
    let shown = Formatting.elide 5 1 (int index.KeyCount)
    let item i = if i < 0 then "..." else $"{Formatting.formatKey (box index.Keys[i])} => {vector.GetValue i}"
    $"""series [ {shown |> Seq.map item |> String.concat "; "} ]"""
  override this.Equals other =
    match other with
    | :? Series<'K, 'V> as o -> Index.sameKeys index o.Index && Seq.forall2 (fun (a: OptionalValue<'V>) b -> a.Equals b) this.ValuesAll o.ValuesAll
    | _ -> false
  override this.GetHashCode() = this.ValuesAll |> Seq.fold (fun hash v -> HashCode.Combine(hash, v.GetHashCode())) this.KeyCount

  interface ISeries<'K> with
    member _.Vector = vector
    member _.Index = index
    member this.TryGetObject key = this.TryGet key |> OptionalValue.map box
  interface ISeriesFormattable with
    member this.InteractiveFormat itemCount = this.FormatStrings(itemCount / 2, itemCount / 2)
    member _.GetKeyLevels() = Levels.count index.Keys
    member this.GetKeyCount() = this.KeyCount
    member this.GetValueCount() = this.ValueCount

/// A series of values of any type, such as a row of a frame, read with a type at each access.
type ObjectSeries<'K when 'K: equality> internal (index: IIndex<'K>, vector: IVector<obj>) =
  inherit Series<'K, obj>(index, vector)
  new(series: Series<'K, obj>) = ObjectSeries(series.Index, series.Vector)
  /// The value of a key as type 'R; InvalidCastException where it does not fit.
  member this.GetAs<'R>(key: 'K) : 'R =
    let value = this.Get key
    try Conversion.convert<'R> ConversionKind.Flexible value
    with :? InvalidCastException as e -> raise (InvalidCastException($"Column '{key}': {e.Message}", e))
  /// The value of a key as type 'R, or fallback where it is missing.
  member this.GetAs<'R>(key: 'K, fallback: 'R) : 'R = this.TryGetAs<'R>(key).OrDefault fallback
  member this.TryGetAs<'R>(key: 'K) : OptionalValue<'R> =
    this.TryGet key |> OptionalValue.map (Conversion.convert<'R> ConversionKind.Flexible)
  member this.GetAtAs<'R>(position: int) : 'R = Conversion.convert<'R> ConversionKind.Flexible (this.GetAt position)
  /// The values that can be read as type 'R without loss; the others are left out.
  member this.GetValues<'R>() : seq<'R> =
    this.Values |> Seq.filter (fun v -> Conversion.canConvertType<'R> ConversionKind.Safe (v.GetType())) |> Seq.map (Conversion.convert<'R> ConversionKind.Safe)
  /// The whole series as type 'R; InvalidCastException where a value does not fit.
  member this.As<'R>() : Series<'K, 'R> = Series(this.Index, Vector.convert<'R> ConversionKind.Flexible this.Vector)
