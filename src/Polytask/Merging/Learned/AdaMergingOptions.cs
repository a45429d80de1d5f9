using static TorchSharp.torch;

namespace Polytask;

/// <summary>What has a coefficient of its own.</summary>
public enum MergeGranularity
{
    /// <summary>Each task: T numbers.</summary>
    Task,

    /// <summary>Each task in each tensor, weights and biases apart, as in the paper's layer-wise method.</summary>
    Layer,
}

/// <summary>The settings of AdaMerging; the defaults are the paper's, for CLIP. Small networks take a learning rate of 1e-2.</summary>
public sealed record AdaMergingOptions
{
    /// <summary>What has a coefficient of its own.</summary>
    public MergeGranularity Granularity { get; init; } = MergeGranularity.Layer;

    /// <summary>The task vectors: plain, of TIES (AdaMerging++) or of DOGE (DOGE AM, started at DOGE's coefficients).</summary>
    public TaskVectorRule Vectors { get; init; } = TaskVectorRule.Plain;

    /// <summary>lambda before the first step, within the bounds.</summary>
    public MergeCoefficients Initial { get; init; } = MergeCoefficients.Constant(0.3);

    /// <summary>The least coefficient.</summary>
    public double Lower { get; init; }

    /// <summary>The largest coefficient; may be infinite.</summary>
    public double Upper { get; init; } = 1;

    /// <summary>Steps of Adam.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Adam's.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Rows of a batch; a task with fewer gives all it has.</summary>
    public int BatchRows { get; init; } = 16;

    /// <summary>Batches that each task gives in a step.</summary>
    public int Batches { get; init; } = 2;

    /// <summary>Of the order of rows.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// What is lowered, of a task's name, its logits and the places of their rows in the task's inputs, [rows]: a scalar. Null is the mean entropy
    /// of the predictions; cross-entropy with the labels of those rows is the upper bound that the paper compares with.
    /// </summary>
    public Func<string, Tensor, Tensor, Tensor>? Objective { get; init; }

    /// <summary>Called after each step with its number, from 1 on, and lambda, as to follow accuracy.</summary>
    public Action<int, IReadOnlyDictionary<string, double[]>>? AfterStep { get; init; }

    internal void Check()
    {
        if (!(Lower <= Upper))
            throw new DeclarationException($"the bounds of the coefficients are [{Lower}, {Upper}]; expected the smaller one first");
        if (Steps < 0) throw new DeclarationException($"AdaMerging takes 0 or more steps, but got {Steps}");
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
            throw new DeclarationException($"AdaMerging's learning rate is a finite number above 0, but got {LearningRate}");
        if (BatchRows < 1 || Batches < 1)
            throw new DeclarationException($"AdaMerging takes at least one batch of at least one row, but got {Batches} of {BatchRows}");
    }
}

/// <summary>What AdaMerging learned.</summary>
/// <param name="Merged">The pool merged with the coefficients.</param>
/// <param name="Coefficients">lambda_t^l by the tensors' names, in the order of the models.</param>
/// <param name="Objective">The objective, the mean entropy of the predictions, of each task in the batches of each step, before it: [step][task].
/// </param>
public sealed record AdaMergingResult(
    MergedModel Merged, IReadOnlyDictionary<string, double[]> Coefficients, IReadOnlyList<IReadOnlyList<double>> Objective);
