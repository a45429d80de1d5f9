/// Whether two declarations are the same, field by field, functions of the library included.
module Polytask.FSharp.Tests.Same

open System
open Polytask
open TorchSharp
open Xunit

// Outputs of one seed are drawn from the engine's one generator: a test that runs beside would draw from it too.
[<assembly: CollectionBehavior(DisableTestParallelization = true)>]
do ()

let private fields (value: obj) =
    use form = new CanonicalForm()
    form.Add("value", value)
    Convert.ToHexString(form.Hash()), List.ofSeq form.OwnCode

/// The value declared in F# and the one declared in C# have the same type, text and fields.
let same (declared: obj) (expected: obj) =
    Assert.Equal(expected.GetType(), declared.GetType())
    Assert.Equal(string expected, string declared)
    Assert.Equal(fields expected, fields declared)

/// The same type and text, and code of one's own in the declared value, which the cache of a study must know of.
let sameWithOwnCode (declared: obj) (expected: obj) =
    Assert.Equal(expected.GetType(), declared.GetType())
    Assert.Equal(string expected, string declared)
    Assert.NotEmpty(snd (fields declared))

let private firstOutput (model: Model) =
    torch.manual_seed 3L |> ignore
    use built = model.Build()
    let sizes = [| 2L; yield! nonNull model.InputShape |]
    use input = torch.rand sizes
    [ for output in built.Forward input -> List.ofSeq (output.reshape(-1L).data<float32> ()) ]

/// The same name, text, parameters, and first output of the same seed.
let actsAs (expected: Model) (declared: Model) =
    Assert.Equal(expected.Name, declared.Name)
    Assert.Equal(string expected, string declared)
    Assert.Equal(expected.ParameterCount, declared.ParameterCount)
    Assert.Equal<float32 list list>(firstOutput expected, firstOutput declared)

/// The same fields too.
let sameModel (declared: Model) (expected: Model) =
    same declared expected
    declared |> actsAs expected

[<Fact>]
let ``Declarations that differ in one number are not the same`` () =
    let differ (one: obj) (other: obj) = Assert.ThrowsAny<exn>(fun () -> same one other) |> ignore
    differ (Block.Mlp 4L) (Block.Mlp 5L)
    differ (Gate.TopK(2).WithNoise 1.0) (Gate.TopK(2).WithNoise 2.0)
    differ (Metric.NormalsWithin 10.0) (Metric.NormalsWithin(10.0).Named "other")
    differ (Loss.Huber 1.0) (Loss.Huber 2.0)
