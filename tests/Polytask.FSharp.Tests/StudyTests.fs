module Polytask.FSharp.Tests.StudyTests

open System.IO
open Polytask
open Polytask.FSharp
open Polytask.FSharp.Tests.Line
open Polytask.FSharp.Tests.Same
open Xunit

let private small, wide = declared "small" [ 2 ], declared "wide" [ 32 ]

[<Fact>]
let ``The keywords of study are the steps of C#`` () =
    let keywords =
        study line {
            variants [ small; wide ]
            seeds [ 3; 5 ]
            trainedBy fast
            key "own"
            cache "cells"
            stopAtFirstFailure
        }
    let steps = Study.On(line).Variants([ small; wide ]).Seeds([ 3; 5 ]).Train(fun _ -> fast).Key("own").Cache("cells").StopAtFirstFailure()
    same keywords steps
    same (study line { cacheWithoutWeights "cells"; seeds 4 }) (Study.On(line).Cache("cells", weights = false).Seeds 4)

[<Fact>]
let ``A model declared in F# is trained, studied and judged`` () =
    let run = wide |> Model.trainOn line fast 1
    Assert.True(run.Test "sum/r2" > 0.9, string run)
    let results = study line { variants [ small; wide ]; seeds 2; trainedBy fast } |> Polytask.FSharp.Studies.run
    Assert.Equal(run.Test "positive/auc", (results |> Results.runOf "wide" 1).Test "positive/auc")
    Assert.Equal(List.average (results |> Results.values "wide" "sum/mse"), results |> Results.mean "wide" "sum/mse")
    Assert.Equal(results.StandardDeviation("wide", "sum/mse"), results |> Results.deviation "wide" "sum/mse")
    Assert.Equal(results.Ratio("wide", "small", "sum/mse"), results |> Results.ratio "wide" "small" "sum/mse")
    Assert.Equal(results.Gain("wide", "small", "sum/mse", "positive/auc"), results |> Results.gain "wide" "small" [ "sum/mse"; "positive/auc" ])
    Assert.Equal(results.MeanOverTasks("wide", "loss"), results |> Results.meanOverTasks "wide" "loss")
    let claims =
        Results.claims
            [ results |> Results.claim "wide separates" (fun r -> r.Mean("wide", "positive/auc").AtLeast 0.9)
              results |> Results.claimThat "wide is perfect" "an error of 0" (fun r -> r.Mean("wide", "sum/mse") = 0.0) ]
    Assert.Equal<bool list>([ true; false ], [ for claim in claims -> claim.Holds ])
    Assert.Equal("an error of 0", claims[1].Expected)

[<Fact>]
let ``A grid changes models, plans and data, and is read point by point`` () =
    let folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())
    try
        let grid =
            study line {
                variants [ small ]
                over "units" [ 1; 4 ] (fun units model -> model |> Model.backbone (mlp [ units ]))
                overPlan "rate" [ 0.01; 0.02 ] (fun rate plan -> train { from plan; adam rate })
                overData "data" [ 0; 1 ] (fun shift -> dataSource $"line {shift}" (fun seed -> line.Split(seed + shift)))
                trainedBy (train { epochs 1; batch 30 })
                cache folder
                key "shifted lines"
            }
        let results = run grid
        Assert.Equal(8, results.Runs.Count)
        let four = results |> Results.where "units" [ 4 ] |> Results.where "rate" [ 0.02 ] |> Results.where "data" [ 1 ]
        let point = results |> Results.at [ "units", box 4; "rate", box 0.02; "data", box 1 ]
        Assert.Equal(four.Mean("small", "sum/mse"), point |> Results.mean "small" "sum/mse")
        let alone = small |> Model.backbone (mlp [ 4 ]) |> Model.trainOnSplits (line |> splitsOf 1) (train { adam 0.02; epochs 1; batch 30 }) 0
        Assert.Equal(alone.Test "sum/mse", four |> Results.mean "small" "sum/mse")
        Assert.All(run(grid).Cells, (fun cell -> Assert.True cell.IsCached))
        results |> Results.toCsv (Path.Combine(folder, "all.csv"))
        results |> Results.toJson (Path.Combine(folder, "all.json"))
        Assert.Equal(1 + Seq.length results.Rows, File.ReadAllLines(Path.Combine(folder, "all.csv")).Length)
        Assert.True(FileInfo(Path.Combine(folder, "all.json")).Length > 0L)
    finally
        Directory.Delete(folder, true)

[<Fact>]
let ``What happens in a training is watched by functions`` () =
    let mutable stepsTaken, epochsDone = 0, 0
    let watched =
        train {
            from fast
            epochs 3
            onStep (fun _ -> stepsTaken <- stepsTaken + 1)
            onEpoch (fun now ->
                epochsDone <- epochsDone + 1
                if now.Epoch = 2 then now.Stop())
            probe "two" (fun _ -> 2.0)
            probeTasks "by task" (fun _ -> [ "sum", 1.0; "positive", 0.5 ])
        }
    let run = small |> Model.trainOn line watched 0
    Assert.Equal((6, 2), (stepsTaken, epochsDone))
    let probed metric = [ for row in run.History do if row.Split = "probe" && row.Metric = metric then row.Task, row.Value ]
    Assert.Equal<(string * float) list>([ "", 2.0; "", 2.0 ], probed "two")
    Assert.Equal<(string * float) list>([ "sum", 1.0; "positive", 0.5 ], List.take 2 (probed "by task"))
