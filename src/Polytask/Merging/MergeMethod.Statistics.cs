using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <content>Methods that need statistics of the models, masks or whole tensors.</content>
public abstract partial record MergeMethod
{
    /// <summary>Fisher merging (Matena and Raffel, NeurIPS 2022): the mean of the models, weighted by their Fisher information; see
    /// <see cref="FisherMerge"/>.</summary>
    /// <param name="fisher">The diagonal of each model's Fisher information, from <see cref="FisherDiagonal"/>, in the order of the models.</param>
    public static MergeMethod Fisher(params IParameterSource[] fisher) => new FisherMerge([.. fisher]);

    /// <inheritdoc cref="Fisher(IParameterSource[])"/>
    public static MergeMethod Fisher(params IReadOnlyDictionary<string, Tensor>[] fisher) => new FisherMerge(Named(fisher, "Fisher information"));

    /// <summary>RegMean (Jin et al., ICLR 2023): linear layers whose outputs are nearest to the models' own; see
    /// <see cref="RegMeanMerge"/>.</summary>
    /// <param name="grams">X_t^T X_t / n of the inputs of linear layers, from <see cref="InputGram"/>, in the order of the models.</param>
    /// <param name="alpha">What entries off the diagonal are multiplied by, in [0, 1].</param>
    /// <param name="ridge">Added to the diagonal of their sum, at least 0: inputs that are always 0 have no best weight.</param>
    public static MergeMethod RegMean(IReadOnlyList<IParameterSource> grams, double alpha = 0.9, double ridge = 1e-6) => new RegMeanMerge(
        [.. grams], Fraction(alpha, "RegMean's alpha"), ridge >= 0 && double.IsFinite(ridge) ? ridge
            : throw new DeclarationException($"RegMean's ridge is a finite number of at least 0, but got {ridge}"));

    /// <inheritdoc cref="RegMean(IReadOnlyList{IParameterSource}, double, double)"/>
    public static MergeMethod RegMean(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> grams, double alpha = 0.9, double ridge = 1e-6) =>
        RegMean(Named(grams, "inputs"), alpha, ridge);

    /// <summary>Spherical interpolation between two models, per tensor; see <see cref="SlerpMerge"/>.</summary>
    /// <param name="position">t: 0 is the first model, 1 the second.</param>
    /// <param name="ofTaskVectors">Between the task vectors instead of the models themselves, which are nearly parallel after fine-tuning.</param>
    public static MergeMethod Slerp(double position = 0.5, bool ofTaskVectors = false) =>
        new SlerpMerge(Fraction(position, "SLERP's position"), ofTaskVectors);

    /// <summary>Model Stock (Jang et al., ECCV 2024): as near to the mean as the task vectors agree in direction; see
    /// <see cref="ModelStockMerge"/>.</summary>
    public static MergeMethod ModelStock() => new ModelStockMerge();

    /// <summary>Consensus task arithmetic (Wang et al., ICML 2024): elements that several tasks need; see <see cref="ConsensusMerge"/>.</summary>
    /// <param name="threshold">l for all tasks, at least 0: 0.2 to 0.6 in the paper.</param>
    /// <param name="agreement">k: how many tasks must need an element.</param>
    /// <param name="scale">lambda.</param>
    public static MergeMethod Consensus(double threshold = 0.4, int agreement = 2, double scale = 0.3) => Consensus([threshold], agreement, scale);

    /// <inheritdoc cref="Consensus(double, int, double)"/>
    /// <param name="thresholds">l_t, in the order of the models.</param>
    public static MergeMethod Consensus(double[] thresholds, int agreement = 2, double scale = 0.3)
    {
        if (thresholds.Length == 0 || thresholds.Any(threshold => !(threshold >= 0)))
            throw new DeclarationException($"the thresholds of a consensus are at least 0, but got {TaskArithmeticMerge.Listed(thresholds)}");
        if (agreement < 0) throw new DeclarationException($"a consensus of {agreement} tasks was asked for; expected 0 or more");
        return new ConsensusMerge([.. thresholds], agreement, Scale(scale));
    }

    /// <summary>Model Breadcrumbs (Davari and Belilovsky, ECCV 2024): without the smallest and the largest entries; see
    /// <see cref="BreadcrumbsMerge"/>.</summary>
    /// <param name="smallest">The share of the smallest entries of each tensor that are dropped.</param>
    /// <param name="largest">The share of the largest.</param>
    /// <param name="scale">lambda.</param>
    public static MergeMethod Breadcrumbs(double smallest = 0.85, double largest = 0.007, double scale = 0.3) => smallest + largest < 1
        ? new BreadcrumbsMerge(Fraction(smallest, "the share of the smallest entries"), Fraction(largest, "the share of the largest entries"),
            Scale(scale))
        : throw new DeclarationException($"breadcrumbs without {smallest} and {largest} of all entries would be none: "
            + "the shares add up to less than 1");

    /// <summary>EMR-Merging (Huang et al., NeurIPS 2024): one vector for all tasks, with a mask and a scale for each; see
    /// <see cref="EmrMerge"/>.</summary>
    /// <param name="task">The task whose model it is, by the place of its tuned model from 0 on.</param>
    public static MergeMethod Emr(int task) => task >= 0 ? new EmrMerge(task)
        : throw new DeclarationException($"EMR gives a model for each tuned model, from 0 on, but was asked for {task}");

    /// <summary>Iso-C (Marczak et al., ICML 2025): the sum of the task vectors with equal singular values; see
    /// <see cref="IsotropicMerge"/>.</summary>
    /// <param name="scale">lambda, 1 to 3.</param>
    public static MergeMethod IsotropicC(double scale = 1) => new IsotropicMerge(Scale(scale));

    /// <summary>TSV-M (Gargiulo et al., CVPR 2025): the tasks' largest singular vectors, made orthogonal; see
    /// <see cref="TaskSingularVectorsMerge"/>.</summary>
    /// <param name="scale">lambda.</param>
    public static MergeMethod TaskSingularVectors(double scale = 1) => new TaskSingularVectorsMerge(Scale(scale));

    /// <summary>PCB-Merging (Du et al., NeurIPS 2024): entries weighed by their size and by how tasks agree; see <see cref="PcbMerge"/>.</summary>
    /// <param name="keep">r, the share that is kept: 0.1 to 0.2 in the paper.</param>
    /// <param name="scale">lambda, about 1 to 2.</param>
    public static MergeMethod Pcb(double keep = 0.2, double scale = 1) => new PcbMerge(Fraction(keep, "the share that PCB keeps"), Scale(scale));

    /// <summary>
    /// A method of one's own: <c>pool.By(MergeMethod.Of((name, theta0, taus) => 0.3 * taus[0] - 0.1 * taus[1]))</c>.
    /// </summary>
    /// <param name="update">Of a tensor's name, theta_0 and the task vectors, in Float32 or Float64: theta - theta_0, of the same shape.</param>
    public static MergeMethod Of(Func<string, Tensor, IReadOnlyList<Tensor>, Tensor> update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return new OwnMerge(update);
    }

    private static ImmutableArray<IParameterSource> Named(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> statistics, string what) =>
        [.. statistics.Select((tensors, i) => ParameterSource.Of(tensors, $"{what} {i + 1}"))];
}
