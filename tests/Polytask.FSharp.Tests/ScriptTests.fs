/// A script (.fsx) that `dotnet fsi` runs: declarations, training and a study work, and what does not compile is marked where it stands.
module Polytask.FSharp.Tests.ScriptTests

open System
open System.Diagnostics
open System.IO
open Xunit

/// What the build puts beside the assemblies of Polytask.FSharp.
let private load =
    let built = DirectoryInfo(AppContext.BaseDirectory)
    let rec root (folder: DirectoryInfo) =
        if File.Exists(Path.Combine(folder.FullName, "Notebooks.sln")) then folder.FullName else root (nonNull folder.Parent)
    Path.Combine(root built, "src", "Polytask.FSharp", "bin", (nonNull built.Parent).Name, built.Name, "polytask.fsx")

/// The exit code and what the script wrote; its first line loads the library, as the README says.
let private fsi (script: string) =
    let file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.fsx")
    File.WriteAllText(file, $"#load \"{load}\"\nopen Polytask\nopen Polytask.FSharp\n" + script)
    try
        let start = ProcessStartInfo("dotnet", [ "fsi"; file ], RedirectStandardOutput = true, RedirectStandardError = true)
        use running = nonNull (Process.Start start)
        let errors = running.StandardError.ReadToEndAsync()
        let output = running.StandardOutput.ReadToEnd()
        running.WaitForExit()
        running.ExitCode, output, errors.Result
    finally
        File.Delete file

[<Fact>]
let ``A script declares, trains and compares models`` () =
    let code, output, errors =
        fsi
            """
open TorchSharp

let line =
    dataSource "line" (fun seed ->
        let part (name: string) =
            let x = torch.tensor(StableRandom.For(seed, name).Gaussians 120 |> Array.map float32).reshape (60L, 2L)
            let sum = x.sum 1L
            Examples.joint x [ "sum", sum; "positive", sum.gt(torch.zeros 1L).``to`` torch.ScalarType.Float32 ]
        splits (part "train") (part "validation") (part "test"))

let mmoe =
    multitask "mmoe" {
        input 2
        experts (bank 2 (mlp [ 16 ]) |> perTask 1)
        gate (softmax |> zeroInitialised)
        task "sum" (regress |> alsoMeasure [ Metric.meanAbsoluteError ])
        task "positive" binary
    }

let shared =
    multitask "shared" {
        from mmoe
        withoutExperts
        backbone (mlp [ 16 ])
    }

let fast =
    train {
        adam 0.02
        epochs 20
        batch 20
        schedule (Schedule.cosine 0.1)
        learningRate Part.Tasks 0.01
    }

let results =
    study line {
        variants [ shared; mmoe ]
        seeds 2
        trainedBy fast
    }
    |> run

printfn "%O" mmoe
printfn "%d people" (Datasets.Income().Rows)
printfn "%O" (results |> Results.claim "MMoE separates" (fun r -> r.Mean("mmoe", "positive/auc").AtLeast 0.9))
"""
    Assert.True((code = 0), output + errors)
    Assert.Contains("mmoe: 2 features", output)
    Assert.Contains("8993 people", output)
    Assert.Contains("holds: MMoE separates", output)

[<Theory>]
[<InlineData("multitask \"m\" {\n    input 3\n    experts 2 \"four\"\n}", "(6,5): error", "experts")>]
[<InlineData("train {\n    adam 1e-3\n    warmUp 100\n}", "(6,12): error", "Span")>]
[<InlineData("train {\n    adam 1e-3\n    freeze [ \"backbone\" ]\n}", "(6,14): error", "Part")>]
[<InlineData("multitask \"m\" {\n    gate (softmax |> withNoise 1.0)\n}", "(5,22): error", "TopKGate")>]
[<InlineData("multitask \"m\" {\n    layer (resNet [ 8 ] |> withDropout 0.1)\n}", "(5,28): error", "WithDropout")>]
let ``What does not compile is marked where it stands`` (declaration: string, place: string, named: string) =
    let code, output, errors = fsi declaration
    Assert.Equal(1, code)
    Assert.True(errors.Contains place && errors.Contains(named, StringComparison.OrdinalIgnoreCase), $"no {place} of {named} in {errors}{output}")
