namespace Deedle.Indices

open System
open System.Collections.Generic
open Deedle

/// Looks keys up in sorted indices and sorts them.
module internal KeySearch =
  let private notOrdered () =
    invalidOp "Looking up the nearest smaller or greater key needs an index that is sorted; sort by key first (sortByKey, sortRowsByKey)."

  /// Where in sorted keys the key is, or (negative, complemented) would be.
  let private search (key: 'K) (keys: 'K[]) = Array.BinarySearch(keys, key, Comparer<'K>.Default)

  /// The position of key, or of its nearest neighbour of the wanted kind that is accepted; -1 where there is none.
  let lookup (key: 'K) (kind: Lookup) (accepts: int -> bool) (index: IIndex<'K>) =
    let exact = if kind.HasFlag Lookup.Exact then index.Locate key else -1
    if exact >= 0 && (kind = Lookup.Exact || accepts exact) then exact
    elif kind = Lookup.Exact then -1
    elif not index.IsOrdered then notOrdered ()
    else
      let keys = Index.keys index
      let found = search key keys
      let mutable at =
        if kind.HasFlag Lookup.Smaller then (if found >= 0 then found - 1 else ~~~found - 1)
        else if found >= 0 then found + 1
        else ~~~found
      let step = if kind.HasFlag Lookup.Smaller then -1 else 1
      while at >= 0 && at < keys.Length && not (accepts at) do at <- at + step
      if at >= 0 && at < keys.Length then at else -1

  /// The first and the last position of a range of keys (last smaller than first where it is empty).
  let range (lower: ('K * BoundaryBehavior) option) (upper: ('K * BoundaryBehavior) option) (index: IIndex<'K>) =
    let bound (kind: Lookup) key = lookup key kind (fun _ -> true) index
    let first =
      match lower with
      | None -> 0
      | Some(key, behavior) ->
          match bound (if behavior = BoundaryBehavior.Exclusive then Lookup.Greater else Lookup.ExactOrGreater) key with
          | -1 -> int index.KeyCount
          | i -> i
    let last =
      match upper with
      | None -> int index.KeyCount - 1
      | Some(key, behavior) -> bound (if behavior = BoundaryBehavior.Exclusive then Lookup.Smaller else Lookup.ExactOrSmaller) key
    first, last

  /// The positions in the order of their keys; equal keys keep their order.
  let sortedPositions (index: IIndex<'K>) =
    let keys = Index.keys index
    let compare = Comparer<'K>.Default
    let positions = Array.init keys.Length id
    Array.Sort(positions, Comparer.Create(fun a b -> match compare.Compare(keys[a], keys[b]) with 0 -> Operators.compare a b | c -> c))
    positions
