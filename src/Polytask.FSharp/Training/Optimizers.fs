namespace Polytask.FSharp

open System.Runtime.CompilerServices
open Polytask
open Polytask.FSharp.Keyword
open TorchSharp

/// The keywords of `train` for optimisers.
type OptimizerKeywords internal () =

    /// Everything of another plan, then what differs.
    [<CustomOperation "from">]
    member _.From(plan: TrainingPlan, other: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "from" file line (fun () -> if plan = TrainingPlan() then other else lostBefore "from")

    /// Adam of that learning rate.
    [<CustomOperation "adam">]
    member _.Adam(plan: TrainingPlan, rate: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adam" file line (fun () -> plan.Adam rate)

    /// Adam with weight decay.
    [<CustomOperation "adam">]
    member _.Adam(plan: TrainingPlan, rate: float, weightDecay: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adam" file line (fun () -> plan.Adam(rate, weightDecay))

    /// Adam with a decoupled weight decay of 0.01.
    [<CustomOperation "adamW">]
    member _.AdamW(plan: TrainingPlan, rate: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adamW" file line (fun () -> plan.AdamW rate)

    /// Adam with decoupled weight decay.
    [<CustomOperation "adamW">]
    member _.AdamW(plan: TrainingPlan, rate: float, weightDecay: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adamW" file line (fun () -> plan.AdamW(rate, weightDecay))

    /// Stochastic gradient descent.
    [<CustomOperation "sgd">]
    member _.Sgd(plan: TrainingPlan, rate: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "sgd" file line (fun () -> plan.Sgd rate)

    /// Stochastic gradient descent with momentum.
    [<CustomOperation "sgd">]
    member _.Sgd(plan: TrainingPlan, rate: float, momentum: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "sgd" file line (fun () -> plan.Sgd(rate, momentum))

    /// Stochastic gradient descent with momentum and weight decay.
    [<CustomOperation "sgd">]
    member _.Sgd(
            plan: TrainingPlan, rate: float, momentum: float, weightDecay: float,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "sgd" file line (fun () -> plan.Sgd(rate, momentum, weightDecay))

    /// Stochastic gradient descent with Nesterov's momentum and weight decay.
    [<CustomOperation "nesterov">]
    member _.Nesterov(
            plan: TrainingPlan, rate: float, momentum: float, weightDecay: float,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "nesterov" file line (fun () -> plan.Sgd(rate, momentum, weightDecay, true))

    /// Adagrad.
    [<CustomOperation "adagrad">]
    member _.Adagrad(plan: TrainingPlan, rate: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adagrad" file line (fun () -> plan.Adagrad rate)

    /// Adagrad with weight decay.
    [<CustomOperation "adagrad">]
    member _.Adagrad(plan: TrainingPlan, rate: float, weightDecay: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "adagrad" file line (fun () -> plan.Adagrad(rate, weightDecay))

    /// RMSprop.
    [<CustomOperation "rmsProp">]
    member _.RmsProp(plan: TrainingPlan, rate: float, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "rmsProp" file line (fun () -> plan.RmsProp rate)

    /// RMSprop with that smoothing, momentum and weight decay.
    [<CustomOperation "rmsProp">]
    member _.RmsProp(
            plan: TrainingPlan, rate: float, smoothing: float, momentum: float, weightDecay: float,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "rmsProp" file line (fun () -> plan.RmsProp(rate, smoothing, momentum, weightDecay))

    /// Limited-memory BFGS: rate, inner steps and remembered steps.
    [<CustomOperation "lbfgs">]
    member _.Lbfgs(
            plan: TrainingPlan, rate: float, iterations: int, history: int,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "lbfgs" file line (fun () -> plan.Lbfgs(rate, iterations, history))

    /// An optimiser of your own choice over given parameters.
    [<CustomOperation "optimizer">]
    member _.Optimizer(
            plan: TrainingPlan, name: string, make: Modules.Parameter seq -> #torch.optim.Optimizer,
            [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "optimizer" file line (fun () -> plan.Optimizer(name, (fun parameters -> make parameters :> _)))

    /// Step every parameter by itself instead of in flat buffers.
    [<CustomOperation "withoutFlatParameters">]
    member _.WithoutFlatParameters(plan: TrainingPlan, [<CallerFilePath>] ?file: string, [<CallerLineNumber>] ?line: int) =
        step "withoutFlatParameters" file line (fun () -> plan.WithoutFlatParameters())
