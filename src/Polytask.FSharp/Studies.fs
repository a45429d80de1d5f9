namespace Polytask.FSharp

open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp.Keyword

/// Builds a `Study` from the keywords of `study`; nothing runs before `run`.
type StudyBuilder(data: DataSource) =

    member _.Yield(_: unit) = Study.On data

    member _.Zero() = Study.On data

    /// The models to compare, each under a name of its own.
    [<CustomOperation "variants">]
    member _.Variants(study: Study, models: Model list, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "variants" file line (fun () -> study.Variants models)

    /// The seeds 0 to count - 1.
    [<CustomOperation "seeds">]
    member _.Seeds(study: Study, count: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "seeds" file line (fun () -> study.Seeds count)

    /// These seeds.
    [<CustomOperation "seeds">]
    member _.Seeds(study: Study, seeds: int list, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "seeds" file line (fun () -> study.Seeds seeds)

    /// How every model is trained: `trainedBy (train { adam 1e-3 })`.
    [<CustomOperation "trainedBy">]
    member _.TrainedBy(study: Study, plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "trainedBy" file line (fun () -> study.Train(fun _ -> plan))

    /// An axis of the grid that changes the models: `over "experts" [ 2; 4; 8 ] (fun count model -> model |> Model.experts count (mlp [ 8 ]))`.
    [<CustomOperation "over">]
    member _.Over(
            study: Study, axis: string, values: 'T list, change: 'T -> Model -> Model,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "over" file line (fun () -> study.Over(axis, values, (fun (model: Model) value -> change value model)))

    /// An axis of the grid that changes how models are trained: `overPlan "rate" [ 1e-3; 3e-3 ] (fun rate plan -> train { from plan; adam rate })`.
    [<CustomOperation "overPlan">]
    member _.OverPlan(
            study: Study, axis: string, values: 'T list, change: 'T -> TrainingPlan -> TrainingPlan,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "overPlan" file line (fun () -> study.Over(axis, values, (fun (plan: TrainingPlan) value -> change value plan)))

    /// An axis of the grid that changes the data: `overData "p" [ 0.5; 0.9 ] (fun p -> CorrelatedTasks p)`.
    [<CustomOperation "overData">]
    member _.OverData(
            study: Study, axis: string, values: 'T list, data: 'T -> #DataSource,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "overData" file line (fun () -> study.Over(axis, values, (fun value -> data value :> DataSource)))

    /// Keeps every finished cell in a folder and takes from there what was computed before.
    [<CustomOperation "cache">]
    member _.Cache(study: Study, folder: string, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "cache" file line (fun () -> study.Cache folder)

    /// The same, without trained weights.
    [<CustomOperation "cacheWithoutWeights">]
    member _.CacheWithoutWeights(study: Study, folder: string, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "cacheWithoutWeights" file line (fun () -> study.Cache(folder, false))

    /// Names the code of your own that models or plan hold, for the cache; choose another name whenever that code changes.
    [<CustomOperation "key">]
    member _.Key(study: Study, ownCode: string, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "key" file line (fun () -> study.Key ownCode)

    /// Throw what a cell throws at once.
    [<CustomOperation "stopAtFirstFailure">]
    member _.StopAtFirstFailure(study: Study, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "stopAtFirstFailure" file line (fun () -> study.StopAtFirstFailure())

/// The entry point: `study people { variants [ shared; mmoe ]; seeds 5; trainedBy (train { adam 1e-3 }) } |> run`.
[<AutoOpen>]
module Studies =

    /// A study on that data.
    let study (data: DataSource) = StudyBuilder data

    /// Trains every variant on every seed at every point of the grid.
    let run (study: Study) = study.Run()
