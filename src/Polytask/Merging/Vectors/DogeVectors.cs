using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The task vectors of DOGE (Wei et al., ICML 2025, algorithm 1), of matrices alone: tau'_t = m_t (tau_t + Delta), with Delta by
/// <see cref="DogeCorrection"/> and m_t the K largest |tau_t| over all merged matrices: of |tau_t| and not of |tau_t + Delta|. Other tensors stay
/// the base's, as in the reference code. A matrix at a time is in memory, three times of all models.
/// </summary>
internal sealed record DogeVectors(DogeOptions Options) : TaskVectorRule
{
    internal override bool Covers(StoredTensor tensor) => tensor.Shape.Length == 2 && tensor.Shape.All(side => side > 0);

    internal override void Check(int tasks, IReadOnlyList<StoredTensor> tensors) => Options.Coefficients.Check(tasks, tensors);

    internal override RunningVectors Start<T>(OpenModels models)
    {
        var passes = new BlockPasses<T>(models, [.. models.Merged.Where(Covers)]);
        var least = Array.ConvertAll(OrderStatistic.LeastKept(passes, Options.Keep), double.CreateChecked);
        return new Running(models, Options, Options.Coefficients.Values(passes), least);
    }

    public override string ToString() => FormattableString.Invariant(
        $"DOGE vectors: keep {Options.Keep}, {Options.Steps} steps at {Options.Coefficients}{(Options.IsProjected ? "" : ", not projected")}");

    private sealed class Running(OpenModels models, DogeOptions options, Dictionary<string, double[]> coefficients, double[] least) : RunningVectors
    {
        public override Tensor Combine(StoredTensor tensor, double[] coefficients)
        {
            using var scope = NewDisposeScope();
            var lambda = torch.tensor(coefficients).to(models.IsDouble ? ScalarType.Float64 : ScalarType.Float32);
            var update = Rows(tensor).t().mv(lambda).view([.. tensor.Shape]);
            return (models.ReadFinite(0, tensor.Name) + update).to(tensor.Type).contiguous().MoveToOuterDisposeScope();
        }

        public override Tensor Rows(StoredTensor tensor)
        {
            using var scope = NewDisposeScope();
            var theta0 = models.ReadFinite(0, tensor.Name);
            Tensor[] taus = [.. Enumerable.Range(1, models.Count).Select(reader => models.ReadFinite(reader, tensor.Name) - theta0)];
            Tensor[] kept = [.. taus.Zip(least, (tau, limit) => tau.abs() >= limit)];
            if (options.Steps == 0) return Masked(taus).MoveToOuterDisposeScope();
            var (delta, _) = DogeCorrection.Find(taus, coefficients[tensor.Name], options);
            return Masked([.. taus.Select(tau => tau + delta)]).MoveToOuterDisposeScope();

            Tensor Masked(Tensor[] vectors) => stack([.. vectors.Zip(kept, (vector, mask) => vector * mask)]).view(taus.Length, -1);
        }
    }
}
