namespace Polytask.FSharp

open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp.Keyword

/// The keywords of `train` for rows, rates and parts.
type RateKeywords internal () =
    inherit OptimizerKeywords()

    /// The passes over the training rows.
    [<CustomOperation "epochs">]
    member _.Epochs(plan: TrainingPlan, count: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "epochs" file line (fun () -> plan.Epochs count)

    /// The rows of a step.
    [<CustomOperation "batch">]
    member _.Batch(plan: TrainingPlan, rows: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "batch" file line (fun () -> plan.Batch rows)

    /// All rows in every step.
    [<CustomOperation "fullBatch">]
    member _.FullBatch(plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "fullBatch" file line (fun () -> plan.FullBatch())

    /// Every batch in so many parts, one after the other.
    [<CustomOperation "accumulate">]
    member _.Accumulate(plan: TrainingPlan, parts: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "accumulate" file line (fun () -> plan.Accumulate parts)

    /// Which tasks a step trains: `sample (Sampler.temperature 2.0)`.
    [<CustomOperation "sample">]
    member _.Sample(plan: TrainingPlan, sampler: Sampler, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "sample" file line (fun () -> plan.Sample sampler)

    /// How learning rates change: `schedule (Schedule.cosine 0.0)`.
    [<CustomOperation "schedule">]
    member _.Schedule(plan: TrainingPlan, schedule: Schedule, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "schedule" file line (fun () -> plan.Schedule schedule)

    /// Rates rise from 0 first: `warmUp (Epochs 1)` or `warmUp (Steps 100)`.
    [<CustomOperation "warmUp">]
    member _.WarmUp(plan: TrainingPlan, length: Span, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "warmUp" file line (fun () -> match length with Epochs count -> plan.WarmUp count | Steps count -> plan.WarmUp(steps = count))

    /// The learning rate of one part: `learningRate Part.Stitch 0.1`.
    [<CustomOperation "learningRate">]
    member _.LearningRate(plan: TrainingPlan, part: Part, rate: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "learningRate" file line (fun () -> plan.LearningRate(part.Name, rate))

    /// The weight decay of one part.
    [<CustomOperation "weightDecay">]
    member _.WeightDecay(plan: TrainingPlan, part: Part, decay: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "weightDecay" file line (fun () -> plan.Group(part.Name, weightDecay = decay))

    /// Parts that keep their values: `freeze [ Part.Backbone ]`.
    [<CustomOperation "freeze">]
    member _.Freeze(plan: TrainingPlan, parts: Part list, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "freeze" file line (fun () -> plan.Freeze [| for part in parts -> part.Name |])

    /// A task's loss is multiplied by w0 gamma^epoch: `lossWeight "income" 1.0 0.95`.
    [<CustomOperation "lossWeight">]
    member _.LossWeight(
            plan: TrainingPlan, task: string, initial: float, gamma: float,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "lossWeight" file line (fun () -> plan.LossWeight(task, initial, gamma))

    /// A task's loss is multiplied by a function of the epoch, from 0.
    [<CustomOperation "lossWeight">]
    member _.LossWeight(plan: TrainingPlan, task: string, weight: int -> float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "lossWeight" file line (fun () -> plan.LossWeight(task, weight))
