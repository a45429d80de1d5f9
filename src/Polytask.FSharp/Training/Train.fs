namespace Polytask.FSharp

open System
open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp.Keyword

/// Builds a `TrainingPlan` from the keywords of `train`; every keyword is one step of the C# plan, and what it refuses names the keyword and its
/// line.
type TrainBuilder internal () =
    inherit StepKeywords()

    member _.Yield(_: unit) = TrainingPlan()

    member _.Zero() = TrainingPlan()

    /// Keep the weights of the best epoch.
    [<CustomOperation "keepBest">]
    member _.KeepBest(plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "keepBest" file line (fun () -> plan.KeepBest())

    /// Look at the tasks' gradients in every step: norms, cosines and conflicts in the history.
    [<CustomOperation "recordGradients">]
    member _.RecordGradients(plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "recordGradients" file line (fun () -> plan.RecordGradients())

    /// Keep the best, and stop after so many validations without improvement.
    [<CustomOperation "patience">]
    member _.Patience(plan: TrainingPlan, validations: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "patience" file line (fun () -> plan.Patience validations)

    /// Validate every so many epochs.
    [<CustomOperation "validateEvery">]
    member _.ValidateEvery(plan: TrainingPlan, epochs: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "validateEvery" file line (fun () -> plan.ValidateEvery epochs)

    /// Calls a function after every validation.
    [<CustomOperation "onEpoch">]
    member _.OnEpoch(plan: TrainingPlan, callback: TrainingContext -> unit, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "onEpoch" file line (fun () -> plan.OnEpoch(Action<_> callback))

    /// Calls a function after every step.
    [<CustomOperation "onStep">]
    member _.OnStep(plan: TrainingPlan, callback: TrainingContext -> unit, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "onStep" file line (fun () -> plan.OnStep(Action<_> callback))

    /// Measures the module after every epoch, as split "probe" of the history.
    [<CustomOperation "probe">]
    member _.Probe(
            plan: TrainingPlan, name: string, measure: TrainingContext -> float,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "probe" file line (fun () -> plan.Probe(name, Func<_, float> measure))

    /// Measures the module after every epoch, with a value for each of some tasks.
    [<CustomOperation "probeTasks">]
    member _.ProbeTasks(
            plan: TrainingPlan, name: string, measure: TrainingContext -> (string * float) list,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "probeTasks" file line (fun () ->
            plan.Probe(name, Func<_, seq<struct (string * float)>>(fun now -> Seq.map (fun (task, value) -> struct (task, value)) (measure now))))

    /// Writes the state of the training to a folder: `checkpoint "runs" (Epochs 1)`.
    [<CustomOperation "checkpoint">]
    member _.Checkpoint(plan: TrainingPlan, folder: string, every: Span, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "checkpoint" file line (fun () ->
            match every with
            | Epochs count -> plan.Checkpoint(folder, epochs = count)
            | Steps count -> plan.Checkpoint(folder, steps = count))

    /// The same, so many checkpoints being kept.
    [<CustomOperation "checkpoint">]
    member _.Checkpoint(
            plan: TrainingPlan, folder: string, every: Span, keep: int,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "checkpoint" file line (fun () ->
            match every with
            | Epochs count -> plan.Checkpoint(folder, epochs = count, keep = keep)
            | Steps count -> plan.Checkpoint(folder, steps = count, keep = keep))

    /// Goes on from the last checkpoint.
    [<CustomOperation "resume">]
    member _.Resume(plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "resume" file line (fun () -> plan.Resume())

    /// Where training runs: "cpu", "cuda" or "cuda:1".
    [<CustomOperation "on">]
    member _.On(plan: TrainingPlan, device: string, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "on" file line (fun () -> plan.On device)

/// The entry point: `train { adam 1e-3; epochs 20; batch 256; keepBest }`.
[<AutoOpen>]
module Train =

    /// How models are trained, as a value.
    let train = TrainBuilder()
