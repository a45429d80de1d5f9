module Polytask.FSharp.Tests.MergingTests

open System.Collections.Generic
open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Same
open TorchSharp
open Xunit

[<Fact>]
let ``Methods of merging`` () =
    same MergeMethod.average (MergeMethod.Average())
    same (MergeMethod.weighted [ 1.0; 2.0 ]) (MergeMethod.Weighted(1.0, 2.0))
    same (MergeMethod.taskArithmetic 0.4) (MergeMethod.TaskArithmetic 0.4)
    same (MergeMethod.scaledTasks [ 0.4; -1.0 ]) (MergeMethod.TaskArithmetic(0.4, -1.0))
    same (MergeMethod.ties 0.3 0.9) (MergeMethod.Ties(0.3, 0.9))
    same (MergeMethod.tiesSum 0.3 0.9) (MergeMethod.Ties(0.3, 0.9, TiesReduction.Sum))
    same (MergeMethod.dare 0.9 7 MergeMethod.average) (MergeMethod.Dare(0.9, MergeMethod.Average(), 7))
    same (MergeMethod.consensus 0.3 3 0.5) (MergeMethod.Consensus(0.3, 3, 0.5))
    same (MergeMethod.consensusAt [ 0.3; 0.4 ] 1 0.5) (MergeMethod.Consensus([| 0.3; 0.4 |], 1, 0.5))
    same (MergeMethod.emr 2) (MergeMethod.Emr 2)
    same (MergeMethod.pcb 0.1 2.0) (MergeMethod.Pcb(0.1, 2.0))
    same (MergeMethod.slerp 0.3) (MergeMethod.Slerp 0.3)
    same (MergeMethod.slerpOfTaskVectors 0.3) (MergeMethod.Slerp(0.3, true))
    same MergeMethod.modelStock (MergeMethod.ModelStock())
    same (MergeMethod.breadcrumbs 0.5 0.1 0.4) (MergeMethod.Breadcrumbs(0.5, 0.1, 0.4))
    same (MergeMethod.isotropicC 2.0) (MergeMethod.IsotropicC 2.0)
    same (MergeMethod.taskSingularVectors 0.8) (MergeMethod.TaskSingularVectors 0.8)

let private model (weight: float list) (head: float) : IReadOnlyDictionary<string, torch.Tensor> =
    dict [ "weight", torch.tensor (Array.ofList weight); "head", torch.tensor [| head |] ] |> Dictionary :> _

let private merged method =
    let pool = Merge.Of(model [ 1.0; 2.0 ] 3.0, model [ 2.0; 0.0 ] 0.0, model [ 5.0; 1.0 ] 9.0)
    let all = (pool |> without [ "head" ] |> mergedBy method).ToDictionary()
    [ for name in [ "weight"; "head" ] do yield! all[name].data<float>().ToArray() ]

[<Fact>]
let ``Pools are merged without what is left out`` () =
    Assert.Equal<float list>([ 3.5; 0.5; 3.0 ], merged MergeMethod.average)
    Assert.Equal<float list>([ 2.0; 0.0; 3.0 ], merged (MergeMethod.own (fun _ _ taus -> taus[0])))
    let one = model [ 1.0; 1.0 ] 1.0
    Assert.Equal<float list>([ 3.5; 0.5; 3.0 ], merged (MergeMethod.fisher [ one; one ]))
    Assert.Equal<float list>([ 3.5; 0.5; 3.0 ], merged (MergeMethod.fisherOf [ ParameterSource.Of one; ParameterSource.Of one ]))

[<Fact>]
let ``Linear layers by their inputs`` () =
    let named (tensor: torch.Tensor) : IReadOnlyDictionary<string, torch.Tensor> = Dictionary(dict [ "w", tensor ]) :> _
    let matrix (values: float list) =
        let row = torch.tensor (Array.ofList values)
        named (row.unsqueeze 0L)
    let gram = named (torch.eye (2L, dtype = torch.ScalarType.Float64))
    let pool = Merge.Of(matrix [ 0.0; 0.0 ], matrix [ 1.0; 2.0 ], matrix [ 3.0; 6.0 ])
    for method in [ MergeMethod.regMean [ gram; gram ] 1.0; MergeMethod.regMeanOf [ ParameterSource.Of gram; ParameterSource.Of gram ] 1.0 ] do
        let all = (pool |> mergedBy method).ToDictionary()
        let found = all["w"].data<float>().ToArray()
        // A ridge of 1e-6 on the diagonal of the sum.
        Assert.Equal(4.0 / 2.000001, found[0], 12)
        Assert.Equal(8.0 / 2.000001, found[1], 12)
