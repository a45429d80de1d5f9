namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

module GroupingTests =
  let passengers = Tables.passengers

  [<Fact>]
  let ``grouping puts a level before the row keys`` () =
    let byClass = passengers () |> Frame.groupRowsByInt "Class"
    equal [ 1, 0; 1, 3; 1, 6; 3, 1; 3, 2; 3, 4; 3, 7; 2, 5 ] (rowKeys byClass)
    nearAll [ 1, 42.5; 3, 50.0 / 3.0; 2, 54.0 ] (byClass?Age |> Stats.levelMean fst)
    holdsAll [ 1, 3; 3, 3; 2, 1 ] (byClass?Age |> Stats.levelCount fst)
    equal [ "female", 0; "female", 3 ] (passengers () |> Frame.groupRowsByString "Sex" |> rowKeys |> List.take 2)
    equal [ true; false ] (passengers () |> Frame.groupRowsByBool "Survived" |> rowKeys |> List.map fst |> List.distinct)
    let initial _ (row: ObjectSeries<string>) = row.GetAs<string>("Sex").Substring(0, 1)
    equal [ "f"; "m" ] (passengers () |> Frame.groupRowsUsing initial |> rowKeys |> List.map fst |> List.distinct)
    equal [ 0; 1 ] (passengers () |> Frame.groupRowsByIndex (fun key -> key % 2) |> rowKeys |> List.map fst |> List.distinct)
    raises<Exception> (fun () -> (passengers () |> Frame.groupRowsBy "Age" : Frame<float * int, string>) |> ignore)

  [<Fact>]
  let ``grouping twice gives three levels`` () =
    let bySexAndClass = passengers () |> Frame.groupRowsByInt "Class" |> Frame.groupRowsByString "Sex" |> Frame.mapRowKeys Pair.flatten3
    let expected = [ ("female", 1), 36.75; ("female", 3), 14.0; ("male", 1), 54.0; ("male", 3), 22.0; ("male", 2), 54.0 ]
    nearAll expected (bySexAndClass?Age |> Stats.levelMean Pair.get1And2Of3)
    let survival =
      bySexAndClass.GetColumn<bool> "Survived"
      |> Series.applyLevel Pair.get1And2Of3 (Series.values >> Seq.countBy id >> series)
      |> Frame.ofRows
    holds [ ("female", 1), Some 2; ("female", 3), Some 1; ("male", 1), None; ("male", 3), None; ("male", 2), None ] (survival.GetColumn<int> true)

  [<Fact>]
  let ``all numeric columns are averaged by level`` () =
    let byClass = passengers () |> Frame.groupRowsByInt "Class"
    let means = byClass |> Frame.getNumericCols |> Series.mapValues (Stats.levelMean fst) |> Frame.ofColumns |> Frame.dropEmptyCols
    equal [ "Class"; "Age"; "Fare" ] (columnKeys means)
    nearAll [ 1, 176.1 / 3.0; 3, 44.3 / 4.0; 2, 26.0 ] means?Fare
    let applied = byClass |> Frame.applyLevel fst (fun (column: Series<_, float>) -> Stats.max column)
    nearAll [ 1, 71.25; 3, 21.075; 2, 26.0 ] applied?Fare
    let reduced = byClass |> Frame.reduceLevel fst (fun (x: float) y -> x + y)
    nearAll [ 1, 127.5; 3, 50.0; 2, 54.0 ] reduced?Age

  [<Fact>]
  let ``rows are aggregated by the values of columns`` () =
    let table = passengers () |> Frame.aggregateRowsBy [ "Class"; "Sex" ] [ "Fare" ] Stats.mean
    equal [ "Class"; "Sex"; "Fare" ] (columnKeys table)
    equal [ 1, "female"; 3, "male"; 3, "female"; 2, "male"; 1, "male" ]
      (List.zip (List.ofSeq (table.GetColumn<int> "Class").Values) (List.ofSeq (table.GetColumn<string> "Sex").Values))
    nearAll [ 0, 62.175; 1, 7.65; 2, 14.5; 3, 26.0; 4, 51.75 ] table?Fare
    nearAll [ 0, 42.5; 1, 50.0 / 3.0; 2, 54.0 ] (passengers () |> Frame.aggregateRowsBy [ "Class" ] [ "Age" ] Stats.mean)?Age
    raises<InvalidOperationException> (fun () -> passengers () |> Frame.aggregateRowsBy [ "Deck" ] [ "Age" ] Stats.mean |> ignore)

  [<Fact>]
  let ``pivot tables count and average two-way groups`` () =
    let sex (_: int) (row: ObjectSeries<string>) = row.GetAs<string> "Sex"
    let survived (_: int) (row: ObjectSeries<string>) = row.GetAs<bool> "Survived"
    let counts = passengers () |> Frame.pivotTable sex survived Frame.countRows
    equal ([ "female"; "male" ], [ true; false ]) (List.sort (rowKeys counts), columnKeys counts)
    holds [ "female", Some 3; "male", None ] (counts.GetColumn<int> true |> Series.sortByKey)
    holds [ "female", Some 1; "male", Some 4 ] (counts.GetColumn<int> false |> Series.sortByKey)
    let ages = passengers () |> Frame.pivotTable sex survived (fun part -> Stats.mean part?Age) |> round
    holds [ "female", Some 33.0; "male", None ] (ages.GetColumn<float> true |> Series.sortByKey)
    holds [ "female", Some 2.0; "male", Some 43.0 ] (ages.GetColumn<float> false |> Series.sortByKey)
    let typed = passengers().PivotTable<string, int, int>("Sex", "Class", Frame.countRows)
    holds [ "female", Some 2; "male", Some 2 ] (typed.GetColumn<int> 3 |> Series.sortByKey)

  [<Fact>]
  let ``nesting gives a frame a group, unnesting takes it back`` () =
    let bySex = passengers () |> Frame.groupRowsByString "Sex"
    let nested = Frame.nest bySex
    equal [ "female"; "male" ] (List.ofSeq nested.Keys)
    equal [ 0; 3; 4; 7 ] (rowKeys nested.["female"])
    equal (rowKeys bySex |> List.sort) (Frame.unnest nested |> rowKeys |> List.sort)
    equal 4 (Frame.nestBy (fun key -> key % 2) (passengers ())).[1].RowCount

  [<Fact>]
  let ``counting values by person makes a frame of rows`` () =
    let travels = series [ "Joe" => [ "UK"; "US"; "UK" ]; "Eve" => [ "FR" ] ]
    let counts = travels |> Series.mapValues (Seq.countBy id >> series) |> Frame.ofRows |> Frame.fillMissingWith 0
    equal [ "UK"; "US"; "FR" ] (columnKeys counts)
    holdsAll [ "Joe", 2; "Eve", 0 ] (counts.GetColumn<int> "UK")
    holdsAll [ "Joe", 0; "Eve", 1 ] (counts.GetColumn<int> "FR")

  [<Fact>]
  let ``rows of one level are sliced out`` () =
    let bySex = passengers () |> Frame.groupRowsByString "Sex"
    equal [ "male", 1; "male", 2; "male", 5; "male", 6 ] (rowKeys bySex.Rows.["male", *])
    equal [ "male", 5 ] (rowKeys bySex.Rows.[*, 5])
    equal [ "male", 1; "male", 2; "male", 5; "male", 6 ] (rowKeys bySex.Rows.[Lookup1Of2 "male"])
