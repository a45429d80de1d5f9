using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a task predicts: how many numbers, by which loss they are trained unless another is given, and by which metrics they are judged.
/// </summary>
public abstract record Head
{
    private protected Head(long? features)
    {
        if (features < 1) throw new DeclarationException($"a head expects at least 1 feature, but was declared with {features}");
        Features = features;
    }

    /// <summary>The number of features that the head insists on, or null to take what comes.</summary>
    public long? Features { get; }

    /// <summary>What messages and drawings call this head: "classify", "binary", "regress".</summary>
    public abstract string Name { get; }

    /// <summary>The number of output units.</summary>
    public abstract long Outputs { get; }

    /// <summary>The loss when none is given.</summary>
    public abstract Loss DefaultLoss { get; }

    /// <summary>The metrics, the first being the one a reader asks for first.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Raw outputs of the last linear layer, float [batch, outputs] → what loss and metrics read.</summary>
    internal abstract Tensor Shaped(Tensor raw);

    /// <summary>Throws when a target, labelled rows only, is not what this head learns.</summary>
    internal abstract void Check(string task, string split, Tensor target);

    /// <summary>
    /// One of several classes by softmax; target int64 [rows] of 0 .. classes - 1 (negative: no label); output logits, float [rows, classes].
    /// </summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="features">The number of features that the head insists on; by default it takes what comes.</param>
    public static Head Classify(long classes, long? features = null) => new ClassifyHead(classes, features);

    /// <summary>Yes or no by a logistic unit; target float [rows] of 0 and 1 (NaN: no label); output logits, float [rows].</summary>
    /// <param name="features">The number of features that the head insists on; by default it takes what comes.</param>
    public static Head Binary(long? features = null) => new BinaryHead(features);

    /// <summary>
    /// Real numbers; target float [rows], or [rows, outputs] for several (a row with a NaN has no label); output of the same shape.
    /// </summary>
    /// <param name="outputs">The number of values.</param>
    /// <param name="features">The number of features that the head insists on; by default it takes what comes.</param>
    public static Head Regress(long outputs = 1, long? features = null) => new RegressHead(outputs, features);
}
