namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

module WindowTests =
  let six = Tables.numbered [ 1.0; 2.0; 3.0; 4.0; 5.0; 6.0 ]
  let letters = Series.ofValues [ 'a' .. 'e' ]
  let text (s: Series<int, char>) = String(Series.values s |> Array.ofSeq)

  [<Fact>]
  let ``windows of four of six values are three, under their last key`` () =
    let windows = Series.window 4 six
    equal [ 4; 5; 6 ] (List.ofSeq windows.Keys)
    equal [ 2.0; 3.0; 4.0; 5.0 ] (List.ofSeq windows.[5].Values)
    holdsAll [ 4, 2.5; 5, 3.5; 6, 4.5 ] (Series.windowInto 4 Stats.mean six)
    holdsAll [ 4, 1.0; 5, 2.0; 6, 3.0 ] (Series.windowInto 4 Series.firstValue six)

  [<Fact>]
  let ``incomplete windows come at the boundary that is named`` () =
    six
    |> Series.windowSizeInto (4, Boundary.AtBeginning) (fun ds -> Stats.mean ds.Data)
    |> holdsAll [ 1, 1.0; 2, 1.5; 3, 2.0; 4, 2.5; 5, 3.5; 6, 4.5 ]
    letters
    |> Series.windowSizeInto (3, Boundary.AtEnding) (function
      | DataSegment.Complete part -> (text part).ToUpper()
      | DataSegment.Incomplete part -> (text part).PadRight(3, '-'))
    |> holdsAll [ 0, "ABC"; 1, "BCD"; 2, "CDE"; 3, "de-"; 4, "e--" ]
    equal 0 (Series.window 7 six).KeyCount
    equal [ 1; 2 ] (Series.windowSize (7, Boundary.AtBeginning) (Series.take 2 six) |> Series.values |> Seq.map (fun w -> w.KeyCount) |> List.ofSeq)

  [<Fact>]
  let ``chunks are disjoint, under their first key`` () =
    holdsAll [ 0, "ab"; 2, "cd" ] (letters |> Series.chunkInto 2 text)
    holdsAll [ 0, "ab"; 2, "cd"; 4, "e" ] (letters |> Series.chunkSizeInto (2, Boundary.AtEnding) (fun ds -> text ds.Data))
    holdsAll [ 0, "a"; 2, "bc"; 4, "de" ] (letters |> Series.chunkSizeInto (2, Boundary.AtBeginning) (fun ds -> text ds.Data))
    equal 2 (Series.chunk 2 letters).KeyCount
    equal [ DataSegmentKind.Complete; DataSegmentKind.Complete; DataSegmentKind.Incomplete ]
      (letters |> Series.chunkSizeInto (2, Boundary.AtEnding) DataSegment.kind |> Series.values |> List.ofSeq)

  [<Fact>]
  let ``windows and chunks end by distance or by condition`` () =
    let s = series [ 0 => 'a'; 1 => 'b'; 2 => 'c'; 5 => 'd'; 6 => 'e' ]
    holdsAll [ 0, "ab"; 1, "bc"; 2, "c"; 5, "de"; 6, "e" ] (s |> Series.windowDistInto 2 text)
    holdsAll [ 0, "ab"; 2, "c"; 5, "de" ] (s |> Series.chunkDistInto 2 text)
    let sameParity k1 k2 = k1 / 3 = k2 / 3
    holdsAll [ 0, "abc"; 5, "d"; 6, "e" ] (s |> Series.chunkWhileInto sameParity text)
    holdsAll [ 0, "abc"; 1, "bc"; 2, "c"; 5, "d"; 6, "e" ] (s |> Series.windowWhileInto sameParity text |> Series.sortByKey)

  [<Fact>]
  let ``neighbours pair up and subtract`` () =
    holdsAll [ 2, (1.0, 2.0); 3, (2.0, 3.0); 4, (3.0, 4.0) ] (Series.pairwise (Series.take 4 six))
    holdsAll [ 2, 1.0; 3, 1.0; 4, 1.0 ] (Series.take 4 six |> Series.pairwiseWith (fun _ (v1, v2) -> v2 - v1))
    holds [ 2, None; 3, None; 4, Some(3.0, 4.0) ] (Series.pairwise (series [ 1 => 1.0; 2 => nan; 3 => 3.0; 4 => 4.0 ]))

  [<Fact>]
  let ``shift moves values to other keys, diff subtracts them`` () =
    let s = series [ "a" => 1; "b" => 4; "c" => 9; "d" => 16 ]
    holdsAll [ "b", 1; "c", 4; "d", 9 ] (Series.shift 1 s)
    holdsAll [ "a", 4; "b", 9; "c", 16 ] (Series.shift -1 s)
    holdsAll [ "b", 3; "c", 5; "d", 7 ] (Series.diff 1 s)
    holdsAll [ "a", -8; "b", -12 ] (Series.diff -2 s)
    equal 0 (Series.shift 5 s).KeyCount
    // Subtracting a shifted series keeps the first key, without a value.
    holds [ "a", None; "b", Some 3; "c", Some 5; "d", Some 7 ] (s - Series.shift 1 s)

  [<Fact>]
  let ``aggregate gives each segment a key and a result`` () =
    six
    |> Series.aggregateInto (WindowSize(3, Boundary.Skip)) (fun ds -> ds.Data.KeyRange) (fun ds -> OptionalValue(Stats.sum ds.Data))
    |> holdsAll [ (1, 3), 6.0; (2, 4), 9.0; (3, 5), 12.0; (4, 6), 15.0 ]
    raises<InvalidOperationException> (fun () -> series [ 2 => 1.0; 1 => 2.0 ] |> Series.window 2 |> ignore)

  [<Fact>]
  let ``resampling collects the values at each key`` () =
    let s = series [ 1 => 'a'; 2 => 'b'; 4 => 'c'; 7 => 'd' ]
    holdsAll [ 2, "abc"; 5, "d" ] (s |> Series.resampleInto [ 2; 5 ] Direction.Forward (fun _ part -> text part))
    holdsAll [ 2, "ab"; 5, "cd" ] (s |> Series.resampleInto [ 2; 5 ] Direction.Backward (fun _ part -> text part))
    holdsAll [ 0, "ab"; 2, "c"; 3, "d" ] (s |> Series.resampleEquivInto (fun k -> k / 2 - (if k = 2 then 1 else 0)) text)
