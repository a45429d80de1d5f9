namespace Deedle.FSharp.Tests

open System
open System.Collections.Generic
open Deedle
open Xunit

module SeriesTests =
  let ages = series [ "Joe" => 51.0; "Tomas" => 28.0; "Eve" => 2.0; "Suzanne" => 15.0 ]

  [<Fact>]
  let ``a series is read by key, by several keys and by position`` () =
    equal 28.0 ages.["Tomas"]
    holdsAll [ "Tomas", 28.0; "Joe", 51.0 ] ages.[[ "Tomas"; "Joe" ]]
    equal None (Series.tryGet "John" ages)
    holds [ "Tomas", Some 28.0; "John", None ] (Series.getAll [ "Tomas"; "John" ] ages)
    equal 2.0 (Series.getAt 2 ages)
    equal "Eve" (ages.GetKeyAt 2)
    equal ("Joe", 51.0) (Series.firstKey ages, Series.firstValue ages)
    equal ("Suzanne", 15.0) (Series.lastKey ages, Series.lastValue ages)
    equal None (Series.tryFirstValue Series.empty<int, float>)
    equal 28.0 ages?Tomas
    raises<KeyNotFoundException> (fun () -> ages.["John"] |> ignore)
    equal None (Series.tryGetAt 4 ages)
    raises<InvalidOperationException> (fun () -> Series.getAt 4 ages |> ignore)
    raises<IndexOutOfRangeException> (fun () -> Series.getAt 0 Series.empty<int, int> |> ignore)
    raises<ArgumentOutOfRangeException> (fun () -> ages.GetKeyAt 4 |> ignore)
    raises<InvalidOperationException> (fun () -> Series([ 1; 2 ], [ 1.0 ]) |> ignore)
    raises<ArgumentException> (fun () -> series [ 1 => 1; 1 => 2 ] |> Series.get 1 |> ignore)

  [<Fact>]
  let ``observations come with and without missing values`` () =
    let gappy = Series.ofOptionalObservations [ 1 => Some 10.0; 2 => None; 3 => Some 30.0 ]
    equal [ 1, 10.0; 3, 30.0 ] (List.ofSeq (Series.observations gappy))
    equal [ 1, Some 10.0; 2, None; 3, Some 30.0 ] (List.ofSeq (Series.observationsAll gappy))
    equal [ 10.0; 30.0 ] (List.ofSeq gappy.Values)
    equal [ Some 10.0; None; Some 30.0 ] (List.ofSeq (Series.valuesAll gappy))
    equal (3, 2) (gappy.KeyCount, gappy.ValueCount)
    raises<MissingValueException> (fun () -> gappy.[2] |> ignore)

  [<Fact>]
  let ``sorted series are sliced by key, ends included`` () =
    let s = series [ 10 => "a"; 20 => "b"; 30 => "c"; 40 => "d" ]
    equal [ 20; 30 ] (List.ofSeq s.[15..35].Keys)
    equal [ 10; 20 ] (List.ofSeq s.[..20].Keys)
    equal [ 30; 40 ] (List.ofSeq s.[30..].Keys)
    equal [] (List.ofSeq s.[21..29].Keys)
    equal [ 30; 40 ] (List.ofSeq (Series.after 20 s).Keys)
    equal [ 20; 30; 40 ] (List.ofSeq (Series.startAt 20 s).Keys)
    equal [ 10 ] (List.ofSeq (Series.before 20 s).Keys)
    equal [ 10; 20 ] (List.ofSeq (Series.endAt 20 s).Keys)
    equal [ 20; 30 ] (List.ofSeq (Series.between 20 30 s).Keys)
    equal (10, 40) s.KeyRange
    raises<InvalidOperationException> (fun () -> ages.["A" .. "K"] |> ignore)

  [<Fact>]
  let ``the nearest key that has a value is found in sorted series`` () =
    let s = Series.ofOptionalObservations [ 10 => Some 1.0; 20 => None; 30 => Some 3.0 ]
    equal 1.0 (Series.lookup 25 Lookup.ExactOrSmaller s)
    equal 3.0 (Series.lookup 11 Lookup.ExactOrGreater s)
    equal 3.0 (Series.lookup 10 Lookup.Greater s)
    equal None (Series.tryLookup 10 Lookup.Smaller s)
    equal (Some(10, 1.0)) (Series.tryLookupObservation 20 Lookup.ExactOrSmaller s)
    holds [ 5, None; 15, Some 1.0; 35, Some 3.0 ] (Series.lookupAll [ 5; 15; 35 ] Lookup.ExactOrSmaller s)
    holds [ 5, None; 15, Some 1.0 ] (Series.sample [ 5; 15 ] s)
    raises<KeyNotFoundException> (fun () -> Series.lookup 5 Lookup.Smaller s |> ignore)
    raises<InvalidOperationException> (fun () -> Series.lookup "K" Lookup.Smaller ages |> ignore)

  [<Fact>]
  let ``parts are taken by position, and only as much as there is`` () =
    equal [ "Joe"; "Tomas" ] (List.ofSeq (Series.take 2 ages).Keys)
    equal [ "Eve"; "Suzanne" ] (List.ofSeq (Series.takeLast 2 ages).Keys)
    equal [ "Suzanne" ] (List.ofSeq (Series.skip 3 ages).Keys)
    equal [ "Joe" ] (List.ofSeq (Series.skipLast 3 ages).Keys)
    equal 0 (Series.take 0 ages).KeyCount
    raises<ArgumentException> (fun () -> Series.take 5 ages |> ignore)
    raises<ArgumentException> (fun () -> Series.takeLast -1 ages |> ignore)

  [<Fact>]
  let ``filters see present values, filterAll sees the missing ones too`` () =
    let s = series [ 1 => 1.0; 2 => nan; 3 => 3.0 ]
    equal [ 3 ] (List.ofSeq (Series.filterValues (fun v -> v > 1.0) s).Keys)
    equal [ 1 ] (List.ofSeq (Series.filter (fun k _ -> k < 3) s).Keys)
    equal [ 2; 3 ] (List.ofSeq (Series.filterAll (fun k _ -> k > 1) s).Keys)

  [<Fact>]
  let ``maps keep keys and missing values`` () =
    let s = series [ 1 => 1.0; 2 => nan; 3 => 3.0 ]
    holds [ 1, Some "1"; 2, None; 3, Some "3" ] (Series.mapValues string s)
    holds [ 1, Some 2.0; 2, None; 3, Some 6.0 ] (Series.map (fun k v -> float k + v) s)
    holds [ 1, Some 2.0; 2, Some 0.0; 3, Some 6.0 ] (Series.mapAll (fun _ v -> match v with None -> Some 0.0 | Some x -> Some(2.0 * x)) s)
    holds [ "k1", Some 1.0; "k2", None; "k3", Some 3.0 ] (Series.mapKeys (sprintf "k%d") s)
    raises<ArgumentException> (fun () -> Series.mapKeys (fun _ -> "same") s |> Series.get "same" |> ignore)
    holds [ 1, None; 2, None; 3, Some 3.0 ] (Series.mapValues (fun v -> if v > 1.0 then Some v else None) s |> Series.flatten)
    // A value that is missing within the function makes the result missing.
    holds [ 1, Some 1.0; 2, None ] (series [ 1 => 1; 2 => 2 ] |> Series.mapValues (fun k -> s.[k]))

  [<Fact>]
  let ``folds run over the present values`` () =
    let s = series [ 1 => 1.0; 2 => nan; 3 => 3.0 ]
    holds [ 1, Some 1.0; 2, None; 3, Some 4.0 ] (Series.scanValues (+) 0.0 s)
    holds [ 1, Some 1.0; 2, Some 1.0; 3, Some 4.0 ] (Series.scanAllValues (fun a b -> Some(defaultArg a 0.0 + defaultArg b 0.0)) None s)
    equal 4.0 (Series.reduceValues (+) s)
    equal 5.0 (Series.foldValues (+) 1.0 s)
    Assert.ThrowsAny<ArgumentException>(Action(fun () -> Series.reduceValues (+) Series.empty<int, float> |> ignore)) |> ignore

  [<Fact>]
  let ``sorting puts missing values first`` () =
    let s = series [ "a" => 3.0; "b" => nan; "c" => 1.0; "d" => 2.0 ]
    equal [ "b"; "c"; "d"; "a" ] (List.ofSeq (Series.sort s).Keys)
    equal [ "b"; "a"; "d"; "c" ] (List.ofSeq (Series.sortBy (fun v -> -v) s).Keys)
    equal [ "b"; "a"; "d"; "c" ] (List.ofSeq (Series.sortWith (fun x y -> compare y x) s).Keys)
    equal [ "d"; "c"; "b"; "a" ] (List.ofSeq (Series.rev s).Keys)
    equal [ "A"; "B"; "a"; "b" ] (List.ofSeq (Series.sort (Series.ofValues [ "b"; "A"; "a"; "B" ])).Values)
    equal [ 1; 2; 3 ] (List.ofSeq (Series.sortByKey (series [ 3 => 'c'; 1 => 'a'; 2 => 'b' ])).Keys)

  [<Fact>]
  let ``new keys are given by position`` () =
    let s = series [ "a" => 1; "b" => 2; "c" => 3 ]
    holdsAll [ 0, 1; 1, 2; 2, 3 ] (Series.indexOrdinally s)
    holdsAll [ 7, 1; 8, 2; 9, 3 ] (Series.indexWith [ 7; 8; 9 ] s)
    holds [ 7, Some 1; 8, Some 2; 9, Some 3; 10, None ] (Series.indexWith [ 7; 8; 9; 10 ] s)
    holdsAll [ 7, 1 ] (Series.indexWith [ 7 ] s)
    holds [ "b", Some 2; "z", None ] (Series.realign [ "b"; "z" ] s)

  [<Fact>]
  let ``series merge where at most one has a value`` () =
    let primary = Series.ofOptionalObservations [ 1, Some 10.0; 2, None; 3, Some 30.0; 4, None ]
    let secondary = Series.ofOptionalObservations [ 2, Some 20.0; 4, Some 40.0 ]
    holdsAll [ 1, 10.0; 2, 20.0; 3, 30.0; 4, 40.0 ] (Series.merge primary secondary)
    raises<InvalidOperationException> (fun () -> Series.merge primary (series [ 1 => 11.0 ]) |> ignore)
    holds [ 1, Some 11.0; 2, None; 3, Some 30.0; 4, None ] (Series.mergeUsing UnionBehavior.PreferRight primary (series [ 1 => 11.0 ]))
    holds [ 1, Some 10.0; 2, None; 3, Some 30.0; 4, None ] (Series.mergeUsing UnionBehavior.PreferLeft primary (series [ 1 => 11.0 ]))
    // Sorted keys stay sorted, others are appended.
    equal [ 1; 2; 3 ] (List.ofSeq (Series.merge (series [ 1 => 1; 3 => 3 ]) (series [ 2 => 2 ])).Keys)
    equal [ 3; 1; 2 ] (List.ofSeq (Series.merge (series [ 3 => 1; 1 => 3 ]) (series [ 2 => 2 ])).Keys)
    equal [ 1; 2; 3; 4 ] (List.ofSeq (Series.mergeAll [ series [ 4 => 1 ]; series [ 1 => 2; 3 => 2 ]; series [ 2 => 3 ] ]).Keys)

  [<Fact>]
  let ``series are compared key by key`` () =
    let before, after = series [ 1 => "a"; 2 => "b"; 3 => "c" ], series [ 2 => "b"; 3 => "z"; 4 => "d" ]
    holdsAll [ 2, "b" ] (Series.intersect before after)
    holdsAll [ 1, Diff.Remove "a"; 3, Diff.Change("c", "z"); 4, Diff.Add "d" ] (Series.compare before after)

  [<Fact>]
  let ``groups keep the order of their first member`` () =
    let s = series [ 1 => "pear"; 2 => "apple"; 3 => "plum"; 4 => null ]
    let groups = Series.groupBy (fun _ (v: string) -> v.[0]) s
    equal [ 'p'; 'a' ] (List.ofSeq groups.Keys)
    equal [ 1; 3 ] (List.ofSeq groups.['p'].Keys)
    holdsAll [ 'p', 2; 'a', 1 ] (Series.groupInto (fun _ (v: string) -> v.[0]) (fun _ group -> group.ValueCount) s)

  [<Fact>]
  let ``levels of tuple keys are looked up, applied and reduced`` () =
    let s = series [ ("a", 1) => 1.0; ("b", 1) => 2.0; ("a", 2) => 3.0 ]
    equal [ ("a", 1); ("a", 2) ] (List.ofSeq s.[Lookup1Of2 "a"].Keys)
    equal [ ("a", 1); ("b", 1) ] (List.ofSeq s.[Lookup2Of2 1].Keys)
    equal [ ("a", 2) ] (List.ofSeq s.[LookupAnyOf2 (Some "a") (Some 2)].Keys)
    equal [ ("a", 1); ("a", 2) ] (List.ofSeq s.["a", *].Keys)
    equal [ ("a", 1); ("b", 1) ] (List.ofSeq s.[*, 1].Keys)
    holdsAll [ "a", 4.0; "b", 2.0 ] (Series.applyLevel fst Stats.sum s)
    holdsAll [ 1, 3.0; 2, 3.0 ] (Series.reduceLevel snd (+) s)
    equal [ "x" ] (List.ofSeq (series [ ("x", 1, true) => 5 ] |> Series.mapKeys Pair.get1Of3).Keys)

  [<Fact>]
  let ``equality is by keys and values`` () =
    equal true (series [ 1 => 1.0; 2 => nan ] = series [ 1 => 1.0; 2 => nan ])
    equal false (series [ 1 => 1.0 ] = series [ 2 => 1.0 ])
    equal false (series [ 1 => 1.0 ] = series [ 1 => 2.0 ])

  [<Fact>]
  let ``a series prints on one line`` () =
    equal "series [ 1 => a; 2 => b]" (string (series [ 1 => "a"; 2 => "b" ]))
    equal "series [ 0 => 0; 1 => 1; 2 => 2; 3 => 3; 4 => 4;  ... ; 9 => 9]" (string (Series.ofValues [ 0..9 ]))
    equal "series [ 0 => 1; 1 => <missing>]" (string (Series.ofValues [ 1.0; nan ]))

  [<Fact>]
  let ``untyped series are read with a type`` () =
    let row = ObjectSeries(series [ "n" => box 3; "x" => box 1.5; "t" => box "7"; "gap" => null ])
    equal 3.0 (row.GetAs<float> "n")
    equal 7 (row.GetAs<int> "t")
    equal 2.5 (row.GetAs<float>("gap", 2.5))
    equal 1.5 row?x
    equal true (Double.IsNaN row?gap)
    equal false (row.TryGetAs<float> "gap").HasValue
    equal [ 3.0; 1.5 ] (List.ofSeq (row.GetValues<float>()))
    equal [ 3.0; 1.5; 7.0 ] (List.ofSeq (row.GetValues<float> ConversionKind.Flexible))
    equal false (row.TryAs<float>()).HasValue
    raises<KeyNotFoundException> (fun () -> row.GetAs<float> "nothing" |> ignore)
    raises<KeyNotFoundException> (fun () -> row.GetAs<float>("nothing", 1.0) |> ignore)
    raises<MissingValueException> (fun () -> row.GetAs<float> "gap" |> ignore)
    raises<FormatException> (fun () -> ObjectSeries(series [ "t" => box "text" ]).GetAs<float> "t" |> ignore)
