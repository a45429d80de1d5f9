module Polytask.FSharp.Tests.TrainTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

let private plain = TrainingPlan()

[<Fact>]
let ``Optimisers`` () =
    same (train { adam 1e-2 }) (plain.Adam 1e-2)
    same (train { adam 1e-2 1e-4 }) (plain.Adam(1e-2, 1e-4))
    same (train { adamW 1e-2 }) (plain.AdamW 1e-2)
    same (train { adamW 1e-2 0.1 }) (plain.AdamW(1e-2, 0.1))
    same (train { sgd 0.1 }) (plain.Sgd 0.1)
    same (train { sgd 0.1 0.9 }) (plain.Sgd(0.1, 0.9))
    same (train { sgd 0.1 0.9 1e-4 }) (plain.Sgd(0.1, 0.9, 1e-4))
    same (train { nesterov 0.1 0.9 1e-4 }) (plain.Sgd(0.1, momentum = 0.9, weightDecay = 1e-4, nesterov = true))
    same (train { adagrad 0.1 }) (plain.Adagrad 0.1)
    same (train { adagrad 0.1 1e-4 }) (plain.Adagrad(0.1, 1e-4))
    same (train { rmsProp 0.1 }) (plain.RmsProp 0.1)
    same (train { rmsProp 0.1 0.9 0.5 1e-4 }) (plain.RmsProp(0.1, 0.9, 0.5, 1e-4))
    same (train { lbfgs 1.0 10 5; fullBatch }) (plain.Lbfgs(1.0, 10, 5).FullBatch())
    let own = train { optimizer "own" (fun parameters -> torch.optim.SGD(parameters, 0.25)); withoutFlatParameters }
    let inCSharp = plain.Optimizer("own", (fun parameters -> torch.optim.SGD(parameters, 0.25) :> torch.optim.Optimizer)).WithoutFlatParameters()
    Assert.Equal(string inCSharp, string own)
    Assert.False own.StepsFlat

[<Fact>]
let ``Rows, rates and parts`` () =
    same
        (train {
            epochs 5
            batch 64
            accumulate 2
            sample (Sampler.temperature 2.0 |> Sampler.unmixed)
            schedule (Schedule.cosine 0.1)
            warmUp (Epochs 1)
            learningRate Part.Stitch 0.1
            weightDecay (Part.Task "income") 1e-4
            freeze [ Part.Backbone; Part.Experts ]
            lossWeight "income" 1.0 0.95
        })
        (plain.Epochs(5).Batch(64).Accumulate(2).Sample(Sampler.Temperature(2.0).Unmixed()).Schedule(Schedule.Cosine 0.1).WarmUp(epochs = 1)
            .LearningRate("stitch", 0.1).Group("income", weightDecay = 1e-4).Freeze("backbone", "experts").LossWeight("income", 1.0, 0.95))
    same (train { warmUp (Steps 100) }) (plain.WarmUp(steps = 100))
    let rising = train { lossWeight "income" (fun epoch -> float epoch) }
    Assert.Equal(3.0, rising.LossWeights[0].Of.Invoke 3)

[<Fact>]
let ``Steps, watching and files`` () =
    same
        (train {
            clipGradients 1.0
            gradientNoise 0.1 0.5
            ema 0.999
            mixedPrecision
            untilGradientBelow 1e-6
            patience 3
            validateEvery 2
            checkpoint "runs" (Epochs 2)
            resume
            on "cuda"
        })
        (plain.ClipGradients(1.0).GradientNoise(0.1, 0.5).Ema(0.999).MixedPrecision().UntilGradientBelow(1e-6).Patience(3).ValidateEvery(2)
            .Checkpoint("runs", epochs = 2).Resume().On "cuda")
    same (train { sam 0.1; keepBest }) (plain.Sam(0.1).KeepBest())
    same (train { adaptiveSam 0.5 }) (plain.Sam(0.5, adaptive = true))
    same (train { mixedPrecision torch.ScalarType.Float16 }) (plain.MixedPrecision torch.ScalarType.Float16)
    Assert.Equal(plain.Checkpoint("runs", steps = 50).CheckpointRule, (train { checkpoint "runs" (Steps 50) }).CheckpointRule)
    Assert.Equal(plain.Checkpoint("runs", steps = 50, keep = 3).CheckpointRule, (train { checkpoint "runs" (Steps 50) 3 }).CheckpointRule)
    same (train { }) plain
    same (train { from (train { sgd 0.5; epochs 3 }); epochs 4 }) (plain.Sgd(0.5).Epochs 4)

[<Fact>]
let ``Schedules and samplers`` () =
    same Schedule.constant (Schedule.Constant())
    same (Schedule.step 3 0.5) (Schedule.Step(3, 0.5))
    same (Schedule.oneCycle 0.4) (Schedule.OneCycle 0.4)
    same (Schedule.oneCycleFrom 0.1 0.01 0.4) (Schedule.OneCycle(0.4, 0.1, 0.01))
    same (Schedule.exponential 0.9) (Schedule.Exponential 0.9)
    same (Schedule.polynomial 2.0) (Schedule.Polynomial 2.0)
    Assert.Equal(0.5, (Schedule.own "half" (fun _ -> 0.5)).Factor(ScheduleTime(0L, 10L, 5L)))
    same Sampler.proportional (Sampler.Proportional())
    same (Sampler.proportionalUpTo 100) (Sampler.Proportional 100L)
    same (2.0 |> Sampler.temperatureUpTo 100) (Sampler.Temperature(2.0, 100L))
    same Sampler.uniform (Sampler.Uniform())
    same (Sampler.chances [ "y", 1.0; "z", 3.0 ]) (Sampler.Chances(struct ("y", 1.0), struct ("z", 3.0)))
    same (Sampler.roundRobin |> Sampler.steps 7) (Sampler.RoundRobin().Steps 7)
    let turn = SamplerTurn(0, 0L, [| "y"; "z" |], [| 10L; 10L |], 4, StableRandom 1UL)
    Assert.Equal<int>([ 4; 0 ], (Sampler.own "first" (fun turn -> [ turn.Batch; 0 ])).Draw turn)

[<Fact>]
let ``Every part but a task and a layer of one's own is a part of some module`` () =
    let named =
        [ "trunk.backbone.weight"; "trunk.experts.expert_0.weight"; "trunk.experts.gate_y.weight"
          "trunk.stitch.stage_0.weight"; "trunk.stitch.alpha_0"
          "trunk.attention.mask_y.weight"; "trunk.memory.start"; "trunk.branches.task_y.weight"
          "trunk.groups.group_a.weight"; "trunk.own.weight"
          "task_y.head.weight"; "weighting.s" ]
        |> List.map MultiTaskModule.PartOf
        |> set
    let parts =
        [ Part.Backbone; Part.Experts; Part.Gates; Part.Stages; Part.Stitch; Part.Masks
          Part.Memory; Part.Branches; Part.Groups; Part.Own; Part.Tasks; Part.Weighting ]
    Assert.Equal<Set<string>>(named, set [ for part in parts -> part.Name ])
    Assert.Equal(parts.Length + 1, (Microsoft.FSharp.Reflection.FSharpType.GetUnionCases typeof<Part>).Length)
