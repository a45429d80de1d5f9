using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// RegMean (Jin et al., ICLR 2023, equation 2 and section 4.2): with C_t = X_t^T X_t / n of the inputs of a linear layer in model t, whose
/// entries off the diagonal are first multiplied by alpha, W^T = (sum_t C_t)^-1 sum_t C_t W_t^T: at alpha = 1 the layer whose outputs are nearest
/// to the models' own. Tensors without C_t are averaged. Solved in Float64, with a ridge on the diagonal where inputs leave directions out.
/// </summary>
/// <param name="Grams">C_t, [in, in] under the name of the layer's weight [out, in], from <see cref="InputGram"/>.</param>
/// <param name="Alpha">0.9 in the paper.</param>
/// <param name="Ridge">Added to the diagonal of sum_t C_t.</param>
internal sealed record RegMeanMerge(ImmutableArray<IParameterSource> Grams, double Alpha, double Ridge) : TensorMethod
{
    private readonly HashSet<string> known = [.. Grams.SelectMany(source => source.Tensors).Select(tensor => tensor.Name)];

    internal override IReadOnlyList<IParameterSource> Statistics => Grams;

    public override IEnumerable<string> StatisticsOf(string tensor) => known.Contains(tensor) ? [tensor] : [];

    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        var weights = merged.ToDictionary(tensor => tensor.Name);
        foreach (var name in known.Where(name => !weights.TryGetValue(name, out var weight) || weight.Shape.Length != 2))
            throw new ArgumentException($"there are inputs of '{name}', which is not the weight of a linear layer that is merged"
                + Names.DidYouMean(name, weights.Keys));
        PoolCheck.Statistics("the inputs' Gram matrices", Grams,
            [.. known.Order(StringComparer.Ordinal).Select(name =>
                weights[name] with { Shape = [weights[name].Shape[1], weights[name].Shape[1]] })], tasks);
    }

    public override Tensor Merge(MergedTensors tensors)
    {
        if (tensors.Statistics.Count == 0) return tensors.Mean();
        var inputs = tensors.Base.shape[1];
        var (left, right) = (Ridge * eye(inputs, dtype: ScalarType.Float64), zeros(inputs, tensors.Base.shape[0], ScalarType.Float64));
        foreach (var (gram, weight) in tensors.Statistics.Zip(tensors.Tuned))
        {
            var c = gram.to(ScalarType.Float64);
            c = Alpha * c + (1 - Alpha) * c.diag().diag();
            left += c;
            right += c.matmul(weight.to(ScalarType.Float64).t());
        }
        try
        {
            return linalg.solve(left, right).t();
        }
        catch (Exception error) when (error is not InvalidDataException)
        {
            throw new InvalidDataException($"the inputs of '{tensors.Name}' leave directions out, so that no merged layer is best; "
                + $"give RegMean a ridge above {Ridge}", error);
        }
    }

    public override string ToString() => FormattableString.Invariant($"RegMean alpha {Alpha}, ridge {Ridge}");
}
