namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

module MissingValueTests =
  let gappy = series [ 1 => nan; 2 => 2.0; 3 => nan; 4 => nan; 5 => 5.0; 6 => nan ]

  [<Fact>]
  let ``NaN, null and empty Nullables are missing`` () =
    equal [ 0; 2 ] (Series.ofValues [ 1.0; nan; 3.0 ] |> Series.dropMissing |> Series.keys |> List.ofSeq)
    equal [ 0; 2 ] (Series.ofValues [ "a"; null; "c" ] |> Series.dropMissing |> Series.keys |> List.ofSeq)
    equal [ 0; 2 ] (Series.ofValues [ Nullable 1; Nullable(); Nullable 3 ] |> Series.dropMissing |> Series.keys |> List.ofSeq)
    holds [ 0, Some 1; 1, None ] (Series.ofNullables [ Nullable 1; Nullable() ])
    equal 1 (Series.ofValues [ infinity ]).ValueCount

  [<Fact>]
  let ``optional values are matched`` () =
    let show v = match v with OptionalValue.Present x -> sprintf "present %g" x | OptionalValue.Missing -> "missing"
    equal "present 2" (show (gappy.TryGet 2))
    equal "missing" (show (gappy.TryGet 3))
    equal "missing" (show (gappy.TryGet 99))
    equal (OptionalValue 3) (OptionalValue.map2 (+) (OptionalValue 1) (OptionalValue 2))
    equal "<missing>" (string OptionalValue<int>.Missing)
    raises<InvalidOperationException> (fun () -> OptionalValue<int>.Missing.Value |> ignore)

  [<Fact>]
  let ``gaps are filled with a constant, with neighbours, or by a function`` () =
    holdsAll [ 1, 0.0; 2, 2.0; 3, 0.0; 4, 0.0; 5, 5.0; 6, 0.0 ] (Series.fillMissingWith 0.0 gappy)
    holds [ 1, None; 2, Some 2.0; 3, Some 2.0; 4, Some 2.0; 5, Some 5.0; 6, Some 5.0 ] (Series.fillMissing Direction.Forward gappy)
    holds [ 1, Some 2.0; 2, Some 2.0; 3, Some 5.0; 4, Some 5.0; 5, Some 5.0; 6, None ] (Series.fillMissing Direction.Backward gappy)
    holds [ 1, None; 2, Some 2.0; 3, Some 2.0; 4, None; 5, Some 5.0; 6, None ] (Series.fillMissingBetween (2, 3) Direction.Forward gappy)
    holds [ 1, None; 2, Some 2.0; 3, Some 2.0; 4, Some 2.0; 5, Some 5.0; 6, None ] (Series.fillMissingInside Direction.Forward gappy)
    let between key =
      match gappy.TryGet(key, Lookup.ExactOrSmaller), gappy.TryGet(key, Lookup.ExactOrGreater) with
      | OptionalValue.Present p, OptionalValue.Present n -> (p + n) / 2.0
      | OptionalValue.Present v, _
      | _, OptionalValue.Present v -> v
      | _ -> 0.0
    holdsAll [ 1, 2.0; 2, 2.0; 3, 3.5; 4, 3.5; 5, 5.0; 6, 5.0 ] (Series.fillMissingUsing between gappy)
    equal 5 (gappy |> Series.fillMissing Direction.Forward |> Series.dropMissing |> Series.countValues)

  [<Fact>]
  let ``frames are filled column by column`` () =
    let air = Tables.air ()
    equal 8 air.RowCount
    equal 5 (Frame.dropSparseRows air).RowCount
    equal 8 (air |> Frame.fillMissingWith 0.0 |> Frame.dropSparseRows).RowCount
    equal 8 (air |> Frame.fillMissing Direction.Forward |> Frame.dropSparseRows).RowCount
    equal 8 (air |> Frame.fillMissing Direction.Backward |> Frame.dropSparseRows).RowCount
    let filled = air |> Frame.fillMissingUsing (fun (column: Series<int, float>) _ -> Stats.mean column)
    Assert.Equal(119.0 / 6.0, filled?Ozone.[1], 1e-12)
    equal [ "Month"; "Day"; "Temp" ] (columnKeys (Frame.dropSparseCols air))

  [<Fact>]
  let ``a constant of a narrower type fills wider columns`` () =
    let f = frame [ "x" => series [ 1 => 1.5; 2 => nan ] ]
    equal 0.0 (Frame.fillMissingWith 0 f)?x.[2]
    let text = frame [ "t" => series [ 1 => "a"; 2 => null ] ]
    equal "?" ((Frame.fillMissingWith "?" text).GetColumn<string>("t").[2])
    equal 1 ((Frame.fillMissingWith 0.0 text).GetColumn<string>("t").ValueCount)

  [<Fact>]
  let ``empty and sparse rows and columns are dropped`` () =
    let f =
      frame
        [ "a" => series [ 1 => 1.0; 2 => nan; 3 => nan ]
          "b" => series [ 1 => 1.0; 2 => 2.0; 3 => nan ]
          "c" => series [ 1 => nan; 2 => nan; 3 => nan ] ]
    equal [ 1; 2 ] (rowKeys (Frame.dropEmptyRows f))
    equal [ "a"; "b" ] (columnKeys (Frame.dropEmptyCols f))
    equal [] (rowKeys (Frame.dropSparseRows f))
    equal [ 1 ] (rowKeys (Frame.dropSparseRowsBy "a" f))
    equal [ 1; 2 ] (rowKeys (Frame.dropSparseRowsBy "b" f))
    equal [] (Frame.denseCols f |> Series.dropMissing |> Series.keys |> List.ofSeq)
    equal [ 1 ] (Frame.denseRows f.Columns.[[ "a"; "b" ]] |> Series.keys |> List.ofSeq)

  [<Fact>]
  let ``missing values follow those of another series`` () =
    holds [ 1, None; 2, Some 20.0; 3, None; 9, Some 90.0 ] (series [ 1 => 10.0; 2 => 20.0; 3 => 30.0; 9 => 90.0 ] |> Series.withMissingFrom gappy)
