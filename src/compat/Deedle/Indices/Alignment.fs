namespace Deedle.Indices

open System
open System.Collections.Generic
open Deedle

/// How the keys of two or more indices come together, and from where each side's values then come.
module internal Alignment =
  /// For every key of target its position in source, or -1; null where both have the same keys, so that nothing moves.
  let positions (source: IIndex<'K>) (target: IIndex<'K>) : int[] =
    if Index.same source target then null else Index.keys target |> Array.map source.Locate

  /// The same for the nearest keys of an ordered source.
  let nearestPositions lookup (source: IIndex<'K>) (target: IIndex<'K>) : int[] =
    if lookup = Lookup.Exact then positions source target
    else Index.keys target |> Array.map (fun key -> KeySearch.lookup key lookup (fun _ -> true) source)

  /// A vector moved to the positions of another index.
  let relocate (positions: int[]) (vector: IVector) = if isNull positions then vector else vector.Relocate positions

  /// All keys of all indices: sorted when every index is sorted, else in order of first appearance.
  let union (indices: IIndex<'K> list) : IIndex<'K> =
    match indices with
    | [] -> Index.ofUnique [||]
    | first :: rest when rest |> List.forall (Index.same first) -> first
    | _ ->
        let seen = HashSet<'K>()
        let distinct = [| for index in indices do for key in Index.keys index do if seen.Add key then key |]
        let sorted =
          indices |> List.forall _.IsOrdered
          && (try
                Array.Sort(distinct, Comparer<'K>.Default)
                true
              with :? InvalidOperationException -> false)
        if sorted then Index.ofOrdered distinct else Index.ofUnique distinct

  /// All keys of all indices in order of first appearance, whether sorted or not.
  let append (indices: IIndex<'K> list) : IIndex<'K> =
    match indices with
    | first :: rest when rest |> List.forall (Index.same first) -> first
    | _ -> indices |> Seq.collect Index.keys |> Seq.distinct |> Array.ofSeq |> Index.ofUnique

  /// The keys of a join with the positions from which the left and the right values come (null: as they are).
  let join (kind: JoinKind) (lookup: Lookup) (left: IIndex<'K>) (right: IIndex<'K>) : IIndex<'K> * int[] * int[] =
    if lookup <> Lookup.Exact then
      if kind = JoinKind.Inner || kind = JoinKind.Outer then
        invalidOp $"{kind} joins work with Lookup.Exact only; use a left or a right join to find the nearest keys."
      if lookup <> Lookup.ExactOrSmaller && lookup <> Lookup.ExactOrGreater then
        invalidOp "Lookup.Smaller and Lookup.Greater are not supported when joining; use ExactOrSmaller or ExactOrGreater."
      if not (left.IsOrdered && right.IsOrdered) then
        invalidOp "Joining by the nearest key needs both sides sorted by key; sort them first (sortByKey, sortRowsByKey)."
    match kind with
    | JoinKind.Left -> left, null, nearestPositions lookup right left
    | JoinKind.Right -> right, nearestPositions lookup left right, null
    | JoinKind.Inner when not (Index.same left right) ->
        let shared = Index.keys left |> Array.filter (fun key -> right.Locate key >= 0) |> Index.ofUnique
        shared, positions left shared, positions right shared
    | JoinKind.Inner | JoinKind.Outer ->
        let both = union [ left; right ]
        both, positions left both, positions right both
    | _ -> invalidArg (nameof kind) $"There is no join of kind {int kind}; use Outer, Inner, Left or Right."

  /// Before a join by the nearest key, missing values take the nearest value on the same side.
  let prepare lookup (vector: IVector) =
    match lookup with
    | Lookup.ExactOrSmaller -> Vector.fill Direction.Forward vector
    | Lookup.ExactOrGreater -> Vector.fill Direction.Backward vector
    | _ -> vector
