using System.Collections.Immutable;
using System.Numerics;

namespace Polytask;

/// <summary>lambda_t^l, a number for each merged tensor l and each task t.</summary>
public abstract record MergeCoefficients
{
    private protected MergeCoefficients()
    {
    }

    /// <summary>One number for all, as in task arithmetic.</summary>
    public static MergeCoefficients Constant(double value) => double.IsFinite(value) ? new ConstantCoefficients(value)
        : throw new DeclarationException($"a coefficient of a merge is a finite number, but got {value}");

    /// <summary>Given numbers, such as learned ones: by the tensors' names, for each task in the order of the models.</summary>
    public static MergeCoefficients Of(IReadOnlyDictionary<string, double[]> values) => new GivenCoefficients(
        values.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray(), StringComparer.Ordinal));

    /// <summary>
    /// lambda_t^l = eta / |tau_t^l|, so that all tasks weigh the same in a tensor (Wei et al., "Adaptive projective gradient descent", ICML 2025,
    /// "task-aware" coefficients); 0 where a task vector is 0.
    /// </summary>
    /// <param name="norm">eta above 0, on the scale of the models' task vectors: the paper's 0.07 belongs to CLIP.</param>
    public static MergeCoefficients EqualNorms(double norm) => new NormCoefficients(Positive(norm, "the norm of task vectors"), false);

    /// <summary>As <see cref="EqualNorms"/>, on no scale: eta = c median |tau_t^l|, over the tensors and tasks where it is not 0.</summary>
    /// <param name="share">c above 0, about as large as the scale of task arithmetic.</param>
    public static MergeCoefficients EqualNormsOfMedian(double share) => new NormCoefficients(Positive(share, "the share of the median norm"), true);

    /// <summary>Whether they go with so many models of such tensors.</summary>
    internal virtual void Check(int tasks, IReadOnlyList<StoredTensor> tensors)
    {
    }

    /// <summary>lambda_t^l by name; what depends on the models' numbers takes a pass.</summary>
    internal abstract Dictionary<string, double[]> Values<T>(BlockPasses<T> passes) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private static double Positive(double value, string what) => value > 0 && double.IsFinite(value) ? value
        : throw new DeclarationException($"{what} is a finite number above 0, but got {value}");
}

internal sealed record ConstantCoefficients(double Value) : MergeCoefficients
{
    internal override Dictionary<string, double[]> Values<T>(BlockPasses<T> passes) =>
        passes.Tensors.ToDictionary(tensor => tensor.Name, _ => Enumerable.Repeat(Value, passes.Tasks).ToArray());

    public override string ToString() => FormattableString.Invariant($"{Value}");
}

internal sealed record GivenCoefficients(ImmutableSortedDictionary<string, ImmutableArray<double>> Given) : MergeCoefficients
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> tensors)
    {
        HashSet<string> names = [.. tensors.Select(tensor => tensor.Name)];
        if (Given.Keys.FirstOrDefault(name => !names.Contains(name)) is { } other)
            throw new DeclarationException($"there are coefficients of '{other}', which is no tensor that is merged"
                + Names.DidYouMean(other, names));
        if (names.Order(StringComparer.Ordinal).FirstOrDefault(name => !Given.ContainsKey(name)) is { } missing)
            throw new DeclarationException($"there are no coefficients of '{missing}', which is merged; give them for each of the {names.Count} "
                + "merged tensors, or leave tensors out of the merge with Without");
        foreach (var (name, values) in Given)
        {
            if (values.Length != tasks)
                throw new DeclarationException($"'{name}' takes a coefficient for each of the {tasks} models, but got {values.Length}");
            if (!values.All(double.IsFinite))
                throw new DeclarationException($"the coefficients of '{name}' are finite, but got {TaskArithmeticMerge.Listed(values)}");
        }
    }

    internal override Dictionary<string, double[]> Values<T>(BlockPasses<T> passes) =>
        Given.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    public override string ToString() => $"given for {Given.Count} tensors";
}

internal sealed record NormCoefficients(double Norm, bool IsOfMedian) : MergeCoefficients
{
    internal override Dictionary<string, double[]> Values<T>(BlockPasses<T> passes)
    {
        var tasks = passes.Tasks;
        var squares = passes.SumsByTensor(tasks, (in Block<T> block, Span<double> found) =>
        {
            for (var task = 0; task < tasks; task++)
                foreach (var value in block.Tau(task))
                {
                    var wide = double.CreateChecked(value);
                    found[task] += wide * wide;
                }
        });
        var norms = Array.ConvertAll(squares, sums => Array.ConvertAll(sums, Math.Sqrt));
        var eta = IsOfMedian ? Norm * Median([.. norms.SelectMany(each => each).Where(norm => norm > 0).Order()]) : Norm;
        return passes.Tensors.Zip(norms).ToDictionary(pair => pair.First.Name,
            pair => Array.ConvertAll(pair.Second, norm => norm > 0 ? eta / norm : 0));
    }

    public override string ToString() => FormattableString.Invariant($"equal norms of {Norm}{(IsOfMedian ? " of the median" : "")}");

    private static double Median(double[] ordered) =>
        ordered.Length == 0 ? 0 : (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
}
