namespace Polytask.FSharp

open Polytask

/// What a task declares: its head and, where wanted, a loss and a tower of its own.
type TaskPart =
    { Head: Head
      Loss: Loss option
      Tower: Block option }

/// Heads, and what can be said of them with `|>`.
[<AutoOpen>]
module TaskParts =

    let private plain head = { Head = head; Loss = None; Tower = None }

    /// One of several classes by softmax.
    let classify (classes: int) = plain (Head.Classify(int64 classes))

    /// Yes or no by a logistic unit.
    let binary = plain (Head.Binary())

    /// A real number.
    let regress = plain (Head.Regress())

    /// Several real numbers.
    let regressMany (outputs: int) = plain (Head.Regress(int64 outputs))

    /// Trained by this loss instead of the head's own: `binary |> withLoss (focal 2.0)`.
    let withLoss (loss: Loss) part = { part with Loss = Some loss }

    /// A block of the task's own between the shared part and the head: `regress |> withTower (mlp [8])`.
    let withTower (tower: Block) part = { part with Tower = Some tower }
