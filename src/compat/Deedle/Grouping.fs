namespace Deedle

open System.Collections.Generic

/// Which rows belong together. Groups are in order of first appearance, rows in their own order within a group.
module internal Grouping =
  /// The distinct labels with the positions that carry them.
  let byLabel (labels: 'G[]) : ('G * int[])[] =
    let groups = Dictionary<'G, ResizeArray<int>>(HashIdentity.Structural)
    let order = ResizeArray<'G>()
    labels
    |> Array.iteri (fun i label ->
      match groups.TryGetValue label with
      | true, members -> members.Add i
      | _ ->
          order.Add label
          groups[label] <- ResizeArray [ i ])
    order.ToArray() |> Array.map (fun label -> label, groups[label].ToArray())

  /// The labels, all present; a missing one is an error that says where and what to do.
  let complete (what: string) (labels: OptionalValue<'G>[]) =
    match labels |> Array.tryFindIndex (fun l -> not l.HasValue) with
    | Some i ->
        invalidOp $"{what} has a missing value in row {i} (counted from 0), and a row without a label belongs to no group. Drop such rows first, for example with DropSparseRows."
    | None -> labels |> Array.map _.Value
