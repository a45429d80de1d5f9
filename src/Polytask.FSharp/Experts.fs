namespace Polytask.FSharp

open Polytask

/// Banks of experts: `bank 4 (mlp [ 8 ]) |> perTask 2` is a level of CGC.
[<AutoOpen>]
module Banks =

    /// So many experts that all tasks see.
    let bank (count: int) (expert: Block) = ExpertBank.Shared(count, expert)

    /// Experts of its own for each task, of the kind of those before.
    let perTask (count: int) (bank: ExpertBank) = bank.PerTask count

    /// Experts of another kind for each task.
    let perTaskOf (expert: Block) (count: int) (bank: ExpertBank) = bank.PerTask(count, expert)

    /// Experts of its own for each group of tasks.
    let perGroup (count: int) (bank: ExpertBank) = bank.PerGroup count

    /// Experts of another kind for each group of tasks.
    let perGroupOf (expert: Block) (count: int) (bank: ExpertBank) = bank.PerGroup(count, expert)

    /// Experts of one task, or of one group of tasks.
    let ownedBy (owner: string) (count: int) (bank: ExpertBank) = bank.Owned(owner, count)

    /// Experts of another kind for one task, or one group of tasks.
    let ownedByOf (expert: Block) (owner: string) (count: int) (bank: ExpertBank) = bank.Owned(owner, count, expert)

    /// The experts declared last read the input through a block that they share.
    let through (entry: Block) (bank: ExpertBank) = bank.Through entry

    /// Which task sees which expert: a list per task, in the order of the tasks, with a value per expert.
    let seenBy (tasks: bool list list) (bank: ExpertBank) = bank.WithVisibility(array2D tasks)
