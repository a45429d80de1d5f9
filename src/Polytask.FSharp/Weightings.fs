namespace Polytask.FSharp

open Polytask

/// How the losses of the tasks become one update.
[<AutoOpen>]
module Weightings =

    /// The plain sum of the task losses.
    let equal = Weighting.Equal()

    /// A fixed weight per task; tasks not named have weight 1.
    let constant (weights: (string * float) list) = Weighting.Constant [| for name, weight in weights -> struct (name, weight) |]

    /// Learned task uncertainties (Kendall et al., CVPR 2018).
    let uncertainty = Weighting.Uncertainty()
