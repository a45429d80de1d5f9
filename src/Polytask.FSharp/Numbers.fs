namespace Polytask.FSharp

open Polytask

/// C#'s 64-bit sizes from plain numbers.
[<AutoOpen>]
module internal Numbers =

    let longs (numbers: int list) = [| for number in numbers -> int64 number |]

/// The shape of one example.
[<AutoOpen>]
module Shapes =

    /// The sizes of one example without the batch: `shape [ 3; 32; 32 ]`.
    let shape (sizes: int list) = Shape.Of(longs sizes)
