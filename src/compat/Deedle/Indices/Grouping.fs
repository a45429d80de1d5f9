namespace Deedle.Indices

open System
open System.Collections.Generic
open Deedle

/// A value of any type as a key of a dictionary.
[<Struct; CustomEquality; NoComparison>]
type internal GroupKey<'T>(value: 'T) =
  member _.Value = value
  override _.GetHashCode() = EqualityComparer<'T>.Default.GetHashCode value
  override _.Equals other = match other with :? GroupKey<'T> as o -> EqualityComparer<'T>.Default.Equals(value, o.Value) | _ -> false
  interface IEquatable<GroupKey<'T>> with
    member _.Equals other = EqualityComparer<'T>.Default.Equals(value, other.Value)

/// Which rows belong together. Groups are in order of first appearance, rows in their own order within a group.
module internal Grouping =
  /// The number of each label, counted in order of first appearance, and the distinct labels.
  let number (labels: 'G[]) : int[] * 'G[] =
    let numbers = Dictionary<'G, int>()
    let distinct = ResizeArray<'G>()
    let numbered = Array.zeroCreate labels.Length
    for i in 0 .. labels.Length - 1 do
      let mutable found = 0
      if not (numbers.TryGetValue(labels[i], &found)) then
        found <- distinct.Count
        numbers.Add(labels[i], found)
        distinct.Add labels[i]
      numbered[i] <- found
    numbered, distinct.ToArray()

  /// The positions of each number, which are 0 .. count - 1 (a counting sort).
  let positions (count: int) (numbers: int[]) : int[][] =
    let sizes = Array.zeroCreate count
    for n in numbers do sizes[n] <- sizes[n] + 1
    let members = sizes |> Array.map Array.zeroCreate
    let filled = Array.zeroCreate count
    for i in 0 .. numbers.Length - 1 do
      let n = numbers[i]
      members[n][filled[n]] <- i
      filled[n] <- filled[n] + 1
    members

  /// The distinct labels with the positions that carry them.
  let byLabel (labels: 'G[]) : ('G * int[])[] =
    let numbers, distinct = number labels
    Array.zip distinct (positions distinct.Length numbers)

  /// The number of each value of a vector of any type; a missing value counts as a value of its own.
  let private numberVector (vector: IVector) : int[] =
    { new VectorCallSite<int[]> with
        member _.Invoke(typed: IVector<'T>) =
          let numbers = Dictionary<GroupKey<'T>, int>()
          let mutable missing = -1
          let mutable next = 0
          Array.init (int typed.Length) (fun i ->
            let v = typed.GetValue i
            let mutable found = 0
            if not v.HasValue then
              if missing < 0 then
                missing <- next
                next <- next + 1
              missing
            elif numbers.TryGetValue(GroupKey v.Value, &found) then found
            else
              let number = next
              numbers.Add(GroupKey v.Value, number)
              next <- next + 1
              number) }
    |> vector.Invoke

  /// The positions that have the same values in all vectors.
  let byVectors (vectors: IVector list) : int[][] =
    let pair (left: int[]) (right: int[]) = Array.map2 (fun l r -> struct (l, r)) left right |> number |> fst
    let numbers = vectors |> List.map numberVector |> List.reduce pair
    positions (if numbers.Length = 0 then 0 else Array.max numbers + 1) numbers
