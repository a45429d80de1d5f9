module Polytask.FSharp.Tests.ModelTests

open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open Xunit

let private small: Block = Block.Mlp 4L

let private withTasks (model: Model) = model.Task("y", Head.Regress()).Task("z", Head.Binary())

[<Fact>]
let ``Levels of shared and owned experts (CGC, PLE)`` () =
    let cgc = bank 2 (mlp [ 4 ]) |> perTask 1
    let declared =
        multitask "ple" {
            input 6
            experts cgc
            thenExperts cgc (sigmoid |> sharedByAll)
            gate (softmax |> withHidden 3)
            task "y" regress
            task "z" binary
            weigh (constant [ "z", 0.5 ])
        }
    let level = ExpertBank.Shared(2, small).PerTask 1
    Model.Named("ple").Input(6L).Experts(level).ThenExperts(level, Gate.Sigmoid().Shared()).Gate(Gate.Softmax().WithHidden 3L)
    |> withTasks
    |> fun model -> model.Weigh(Weighting.Constant(struct ("z", 0.5)))
    |> sameModel declared
    declared
    |> sameModel (
        Model.named "ple" |> Model.input 6 |> Model.bank cgc |> Model.layer (cgc |> expertsLayerBy (sigmoid |> sharedByAll))
        |> Model.gate (softmax |> withHidden 3) |> Model.task "y" regress |> Model.task "z" binary |> Model.weigh (constant [ "z", 0.5 ])
    )

[<Fact>]
let ``Groups of tasks (HoME)`` () =
    let swish = mlp [ 4 ] |> withActivation Activation.SiLU |> withNormalisation Normalisation.Batch
    let declared =
        multitask "home" {
            input 6
            group "watch" [ "y"; "z" ]
            layer (bank 1 swish |> perGroup 1 |> expertsLayer |> forGroups |> withSelfGates)
            layer (bank 1 swish |> perGroup 1 |> perTask 1 |> expertsLayer |> withGatesOnSharedToo)
            task "y" regress
            task "z" binary
        }
    let expert = Block.Mlp(4L).WithActivation(Activation.SiLU).WithNormalisation Normalisation.Batch
    Model.Named("home").Input(6L).Group("watch", "y", "z")
        .Then(Layer.Experts(ExpertBank.Shared(1, expert).PerGroup 1).ForGroups().WithSelfGates())
        .Then(Layer.Experts(ExpertBank.Shared(1, expert).PerGroup(1).PerTask 1).WithGatesOnSharedToo())
    |> withTasks
    |> sameModel declared

[<Fact>]
let ``Layers of every kind follow a backbone`` () =
    let withLayer (layer: Layer) = Model.Named("m").Input(6L).Backbone(Block.Mlp 8L).Then layer |> withTasks
    let declared (sharing: Layer) =
        multitask "m" {
            input 6
            backbone (mlp [ 8 ])
            layer sharing
            task "y" regress
            task "z" binary
        }
    sameModel (declared (crossStitch [ mlp [ 4 ]; mlp [ 4 ] ])) (withLayer (Layer.CrossStitch(small, small)))
    sameModel (declared (sluice 2 [ mlp [ 4 ]; mlp [ 4 ] ])) (withLayer (Layer.Sluice(2, small, small)))
    sameModel (declared (taskAttention [ mlp [ 4 ] ])) (withLayer (Layer.Attention small))
    sameModel (declared (branching 2 [ mlp [ 4 ] ])) (withLayer (Layer.Branching(2, small)))
    sameModel (declared (expertMemory 2 (mlp [ 4 ]) (linear 4) [ mlp [ 4 ] ])) (withLayer (Layer.Memory(2, small, Block.Linear 4L, small)))
    sameModel (declared (eachTask (mlp [ 4 ]))) (withLayer (Layer.PerTask small))

[<Fact>]
let ``Shapes, images, further blocks and a chain of tasks`` () =
    let declared =
        multitask "esmm" {
            input (shape [ 5; 3 ])
            layer (gru 4 |> lastState)
            layer (mlp [ 6 ])
            task "click" binary
            task "buy" (productWith [ "click" ])
        }
    let expected =
        Model.Named("esmm").Input(Shape.Of(5L, 3L)).Then(Block.Gru(4L).LastState()).Then(Block.Mlp 6L)
            .Task("click", Head.Binary()).Task("buy", Head.Product "click")
    sameModel declared expected
    let pictures =
        multitask "maps" {
            image 3 8 8
            backbone (uNet [ 4; 8 ])
            task "classes" (segment 3)
            task "depth" depth
        }
    Model.Named("maps").Input(3L, 8L, 8L).Backbone(Block.UNet(4L, 8L)).Task("classes", Head.Segment 3L).Task("depth", Head.Depth())
    |> sameModel pictures

[<Fact>]
let ``A variant begins with another model and says what differs`` () =
    let mmoe =
        multitask "mmoe" {
            input 6
            backbone (mlp [ 8 ])
            experts 3 (mlp [ 4 ])
            task "y" regress
            task "z" binary
        }
    let inCSharp = Model.Named("mmoe").Input(6L).Backbone(Block.Mlp 8L).Experts(3, small) |> withTasks
    sameModel mmoe inCSharp
    let shared =
        multitask "shared bottom" {
            from mmoe
            withoutExperts
        }
    sameModel shared (inCSharp.Renamed("shared bottom").WithoutExperts())
    sameModel (mmoe |> Model.renamed "shared bottom" |> Model.withoutExperts) shared
    sameModel (multitask "one" { from mmoe; only [ "z" ]; withoutBackbone }) (inCSharp.Renamed("one").Only("z").WithoutBackbone())
    sameModel (multitask "alone" { from mmoe; withoutLayers; singleTask }) (inCSharp.Renamed("alone").WithoutLayers().SingleTask())
    sameModel (mmoe |> Model.only [ "z" ] |> Model.withoutBackbone) (inCSharp.Only("z").WithoutBackbone())
    sameModel (mmoe |> Model.withoutLayers |> Model.singleTask) (inCSharp.WithoutLayers().SingleTask())

[<Fact>]
let ``Many tasks are one keyword`` () =
    let declared = multitask "m" { input 3; tasks [ for year in 1 .. 12 -> $"year {year}", (regress |> withLoss (huber 1.0)) ] }
    let expected =
        (Model.Named("m").Input(3L), [ 1..12 ])
        ||> List.fold (fun model year -> model.Task($"year {year}", Head.Regress(), loss = Loss.Huber 1.0))
    sameModel declared expected
    sameModel (Model.named "m" |> Model.input 3 |> Model.tasks [ for year in 1 .. 12 -> $"year {year}", (regress |> withLoss (huber 1.0)) ]) expected
