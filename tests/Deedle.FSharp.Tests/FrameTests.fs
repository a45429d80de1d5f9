namespace Deedle.FSharp.Tests

open System
open System.Collections.Generic
open Deedle
open Xunit

module FrameTests =
  type Person = { Name: string; Age: int; Countries: string list }
  let people () =
    Frame.ofRecords
      [ { Name = "Joe"; Age = 51; Countries = [ "UK"; "US"; "UK" ] }
        { Name = "Tomas"; Age = 28; Countries = [ "CZ"; "UK"; "US"; "CZ" ] }
        { Name = "Eve"; Age = 2; Countries = [ "FR" ] }
        { Name = "Suzanne"; Age = 15; Countries = [ "US" ] } ]
    |> Frame.indexRowsString "Name"
  let letters () = frame [ "x" => series [ "a" => 1.0; "b" => 2.0; "c" => 3.0 ]; "y" => series [ "a" => 10.0; "c" => 30.0 ] ]

  [<Fact>]
  let ``records become rows, one of their properties the row keys`` () =
    let people = people ()
    equal [ "Joe"; "Tomas"; "Eve"; "Suzanne" ] (rowKeys people)
    equal [ "Age"; "Countries" ] (columnKeys people)
    holdsAll [ "Joe", 51.0; "Tomas", 28.0; "Eve", 2.0; "Suzanne", 15.0 ] people?Age
    equal [ "FR" ] (people.GetColumn<string list>("Countries").["Eve"])
    equal [ typeof<int>; typeof<string list> ] (List.ofSeq people.ColumnTypes)

  [<Fact>]
  let ``columns are added, replaced and dropped in place`` () =
    let people = people ()
    people?AgePlusOne <- people?Age |> Series.mapValues ((+) 1.0)
    people?Siblings <- [ 0; 2; 1; 3 ]
    people.ReplaceColumn("Siblings", [ 3; 2; 1; 0 ])
    equal [ "Age"; "Countries"; "AgePlusOne"; "Siblings" ] (columnKeys people)
    holdsAll [ "Joe", 3.0; "Tomas", 2.0; "Eve", 1.0; "Suzanne", 0.0 ] people?Siblings
    people.DropColumn "Countries"
    people.RenameColumn("AgePlusOne", "Next")
    equal [ "Age"; "Next"; "Siblings" ] (columnKeys people)
    people.RenameColumn("no such", "still not")
    people.RenameColumns(fun (name: string) -> name.ToLower())
    equal [ "age"; "next"; "siblings" ] (columnKeys people)
    raises<ArgumentException> (fun () -> people.DropColumn "no such" |> ignore)
    raises<InvalidOperationException> (fun () -> people.AddColumn("age", [ 1; 2; 3; 4 ]) |> ignore)

  [<Fact>]
  let ``added values are at most as many as there are rows`` () =
    let f = frame [ "x" => series [ 1 => 1; 2 => 2; 3 => 3 ] ]
    f.AddColumn("few", [ 10 ])
    f.AddColumn("all", [ 10; 20; 30 ])
    holds [ 1, Some 10.0; 2, None; 3, None ] f?few
    holdsAll [ 1, 10.0; 2, 20.0; 3, 30.0 ] f?all
    raises<InvalidOperationException> (fun () -> f.AddColumn("many", [ 10; 20; 30; 40 ]) |> ignore)
    raises<InvalidOperationException> (fun () -> f.ReplaceColumn("few", [ 10; 20 ]) |> ignore)
    let empty = Frame.empty<int, string>
    empty.AddColumn("x", [ 5; 6 ])
    holdsAll [ 0, 5.0; 1, 6.0 ] empty?x
    raises<InvalidOperationException> (fun () -> Frame.empty<string, string>.AddColumn("x", [ 5 ]) |> ignore)

  [<Fact>]
  let ``functions leave the frame as it was`` () =
    let f = letters ()
    equal [ "x"; "y"; "z" ] (columnKeys (Frame.addCol "z" f?x f))
    equal [ "y" ] (columnKeys (Frame.dropCol "x" f))
    equal [ "y"; "x" ] (columnKeys (Frame.replaceCol "x" f?y f))
    equal [ "u"; "y" ] (columnKeys (Frame.renameCol "x" "u" f))
    equal [ "x"; "y" ] (columnKeys f)

  [<Fact>]
  let ``a row is merged under its key`` () =
    let newRow = series [ "Name" => box "Jim"; "Age" => box 51; "Countries" => box [ "US" ] ]
    let more = people().Merge("Jim", newRow)
    equal 51.0 more?Age.["Jim"]
    equal 5 more.RowCount

  [<Fact>]
  let ``columns and rows are cut out by key`` () =
    let f = letters ()
    equal [ "y"; "x" ] (columnKeys f.Columns.[[ "y"; "x" ]])
    equal [ "y" ] (columnKeys (Frame.sliceCols [ "y" ] f))
    equal [ "c"; "a" ] (rowKeys f.Rows.[[ "c"; "a" ]])
    equal [ "a"; "b" ] (rowKeys f.Rows.["a" .. "b"])
    equal [ "b"; "c" ] (rowKeys f.Rows.["b" ..])
    equal [ "x" ] (columnKeys f.Columns.[.. "x"])
    equal [ "c" ] (rowKeys (Frame.rowsAfter "b" f))
    equal [ "a" ] (rowKeys (Frame.rowsBefore "b" f))
    equal [ "b"; "c" ] (rowKeys (Frame.rowsBetween "b" "d" f))
    holds [ "z", None; "a", Some 1.0 ] f.Rows.[[ "z"; "a" ]]?x
    equal 2.0 (f.Rows.["b"].GetAs<float> "x")
    equal 3.0 f.Rows.["c"]?x
    equal (box 30.0) f.["y", "c"]
    holds [ "x", Some 2.0; "y", None ] (Frame.getRow "b" f)
    holds [ "x", Some 2.0; "y", None ] (f.GetRowAt<float> 1)
    raises<KeyNotFoundException> (fun () -> f.Rows.["z"] |> ignore)
    raises<InvalidOperationException> (fun () -> f.GetRow<float> "z" |> ignore)
    raises<ArgumentException> (fun () -> f.GetColumn<float> "z" |> ignore)
    raises<KeyNotFoundException> (fun () -> f.["z", "a"] |> ignore)
    raises<MissingValueException> (fun () -> f.["y", "b"] |> ignore)
    raises<ArgumentOutOfRangeException> (fun () -> f.GetRowAt<float> 3 |> ignore)
    raises<InvalidOperationException> (fun () -> f.GetColumnAt<float> 3 |> ignore)

  [<Fact>]
  let ``columns and rows are looked up by the nearest key`` () =
    let f = frame [ 10 => series [ 1 => 1.0; 5 => 5.0 ]; 20 => series [ 1 => 2.0; 5 => 6.0 ] ]
    holdsAll [ 1, 1.0; 5, 5.0 ] (Frame.lookupCol 15 Lookup.ExactOrSmaller f)
    equal None (Frame.tryLookupCol 5 Lookup.ExactOrSmaller f : Series<int, float> option)
    holdsAll [ 10, 5.0; 20, 6.0 ] (Frame.lookupRow 3 Lookup.ExactOrGreater f)
    equal None (Frame.tryLookupRow 9 Lookup.ExactOrGreater f : Series<int, float> option)

  [<Fact>]
  let ``columns are read with a type`` () =
    let f = frame [ "i" =?> series [ 1 => 1; 2 => 2 ]; "t" =?> series [ 1 => "3"; 2 => "4" ]; "w" =?> series [ 1 => "x"; 2 => "y" ] ]
    holdsAll [ 1, 1.0; 2, 2.0 ] (f.GetColumn<float> "i")
    holdsAll [ 1, 3.0; 2, 4.0 ] (f.GetColumn<float> "t")
    holdsAll [ 1, "1"; 2, "2" ] (f.GetColumn<string> "i")
    raises<FormatException> (fun () -> f.GetColumn<float> "w" |> ignore)
    // Without loss only the numbers can be read as floats; the others are there without a value.
    equal [ "i"; "t"; "w" ] (List.ofSeq (Frame.getNumericCols f).Keys)
    equal [ "i" ] ((Frame.getNumericCols f).Observations |> Seq.map (fun kv -> kv.Key) |> List.ofSeq)
    equal [ 1.0; 2.0 ] (List.ofSeq (f.GetAllColumns<float> ConversionKind.Safe |> Seq.collect (fun kv -> kv.Value.Values)))
    equal [ "x"; "y" ] (f.GetAllColumns<string> ConversionKind.Exact |> Seq.map (fun kv -> kv.Value) |> Seq.last |> Series.values |> List.ofSeq)

  [<Fact>]
  let ``rows are filtered, mapped and taken`` () =
    let f = Tables.passengers () |> Frame.indexRowsString "Name"
    equal [ "Ada"; "Dora"; "Gus" ] (rowKeys (f |> Frame.filterRows (fun _ row -> row.GetAs<int> "Class" = 1)))
    equal [ "Finn"; "Gus" ] (rowKeys (f |> Frame.filterRowValues (fun row -> row?Age > 50.0)))
    equal [ "Finn" ] (rowKeys (f |> Frame.filterRowsBy "Class" 2))
    equal [ "Ada"; "Ben" ] (rowKeys (Frame.take 2 f))
    equal [ "Han" ] (rowKeys (Frame.takeLast 1 f))
    equal [ "Han" ] (rowKeys (Frame.skip 7 f))
    equal [ "Ada" ] (rowKeys (Frame.skipLast 7 f))
    raises<ArgumentException> (fun () -> Frame.take 9 f |> ignore)
    equal "Ada/1" ((f |> Frame.mapRows (fun key row -> sprintf "%s/%d" key (row.GetAs<int> "Class"))).["Ada"])
    holds [ "Ada", Some 77.0; "Cid", None ] ((f |> Frame.mapRowValues (fun row -> 2.0 * row.GetAs<float> "Age")).[[ "Ada"; "Cid" ]])
    equal [ "ADA"; "BEN" ] (rowKeys (f |> Frame.take 2 |> Frame.mapRowKeys (fun name -> name.ToUpper())))
    equal [ typeof<int>; typeof<string> ] (f |> Frame.filterRows (fun _ _ -> false) |> (fun none -> List.ofSeq none.ColumnTypes) |> List.take 2)

  [<Fact>]
  let ``columns are filtered and mapped`` () =
    let f = letters ()
    equal [ "y" ] (columnKeys (f |> Frame.filterCols (fun key _ -> key = "y")))
    equal [ "x" ] (columnKeys (f |> Frame.filterColValues (fun column -> column.ValueCount = 3)))
    holdsAll [ "a", 2.0; "b", 4.0; "c", 6.0 ] (f |> Frame.mapColValues (fun column -> column.As<float>() * 2.0))?x
    holdsAll [ "a", 1.0; "b", 1.0; "c", 1.0 ] (f |> Frame.mapCols (fun _ column -> column.As<float>() |> Series.mapValues (fun _ -> 1.0)))?x
    equal [ "xx"; "yy" ] (columnKeys (f |> Frame.mapColKeys (fun key -> key + key)))
    holds [ "a", Some 11.0; "b", None; "c", Some 31.0 ] (f |> Frame.mapValues ((+) 1.0))?y
    holdsAll [ "a", "ax1"; "b", "bx2"; "c", "cx3" ] ((f |> Frame.map (fun r c (v: float) -> sprintf "%s%s%g" r c v)).GetColumn<string> "x")

  [<Fact>]
  let ``rows are sorted by a column, a function of it, or their keys`` () =
    let f = Tables.passengers () |> Frame.indexRowsString "Name"
    equal [ "Cid"; "Han"; "Ben"; "Eve"; "Dora"; "Ada"; "Finn"; "Gus" ] (rowKeys (Frame.sortRows "Age" f))
    equal [ "Gus"; "Dora"; "Ada" ] (f |> Frame.sortRowsBy "Fare" (fun (fare: float) -> abs (fare - 50.0)) |> rowKeys |> List.take 3)
    equal [ "Ada"; "Dora" ] (f |> Frame.sortRowsWith "Fare" (fun (x: float) y -> compare y x) |> rowKeys |> List.take 2)
    equal [ "Ada"; "Ben"; "Cid" ] (f |> Frame.sortRows "Fare" |> Frame.sortRowsByKey |> rowKeys |> List.take 3)
    equal [ "Age"; "Class"; "Fare" ] (f |> Frame.sortColsByKey |> columnKeys |> List.take 3)
    equal (Some "Ada") (f |> Frame.maxRowBy "Fare" |> Option.map fst)
    equal (Some "Ben") (f |> Frame.minRowBy "Fare" |> Option.map fst)

  [<Fact>]
  let ``rows get new keys`` () =
    let f = letters ()
    equal [ 0; 1; 2 ] (rowKeys (Frame.indexRowsOrdinally f))
    equal [ 7; 8; 9 ] (rowKeys (Frame.indexRowsWith [ 7; 8; 9 ] f))
    holds [ 7, Some 1.0; 8, Some 2.0; 9, Some 3.0; 10, None ] (Frame.indexRowsWith [ 7; 8; 9; 10 ] f)?x
    equal [ 7 ] (rowKeys (Frame.indexRowsWith [ 7 ] f))
    equal [ 1.0; 2.0; 3.0 ] (rowKeys (f |> Frame.indexRowsUsing (fun row -> row?x)))
    equal [ 10.0; 30.0 ] (rowKeys (f |> Frame.indexRows "y" : Frame<float, string>))
    holds [ "c", Some 3.0; "z", None ] (Frame.realignRows [ "c"; "z" ] f)?x
    raises<ArgumentException> (fun () -> Frame.indexColsWith [ 1 ] f |> ignore)
    raises<ArgumentException> (fun () -> Frame.indexRowsInt "Class" (Tables.passengers ()) |> rowKeys |> ignore)

  [<Fact>]
  let ``frames come from columns, rows, cells and arrays`` () =
    let columns = Frame.ofColumns [ "A" => series [ 1 => 10.0; 2 => 20.0; 3 => 30.0 ]; "B" => series [ 2 => 200.0; 3 => 300.0; 4 => 400.0 ] ]
    equal [ 1; 2; 3; 4 ] (rowKeys columns)
    holds [ 1, Some 10.0; 2, Some 20.0; 3, Some 30.0; 4, None ] columns?A
    let rows = Frame.ofRows [ "r" => series [ "A" => 1; "B" => 2 ]; "s" => series [ "C" => 3 ] ]
    equal [ "A"; "B"; "C" ] (columnKeys rows)
    holds [ "r", Some 2.0; "s", None ] rows?B
    equal typeof<int> (Seq.head rows.ColumnTypes)
    let cells = Frame.ofValues [ ("r", "A", 1); ("s", "A", 2); ("s", "B", 3) ]
    holds [ "r", None; "s", Some 3.0 ] cells?B
    let matrix = [ [ 1.0; 2.0 ]; [ 3.0; 4.0 ] ]
    equal matrix [ for row in (Frame.ofArray2D (array2D matrix)).Rows.Values -> List.ofSeq (row.As<float>().Values) ]
    equal (box 4.0) (Frame.ofJaggedArray [| [| 1.0; 2.0 |]; [| 3.0; 4.0 |] |]).[1, 1]
    raises<InvalidOperationException> (fun () -> Frame.ofJaggedArray [| [| 1.0 |]; [| 3.0; 4.0 |] |] |> ignore)
    equal [ 0; 1 ] (rowKeys (Frame.ofRowsOrdinal [ series [ "A" => 1 ]; series [ "A" => 2 ] ] |> Frame.mapRowKeys int))
    equal 0 (Frame.empty<int, string>).RowCount
    equal [ "a"; "b" ] (rowKeys (Frame.ofRowKeys [ "a"; "b" ]))

  [<Fact>]
  let ``arrays hold the values, NaN where they are missing`` () =
    let matrix = Frame.toArray2D (letters ())
    equal 2.0 matrix.[1, 0]
    equal true (Double.IsNaN matrix.[1, 1])
    equal -1.0 (letters().ToArray2D<float>(-1.0).[1, 1])
    equal 30.0 (Frame.toJaggedArray (letters ())).[2].[1]
    raises<InvalidOperationException> (fun () -> letters().ToArray2D<int>() |> ignore)

  [<Fact>]
  let ``transposing exchanges rows and columns`` () =
    let t = Frame.transpose (letters ())
    equal ([ "x"; "y" ], [ "a"; "b"; "c" ]) (rowKeys t, columnKeys t)
    holds [ "x", Some 2.0; "y", None ] t?b

  [<Fact>]
  let ``melting gives a row a value, unmelting takes it back`` () =
    let melted = Frame.melt (letters ())
    equal [ "Row"; "Column"; "Value" ] (columnKeys melted)
    equal [ "a"; "a"; "b"; "c"; "c" ] (List.ofSeq (melted.GetColumn<string> "Row").Values)
    equal [ "x"; "y"; "x"; "x"; "y" ] (List.ofSeq (melted.GetColumn<string> "Column").Values)
    equal [ 1.0; 10.0; 2.0; 3.0; 30.0 ] (List.ofSeq melted?Value.Values)
    let back: Frame<string, string> = Frame.unmelt melted
    holds [ "a", Some 10.0; "b", None; "c", Some 30.0 ] back?y

  [<Fact>]
  let ``windows and shifts of rows`` () =
    let f = frame [ "x" => series [ 1 => 1.0; 2 => 3.0; 3 => 6.0; 4 => 10.0 ] ]
    equal [ 3; 4 ] (List.ofSeq (Frame.window 3 f).Keys)
    holdsAll [ 3, 10.0; 4, 19.0 ] (f |> Frame.windowInto 3 (fun window -> Stats.sum window?x))
    holdsAll [ 2, 1.0; 3, 3.0; 4, 6.0 ] (Frame.shift 1 f)?x
    holdsAll [ 2, 2.0; 3, 3.0; 4, 4.0 ] (Frame.diff 1 f)?x

  [<Fact>]
  let ``a grouped frame prints its keys level by level`` () =
    let f = frame [ "x" => series [ ("a", 1) => 1.5; ("a", 2) => nan; ("b", 1) => 2.0 ] ]
    let words =
      f.Format().Split([| '\n' |], StringSplitOptions.RemoveEmptyEntries)
      |> Array.map (fun line -> line.Split([| ' '; '\r' |], StringSplitOptions.RemoveEmptyEntries) |> List.ofArray)
    equal [ "x" ] words.[0]
    equal [ "a"; "1"; "->" ] (List.take 3 words.[1])
    equal [ "2"; "->"; "<missing>" ] words.[2]
    equal [ "b"; "1"; "->" ] (List.take 3 words.[3])
