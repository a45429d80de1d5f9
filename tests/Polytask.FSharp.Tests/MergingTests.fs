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
    same (MergeMethod.isotropicCts 0.7 2.0) (MergeMethod.IsotropicCts(0.7, 2.0))
    let options = DogeOptions(Keep = 0.5, Steps = 7, Coefficients = MergeCoefficients.equalNorms 0.07)
    same (MergeMethod.doge options) (MergeMethod.Doge(DogeOptions(Keep = 0.5, Steps = 7, Coefficients = MergeCoefficients.EqualNorms 0.07)))
    same (MergeMethod.coefficients (MergeCoefficients.equalNormsOfMedian 0.2) (TaskVectorRule.ties 0.3))
        (MergeMethod.Coefficients(MergeCoefficients.EqualNormsOfMedian 0.2, TaskVectorRule.Ties 0.3))
    same (MergeMethod.coefficients (MergeCoefficients.constant 0.2) (TaskVectorRule.doge options))
        (MergeMethod.Coefficients(MergeCoefficients.Constant 0.2, TaskVectorRule.Doge options))

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

[<Fact>]
let ``Fusions of logits`` () =
    let grid, halved = AlphaSearch.grid 0.2 3.0, AlphaSearch.bisection 20 1.5
    same grid (AlphaSearch.Grid(0.2, 3.0))
    same halved (AlphaSearch.Bisection(20, 1.5))
    same (LogitFusion.single grid) (LogitFusion.Single(AlphaSearch.Grid(0.2, 3.0)))
    same (LogitFusion.oneExpert halved) (LogitFusion.OneExpert(AlphaSearch.Bisection(20, 1.5)))
    same (LogitFusion.centroid 3.0 grid) (LogitFusion.Centroid(3.0, AlphaSearch.Grid(0.2, 3.0)))
    same (LogitFusion.constant [ 0.5; 1.0 ]) (LogitFusion.Static(0.5, 1.0))
    same (LogitFusion.uniform 2.0) (LogitFusion.Uniform 2.0)
    let row (values: float list) =
        let flat = torch.tensor (Array.ofList values)
        flat.unsqueeze 0L
    let fused = LogitFusion.constant [ 2.0 ] |> fuse (row [ 1.0; 0.0 ]) (row [ 0.0; 0.0 ]) [ row [ 0.0; 3.0 ] ]
    let apart = fused.Logits[0L, 1L].item<float> () - fused.Logits[0L, 0L].item<float> ()
    Assert.Equal(5.0, apart, 12)
    let says (logits: float list) (_: torch.Tensor) = row logits
    let prompt = torch.zeros (1L, 1L, dtype = torch.ScalarType.Int64)
    let decoded = LogitFusion.uniform 1.0 |> decode (says [ 1.0; 0.0 ]) (says [ 0.0; 0.0 ]) [ says [ 0.0; 3.0 ] ] 2 prompt
    Assert.Equal<int64 array>([| 1L; 1L |], decoded.Tokens[0])

[<Fact>]
let ``Surgery of a merge`` () =
    let body () = torch.nn.Linear(3L, 2L)
    let task = MergeTask("one", torch.ones (4L, 3L), torch.nn.Identity())
    use surgery = Merge.Of(body (), body ()) |> mergedBy MergeMethod.average |> surgery (body ()) [ task ] 1
    Assert.Equal(2L * 2L, surgery.AddedCount)
    // One tuned model is its own mean.
    Assert.Equal(0.0, surgery.Biases[0].Before, 6)

[<Fact>]
let ``Coefficients that are given, and those that are learned`` () =
    let coefficients = MergeCoefficients.given [ "weight", [ 0.5; 0.25 ]; "head", [ 1.0; 0.0 ] ]
    let pool = Merge.Of(model [ 1.0; 2.0 ] 3.0, model [ 2.0; 0.0 ] 0.0, model [ 5.0; 1.0 ] 9.0)
    let all = (pool |> mergedBy (MergeMethod.coefficients coefficients TaskVectorRule.plain)).ToDictionary()
    Assert.Equal<float list>([ 2.5; 0.75; 0.0 ], [ for name in [ "weight"; "head" ] do yield! all[name].data<float>().ToArray() ])

    let body = torch.nn.Linear(3L, 2L)
    let state () : IReadOnlyDictionary<string, torch.Tensor> =
        Dictionary(dict [ for pair in body.state_dict () -> pair.Key, torch.add (pair.Value.detach (), torch.rand_like pair.Value) ]) :> _
    let tasks = [ MergeTask("one", torch.randn [| 9L; 3L |], torch.nn.Identity()) ]
    let learned = Merge.Of(state (), state (), state ()) |> adaMerged body tasks (AdaMergingOptions(Steps = 3, Upper = 2.0))
    Assert.Equal(3, learned.Objective.Count)
    Assert.Equal<string list>([ "bias"; "weight" ], List.sort (List.ofSeq learned.Coefficients.Keys))

[<Fact>]
let ``Weight ensembling of a pool`` () =
    let body () = torch.nn.Linear(3L, 2L)
    let task = MergeTask("one", torch.ones (4L, 3L), torch.nn.Identity())
    let options = WeightEnsemblingOptions(Steps = 2, RouterDepth = 1)
    use ensemble = Merge.Of(body (), body (), body ()) |> weightEnsembling (body ()) [ task ] options
    Assert.Equal(2L * 3L + 2L, ensemble.RouterCount)
    Assert.Equal(2, ensemble.Entropies.Count)
