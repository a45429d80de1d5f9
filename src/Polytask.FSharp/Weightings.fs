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

    /// Learned uncertainties with a regulariser that stays above 0 (Liebel and Körner, 2018).
    let revisedUncertainty = Weighting.RevisedUncertainty()

    /// Learned scales that bring all losses to 1 (IMTL-L).
    let imtlL = Weighting.ImtlL()

    /// The geometric mean of the losses (GLS).
    let geometricMean = Weighting.GeometricMean()

    /// Random weights in each step (RLW).
    let randomLosses = Weighting.RandomLosses()

    /// Tasks whose losses fall slowly count more (DWA), by a temperature; 2 in the paper.
    let dynamicAverage (temperature: float) = Weighting.DynamicAverage temperature

    /// All losses fall at one rate (FAMO).
    let famo = Weighting.Famo()

    /// Tasks in so many groups that learn at one pace (GO4Align).
    let goAlign (groups: int) = Weighting.GoAlign groups

    /// The worst tasks first (group DRO, Sagawa et al., ICLR 2020), by that step.
    let groupDro (step: float) = Weighting.GroupDro step

    /// What a task is worth: `prefer "income" 0.7`.
    let prefer (task: string) (weight: float) = Preference(task, weight)

    /// The loss of a preferred task that would be best.
    let withIdeal (ideal: float) (preference: Preference) = Preference(preference.Task, preference.Weight, ideal)

    /// The largest weighed distance from the ideal.
    let tchebycheff (preferences: Preference list) = Weighting.Tchebycheff(Array.ofList preferences)

    /// A smooth maximum of the weighed distances from the ideal (STCH).
    let smoothTchebycheff (smoothness: float) (preferences: Preference list) =
        Weighting.SmoothTchebycheff(smoothness, Array.ofList preferences)

    /// Smooth Tchebycheff of log losses from the nadir, after so many epochs.
    let nadirTchebycheff (smoothness: float) (warmUp: int) = Weighting.NadirTchebycheff(smoothness, warmUp)

    /// Along a preferred direction, with a penalty for being beside it (PBI).
    let penaltyIntersection (penalty: float) (preferences: Preference list) =
        Weighting.PenaltyIntersection(penalty, Array.ofList preferences)

    /// The preferred mean, with a reward for losses in the preference's direction (COSMOS).
    let cosmos (alignment: float) (preferences: Preference list) = Weighting.Cosmos(alignment, Array.ofList preferences)

    /// The same weighting of the losses' logarithms.
    let ofLogs (weighting: Weighting) = weighting.OfLogs()

    /// Tasks pull on the shared parameters as strongly as they are behind (GradNorm), by alpha; 1.5 in the paper.
    let gradNorm (alpha: float) = Weighting.GradNorm alpha
