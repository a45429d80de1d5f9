namespace Polytask.FSharp

open Polytask

/// Builds a `Model` from the keywords of `multitask`; every keyword is one step of the C# builder on the same value.
type MultiTaskBuilder(name: string) =

    member _.Yield(_: unit) = Model.Named name

    /// Every keyword is optional and can be given in any order.
    member _.Zero() = Model.Named name

    /// The input is a vector of features.
    [<CustomOperation "input">]
    member _.Input(model: Model, features: int) = model.Input(int64 features)

    /// The input is an image: channels, height, width.
    [<CustomOperation "image">]
    member _.Image(model: Model, channels: int, height: int, width: int) =
        model.Input(int64 channels, int64 height, int64 width)

    /// The block that all tasks share.
    [<CustomOperation "backbone">]
    member _.Backbone(model: Model, block: Block) = model.Backbone block

    /// Experts after the backbone, all of one kind.
    [<CustomOperation "experts">]
    member _.Experts(model: Model, count: int, expert: Block) = model.Experts(count, expert)

    /// How tasks mix the experts.
    [<CustomOperation "gate">]
    member _.Gate(model: Model, gate: Gate) = model.Gate gate

    /// A task: its name in the data and its head.
    [<CustomOperation "task">]
    member _.Task(model: Model, name: string, part: TaskPart) =
        model.Task(name, part.Head, Option.toObj part.Tower, Option.toObj part.Loss)

    /// How the task losses become one update.
    [<CustomOperation "weigh">]
    member _.Weigh(model: Model, weighting: LossWeighting) = model.Weigh weighting

    /// The single-task reference: a copy of the whole model for each task.
    [<CustomOperation "singleTask">]
    member _.SingleTask(model: Model) = model.SingleTask()

/// The entry point: `multitask "mmoe" { input 40; experts 8 (mlp [64; 32]); task "income" (classify 9) }`.
[<AutoOpen>]
module MultiTask =

    let multitask name = MultiTaskBuilder name
