namespace Deedle.FSharp.Tests

open Deedle
open Xunit

module FrameOperatorTests =
  let f () = frame [ "x" =?> series [ "a" => 1.0; "b" => 2.0 ]; "n" =?> series [ "a" => 3; "b" => 4 ]; "t" =?> series [ "a" => "u"; "b" => "v" ] ]

  [<Fact>]
  let ``scalars act on the numeric columns`` () =
    let doubled = f () * 2.0
    holdsAll [ "a", 2.0; "b", 4.0 ] doubled?x
    holdsAll [ "a", 6.0; "b", 8.0 ] doubled?n
    holdsAll [ "a", "u"; "b", "v" ] (doubled.GetColumn<string> "t")
    holdsAll [ "a", 9.0; "b", 8.0 ] (10.0 - f ())?x
    holdsAll [ "a", 2.0; "b", 3.0 ] (f () + 1)?x
    holdsAll [ "a", 0.5; "b", 1.0 ] (f () / 2)?x
    holdsAll [ "a", -1.0; "b", -2.0 ] (-(f ()))?x
    holdsAll [ "a", 1.0; "b", 4.0 ] (f () ** 2.0)?x

  [<Fact>]
  let ``functions act on the numeric columns`` () =
    let g = frame [ "x" => series [ 1 => -2.6; 2 => nan ] ]
    holds [ 1, Some -3.0; 2, None ] (round g)?x
    holds [ 1, Some 2.6; 2, None ] (abs g)?x
    holds [ 1, Some -2.0; 2, None ] (ceil g)?x
    holds [ 1, Some -2.0; 2, None ] (truncate g)?x
    holds [ 1, Some 1.0; 2, None ] (exp (g * 0.0))?x
    let clip v = max 0.0 v
    holds [ 1, Some 0.0; 2, None ] (clip $ g)?x

  [<Fact>]
  let ``a series acts on every column, row by row`` () =
    let s = series [ "a" => 10.0; "c" => 30.0 ]
    let sum = f () + s
    holds [ "a", Some 11.0; "b", None; "c", None ] sum?x
    holds [ "a", Some 13.0; "b", None; "c", None ] sum?n
    holds [ "a", Some 9.0; "b", None; "c", None ] (s - f ())?x
    holds [ "a", Some 30.0; "b", None; "c", None ] (f () * s)?n

  [<Fact>]
  let ``frames combine cell by cell`` () =
    let g = frame [ "x" => series [ "b" => 10.0; "c" => 20.0 ]; "z" => series [ "b" => 1.0; "c" => 1.0 ] ]
    let h = frame [ "x" => series [ "a" => 1.0; "b" => 2.0 ]; "y" => series [ "a" => 5.0; "b" => 6.0 ] ]
    let sum = h + g
    equal [ "x"; "y"; "z" ] (columnKeys sum)
    holds [ "a", None; "b", Some 12.0; "c", None ] sum?x
    equal 0 sum?y.ValueCount
    equal 0 sum?z.ValueCount
    holdsAll [ "b", 20.0 ] (Frame.zip (fun (a: float) (b: float) -> a * b) h g)?x
    let outer = Frame.zipAlign JoinKind.Outer JoinKind.Outer Lookup.Exact (fun (a: float) (b: float) -> a * b) h g
    holds [ "a", Some 5.0; "b", Some 6.0; "c", None ] outer?y

  [<Fact>]
  let ``sums and means of columns divide`` () =
    let g = frame [ "x" => series [ 1 => 1.0; 2 => 3.0 ]; "y" => series [ 1 => 4.0; 2 => 8.0 ] ]
    holdsAll [ "x", 2.0; "y", 6.0 ] (Stats.sum g / 2.0)
    holdsAll [ "x", 2.0; "y", 2.0 ] (Stats.sum g / Stats.mean g)
