namespace Polytask.FSharp

open Polytask

/// How the losses of the tasks become one update.
[<AutoOpen>]
module Weightings =

    /// The plain sum of the task losses.
    let equal = Weighting.Equal()

    /// A fixed weight per task; tasks not named have weight 1.
    let constant (weights: (string * float) list) = Weighting.Constant [| for name, weight in weights -> struct (name, weight) |]

    /// Learned task uncertainties (Kendall et al., CVPR 2018).
    let uncertainty = Weighting.Uncertainty()

    /// Learned uncertainties with a regulariser that stays above 0 (Liebel and Körner, 2018).
    let revisedUncertainty = Weighting.RevisedUncertainty()

    /// Learned scales that bring all losses to 1 (IMTL-L).
    let imtlL = Weighting.ImtlL()

    /// The geometric mean of the losses (GLS).
    let geometricMean = Weighting.GeometricMean()

    /// Random weights in each step (RLW).
    let randomLosses = Weighting.RandomLosses()

    /// Tasks whose losses fall slowly count more (DWA), by a temperature; 2 in the paper.
    let dynamicAverage (temperature: float) = Weighting.DynamicAverage temperature

    /// All losses fall at one rate (FAMO).
    let famo = Weighting.Famo()

    /// Tasks in so many groups that learn at one pace (GO4Align).
    let goAlign (groups: int) = Weighting.GoAlign groups

    /// The worst tasks first (group DRO, Sagawa et al., ICLR 2020), by that step.
    let groupDro (step: float) = Weighting.GroupDro step

    /// What a task is worth: `prefer "income" 0.7`.
    let prefer (task: string) (weight: float) = Preference(task, weight)

    /// The loss of a preferred task that would be best.
    let withIdeal (ideal: float) (preference: Preference) = Preference(preference.Task, preference.Weight, ideal)

    /// The largest weighed distance from the ideal.
    let tchebycheff (preferences: Preference list) = Weighting.Tchebycheff(Array.ofList preferences)

    /// A smooth maximum of the weighed distances from the ideal (STCH).
    let smoothTchebycheff (smoothness: float) (preferences: Preference list) =
        Weighting.SmoothTchebycheff(smoothness, Array.ofList preferences)

    /// Smooth Tchebycheff of log losses from the nadir, after so many epochs.
    let nadirTchebycheff (smoothness: float) (warmUp: int) = Weighting.NadirTchebycheff(smoothness, warmUp)

    /// Along a preferred direction, with a penalty for being beside it (PBI).
    let penaltyIntersection (penalty: float) (preferences: Preference list) =
        Weighting.PenaltyIntersection(penalty, Array.ofList preferences)

    /// The preferred mean, with a reward for losses in the preference's direction (COSMOS).
    let cosmos (alignment: float) (preferences: Preference list) = Weighting.Cosmos(alignment, Array.ofList preferences)

    /// The same weighting of the losses' logarithms.
    let ofLogs (weighting: Weighting) = weighting.OfLogs()

    /// Tasks pull on the shared parameters as strongly as they are behind (GradNorm), by alpha; 1.5 in the paper.
    let gradNorm (alpha: float) = Weighting.GradNorm alpha

    /// The sum of the task gradients.
    let gradientSum = Weighting.GradientSum()

    /// The mean of the task gradients.
    let gradientMean = Weighting.GradientMean()

    /// Fixed weights of the task gradients, in the order of the tasks.
    let constantGradients (weights: float list) = Weighting.ConstantGradients(Array.ofList weights)

    /// Random weights of the task gradients in each step (RGW).
    let randomGradients = Weighting.RandomGradients()

    /// The shortest convex combination of the task gradients (MGDA).
    let mgda = Weighting.Mgda()

    /// MGDA on gradients that are first divided by their lengths, the losses or both.
    let mgdaBy (normalization: MgdaNormalization) = Weighting.Mgda normalization

    /// MGDA on the gradients at the representation that all tasks read (MGDA-UB).
    let mgdaUb = Weighting.MgdaUb()

    /// The same rule on the gradients at the representation that all tasks read: `caGrad 0.4 |> atRepresentation`.
    let atRepresentation (weighting: GradientWeighting) = weighting.AtRepresentation()

    /// The same rule with one objective for each row instead of one for each task: `upGrad |> perInstance`.
    let perInstance (weighting: GradientWeighting) = weighting.PerInstance()

    /// Of each gradient the part against another is taken off (PCGrad).
    let pcGrad = Weighting.PCGrad()

    /// As PCGrad, towards cosines that follow the past (gradient vaccine), by beta; 0.5 in the known codes.
    let gradVac (beta: float) = Weighting.GradVac beta

    /// Near the mean gradient, the direction that is best for the task it serves worst (CAGrad), by c; 0.4 in the paper.
    let caGrad (c: float) = Weighting.CAGrad c

    /// CAGrad divided by a power of c, near a preferred mean; an empty list for the plain one.
    let caGradOf (rescale: CAGradRescale) (preference: float list) (c: float) = Weighting.CAGrad(c, rescale, Array.ofList preference)

    /// The bargaining solution (Nash-MTL), of length 1 at most.
    let nashMtl = Weighting.NashMtl()

    /// The bargaining solution of at most that length (0: any), anew every so many steps.
    let nashMtlOf (maxNorm: float) (every: int) = Weighting.NashMtl(maxNorm, every)

    /// Alpha-fair shares (FairGrad).
    let fairGrad (alpha: float) = Weighting.FairGrad alpha

    /// The same projection on every unit gradient (IMTL-G).
    let imtlG = Weighting.ImtlG()

    /// Components made orthogonal and equally long (Aligned-MTL).
    let alignedMtl = Weighting.AlignedMtl()

    /// Aligned-MTL at another scale, for preferred tasks; an empty list for the plain mean.
    let alignedMtlOf (scale: AlignedScale) (preference: float list) = Weighting.AlignedMtl(scale, Array.ofList preference)

    /// The nearest direction to the mean that conflicts with no task (DualProj).
    let dualProj = Weighting.DualProj()

    /// DualProj with another ridge, for preferred tasks; an empty list for the plain mean.
    let dualProjOf (ridge: float) (preference: float list) = Weighting.DualProj(ridge, Array.ofList preference)

    /// Each gradient projected to conflict with no task, then averaged (UPGrad).
    let upGrad = Weighting.UPGrad()

    /// UPGrad with another ridge, for preferred tasks; an empty list for the plain mean.
    let upGradOf (ridge: float) (preference: float list) = Weighting.UPGrad(ridge, Array.ofList preference)

    /// The mean of so many gradients that lie nearest to the others, though some may be hostile (Krum).
    let krum (byzantine: int) (selected: int) = Weighting.Krum(byzantine, selected)

    /// One cosine with all gradients (ConFIG), in proportion to a preference; an empty list for equal ones.
    let conFig (preference: float list) = Weighting.ConFig(Array.ofList preference)

    /// The weights of another rule averaged over steps (CR-MOGM), with that share of the past.
    let crMogm (alpha: float) (weighting: GradientWeighting) = Weighting.CrMogm(weighting, alpha)

    /// In each coordinate one sign passes, by chance of its share (GradDrop); the shares that pass regardless, or an empty list.
    let gradDrop (leak: float list) = Weighting.GradDrop(Array.ofList leak)

    /// The mean in each coordinate without so many extremes on each side.
    let trimmedMean (trimmed: int) = Weighting.TrimmedMean trimmed

    /// Gradients and weights of MGDA that follow slowly (MoCo), by beta, gamma, sigma and rho.
    let moCo (beta: float) (gamma: float) (sigma: float) (rho: float) = Weighting.MoCo(beta, gamma, sigma, rho)

    /// Weights that rise with the excess risk (ExcessMTL), by that step.
    let excessMtl (eta: float) = Weighting.ExcessMtl eta

    /// Averaged gradients made as long as the longest (DB-MTL): `dbMtl 0.9 0.0 |> ofLogs`.
    let dbMtl (beta: float) (sigma: float) = Weighting.DbMtl(beta, sigma)

    /// MGDA from independent batches, drawn towards the mean (SDMGrad), by lambda; 0.3 in the authors' experiments.
    let sdmGrad (lambda: float) = Weighting.SdmGrad lambda

    /// One step of MGDA's weights from independent batches (MoDo), by gamma and rho.
    let moDo (gamma: float) (rho: float) = Weighting.MoDo(gamma, rho)

    /// Weights that descend on the primary tasks' losses of held-out rows, one step ahead (Auto-Lambda), by their learning rate and the look's step
    /// alpha, 1e-4 and 0.1 in the paper's code; an empty list where all tasks are primary.
    let autoLambda (primary: string list) (rate: float) (alpha: float) = Weighting.AutoLambda(primary, rate, alpha)

    /// Weights that descend on the held-out losses of all tasks at once, by MGDA, one step ahead (MOML), by their learning rate and the look's step
    /// alpha.
    let moml (normalization: MgdaNormalization) (rate: float) (alpha: float) = Weighting.Moml(rate, alpha, normalization)

    /// Weights and parameters that descend together on the held-out losses of all tasks, the parameters being best for the weights (FORUM), by the
    /// weights' learning rate, a number of steps alpha ahead, and rho.
    let forum (rate: float) (alpha: float) (inner: int) (rho: float) = Weighting.Forum(rate, alpha, inner, rho)
