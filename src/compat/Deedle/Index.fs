namespace Deedle

open System
open System.Collections.Generic
open System.Runtime.CompilerServices

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

  /// At most three keys, nearest in spelling first.
  let names (key: obj) (keys: seq<'K>) =
    let wanted = string key
    keys
    |> Seq.truncate 10_000
    |> Seq.map (fun k -> string (box k))
    |> Seq.sortBy (distance wanted)
    |> Seq.truncate 3
    |> Seq.map (fun k -> $"'{k}'")
    |> String.concat ", "

/// The keys of a series or of one side of a frame, each with its position. Keys are unique.
[<AllowNullLiteral>]
type IIndex<'K when 'K: equality> =
  /// The keys in order of position.
  abstract Keys: IReadOnlyList<'K>
  /// How many keys there are.
  abstract KeyCount: int64
  /// Whether there are no keys.
  abstract IsEmpty: bool
  /// Whether the keys are sorted, smallest first.
  abstract IsOrdered: bool
  /// The position of a key, or -1.
  abstract Locate: 'K -> int

/// Keys in an array with a dictionary of positions; 0, 1, 2, ... needs no dictionary.
type internal ArrayIndex<'K when 'K: equality>(keys: 'K[]) =
  let isOrdinal =
    match box keys with
    | :? (int[]) as ints -> Seq.forall (fun i -> ints[i] = i) (seq { 0 .. ints.Length - 1 })
    | _ -> false

  let positions =
    if isOrdinal then null
    else
      let found = Dictionary<'K, int>(keys.Length, HashIdentity.Structural)
      keys
      |> Array.iteri (fun i key ->
        if isNull (box key) then
          invalidArg (nameof keys) $"The key at position {i} is null; an index needs a value for every key."
        if not (found.TryAdd(key, i)) then
          invalidArg (nameof keys) $"Duplicate key '{key}' at positions {found[key]} and {i}; an index needs unique keys.")
      found

  let isOrdered =
    lazy
      (isOrdinal
       || (let comparable =
             typeof<IComparable>.IsAssignableFrom typeof<'K> || typeof<IComparable<'K>>.IsAssignableFrom typeof<'K>
           comparable
           && (try Seq.pairwise keys |> Seq.forall (fun (a, b) -> Comparer<'K>.Default.Compare(a, b) <= 0)
               with :? ArgumentException -> false)))

  interface IIndex<'K> with
    member _.Keys = keys
    member _.KeyCount = int64 keys.Length
    member _.IsEmpty = keys.Length = 0
    member _.IsOrdered = isOrdered.Value
    member _.Locate key =
      if isOrdinal then
        let i = unbox<int> (box key)
        if i >= 0 && i < keys.Length then i else -1
      elif isNull (box key) then -1
      else match positions.TryGetValue key with | true, i -> i | _ -> -1

module internal Index =
  let ofKeys (keys: 'K[]) : IIndex<'K> = ArrayIndex<'K> keys
  let ordinal count : IIndex<int> = ofKeys (Array.init count id)
  let keys (index: IIndex<'K>) = match index.Keys with :? ('K[]) as a -> a | k -> Array.ofSeq k

  let sameKeys (left: IIndex<'K>) (right: IIndex<'K>) =
    obj.ReferenceEquals(left, right)
    || (left.KeyCount = right.KeyCount && Seq.forall2 (fun (a: 'K) b -> a = b) left.Keys right.Keys)

  /// All keys of all indices: sorted when every index is sorted, else in order of first appearance.
  let union (indices: IIndex<'K> list) : IIndex<'K> =
    match indices with
    | first :: rest when rest |> List.forall (sameKeys first) -> first
    | _ ->
        let distinct = indices |> Seq.collect _.Keys |> Seq.distinct |> Array.ofSeq
        if indices |> List.forall _.IsOrdered then Array.Sort(distinct, Comparer<'K>.Default)
        ofKeys distinct

  let join kind (left: IIndex<'K>) (right: IIndex<'K>) =
    match kind with
    | JoinKind.Left -> left
    | JoinKind.Right -> right
    | JoinKind.Inner -> left.Keys |> Seq.filter (fun k -> right.Locate k >= 0) |> Array.ofSeq |> ofKeys
    | _ -> union [ left; right ]

  /// For every key of target its position in source, or -1.
  let positions (source: IIndex<'K>) (target: IIndex<'K>) =
    if sameKeys source target then Array.init (int source.KeyCount) id
    else target.Keys |> Seq.map source.Locate |> Array.ofSeq

  /// The positions in the order of their keys; equal keys keep their order.
  let sortedPositions (index: IIndex<'K>) =
    let compare = Comparer<'K>.Default
    List.init (int index.KeyCount) id |> List.sortWith (fun a b -> compare.Compare(index.Keys[a], index.Keys[b])) |> Array.ofList

  /// The position of key or of its nearest neighbour in an ordered index, -1 where there is none.
  let lookup (key: 'K) (kind: Lookup) (accepts: int -> bool) (index: IIndex<'K>) =
    let exact = if kind.HasFlag Lookup.Exact then index.Locate key else -1
    if exact >= 0 && accepts exact then exact
    elif kind = Lookup.Exact then -1
    elif not index.IsOrdered then invalidOp "Looking up the nearest key needs an index that is sorted; sort it by key first."
    else
      let compare = Comparer<'K>.Default
      let candidates =
        if kind.HasFlag Lookup.Smaller then seq { for i in int index.KeyCount - 1 .. -1 .. 0 do if compare.Compare(index.Keys[i], key) < 0 then i }
        else seq { for i in 0 .. int index.KeyCount - 1 do if compare.Compare(index.Keys[i], key) > 0 then i }
      candidates |> Seq.tryFind accepts |> Option.defaultValue -1

/// Keys of several levels: a tuple ('a, ('b, 'c)) has the levels a, b, c.
module internal Levels =
  let rec ofKey (key: obj) : obj list =
    match key with
    | :? ITuple as tuple ->
        [ for i in 0 .. tuple.Length - 1 do
            if i = tuple.Length - 1 then yield! ofKey tuple[i] else yield tuple[i] ]
    | key -> [ key ]

  let count (keys: seq<'K>) =
    match Seq.tryHead keys with
    | Some key -> List.length (ofKey (box key))
    | None -> 1

/// Picks the levels of a tuple key, for grouping and for statistics by level.
module Pair =
  let get1Of2 (v, _) = v
  let get2Of2 (_, v) = v
  let get1Of3 (v, _, _) = v
  let get2Of3 (_, v, _) = v
  let get3Of3 (_, _, v) = v
  let get1And2Of3 (v1, v2, _) = v1, v2
  let flatten3 (v1, (v2, v3)) = v1, v2, v3
