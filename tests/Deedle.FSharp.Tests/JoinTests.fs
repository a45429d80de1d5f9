namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

module JoinTests =
  let first () =
    Frame.ofColumns [ "A Open" => Series.ofValues [ 150.0; 152.0; 151.0; 153.0 ]; "A Close" => Series.ofValues [ 151.5; 151.0; 153.5; 154.0 ] ]
    |> Frame.indexRowsWith [ "01-15"; "01-16"; "01-17"; "01-18" ]
  let second () =
    Frame.ofColumns [ "B Open" => Series.ofValues [ 370.0; 375.0; 373.0 ]; "B Close" => Series.ofValues [ 374.0; 373.0; 376.0 ] ]
    |> Frame.indexRowsWith [ "01-15"; "01-16"; "01-19" ]

  [<Fact>]
  let ``the kind of a join decides the rows`` () =
    let outer = Frame.join JoinKind.Outer (first ()) (second ())
    equal [ "A Open"; "A Close"; "B Open"; "B Close" ] (columnKeys outer)
    equal [ "01-15"; "01-16"; "01-17"; "01-18"; "01-19" ] (rowKeys outer)
    holds [ "01-15", Some 370.0; "01-16", Some 375.0; "01-17", None; "01-18", None; "01-19", Some 373.0 ] outer?``B Open``
    equal [ "01-15"; "01-16" ] (rowKeys (Frame.join JoinKind.Inner (first ()) (second ())))
    holds [ "01-15", Some 374.0; "01-16", Some 373.0; "01-17", None; "01-18", None ] (Frame.join JoinKind.Left (first ()) (second ()))?``B Close``
    holds [ "01-15", Some 150.0; "01-16", Some 152.0; "01-19", None ] (Frame.join JoinKind.Right (first ()) (second ()))?``A Open``
    equal 5 (first().Join(second ())).RowCount

  [<Fact>]
  let ``a left join can carry the last known value forward`` () =
    let daily = frame [ "Price" => Tables.numbered [ 100.0; 101.0; 102.0; 103.0; 104.0 ] ]
    let sparse = frame [ "Signal" => series [ 1 => 0.0; 3 => 1.0 ] ]
    let aligned = Frame.joinAlign JoinKind.Left Lookup.ExactOrSmaller daily sparse
    holdsAll [ 1, 0.0; 2, 0.0; 3, 1.0; 4, 1.0; 5, 1.0 ] aligned?Signal
    holds [ 1, Some 0.0; 2, Some 1.0; 3, Some 1.0; 4, None; 5, None ] (Frame.joinAlign JoinKind.Left Lookup.ExactOrGreater daily sparse)?Signal
    // A missing value on the other side takes its own neighbour first.
    let gappy = frame [ "Signal" => series [ 1 => 0.0; 3 => nan ] ]
    holdsAll [ 1, 0.0; 2, 0.0; 3, 0.0; 4, 0.0; 5, 0.0 ] (Frame.joinAlign JoinKind.Left Lookup.ExactOrSmaller daily gappy)?Signal
    raises<InvalidOperationException> (fun () -> Frame.joinAlign JoinKind.Outer Lookup.ExactOrSmaller daily sparse |> ignore)
    raises<InvalidOperationException> (fun () -> Frame.joinAlign JoinKind.Left Lookup.Smaller daily sparse |> ignore)

  [<Fact>]
  let ``a series joins as a column`` () =
    let f = frame [ "x" => series [ 1 => 1.0; 2 => 2.0 ] ]
    holds [ 1, None; 2, Some 20.0; 3, Some 30.0 ] (f.Join("y", series [ 2 => 20.0; 3 => 30.0 ]))?y
    holdsAll [ 2, 20.0 ] (f.Join("y", series [ 2 => 20.0; 3 => 30.0 ], JoinKind.Inner))?y
    f.AddColumn("z", series [ 1 => 7.0 ], Lookup.ExactOrSmaller)
    holdsAll [ 1, 7.0; 2, 7.0 ] f?z
    raises<InvalidOperationException> (fun () -> f.Join("x", series [ 2 => 20.0 ]) |> ignore)

  [<Fact>]
  let ``rows of one frame follow those of another`` () =
    let q1 = frame [ "Sales" => series [ 1 => 100.0; 2 => 120.0; 3 => 130.0 ] ]
    let q2 = frame [ "Sales" => series [ 4 => 140.0; 5 => 110.0; 6 => 150.0 ]; "Returns" => series [ 4 => 1.0; 5 => 2.0; 6 => 3.0 ] ]
    let year = Frame.merge q1 q2
    holdsAll [ 1, 100.0; 2, 120.0; 3, 130.0; 4, 140.0; 5, 110.0; 6, 150.0 ] year?Sales
    holds [ 1, None; 2, None; 3, None; 4, Some 1.0; 5, Some 2.0; 6, Some 3.0 ] year?Returns
    equal (rowKeys year) (rowKeys (Frame.mergeAll [ q1; q2 ]))
    let month = Series.ofValues [ "Jan"; "Feb"; "Mar"; "Apr"; "May"; "Jun" ] |> Series.indexWith [ 1..6 ]
    equal "Jun" ((Frame.addCol "Month" month year).GetColumn<string>("Month").[6])
    raises<InvalidOperationException> (fun () -> Frame.merge q1 q1 |> ignore)
    // Where only one of two rows with the same key has a value, they merge.
    let halves = Frame.merge (frame [ "a" => series [ 1 => 1.0 ] ]) (frame [ "b" => series [ 1 => 2.0 ] ])
    holdsAll [ 1, 1.0 ] halves?a
    holdsAll [ 1, 2.0 ] halves?b

  [<Fact>]
  let ``unsorted rows are appended`` () =
    let merged = Frame.merge (frame [ "x" => series [ "z" => 1.0; "a" => 2.0 ] ]) (frame [ "x" => series [ "m" => 3.0 ] ])
    equal [ "z"; "a"; "m" ] (rowKeys merged)
    equal [ "z"; "a"; "m" ] (rowKeys ((frame [ "x" => series [ "z" => 1.0; "a" => 2.0 ] ]).Join(frame [ "y" => series [ "m" => 3.0; "a" => 4.0 ] ])))
