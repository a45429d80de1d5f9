namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

/// Assertions on the contents of series and frames.
[<AutoOpen>]
module internal Expect =
  let equal (expected: 'T) (actual: 'T) = Assert.Equal<'T>(expected, actual)

  /// The observations of a series, None where a value is missing.
  let observed (series: Series<'K, 'V>) = Series.observationsAll series |> List.ofSeq

  let holds (expected: ('K * 'V option) list) (series: Series<'K, 'V>) = equal expected (observed series)

  /// All values present and equal.
  let holdsAll (expected: ('K * 'V) list) (series: Series<'K, 'V>) = holds (expected |> List.map (fun (k, v) -> k, Some v)) series

  /// Keys equal and floats within 1e-9, None where a value is missing.
  let near (expected: ('K * float option) list) (series: Series<'K, float>) =
    equal (List.map fst expected) (List.ofSeq series.Keys)
    for (_, wanted), (_, actual) in List.zip expected (observed series) do
      match wanted, actual with
      | Some w, Some a -> Assert.Equal(w, a, 1e-9)
      | _ -> equal wanted.IsSome actual.IsSome

  let nearAll (expected: ('K * float) list) (series: Series<'K, float>) = near (expected |> List.map (fun (k, v) -> k, Some v)) series

  let rowKeys (frame: Frame<'R, 'C>) = List.ofSeq frame.RowKeys
  let columnKeys (frame: Frame<'R, 'C>) = List.ofSeq frame.ColumnKeys
  let raises<'E when 'E :> exn> (action: unit -> unit) = Assert.Throws<'E>(Action action) |> ignore
