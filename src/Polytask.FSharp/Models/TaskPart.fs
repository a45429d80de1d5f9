namespace Polytask.FSharp

open Polytask

/// What a task declares: its head and, where wanted, a loss and a tower of its own.
type TaskPart =
    { Head: Head
      Loss: Loss option
      Tower: Block option }

    member internal part.AddedTo(model: Model, name: string) =
        model.Task(name, part.Head, Option.toObj part.Tower, Option.toObj part.Loss)

/// What can be said of a task with `|>`.
[<AutoOpen>]
module TaskParts =

    let internal plain head = { Head = head; Loss = None; Tower = None }

    /// Trained by this loss instead of the head's own: `binary |> withLoss (focal 2.0)`.
    let withLoss (loss: Loss) part = { part with Loss = Some loss }

    /// A block of the task's own between the shared part and the head: `regress |> withTower (mlp [ 8 ])`.
    let withTower (tower: Block) part = { part with Tower = Some tower }

    /// Judged by these metrics instead of the head's own.
    let measuredBy (metrics: Metric list) part = { part with Head = part.Head.WithMetrics metrics }

    /// Judged by these metrics too: `binary |> alsoMeasure [ Metric.brierScore ]`.
    let alsoMeasure (metrics: Metric list) part = { part with Head = part.Head.AlsoMeasure metrics }

    /// The head reads one token of the features, numbered from 0.
    let readingToken (index: int) part = { part with Head = part.Head.Token index }

    /// The output is computed from the head's own and the outputs of tasks declared before:
    /// `regress |> combining [ "length"; "width" ] (fun own others -> own + others[0] * others[1])`.
    let combining (tasks: string list) (combine: TorchSharp.torch.Tensor -> TorchSharp.torch.Tensor list -> TorchSharp.torch.Tensor) part =
        { part with Head = part.Head.Combining(tasks, (fun own others -> combine own (List.ofSeq others))) }
