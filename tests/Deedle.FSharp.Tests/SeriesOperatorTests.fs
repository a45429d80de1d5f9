namespace Deedle.FSharp.Tests

open System
open Deedle
open Xunit

module SeriesOperatorTests =
  let s1 = series [ "a" => 1.0; "b" => 2.0; "c" => 3.0 ]
  let s2 = series [ "a" => 10.0; "c" => 30.0; "d" => 40.0 ]

  [<Fact>]
  let ``arithmetic aligns by key and is missing where either side is`` () =
    holds [ "a", Some 11.0; "b", None; "c", Some 33.0; "d", None ] (s1 + s2)
    holds [ "a", Some -9.0; "b", None; "c", Some -27.0; "d", None ] (s1 - s2)
    holds [ "a", Some 10.0; "b", None; "c", Some 90.0; "d", None ] (s1 * s2)
    holds [ "a", Some 0.1; "b", None; "c", Some 0.1; "d", None ] (s1 / s2)
    holdsAll [ "a", 3; "b", 5 ] (series [ "a" => 1; "b" => 2 ] + series [ "a" => 2; "b" => 3 ])
    holdsAll [ "a", "xy" ] (series [ "a" => "x" ] + series [ "a" => "y" ])

  [<Fact>]
  let ``scalars stand on either side`` () =
    holdsAll [ "a", 2.0; "b", 3.0; "c", 4.0 ] (s1 + 1.0)
    holdsAll [ "a", 9.0; "b", 8.0; "c", 7.0 ] (10.0 - s1)
    holdsAll [ "a", 6.0; "b", 3.0; "c", 2.0 ] (6.0 / s1)
    holdsAll [ "a", 4; "b", 6 ] (series [ "a" => 2; "b" => 3 ] * 2)
    holdsAll [ "a", 1.5m ] (series [ "a" => 0.5m ] + 1.0m)
    holdsAll [ "a", "x!" ] (series [ "a" => "x" ] + "!")
    holdsAll [ "a", 1.0; "b", 4.0; "c", 9.0 ] (s1 ** 2.0)
    holdsAll [ "a", -1.0; "b", -2.0; "c", -3.0 ] (-s1)

  [<Fact>]
  let ``functions act on every value`` () =
    holds [ 1, Some 0.0; 2, None ] (log (series [ 1 => 1.0; 2 => nan ]))
    holdsAll [ 1, 2.0 ] (abs (series [ 1 => -2.0 ]))
    holdsAll [ 1, 3.0 ] (sqrt (series [ 1 => 9.0 ]))
    holdsAll [ 1, 2.0 ] (round (series [ 1 => 2.4 ]))
    holdsAll [ 1, 3.0 ] (ceil (series [ 1 => 2.4 ]))
    let adjust v = min 1.0 (max -1.0 v)
    holdsAll [ 1, 1.0; 2, -0.5 ] (adjust $ series [ 1 => 7.0; 2 => -0.5 ])

  [<Fact>]
  let ``dates and spans subtract and add`` () =
    let days = series [ 1 => DateTime(2024, 1, 1); 2 => DateTime(2024, 1, 4) ]
    holdsAll [ 1, TimeSpan.Zero; 2, TimeSpan.FromDays 3.0 ] (days - DateTime(2024, 1, 1))
    holdsAll [ 1, DateTime(2024, 1, 2); 2, DateTime(2024, 1, 5) ] (days + TimeSpan.FromDays 1.0)

  [<Fact>]
  let ``zip pairs values, zipInto combines where both are`` () =
    let a, b = series [ "a" => 1.0; "b" => 2.0; "c" => 3.0 ], series [ "a" => 10.0; "c" => 30.0 ]
    let zipped = Series.zip a b
    equal [ "a"; "b"; "c" ] (List.ofSeq zipped.Keys)
    equal (OptionalValue 2.0, OptionalValue<float>.Missing) zipped.["b"]
    holdsAll [ "a", 11.0; "c", 33.0 ] (Series.zipInto (+) a b)
    holdsAll [ "a", (1.0, 10.0); "c", (3.0, 30.0) ] (Series.zipInner a b)
    let orElse (x: float option) (y: float option) = Some(defaultArg x 0.0 + defaultArg y 0.0)
    holdsAll [ "a", 11.0; "b", 2.0; "c", 33.0 ] (Series.zipAlignInto JoinKind.Outer Lookup.Exact orElse a b)

  [<Fact>]
  let ``zip aligns to the nearest key of the other side`` () =
    let hours = series [ 60 => 1.0; 120 => 2.0; 180 => 3.0 ]
    let others = series [ 50 => "a"; 115 => "b"; 130 => "c" ]
    let left = hours.Zip(others, JoinKind.Left, Lookup.ExactOrSmaller) |> Series.mapValues (snd >> OptionalValue.asOption)
    holdsAll [ 60, Some "a"; 120, Some "b"; 180, Some "c" ] left
    let right = hours.Zip(others, JoinKind.Right, Lookup.ExactOrSmaller) |> Series.mapValues (fst >> OptionalValue.asOption)
    holds [ 50, None; 115, Some(Some 1.0); 130, Some(Some 2.0) ] right
    equal [ 60; 120; 180 ] (List.ofSeq (hours.Zip(others, JoinKind.Left).Keys))
    raises<InvalidOperationException> (fun () -> hours.Zip(others, JoinKind.Outer, Lookup.ExactOrSmaller) |> ignore)
    raises<InvalidOperationException> (fun () -> hours.Zip(others, JoinKind.Left, Lookup.Smaller) |> ignore)
