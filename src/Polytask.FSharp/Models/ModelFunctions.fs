namespace Polytask.FSharp

open Polytask

/// The keywords of `multitask` as functions, for those who prefer a pipeline:
/// `Model.named "mmoe" |> Model.input 40 |> Model.experts 8 (mlp [ 64 ]) |> Model.task "income" (classify 9)`.
[<RequireQualifiedAccess>]
module Model =

    /// A new model without parts.
    let named (name: string) = Model.Named name

    /// The same model under another name, for a variant.
    let renamed (name: string) (model: Model) = model.Renamed name

    /// The input is a vector of features.
    let input (features: int) (model: Model) = model.Input(int64 features)

    /// The input is of that shape.
    let inputOf (shape: Shape) (model: Model) = model.Input shape

    /// The input is an image.
    let image (channels: int) (height: int) (width: int) (model: Model) = model.Input(int64 channels, int64 height, int64 width)

    /// The block that all tasks share.
    let backbone (block: Block) (model: Model) = model.Backbone block

    /// Without the backbone.
    let withoutBackbone (model: Model) = model.WithoutBackbone()

    /// So many experts of one kind after the backbone.
    let experts (count: int) (expert: Block) (model: Model) = model.Experts(count, expert)

    /// One level of experts, shared and owned.
    let bank (bank: ExpertBank) (model: Model) = model.Experts bank

    /// A further level of experts.
    let thenBank (bank: ExpertBank) (model: Model) = model.ThenExperts bank

    /// Without experts.
    let withoutExperts (model: Model) = model.WithoutExperts()

    /// A further layer.
    let layer (layer: Layer) (model: Model) = model.Then layer

    /// Without layers after the backbone.
    let withoutLayers (model: Model) = model.WithoutLayers()

    /// How tasks mix the experts.
    let gate (gate: Gate) (model: Model) = model.Gate gate

    /// Tasks that share more with each other than with the rest.
    let group (name: string) (tasks: string list) (model: Model) = model.Group(name, List.toArray tasks)

    /// A task: its name in the data and its head, with what is said of it.
    let task (name: string) (part: TaskPart) (model: Model) = part.AddedTo(model, name)

    /// Many tasks at once.
    let tasks (tasks: (string * TaskPart) list) (model: Model) = (model, tasks) ||> List.fold (fun model (name, part) -> part.AddedTo(model, name))

    /// These tasks only.
    let only (tasks: string list) (model: Model) = model.Only(List.toArray tasks)

    /// How the task losses become one update.
    let weigh (weighting: Weighting) (model: Model) = model.Weigh weighting

    /// The single-task reference.
    let singleTask (model: Model) = model.SingleTask()

    /// Trained on the data's splits of a seed: `mmoe |> Model.trainOn people (train { adam 1e-3 }) 0`.
    let trainOn (data: DataSource) (plan: TrainingPlan) (seed: int) (model: Model) = model.Train(data, (fun _ -> plan), seed)

    /// Trained on splits of your own.
    let trainOnSplits (splits: DataSplits) (plan: TrainingPlan) (seed: int) (model: Model) = model.Train(splits, (fun _ -> plan), seed)
