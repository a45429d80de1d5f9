namespace Polytask.FSharp

/// A length of training, for `warmUp` and `checkpoint`, where a bare number could mean either.
type Span =
    | Epochs of int
    | Steps of int

/// A part of a model, for `learningRate`, `weightDecay` and `freeze`: one that does not exist is refused by the compiler, not an hour later.
[<RequireQualifiedAccess>]
type Part =
    | Backbone
    | Experts
    | Gates
    /// Stages of towers and trees.
    | Stages
    /// What mixes stages: the matrices of cross-stitch and sluice, the choices of branches.
    | Stitch
    /// The masks of MTAN.
    | Masks
    | Memory
    /// Blocks of single tasks and of groups of tasks.
    | Branches
    | Groups
    /// A layer of your own.
    | Own
    /// Towers and heads of all tasks.
    | Tasks
    /// Towers and head of one task.
    | Task of string
    /// What a weighting learns.
    | Weighting

    /// The name of the part in the plan of C#.
    member part.Name =
        match part with
        | Task name -> name
        | other -> other.ToString().ToLowerInvariant()
