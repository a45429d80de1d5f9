namespace Polytask.FSharp

open Polytask

/// How learning rates change, for the keyword `schedule`: `schedule (Schedule.cosine 0.0)`.
[<RequireQualifiedAccess>]
module Schedule =

    /// The same throughout.
    let constant = Schedule.Constant()

    /// Multiplied by a factor every so many epochs.
    let step (epochs: int) (factor: float) = Schedule.Step(epochs, factor)

    /// Half a cosine from 1 down to the floor.
    let cosine (floor: float) = Schedule.Cosine floor

    /// Up to 1 in that share of the training, then down to nearly 0.
    let oneCycle (rise: float) = Schedule.OneCycle rise

    /// One cycle with other factors of the first and the last step.
    let oneCycleFrom (start: float) (finish: float) (rise: float) = Schedule.OneCycle(rise, start, finish)

    /// Multiplied by a factor every epoch.
    let exponential (factor: float) = Schedule.Exponential factor

    /// (1 - share done)^power: linear for a power of 1.
    let polynomial (power: float) = Schedule.Polynomial power

    /// A function of your own: where the training is → the factor of every rate.
    let own name (factor: ScheduleTime -> float) = Schedule.Of(name, factor)

/// Which tasks a step trains, for the keyword `sample`: `sample (Sampler.temperature 2.0 |> Sampler.unmixed)`.
[<RequireQualifiedAccess>]
module Sampler =

    /// Chances proportional to the number of rows.
    let proportional = Sampler.Proportional()

    /// The same, rows above a limit counting for nothing.
    let proportionalUpTo (limit: int) = Sampler.Proportional(int64 limit)

    /// Chances n^(1/T): between proportional and uniform.
    let temperature (temperature: float) = Sampler.Temperature temperature

    /// The same, rows above a limit counting for nothing.
    let temperatureUpTo (limit: int) (temperature: float) = Sampler.Temperature(temperature, int64 limit)

    /// The same chance for every task.
    let uniform = Sampler.Uniform()

    /// Chances of your own, by task.
    let chances (chances: (string * float) list) = Sampler.Chances [| for task, chance in chances -> struct (task, chance) |]

    /// A step trains one task on a whole batch.
    let unmixed (sampler: ChanceSampler) = sampler.Unmixed()

    /// One task after the other.
    let roundRobin = Sampler.RoundRobin()

    /// An epoch has this many steps.
    let steps (perEpoch: int) (sampler: Sampler) = sampler.Steps perEpoch

    /// A sampler of your own: a turn → the rows of each task.
    let own name (draw: SamplerTurn -> int list) = Sampler.Of(name, (fun turn -> ResizeArray(draw turn)))
