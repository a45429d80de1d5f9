using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <content>The methods in short: <c>pool.Average()</c> is <c>pool.By(MergeMethod.Average())</c>.</content>
public sealed partial class MergePool
{
    /// <inheritdoc cref="MergeMethod.Average"/>
    public MergedModel Average() => By(MergeMethod.Average());

    /// <inheritdoc cref="MergeMethod.Weighted"/>
    public MergedModel Weighted(params double[] weights) => By(MergeMethod.Weighted(weights));

    /// <inheritdoc cref="MergeMethod.TaskArithmetic(double)"/>
    public MergedModel TaskArithmetic(double scale = 0.3) => By(MergeMethod.TaskArithmetic(scale));

    /// <inheritdoc cref="MergeMethod.TaskArithmetic(double[])"/>
    public MergedModel TaskArithmetic(params double[] scales) => By(MergeMethod.TaskArithmetic(scales));

    /// <inheritdoc cref="MergeMethod.Ties"/>
    public MergedModel Ties(double keep = 0.2, double scale = 1, TiesReduction reduction = TiesReduction.Mean) =>
        By(MergeMethod.Ties(keep, scale, reduction));

    /// <inheritdoc cref="MergeMethod.Dare"/>
    public MergedModel Dare(double rate, MergeMethod then, int seed = 0) => By(MergeMethod.Dare(rate, then, seed));

    /// <inheritdoc cref="MergeMethod.Fisher(IParameterSource[])"/>
    public MergedModel Fisher(params IParameterSource[] fisher) => By(MergeMethod.Fisher(fisher));

    /// <inheritdoc cref="MergeMethod.Fisher(IReadOnlyDictionary{string, Tensor}[])"/>
    public MergedModel Fisher(params IReadOnlyDictionary<string, Tensor>[] fisher) => By(MergeMethod.Fisher(fisher));

    /// <inheritdoc cref="MergeMethod.RegMean(IReadOnlyList{IParameterSource}, double, double)"/>
    public MergedModel RegMean(IReadOnlyList<IParameterSource> grams, double alpha = 0.9, double ridge = 1e-6) =>
        By(MergeMethod.RegMean(grams, alpha, ridge));

    /// <inheritdoc cref="MergeMethod.RegMean(IReadOnlyList{IParameterSource}, double, double)"/>
    public MergedModel RegMean(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> grams, double alpha = 0.9, double ridge = 1e-6) =>
        By(MergeMethod.RegMean(grams, alpha, ridge));

    /// <inheritdoc cref="MergeMethod.Slerp"/>
    public MergedModel Slerp(double position = 0.5, bool ofTaskVectors = false) => By(MergeMethod.Slerp(position, ofTaskVectors));

    /// <inheritdoc cref="MergeMethod.ModelStock"/>
    public MergedModel ModelStock() => By(MergeMethod.ModelStock());

    /// <inheritdoc cref="MergeMethod.Consensus(double, int, double)"/>
    public MergedModel Consensus(double threshold = 0.4, int agreement = 2, double scale = 0.3) =>
        By(MergeMethod.Consensus(threshold, agreement, scale));

    /// <inheritdoc cref="MergeMethod.Consensus(double[], int, double)"/>
    public MergedModel Consensus(double[] thresholds, int agreement = 2, double scale = 0.3) =>
        By(MergeMethod.Consensus(thresholds, agreement, scale));

    /// <inheritdoc cref="MergeMethod.Breadcrumbs"/>
    public MergedModel Breadcrumbs(double smallest = 0.85, double largest = 0.007, double scale = 0.3) =>
        By(MergeMethod.Breadcrumbs(smallest, largest, scale));

    /// <summary>EMR-Merging: a model for each task, in the order of the tuned models; see <see cref="MergeMethod.Emr"/>.</summary>
    public IReadOnlyList<MergedModel> Emr() => [.. Enumerable.Range(0, Tuned.Length).Select(task => By(MergeMethod.Emr(task)))];

