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
    /// Task arithmetic with a coefficient for each tensor and task, by a rule, of plain or of changed task vectors.
    let coefficients (lambda: MergeCoefficients) (vectors: TaskVectorRule) = MergeMethod.Coefficients(lambda, vectors)
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
    /// Iso-CTS: the fraction of common directions, and the scale.
    let isotropicCts (common: float) (scale: float) = MergeMethod.IsotropicCts(common, scale)
    /// DOGE without data: `MergeMethod.doge (DogeOptions(Keep = 0.5))`.
    let doge (options: DogeOptions) = MergeMethod.Doge options
    /// A method of one's own: the update of a tensor's name, the base and the task vectors.
    let own (update: string -> torch.Tensor -> IReadOnlyList<torch.Tensor> -> torch.Tensor) =
        MergeMethod.Of(Func<_, _, _, _>(fun name theta0 taus -> update name theta0 taus))

/// The coefficients of task vectors, for `MergeMethod.coefficients` and AdaMerging.
[<RequireQualifiedAccess>]
module MergeCoefficients =

    /// One number for all.
    let constant (value: float) = MergeCoefficients.Constant value
    /// Given numbers, by tensor, in the order of the models.
    let given (values: (string * float list) list) =
        MergeCoefficients.Of(dict [ for name, each in values -> name, Array.ofList each ] |> Dictionary)
    /// So large that all task vectors of a tensor have this norm.
    let equalNorms (norm: float) = MergeCoefficients.EqualNorms norm
    /// So large that all task vectors of a tensor have a norm that is this share of the median one.
    let equalNormsOfMedian (share: float) = MergeCoefficients.EqualNormsOfMedian share

/// What becomes of task vectors before coefficients weigh them.
[<RequireQualifiedAccess>]
module TaskVectorRule =

    /// As they are.
    let plain = TaskVectorRule.Plain
    /// Trimmed to a share, and without what disagrees with the elected sign.
    let ties (keep: float) = TaskVectorRule.Ties keep
    /// With DOGE's correction and mask.
    let doge (options: DogeOptions) = TaskVectorRule.Doge options

/// What goes with pools of models.
[<AutoOpen>]
module Merging =

    /// Leaves tensors out, by patterns of names: they are the base's.
    let without (patterns: string list) (pool: MergePool) = pool.Without(Array.ofList patterns)

    /// The models merged by a method.
    let mergedBy (method: MergeMethod) (pool: MergePool) = pool.By method

    /// Takes the bias of a merge's features away for each task: a module of the models' architecture, the tasks, and the rank.
    let surgery (body: torch.nn.Module<torch.Tensor, torch.Tensor>) (tasks: MergeTask list) (rank: int) (merged: MergedModel) =
        Surgery.Fit(merged, body, Array.ofList tasks, rank)

    /// Coefficients learned on inputs without labels: `pool |> adaMerged body tasks (AdaMergingOptions(LearningRate = 1e-2))`.
    let adaMerged (body: torch.nn.Module<torch.Tensor, torch.Tensor>) (tasks: MergeTask list) (options: AdaMergingOptions) (pool: MergePool) =
        pool.AdaMerging(body, Array.ofList tasks, options)

    /// A body some layers of which are merged anew for what they read: a module of the models' architecture, the tasks, and settings.
    let weightEnsembling (body: torch.nn.Module<torch.Tensor, torch.Tensor>) (tasks: MergeTask list) (options: WeightEnsemblingOptions)
                         (pool: MergePool) =
        pool.WeightEnsembling(body, Array.ofList tasks, options)

/// How far along a shift of logits: `AlphaSearch.grid 0.1 2.0`.
[<RequireQualifiedAccess>]
module AlphaSearch =

    /// The best of 0, step, 2 step ... limit.
    let grid (step: float) (limit: float) = AlphaSearch.Grid(step, limit)
    /// So many halvings of the numbers up to the limit.
    let bisection (halvings: int) (limit: float) = AlphaSearch.Bisection(halvings, limit)

/// A large model with what small ones were tuned for: `LogitFusion.centroid 2.0 (AlphaSearch.grid 0.1 2.0) |> fuse large small [ adds; sorts ]`.
[<RequireQualifiedAccess>]
module LogitFusion =

    /// As far as the one expert moved by its tuning.
    let single (search: AlphaSearch) = LogitFusion.Single search
    /// At most one expert at a row, as far as the mean of what they moved.
    let oneExpert (search: AlphaSearch) = LogitFusion.OneExpert search
    /// The centre of the experts' own fusions, weighed by KL^k.
    let centroid (k: float) (search: AlphaSearch) = LogitFusion.Centroid(k, search)
    /// The same alphas at all rows, one for each expert.
    let constant (alphas: float list) = LogitFusion.Static(Array.ofList alphas)
    /// The same share of alpha for each expert at all rows.
    let uniform (alpha: float) = LogitFusion.Uniform alpha

/// What goes with fusions of logits.
[<AutoOpen>]
module Fusing =

    /// Fused logits of a large model, the small one and its experts, [rows, vocabulary] each.
    let fuse (large: torch.Tensor) (small: torch.Tensor) (experts: torch.Tensor list) (fusion: LogitFusion) =
        fusion.Fuse(large, small, Array.ofList experts)

    /// Decodes greedily after a prompt, so many tokens at most: models are functions of tokens to the logits of the next one.
    let decode (large: torch.Tensor -> torch.Tensor) (small: torch.Tensor -> torch.Tensor) (experts: (torch.Tensor -> torch.Tensor) list) (steps: int)
               (prompt: torch.Tensor) (fusion: LogitFusion) =
        fusion.Decode(prompt, Func<_, _> large, Func<_, _> small, [| for expert in experts -> Func<_, _> expert |], steps)
