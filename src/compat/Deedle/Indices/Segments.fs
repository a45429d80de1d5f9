namespace Deedle

open System

/// Whether a window or chunk has its full size.
type DataSegmentKind = Complete | Incomplete

/// A window or chunk with its kind.
type DataSegment<'T> =
  | DataSegment of DataSegmentKind * 'T
  member x.Data = let (DataSegment(_, data)) = x in data
  member x.Kind = let (DataSegment(kind, _)) = x in kind
  override x.ToString() = $"DataSegment({x.Kind}, {x.Data})"

module DataSegment =
  /// Matches any segment: its kind and its data.
  let (|Any|) (ds: DataSegment<'T>) = ds.Kind, ds.Data
  /// Matches a segment by whether it has its full size.
  let (|Complete|Incomplete|) (ds: DataSegment<'T>) = if ds.Kind = DataSegmentKind.Complete then Complete ds.Data else Incomplete ds.Data
  let data (ds: DataSegment<'T>) = ds.Data
  let kind (ds: DataSegment<'T>) = ds.Kind

/// How consecutive observations are put together: overlapping windows or disjoint chunks, by size or while a condition on the keys holds.
type Aggregation<'K> =
  | WindowSize of int * Boundary
  | ChunkSize of int * Boundary
  | WindowWhile of ('K -> 'K -> bool)
  | WindowWhileFromEnd of ('K -> 'K -> bool)
  | ChunkWhile of ('K -> 'K -> bool)

/// The C# face of aggregations.
[<AbstractClass; Sealed>]
type Aggregation =
  static member WindowSize<'K>(size: int, boundary: Boundary) : Aggregation<'K> = WindowSize(size, boundary)
  static member ChunkSize<'K>(size: int, boundary: Boundary) : Aggregation<'K> = ChunkSize(size, boundary)
  static member WindowWhile<'K>(condition: Func<'K, 'K, bool>) : Aggregation<'K> = WindowWhile(fun k1 k2 -> condition.Invoke(k1, k2))
  static member WindowWhileFromEnd<'K>(condition: Func<'K, 'K, bool>) : Aggregation<'K> = WindowWhileFromEnd(fun k1 k2 -> condition.Invoke(k1, k2))
  static member ChunkWhile<'K>(condition: Func<'K, 'K, bool>) : Aggregation<'K> = ChunkWhile(fun k1 k2 -> condition.Invoke(k1, k2))

/// The first and last positions of windows and chunks.
module internal Segments =
  let private checkSize size =
    if size < 1 then invalidArg (nameof size) $"A window or chunk needs at least one value; got size {size}."

  let private windows size boundary count =
    checkSize size
    [| if boundary = Boundary.AtBeginning then
         for i in 1 .. min (size - 1) count do Incomplete, 0, i - 1
       for i in 0 .. count - size do Complete, i, i + size - 1
       if boundary = Boundary.AtEnding then
         for first in max 0 (count - size + 1) .. count - 1 do Incomplete, first, count - 1 |]

  let private chunks size (boundary: Boundary) count =
    checkSize size
    if boundary.HasFlag Boundary.AtBeginning && boundary.HasFlag Boundary.AtEnding then
      invalidOp "Chunks can be incomplete at the beginning or at the end, not at both."
    let rest = count % size
    let keepRest = rest <> 0 && not (boundary.HasFlag Boundary.Skip)
    let start = if boundary.HasFlag Boundary.AtBeginning then rest else 0
    [| if keepRest && start > 0 then Incomplete, 0, rest - 1
       for i in 0 .. count / size - 1 do Complete, start + i * size, start + (i + 1) * size - 1
       if keepRest && start = 0 then Incomplete, count - rest, count - 1 |]

  /// Windows that start at every key and end before the first key for which the condition fails; they come in the order of their ends.
  let private windowsWhile (condition: 'K -> 'K -> bool) (keys: 'K[]) =
    [| for first in 0 .. keys.Length - 1 do
         let mutable last = first
         while last + 1 < keys.Length && condition keys[first] keys[last + 1] do last <- last + 1
         Complete, first, last |]
    |> Array.sortBy (fun (_, first, last) -> last, first)

  let private windowsWhileFromEnd (condition: 'K -> 'K -> bool) (keys: 'K[]) =
    [| for last in 0 .. keys.Length - 1 do
         let mutable first = last
         while first > 0 && condition keys[first - 1] keys[last] do first <- first - 1
         Complete, first, last |]

  let private chunksWhile (condition: 'K -> 'K -> bool) (keys: 'K[]) =
    [| let mutable first = 0
       for i in 1 .. keys.Length do
         if i = keys.Length || not (condition keys[first] keys[i]) then
           Complete, first, i - 1
           first <- i |]

  let ofAggregation (aggregation: Aggregation<'K>) (keys: 'K[]) =
    match aggregation with
    | WindowSize(size, boundary) -> windows size boundary keys.Length
    | ChunkSize(size, boundary) -> chunks size boundary keys.Length
    | WindowWhile condition -> windowsWhile condition keys
    | WindowWhileFromEnd condition -> windowsWhileFromEnd condition keys
    | ChunkWhile condition -> chunksWhile condition keys
