/// What can be said in C# can be said in F#: a factory or a step that C# gains is missed here until F# has it.
module Polytask.FSharp.Tests.CoverageTests

open System
open System.Reflection
open Polytask
open Polytask.FSharp
open Microsoft.FSharp.Reflection
open Xunit

let private library = typeof<Model>.Assembly

/// The types whose factories and steps make up declarations, their public kinds included.
let private declared =
    [ for root in
          [ typeof<Block>; typeof<Gate>; typeof<ExpertBank>; typeof<Layer>; typeof<Head>; typeof<Loss>; typeof<Metric>; typeof<Weighting>
            typeof<Schedule>; typeof<Sampler>; typeof<Model>; typeof<TrainingPlan>; typeof<Study>; typeof<AttentionMask>; typeof<Graph>
            typeof<Examples>; typeof<DataSource>; typeof<Splitting>; typeof<Adapter>; typeof<MergeMethod>; typeof<LogitFusion>
            typeof<AlphaSearch>; typeof<MergeCoefficients>; typeof<TaskVectorRule> ] do
          yield! library.GetExportedTypes() |> Array.filter root.IsAssignableFrom ]
    |> List.distinct

let private isOf (declaring: Type) (result: Type) = result.IsAssignableFrom declaring || declaring.IsAssignableFrom result

/// What C# offers, as "Block.Mlp" or "Mlp.WithActivation": factories give the type that they stand in, steps give their own.
let offered =
    [ for declaring in declared do
          let flags = BindingFlags.Public ||| BindingFlags.DeclaredOnly
          for factory in declaring.GetMethods(flags ||| BindingFlags.Static) do
              if not factory.IsSpecialName && declaring.IsAssignableFrom factory.ReturnType then
                  $"{declaring.Name}.{factory.Name}"
          for value in declaring.GetProperties(flags ||| BindingFlags.Static) do
              if declaring.IsAssignableFrom value.PropertyType then $"{declaring.Name}.{value.Name}"
          for step in declaring.GetMethods(flags ||| BindingFlags.Instance) do
              if not step.IsSpecialName
                 && step.GetBaseDefinition() = step
                 && isOf declaring step.ReturnType
                 && not (step.Name.StartsWith '<') then
                  $"{declaring.Name}.{step.Name}" ]
    |> set

/// What F# offers: "mlp" for a function, "Metric.f1" for one of a module of that name, "train.adam" for a keyword.
let said =
    [ for part in typeof<MultiTaskBuilder>.Assembly.GetExportedTypes() do
          let marks = part.GetMethods() |> Array.collect (fun each -> Array.ofSeq (each.GetCustomAttributes<CustomOperationAttribute>()))
          let prefix =
              if part = typeof<MultiTaskBuilder> then "multitask"
              elif part = typeof<StudyBuilder> then "study"
              else "train"
          yield! [ for mark in marks -> $"{prefix}.{mark.Name}" ]
          if FSharpType.IsModule part then
              let prefix = if Attribute.IsDefined(part, typeof<RequireQualifiedAccessAttribute>) then part.Name + "." else ""
              yield!
                  [ for value in part.GetMethods(BindingFlags.Public ||| BindingFlags.Static ||| BindingFlags.DeclaredOnly) do
                        prefix + value.Name.Replace("get_", "") ] ]
    |> set

let private camel (name: string) = string (Char.ToLowerInvariant name[0]) + name[1..]

