namespace Deedle.Indices

open System
open System.Collections.Generic
open System.Collections.ObjectModel

/// The keys of a series or of one side of a frame, each with its position. Keys are unique.
[<AllowNullLiteral>]
type IIndex<'K when 'K: equality> =
  /// The keys in order of position.
  abstract Keys: ReadOnlyCollection<'K>
  /// How many keys there are.
  abstract KeyCount: int64
  /// Whether there are no keys.
  abstract IsEmpty: bool
  /// Whether the keys are sorted, smallest first.
  abstract IsOrdered: bool
  /// The smallest and the largest key of a sorted index; InvalidOperationException where it is not sorted.
  abstract KeyRange: 'K * 'K
  /// The position of a key, or -1.
  abstract Locate: 'K -> int

/// Keys in an array. The dictionary of positions is made when it is first needed; 0, 1, 2, ... needs none.
type internal ArrayIndex<'K when 'K: equality>(keys: 'K[], ordered: bool option) =
  let isOrdinal =
    match box keys with
    | :? (int[]) as ints ->
        let mutable i = 0
        while i < ints.Length && ints[i] = i do i <- i + 1
        i = ints.Length
    | _ -> false

  let positions =
    lazy
      (let found = Dictionary<'K, int>(keys.Length)
       for i in 0 .. keys.Length - 1 do
         let key = keys[i]
         if isNull (box key) then
           raise (ArgumentNullException(nameof keys, $"The key at position {i} is null; an index needs a value for every key."))
         if not (found.TryAdd(key, i)) then
           invalidArg (nameof keys) $"Duplicate key '{key}' at positions {found[key]} and {i}; an index needs unique keys."
       found)

  let isSorted () =
    let compare = Comparer<'K>.Default
    let mutable i = 1
    while i < keys.Length && compare.Compare(keys[i - 1], keys[i]) <= 0 do i <- i + 1
    i >= keys.Length

  let isOrdered =
    lazy
      (match ordered with
       | Some known -> known
       | None ->
           isOrdinal
           || ((typeof<IComparable>.IsAssignableFrom typeof<'K> || typeof<IComparable<'K>>.IsAssignableFrom typeof<'K>)
               && (try isSorted () with :? ArgumentException | :? InvalidOperationException -> false)))

  member _.KeyArray = keys
  /// Finds duplicate and null keys now rather than at the first look-up.
  member _.Check() = if not isOrdinal then positions.Force() |> ignore
  interface IIndex<'K> with
    member _.Keys = ReadOnlyCollection keys
    member _.KeyCount = int64 keys.Length
    member _.IsEmpty = keys.Length = 0
    member _.IsOrdered = isOrdered.Value
    member _.KeyRange =
      if not isOrdered.Value then invalidOp "A range of keys needs a sorted index; sort by key first (sortByKey, sortRowsByKey)."
      if keys.Length = 0 then raise (ArgumentOutOfRangeException(nameof keys, "An empty index has no range of keys."))
      keys[0], keys[keys.Length - 1]
    member _.Locate key =
      if isOrdinal then
        let i = unbox<int> (box key)
        if i >= 0 && i < keys.Length then i else -1
      elif isNull (box key) then -1
      else match positions.Value.TryGetValue key with | true, i -> i | _ -> -1

module internal Index =
  /// An index of keys that may be wrong: duplicates and nulls are errors here.
  let ofKeys (keys: 'K[]) : IIndex<'K> =
    let index = ArrayIndex<'K>(keys, None)
    index.Check()
    index
  /// An index of keys that are known to be unique, such as a part of another index.
  let ofUnique (keys: 'K[]) : IIndex<'K> = ArrayIndex<'K>(keys, None)
  let ofOrdered (keys: 'K[]) : IIndex<'K> = ArrayIndex<'K>(keys, Some true)
  let ordinal count : IIndex<int> = ArrayIndex<int>(Array.init count id, Some true)

  let keys (index: IIndex<'K>) =
    match index with
    | :? ArrayIndex<'K> as a -> a.KeyArray
    | i -> Array.ofSeq i.Keys

  /// The keys at the given positions; in order where both the keys and the positions are.
  let at (positions: int[]) (index: IIndex<'K>) : IIndex<'K> =
    let keys = keys index
    ofUnique (positions |> Array.map (fun i -> keys[i]))

  let same (left: IIndex<'K>) (right: IIndex<'K>) =
    obj.ReferenceEquals(left, right)
    || (left.KeyCount = right.KeyCount
        && (let equal = EqualityComparer<'K>.Default
            let l, r = keys left, keys right
            let mutable i = 0
            while i < l.Length && equal.Equals(l[i], r[i]) do i <- i + 1
            i = l.Length))
