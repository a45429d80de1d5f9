namespace Polytask.FSharp

open Polytask
open TorchSharp

/// What a task answers, for the keyword `task`; see the factory of the same name in `Head` for shapes of targets and outputs.
[<AutoOpen>]
module Heads =

    /// One of several classes by softmax.
    let classify (classes: int) = plain (Head.Classify(int64 classes))

    /// The same, insisting on that number of features.
    let classifyFrom (features: int) (classes: int) = plain (Head.Classify(int64 classes, int64 features))

    /// Yes or no by a logistic unit.
    let binary = plain (Head.Binary())

    /// The same, insisting on that number of features.
    let binaryFrom (features: int) = plain (Head.Binary(int64 features))

    /// Several yes-or-no labels of one row.
    let multiLabel (labels: int) = plain (Head.MultiLabel(int64 labels))

    /// The probability of this and those binary tasks together, by a chain of conditional ones (ESMM): `productWith [ "click" ]`.
    let productWith (factors: string list) = plain (Head.Product(List.toArray factors))

    /// Ordered levels by one score and rising thresholds.
    let ordinal (levels: int) = plain (Head.Ordinal(int64 levels))

    /// Ordered levels by the chance of each further step (CORN).
    let ordinalConditional (levels: int) = plain (Head.OrdinalConditional(int64 levels))

    /// Ordered levels by a softmax whose labels spread to their neighbours.
    let ordinalSoftmax (levels: int) = plain (Head.OrdinalSoftmax(int64 levels))

    /// A real number.
    let regress = plain (Head.Regress())

    /// Several real numbers.
    let regressMany (outputs: int) = plain (Head.Regress(int64 outputs))

    /// Several real numbers, insisting on that number of features.
    let regressFrom (features: int) (outputs: int) = plain (Head.Regress(int64 outputs, int64 features))

    /// Quantiles of a real number, at rising levels.
    let quantiles (levels: float list) = plain (Head.Quantiles(List.toArray levels))

    /// A real number with a variance that depends on the row.
    let gaussian = plain (Head.Gaussian())

    /// Several real numbers, each with its variance.
    let gaussianMany (values: int) = plain (Head.Gaussian(int64 values))

    /// A count.
    let count = plain (Head.Count())

    /// The time to an event in intervals.
    let hazard (intervals: int) = plain (Head.Hazard(int64 intervals))

    /// The time to an event by proportional hazards.
    let cox = plain (Head.Cox())

    /// A score to order rows by.
    let rank = plain (Head.Rank())

    /// Embeddings in which rows of a group lie together.
    let represent (dimension: int) = plain (Head.Represent(int64 dimension))

    /// Embeddings of two sides of a row.
    let representPairs (dimension: int) = plain (Head.RepresentPairs(int64 dimension))

    /// A student of another model's logits.
    let imitate (classes: int) = plain (Head.Imitate(int64 classes))

    /// A class for every pixel.
    let segment (classes: int) = plain (Head.Segment(int64 classes))

    /// A depth for every pixel.
    let depth = plain (Head.Depth())

    /// The direction of the surface at every pixel.
    let normals = plain (Head.Normals())

    /// Yes or no for every pixel.
    let edges = plain (Head.Edges())

    /// At most that many boxes of so many classes: `detect 20 3`.
    let detect (boxes: int) (classes: int) = plain (Head.Detect(int64 classes, boxes))

    /// A tag for every token.
    let tag (tags: int) = plain (Head.Tag(int64 tags))

    /// A head of your own: its output units, its loss and its metrics.
    let ownHead name (outputs: int) (loss: Loss) (metrics: Metric list) = plain (Head.Of(name, int64 outputs, loss, List.toArray metrics))

    /// A head of your own with a layer of its own: shape of the features → a module [batch, ...features] → output.
    let ownHeadBy (layer: Shape -> #torch.nn.Module<torch.Tensor, torch.Tensor>) name (outputs: int) (loss: Loss) (metrics: Metric list) =
        plain (Head.Of(name, int64 outputs, loss, List.toArray metrics, (fun features -> layer features :> _)))