    /// <inheritdoc cref="MergeMethod.IsotropicC"/>
    public MergedModel IsotropicC(double scale = 1) => By(MergeMethod.IsotropicC(scale));

    /// <inheritdoc cref="MergeMethod.TaskSingularVectors"/>
    public MergedModel TaskSingularVectors(double scale = 1) => By(MergeMethod.TaskSingularVectors(scale));

    /// <inheritdoc cref="MergeMethod.Pcb"/>
    public MergedModel Pcb(double keep = 0.2, double scale = 1) => By(MergeMethod.Pcb(keep, scale));

    /// <inheritdoc cref="MergeMethod.Coefficients(MergeCoefficients, TaskVectorRule)"/>
    public MergedModel Coefficients(MergeCoefficients coefficients, TaskVectorRule? vectors = null) =>
        By(MergeMethod.Coefficients(coefficients, vectors));

    /// <inheritdoc cref="MergeMethod.Coefficients(IReadOnlyDictionary{string, double[]}, TaskVectorRule)"/>
    public MergedModel Coefficients(IReadOnlyDictionary<string, double[]> coefficients, TaskVectorRule? vectors = null) =>
        By(MergeMethod.Coefficients(coefficients, vectors));

    /// <inheritdoc cref="MergeMethod.Doge"/>
    public MergedModel Doge(DogeOptions? options = null) => By(MergeMethod.Doge(options));

    /// <inheritdoc cref="MergeMethod.IsotropicCts"/>
    public MergedModel IsotropicCts(double common = 0.8, double scale = 1) => By(MergeMethod.IsotropicCts(common, scale));

    /// <summary>
    /// AdaMerging (Yang et al., ICLR 2024): coefficients of the task vectors, learned on inputs without labels by lowering the entropy of
    /// predictions.
    /// <code>
    /// var learned = pool.AdaMerging(body, [new("digits", digits, digitsHead), new("letters", letters, lettersHead)]);
    /// learned.Merged.Into(body);
    /// </code>
    /// </summary>
    /// <param name="body">A module of the base's names and shapes; it runs in evaluation mode with merged tensors and is as before
    /// afterwards.</param>
    /// <param name="tasks">The inputs that are learned from: of the tuned models' tasks or of some of them, in any number and order.</param>
    /// <param name="options">Granularity, task vectors, bounds, steps and batches.</param>
    /// <exception cref="ArgumentException">The body or a head does not fit, or a task has no rows; the message names it.</exception>
    /// <exception cref="DeclarationException">Options that make no sense.</exception>
    /// <exception cref="InvalidDataException">NaN or infinity in a model or in a task's objective; the message names it.</exception>
    public AdaMergingResult AdaMerging(nn.Module<Tensor, Tensor> body, IReadOnlyList<MergeTask> tasks, AdaMergingOptions? options = null) =>
        Polytask.AdaMerging.Run(this, body, tasks, options ?? new());

    /// <summary>
    /// A body some layers of which are merged anew for what they read, by routers that learn on inputs without labels (Tang et al., ICML 2024); see
    /// <see cref="Polytask.WeightEnsembling"/>.
    /// </summary>
    /// <param name="body">A module of the base's names and shapes, which gives the architecture and keeps its own numbers; the result needs it as
    /// long as it is used.</param>
    /// <param name="tasks">The inputs that routers learn from, with the frozen heads.</param>
    /// <param name="options">Layers, routers and training.</param>
    /// <exception cref="ArgumentException">The pool's models do not fit each other, or a task has no rows or no logits; the message names
    /// it.</exception>
    /// <exception cref="InvalidOperationException">The pool's models do not fit the body.</exception>
    /// <exception cref="DeclarationException">Options that make no sense, or layers that cannot be weighed.</exception>
    /// <exception cref="InvalidDataException">NaN or infinity in a model or in a task's predictions; the message names it.</exception>
    public WeightEnsembling WeightEnsembling(nn.Module<Tensor, Tensor> body, IReadOnlyList<MergeTask> tasks,
        WeightEnsemblingOptions? options = null) => Polytask.WeightEnsembling.Of(this, body, tasks, options ?? new());
}
