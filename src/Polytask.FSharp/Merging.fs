namespace Polytask.FSharp

open System
open System.Collections.Generic
open Polytask
open TorchSharp

/// How several tuned models become one, for `mergedBy`:
/// `Merge.Of(pretrained, digits, letters) |> without [ "head.*" ] |> mergedBy (MergeMethod.ties 0.2 1.0)`.
[<RequireQualifiedAccess>]
module MergeMethod =

    // Element by element.

    /// The mean of the models.
    let average = MergeMethod.Average()
    /// The weighted mean of the models.
    let weighted (weights: float list) = MergeMethod.Weighted(Array.ofList weights)
    /// The base and a multiple of the sum of the task vectors.
    let taskArithmetic (scale: float) = MergeMethod.TaskArithmetic scale
    /// The base and a multiple of each task vector; a negative one unlearns its task.
    let scaledTasks (scales: float list) = MergeMethod.TaskArithmetic(Array.ofList scales)
    /// TIES: the share that is kept, and the scale of the mean of what agrees.
    let ties (keep: float) (scale: float) = MergeMethod.Ties(keep, scale)
    /// TIES with the sum of what agrees in place of its mean.
    let tiesSum (keep: float) (scale: float) = MergeMethod.Ties(keep, scale, TiesReduction.Sum)
    /// DARE: the share that is dropped, the seed of the draws, and the method that merges the rest.
    let dare (rate: float) (seed: int) (next: MergeMethod) = MergeMethod.Dare(rate, next, seed)
    /// Elements that so many tasks need, by a threshold for all (TALL masks), and the scale.
    let consensus (threshold: float) (agreement: int) (scale: float) = MergeMethod.Consensus(threshold, agreement, scale)
    /// Consensus with a threshold for each task.
    let consensusAt (thresholds: float list) (agreement: int) (scale: float) = MergeMethod.Consensus(Array.ofList thresholds, agreement, scale)
    /// The model of one task by EMR-Merging, from 0 on.
    let emr (task: int) = MergeMethod.Emr task
    /// PCB: the share that is kept, and the scale.
    let pcb (keep: float) (scale: float) = MergeMethod.Pcb(keep, scale)
    /// The mean, weighted by the models' Fisher information.
    let fisher (diagonals: IReadOnlyDictionary<string, torch.Tensor> list) = MergeMethod.Fisher(Array.ofList diagonals)
    /// The same from files.
    let fisherOf (diagonals: IParameterSource list) = MergeMethod.Fisher(Array.ofList diagonals)

    // Tensor by tensor.

    /// Linear layers whose outputs are nearest to the models' own: the Gram matrices of their inputs, and alpha.
    let regMean (grams: IReadOnlyDictionary<string, torch.Tensor> list) (alpha: float) = MergeMethod.RegMean(Array.ofList grams, alpha)
    /// The same from files.
    let regMeanOf (grams: IParameterSource list) (alpha: float) = MergeMethod.RegMean(Array.ofList grams, alpha)
    /// Spherical interpolation between two models: 0 is the first.
    let slerp (position: float) = MergeMethod.Slerp position
    /// Spherical interpolation between the task vectors of two models.
    let slerpOfTaskVectors (position: float) = MergeMethod.Slerp(position, true)
    /// As near to the mean as the task vectors agree in direction.
    let modelStock = MergeMethod.ModelStock()
    /// Without the smallest and the largest entries of each tensor, by their shares, and the scale.
    let breadcrumbs (smallest: float) (largest: float) (scale: float) = MergeMethod.Breadcrumbs(smallest, largest, scale)
    /// Iso-C: the sum of the task vectors with equal singular values.
    let isotropicC (scale: float) = MergeMethod.IsotropicC scale
    /// TSV-M: the tasks' largest singular vectors, made orthogonal.
    let taskSingularVectors (scale: float) = MergeMethod.TaskSingularVectors scale
    /// A method of one's own: the update of a tensor's name, the base and the task vectors.
    let own (update: string -> torch.Tensor -> IReadOnlyList<torch.Tensor> -> torch.Tensor) =
        MergeMethod.Of(Func<_, _, _, _>(fun name theta0 taus -> update name theta0 taus))

/// What goes with pools of models.
[<AutoOpen>]
module Merging =

    /// Leaves tensors out, by patterns of names: they are the base's.
    let without (patterns: string list) (pool: MergePool) = pool.Without(Array.ofList patterns)

    /// The models merged by a method.
    let mergedBy (method: MergeMethod) (pool: MergePool) = pool.By method
