namespace Deedle

open Deedle.Indices

/// Makes frames from rows.
module internal FrameRows =
  /// A frame from untyped rows (null for a missing one): its columns are all keys of all rows, in order of first appearance.
  let ofRows (index: IIndex<'R>) (rows: ISeries<'C>[]) : Frame<'R, 'C> =
    let columns = Alignment.append [ for row in rows do if not (isNull (box row)) then row.Index ]
    let cell key (row: ISeries<'C>) = if isNull (box row) then null else (row.TryGetObject key).ValueOrDefault
    Frame<'R, 'C>(index, columns, Index.keys columns |> Array.map (fun key -> rows |> Array.map (cell key) |> Vector.ofObjects))

  let ofSeries (rows: Series<'R, 'S>) : Frame<'R, 'C> when 'S :> ISeries<'C> =
    let row (value: OptionalValue<'S>) = if value.HasValue then value.Value :> ISeries<'C> else Unchecked.defaultof<_>
    Array.init rows.KeyCount (fun i -> row (rows.Vector.GetValue i)) |> ofRows rows.Index

  let asSeries (series: Series<'K, 'V>) : ISeries<'K> = series
  /// A frame from a series of columns; missing ones are left out.
  let ofColumns (columns: Series<'C, 'S>) : Frame<'R, 'C> when 'S :> ISeries<'R> =
    let columns = Array.ofSeq columns.Observations
    Frame<'R, 'C>(columns |> Array.map _.Key, columns |> Seq.map (fun kv -> kv.Value :> ISeries<'R>))