/// Where F# says it by another name than C#'s.
let private named =
    Map [ "Block.Of", "block"
          "Block.Then", "op_GreaterMinusGreater"
          "Block.Repeat", "repeated"
          "Block.Shared", "sharedWeights"
          "Block.Freeze", "frozen"
          "Block.Parallel", "inParallel"
          "Block.PerToken", "eachToken"
          "ParallelBlocks.Summed", "summed"
          "Gate.Static", "staticGate"
          "Gate.Hard", "hardGate"
          "Gate.Of", "ownGate"
          "Gate.DSelectK", "dselectK"
          "ExpertBank.Shared", "bank"
          "ExpertBank.Owned", "ownedBy"
          "ExpertBank.WithVisibility", "seenBy"
          "Layer.Shared", "sharedLayer"
          "Layer.Experts", "expertsLayer"
          "Layer.PerTask", "eachTask"
          "Layer.PerGroup", "eachGroup"
          "Layer.Attention", "taskAttention"
          "Layer.Memory", "expertMemory"
          "Layer.Of", "ownLayer"
          "ExpertsLayer.Residual", "withSkip"
          "AttentionLayer.WithPooling", "pooledBetween"
          "Head.Product", "productWith"
          "Head.Of", "ownHead"
          "Head.WithMetrics", "measuredBy"
          "Head.Token", "readingToken"
          "Loss.Any", "anyLoss"
          "Loss.Z", "zLoss"
          "Loss.MeanSquaredError", "squaredError"
          "Loss.Cosine", "cosineError"
          "Loss.Sum", "sumOf"
          "Loss.Of", "ownLoss"
          "Loss.OfBatch", "ownBatchLoss"
          "Weighting.PCGrad", "pcGrad"
          "Weighting.CAGrad", "caGrad"
          "Weighting.UPGrad", "upGrad"
          "Schedule.Of", "Schedule.own"
          "Sampler.Of", "Sampler.own"
          "ChanceSampler.Unmixed", "Sampler.unmixed"
          "Model.Then", "multitask.layer"
          "Model.Renamed", "Model.renamed"
          "Model.Named", "Model.named"
          "TrainingPlan.Group", "train.weightDecay"
          "Study.On", "study"
          "Study.Train", "study.trainedBy"
          "AttentionMask.Over", "attentionMask"
          "Graph.Of", "graph"
          "DataSource.Of", "dataSource"
          "TabularSource.Only", "withTasks"
          "MergeMethod.Of", "MergeMethod.own"
          "LogitFusion.Static", "LogitFusion.constant"
          "MergeCoefficients.Of", "MergeCoefficients.given"
          "Adapter.Series", "afterLayers"
          "Adapter.Parallel", "besideLayers"
          "Adapter.Hyper", "hyperAdapter"
          "Adapter.Prompt", "promptTokens"
          "Adapter.At", "atLayers"
          "Adapter.Training", "alsoTraining" ]

/// What is C#'s alone, and why.
let private onlyInCSharp =
    Map [ "TabularSource.FromCsv", "its named arguments read the same in F#"
          "TabularSource.FromTable", "its named arguments read the same in F#"
          "RankTwoTasks.Related", "its named arguments read the same in F#"
          "RankTwoTasks.Unrelated", "its named arguments read the same in F#"
          "ImageSource.WithNoise", "one optional name, which reads the same in F#"
          "Splitting.Default", "a value, which reads the same in F#"
          "Examples.At", "a tensor of rows in, no declaration"
          "Examples.To", "a device in, no declaration" ]

let private nameOf (offer: string) =
    let owner, step = offer.Substring(0, offer.IndexOf '.'), camel (offer.Substring(offer.IndexOf '.' + 1))
    match Map.tryFind offer named, owner with
    | Some name, _ -> name
    | None,
      ("Metric" | "Schedule" | "Sampler" | "Splitting" | "Examples" | "MergeMethod" | "LogitFusion" | "AlphaSearch" | "MergeCoefficients"
      | "TaskVectorRule") -> $"{owner}.{step}"
    | None, _ when offer.EndsWith "Gate.Shared" -> "sharedByAll"
    | None, "Model" -> $"multitask.{step}"
    | None, "TrainingPlan" -> $"train.{step}"
    | None, "Study" -> $"study.{step}"
    | None, _ -> step

[<Fact>]
let ``Every factory and every step of C# has a function or a keyword in F#`` () =
    let missing =
        [ for offer in offered - set (Map.keys onlyInCSharp) do if not (said.Contains(nameOf offer)) then $"{offer} as {nameOf offer}" ]
    Assert.Equal("", String.concat "\n" missing)

[<Fact>]
let ``Every keyword of multitask that stands for a step is a function of the module Model too`` () =
    let keywords = [ for name in said do if name.StartsWith "multitask." then name.Substring 10 ]
    let asFunctions = Map [ "from", "renamed"; "thenExperts", "thenBank" ]
    Assert.Empty [ for word in keywords do if not (said.Contains $"Model.{defaultArg (Map.tryFind word asFunctions) word}") then word ]

[<Fact>]
let ``The lists of this test name what there is`` () =
    Assert.Empty [ for offer in Seq.append (Map.keys named) (Map.keys onlyInCSharp) do if not (offered.Contains offer) then offer ]
    Assert.True(offered.Count > 250, string offered.Count)
