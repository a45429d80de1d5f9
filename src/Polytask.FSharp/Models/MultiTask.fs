namespace Polytask.FSharp

open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp.Keyword

/// Builds a `Model` from the keywords of `multitask`; every keyword is one step of the C# builder on the same value, and what it refuses names the
/// keyword and its line. Keywords can be given in any order, except where layers or tasks follow each other.
type MultiTaskBuilder(name: string) =

    member _.Yield(_: unit) = Model.Named name

    member _.Zero() = Model.Named name

    /// Everything of another model but its name: `from mmoe` first, then what differs.
    [<CustomOperation "from">]
    member _.From(model: Model, other: Model, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "from" file line (fun () ->
            if model = Model.Named name then other.Renamed name else lostBefore "from")

    /// The input is a vector of features.
    [<CustomOperation "input">]
    member _.Input(model: Model, features: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "input" file line (fun () -> model.Input(int64 features))

    /// The input is of that shape: `input (shape [ 20; 8 ])` for a sequence of 20 tokens of width 8.
    [<CustomOperation "input">]
    member _.Input(model: Model, shape: Shape, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "input" file line (fun () -> model.Input shape)

    /// The input is an image.
    [<CustomOperation "image">]
    member _.Image(model: Model, channels: int, height: int, width: int, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "image" file line (fun () -> model.Input(int64 channels, int64 height, int64 width))

    /// The block that all tasks share.
    [<CustomOperation "backbone">]
    member _.Backbone(model: Model, block: Block, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "backbone" file line (fun () -> model.Backbone block)

    /// Without the backbone declared before.
    [<CustomOperation "withoutBackbone">]
    member _.WithoutBackbone(model: Model, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "withoutBackbone" file line (fun () -> model.WithoutBackbone())

    /// So many experts of one kind after the backbone (MMoE).
    [<CustomOperation "experts">]
    member _.Experts(model: Model, count: int, expert: Block, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "experts" file line (fun () -> model.Experts(count, expert))

    /// One level of experts, shared and owned (CGC): `experts (bank 4 (mlp [ 8 ]) |> perTask 2)`.
    [<CustomOperation "experts">]
    member _.Experts(model: Model, bank: ExpertBank, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "experts" file line (fun () -> model.Experts bank)

    /// One level of experts with a gate of its own.
    [<CustomOperation "experts">]
    member _.Experts(model: Model, bank: ExpertBank, gate: Gate, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "experts" file line (fun () -> model.Experts(bank, gate))

    /// A further level of experts (PLE).
    [<CustomOperation "thenExperts">]
    member _.ThenExperts(model: Model, bank: ExpertBank, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "thenExperts" file line (fun () -> model.ThenExperts bank)

    /// A further level of experts with a gate of its own.
    [<CustomOperation "thenExperts">]
    member _.ThenExperts(model: Model, bank: ExpertBank, gate: Gate, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "thenExperts" file line (fun () -> model.ThenExperts(bank, gate))

    /// Without the experts declared before.
    [<CustomOperation "withoutExperts">]
    member _.WithoutExperts(model: Model, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "withoutExperts" file line (fun () -> model.WithoutExperts())

    /// A further layer: how tasks share from here on, as `layer (crossStitch [ mlp [ 64 ]; mlp [ 32 ] ])`.
    [<CustomOperation "layer">]
    member _.Layer(model: Model, layer: Layer, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "layer" file line (fun () -> model.Then layer)

    /// A further block that all tasks share.
    [<CustomOperation "layer">]
    member _.Layer(model: Model, block: Block, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "layer" file line (fun () -> model.Then block)

    /// Without the layers after the backbone: hard sharing.
    [<CustomOperation "withoutLayers">]
    member _.WithoutLayers(model: Model, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "withoutLayers" file line (fun () -> model.WithoutLayers())

    /// How tasks mix the experts.
    [<CustomOperation "gate">]
    member _.Gate(model: Model, gate: Gate, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "gate" file line (fun () -> model.Gate gate)

    /// Tasks that share more with each other than with the rest: `group "watch" [ "click"; "watch time" ]`.
    [<CustomOperation "group">]
    member _.Group(model: Model, name: string, tasks: string list, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "group" file line (fun () -> model.Group(name, List.toArray tasks))

    /// A task: its name in the data and its head, with what is said of it: `task "married" (binary |> withLoss (focal 2.0))`.
    [<CustomOperation "task">]
    member _.Task(model: Model, name: string, part: TaskPart, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "task" file line (fun () -> part.AddedTo(model, name))

    /// A task by a head of C#.
    [<CustomOperation "task">]
    member _.Task(model: Model, name: string, head: Head, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "task" file line (fun () -> model.Task(name, head))

    /// Many tasks at once: `tasks [ for year in 2001 .. 2010 -> $"sales {year}", regress ]`.
    [<CustomOperation "tasks">]
    member _.Tasks(model: Model, tasks: (string * TaskPart) list, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "tasks" file line (fun () -> (model, tasks) ||> List.fold (fun model (name, part) -> part.AddedTo(model, name)))

    /// These tasks only, of those declared before.
    [<CustomOperation "only">]
    member _.Only(model: Model, tasks: string list, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "only" file line (fun () -> model.Only(List.toArray tasks))

    /// How the task losses become one update.
    [<CustomOperation "weigh">]
    member _.Weigh(model: Model, weighting: Weighting, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "weigh" file line (fun () -> model.Weigh weighting)

    /// The single-task reference: a copy of the whole model for each task.
    [<CustomOperation "singleTask">]
    member _.SingleTask(model: Model, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "singleTask" file line (fun () -> model.SingleTask())

/// The entry point: `multitask "mmoe" { input 40; experts 8 (mlp [ 64; 32 ]); task "income" (classify 9) }`.
[<AutoOpen>]
module MultiTask =

    /// A model of that name.
    let multitask name = MultiTaskBuilder name
