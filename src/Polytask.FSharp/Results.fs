namespace Polytask.FSharp

open Polytask

/// What a study measured: `results |> Results.mean "mmoe" "income/auc"`. Tables, frames and charts are the methods of Polytask.Analysis.
[<RequireQualifiedAccess>]
module Results =

    /// The results where an axis of the grid has one of some values.
    let where (axis: string) (values: 'T list) (results: StudyResult) = results.Where(axis, [| for value in values -> nonNull (box value) |])

    /// The results at one point of the grid: `Results.at [ "experts", 4 ]`; several axes of different types are given boxed.
    let at (point: (string * 'T) list) (results: StudyResult) = results.At [| for axis, value in point -> struct (axis, nonNull (box value)) |]

    /// One training.
    let runOf (variant: string) (seed: int) (results: StudyResult) = results.Run(variant, seed)

    /// A result of every seed.
    let values (variant: string) (key: string) (results: StudyResult) = List.ofSeq (results.Values(variant, key))

    /// The mean over seeds.
    let mean (variant: string) (key: string) (results: StudyResult) = results.Mean(variant, key)

    /// The standard deviation over seeds.
    let deviation (variant: string) (key: string) (results: StudyResult) = results.StandardDeviation(variant, key)

    /// A mean as a share of another variant's.
    let ratio (variant: string) (baseline: string) (key: string) (results: StudyResult) = results.Ratio(variant, baseline, key)

    /// The multi-task gain over a baseline, in percent.
    let gain (variant: string) (baseline: string) (keys: string list) (results: StudyResult) = results.Gain(variant, baseline, List.toArray keys)

    /// A metric's mean over tasks and seeds.
    let meanOverTasks (variant: string) (metric: string) (results: StudyResult) = results.MeanOverTasks(variant, metric)

    /// A claim by a measured number and its bound: `Results.claim "MMoE wins" (fun r -> r.Mean("mmoe", "a/auc").AtLeast 0.9)`.
    let claim (statement: string) (finding: RecordedResults -> Finding) (results: StudyResult) = results.Claim(statement, finding)

    /// A claim that holds or does not, with words for what is expected.
    let claimThat (statement: string) (expected: string) (holds: RecordedResults -> bool) (results: StudyResult) =
        results.Claim(statement, holds, expected)

    /// Several claims as one value, which a notebook shows as a table.
    let claims (claims: Claim list) = Claims claims

    /// Writes every number to a file of comma-separated values.
    let toCsv (path: string) (results: StudyResult) = results.ToCsv path

    /// Writes every number to a JSON file.
    let toJson (path: string) (results: StudyResult) = results.ToJson path
