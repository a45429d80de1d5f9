using System.Collections.Immutable;
using TorchSharp;

namespace Polytask;

/// <summary>
/// The coordinate-wise trimmed mean (Yin et al., ICML 2018, definition 2): in each coordinate the k greatest and the k least entries are left out
/// and the others averaged: a mean. No weights exist. O(P T log T); differentiable almost everywhere, but not differentiated here.
/// </summary>
internal sealed record TrimmedMeanWeighting(int Trimmed) : JacobianWeighting
{
    public override JacobianRule Start(int tasks) => tasks > 2 * Trimmed ? new Rule(Trimmed, tasks) : throw new DeclarationException(
        $"trimmed mean: leaving out {Trimmed} on each side needs at least {2 * Trimmed + 1} tasks, but there are {tasks}");

    public override string ToString() => $"trimmed mean {Trimmed}";

    private sealed class Rule(int trimmed, int tasks) : RowsRule("trimmed mean", tasks)
    {
        protected override IEnumerable<torch.Tensor> Direction(ImmutableArray<torch.Tensor> rows) =>
            rows.Select(g => g.sort(0).Values.narrow(0, trimmed, Tasks - 2 * trimmed).mean([0L]));
    }
}
