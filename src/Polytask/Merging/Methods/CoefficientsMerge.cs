namespace Polytask;

/// <summary>
/// Task arithmetic with a coefficient for each tensor and task (Yang et al., "AdaMerging", ICLR 2024, equation 6): theta^l = theta_0^l + sum_t
/// lambda_t^l tau'_t^l, with task vectors as they are or changed by a rule. Plain vectors take one pass, block by block.
/// </summary>
internal sealed record CoefficientsMerge(MergeCoefficients Lambda, TaskVectorRule Vectors) : MergeMethod
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        StoredTensor[] covered = [.. merged.Where(Vectors.Covers)];
        if (covered.Length == 0)
            throw new DeclarationException($"{Vectors} are of matrices, but none of the merged tensors is one: "
                + Names.Listed(merged.Select(tensor => tensor.Name).Take(10)));
        Lambda.Check(tasks, covered);
        Vectors.Check(tasks, covered);
    }

    internal override void Run<T>(OpenModels models, IReadOnlyList<StoredTensor> tensors, MergeTarget target)
    {
        var values = Lambda.Values(new BlockPasses<T>(models, [.. models.Merged.Where(Vectors.Covers)]));
        var vectors = Vectors.Start<T>(models);
        foreach (var tensor in tensors)
        {
            if (values.TryGetValue(tensor.Name, out var coefficients))
            {
                target.Take(tensor.Name, vectors.Combine(tensor, coefficients));
                continue;
            }
            using var read = models.Base.Read(tensor.Name);
            target.Take(tensor.Name, read.clone());
        }
    }

    public override string ToString() => $"coefficients {Lambda}, {Vectors}";
}
