using System.Collections.Immutable;

namespace Polytask;

/// <summary>The weighted mean of the models: theta = sum_t w_t theta_t / sum_t w_t. One pass.</summary>
internal sealed record WeightedMerge(ImmutableArray<double> Weights) : BlockMethod
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged) =>
        TaskArithmeticMerge.CheckCount("the weighted mean", "weight", Weights.Length, tasks);

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var sum = Weights.Sum();
        return TaskArithmeticMerge.Sum(passes, [.. Weights.Select(weight => T.CreateChecked(weight / sum))]);
    }

    public override string ToString() => $"weighted {TaskArithmeticMerge.Listed(Weights)}";
}
