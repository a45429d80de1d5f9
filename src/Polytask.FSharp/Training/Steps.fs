namespace Polytask.FSharp

open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp.Keyword
open TorchSharp

/// The keywords of `train` for what happens in a step.
type StepKeywords internal () =
    inherit RateKeywords()

    /// How the tasks' gradients are computed for a weighting that reads their Gramian: `taskGradients TaskGradientMode.Columns`.
    [<CustomOperation "taskGradients">]
    member _.TaskGradients(plan: TrainingPlan, mode: TaskGradientMode, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "taskGradients" file line (fun () -> plan.TaskGradients mode)

    /// Gradients are scaled down to that norm.
    [<CustomOperation "clipGradients">]
    member _.ClipGradients(plan: TrainingPlan, norm: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "clipGradients" file line (fun () -> plan.ClipGradients norm)

    /// Annealed Gaussian noise on gradients, of variance eta / (1 + t)^gamma.
    [<CustomOperation "gradientNoise">]
    member _.GradientNoise(plan: TrainingPlan, eta: float, gamma: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "gradientNoise" file line (fun () -> plan.GradientNoise(eta, gamma))

    /// Sharpness-aware minimisation of that radius.
    [<CustomOperation "sam">]
    member _.Sam(plan: TrainingPlan, radius: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "sam" file line (fun () -> plan.Sam radius)

    /// Sharpness-aware minimisation, distance relative to the weights' sizes.
    [<CustomOperation "adaptiveSam">]
    member _.AdaptiveSam(plan: TrainingPlan, radius: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adaptiveSam" file line (fun () -> plan.Sam(radius, true))

    /// Weights averaged with that decay.
    [<CustomOperation "ema">]
    member _.Ema(plan: TrainingPlan, decay: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "ema" file line (fun () -> plan.Ema decay)

    /// Matrix products and convolutions in bfloat16.
    [<CustomOperation "mixedPrecision">]
    member _.MixedPrecision(plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "mixedPrecision" file line (fun () -> plan.MixedPrecision())

    /// Matrix products and convolutions in that type.
    [<CustomOperation "mixedPrecision">]
    member _.MixedPrecision(plan: TrainingPlan, precision: torch.ScalarType, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "mixedPrecision" file line (fun () -> plan.MixedPrecision precision)

    /// Stop once a step's gradient is shorter than this.
    [<CustomOperation "untilGradientBelow">]
    member _.UntilGradientBelow(plan: TrainingPlan, norm: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "untilGradientBelow" file line (fun () -> plan.UntilGradientBelow norm)
