namespace Deedle

/// Decides which keys of several levels are taken.
type ICustomLookup<'K> =
  abstract Matches: 'K -> bool

namespace Deedle.Keys

open System.Runtime.CompilerServices
open Deedle

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

/// Takes the keys whose levels equal the given ones; None takes any.
type internal SimpleLookup<'K>(patterns: obj option[]) =
  interface ICustomLookup<'K> with
    member _.Matches key =
      let levels = Levels.ofKey (box key)
      if levels.Length <> patterns.Length then
        invalidOp $"The key '{key}' has {levels.Length} levels; the look-up gives {patterns.Length}."
      Seq.forall2 (fun pattern level -> match pattern with None -> true | Some wanted -> wanted = level) patterns levels

namespace Deedle

open Deedle.Keys

/// Takes a part of a series or frame by some levels of its keys: series[Lookup1Of2 "a"].
[<AutoOpen>]
module MultiKeyExtensions =
  let private lookup (patterns: obj option[]) : ICustomLookup<'K> = SimpleLookup<'K> patterns
  let Lookup1Of2 k : ICustomLookup<'K> = lookup [| Some(box k); None |]
  let Lookup2Of2 k : ICustomLookup<'K> = lookup [| None; Some(box k) |]
  let LookupAnyOf2 k1 k2 : ICustomLookup<'K> = lookup [| Option.map box k1; Option.map box k2 |]
  let Lookup1Of3 k : ICustomLookup<'K> = lookup [| Some(box k); None; None |]
  let Lookup2Of3 k : ICustomLookup<'K> = lookup [| None; Some(box k); None |]
  let Lookup3Of3 k : ICustomLookup<'K> = lookup [| None; None; Some(box k) |]
  let LookupAnyOf3 k1 k2 k3 : ICustomLookup<'K> = lookup [| Option.map box k1; Option.map box k2; Option.map box k3 |]

/// Picks the levels of a tuple key, for grouping and for statistics by level.
module Pair =
  let get1Of2 (v, _) = v
  let get2Of2 (_, v) = v
  let get1Of3 (v, _, _) = v
  let get2Of3 (_, v, _) = v
  let get3Of3 (_, _, v) = v
  let get1And2Of3 (v1, v2, _) = v1, v2
  let get2And3Of3 (_, v1, v2) = v1, v2
  let get1And3Of3 (v1, _, v2) = v1, v2
  let get1Of4 (v, _, _, _) = v
  let get2Of4 (_, v, _, _) = v
  let get3Of4 (_, _, v, _) = v
  let get4Of4 (_, _, _, v) = v
  let flatten3 (v1, (v2, v3)) = v1, v2, v3
  let flatten4 (v1, (v2, (v3, v4))) = v1, v2, v3, v4

/// Slices by one level of the keys, as F# writes them: series["a", *].
module internal LevelSlice =
  let checkOpen (lower: 'K option) (upper: 'K option) =
    if lower.IsSome || upper.IsSome then
      invalidOp "A range within one level of the keys is not supported; give one value of a level and * for the others."
