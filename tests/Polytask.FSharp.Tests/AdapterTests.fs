module Polytask.FSharp.Tests.AdapterTests

open Polytask
open Polytask.FSharp
open TorchSharp
open Xunit

let private same (left: Adapter) (right: Adapter) =
    Assert.Equal(left.GetType(), right.GetType())
    Assert.Equal(string left, string right)

[<Fact>]
let ``Adapters`` () =
    same (lora 8 |> withDropout 0.1 |> atLayers [ "*.linear1" ]) (Adapter.Lora(8).WithDropout(0.1).At "*.linear1")
    same (loraOf 8 16.0 |> alsoTraining [ "2.*" ]) (Adapter.Lora(8, 16.0).Training "2.*")
    same (afterLayers 4 |> withActivation Activation.Tanh |> withWidth 6) (Adapter.Series(4).WithActivation(Activation.Tanh).WithWidth 6L)
    same (besideLayers 4 2.0) (Adapter.Parallel(4, 2.0))
    same
        (multiTaskLora 4 2.0 |> withTaskLayers "2" |> withTrainedScales |> withSharedUpdate)
        (Adapter.MultiTaskLora(4, 2.0).WithTaskLayers("2").WithTrainedScales().WithSharedUpdate())
    same (polytropon 8 2 |> relaxedBernoulli) (Adapter.Polytropon(8, 2).RelaxedBernoulli())
    same (multiHeadRouting 8 1 4 |> sharedRouting) (Adapter.MultiHeadRouting(8, 1, 4).SharedRouting())
    same (hyperAdapter 4 6) (Adapter.Hyper(4, 6))
    same (promptTokens 4 |> withWidth 8) (Adapter.Prompt(4).WithWidth 8L)
    same (prefix 4) (Adapter.Prefix 4)
    same bitFit (Adapter.BitFit())
    same batchNormOnly (Adapter.BatchNormOnly())

[<Fact>]
let ``An adapter is put on a module`` () =
    use network = torch.nn.Sequential(torch.nn.Linear(6L, 5L), torch.nn.ReLU(), torch.nn.Linear(5L, 4L))
    use adaptation = lora 2 |> atLayers [ "0" ] |> adapt network [ "a"; "b" ]
    Assert.Equal(2L * 2L * (6L + 5L), adaptation.AddedCount)

[<Fact>]
let ``Trained adapters are combined`` () =
    use network = torch.nn.Sequential(torch.nn.Linear(6L, 5L))
    let sources = afterLayers 2 |> adapt network [ "a"; "b" ]
    use scaled = scaLearn ScaLearnKind.Uniform 0.0 |> combine sources []
    Assert.Equal(2L, scaled.AddedCount)
    scaled.Remove()
    use fused = adapterFusion |> combine sources []
    Assert.Equal(3L * 25L + 10L, fused.AddedCount)
