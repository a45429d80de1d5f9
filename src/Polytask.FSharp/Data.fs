namespace Polytask.FSharp

open Polytask
open TorchSharp

/// Data of your own; the data sets of the library are `Datasets.Income()` and its neighbours.
[<AutoOpen>]
module OwnData =

    /// A source of data: seed → splits.
    let dataSource name (splits: int -> DataSplits) = DataSource.Of(name, splits)

    /// A source's splits of a seed.
    let splitsOf (seed: int) (data: DataSource) = data.Split seed

    /// Train, validation and test examples.
    let splits (train: Examples) (validation: Examples) (test: Examples) = DataSplits(train, validation, test)

/// Examples: inputs and what they are labelled with.
[<RequireQualifiedAccess>]
module Examples =

    /// All tasks of the same rows: `Examples.joint x [ "sum", y; "positive", z ]`.
    let joint (inputs: torch.Tensor) (targets: (string * torch.Tensor) list) =
        Examples.Joint(inputs, [| for task, target in targets -> struct (task, target) |])

    /// Each task with rows of its own: task, inputs, target.
    let perTask (tasks: (string * torch.Tensor * torch.Tensor) list) =
        Examples.PerTask [| for task, inputs, target in tasks -> struct (task, inputs, target) |]

    /// What each row of a task weighs.
    let weighted (task: string) (weights: torch.Tensor) (examples: Examples) = examples.Weighted(task, weights)

    /// These tasks only.
    let only (tasks: string list) (examples: Examples) = examples.Only(List.toArray tasks)

/// How rows are split, for `splitBy`: `Splitting.shares 0.6 0.2 0.2 |> Splitting.stratifiedBy "income"`.
[<RequireQualifiedAccess>]
module Splitting =

    /// Shares of the rows.
    let shares (train: float) (validation: float) (test: float) = Splitting.Shares(train, validation, test)

    /// Numbers of rows.
    let counts (train: int) (validation: int) (test: int) = Splitting.Counts(train, validation, test)

    /// By the words of a column for training and test rows, validation being a share of the former.
    let official (column: string) (train: string) (test: string) (validation: float) = Splitting.Official(column, train, test, validation)

    /// The same share of every class of a task or column in each split.
    let stratifiedBy (taskOrColumn: string) (splitting: Splitting) = splitting.StratifiedBy taskOrColumn

    /// Rows of one value of a column together in one split.
    let groupedBy (column: string) (splitting: Splitting) = splitting.GroupedBy column

/// Tables and pictures, step by step.
[<AutoOpen>]
module Sources =

    /// Another way of splitting a table or pictures.
    let inline splitBy (splitting: Splitting) (source: ^s) : ^s = (^s: (member SplitBy: Splitting -> ^s) (source, splitting))

    /// Categories as numbers, for `embed`, instead of a feature for each level.
    let embedded (table: TabularSource) = table.Embedded()

    /// Categories without a feature for the first level.
    let withoutFirstLevels (table: TabularSource) = table.WithoutFirstLevels()

    /// These tasks only.
    let withTasks (tasks: string list) (table: TabularSource) = table.Only(List.toArray tasks)

    /// A further task: whether another one's class is among some.
    let withBinary (task: string) (from: string) (yes: string list) (table: TabularSource) = table.WithBinary(task, from, List.toArray yes)

    /// A further task: a number of another one cut into classes of equal size.
    let withQuantiles (task: string) (from: string) (classes: int) (table: TabularSource) = table.WithQuantiles(task, from, classes)

    /// A task for each value of a column with enough rows.
    let taskPer (column: string) (atLeast: int) (table: TabularSource) = table.TaskPer(column, atLeast)
