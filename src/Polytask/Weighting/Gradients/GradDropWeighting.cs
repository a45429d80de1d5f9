using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Gradient sign dropout, GradDrop (Chen et al., NeurIPS 2020, algorithm 1, lines 10 to 15), on parameters: in each coordinate
/// P = (1 + sum_t g_t / sum_t |g_t|) / 2, and one U ~ U(0, 1), shared by all tasks and drawn by torch's generator, keeps the positive entries where
/// P > U and the negative ones where P &lt; U. The share l_t of a task, its leak, passes regardless. Kept entries are summed: no weights exist.
/// O(T P); random and not differentiated. The paper applies it to activations: multiply by their signs and sum over the batch before P is formed.
/// </summary>
internal sealed record GradDropWeighting(ImmutableArray<double> Leak) : JacobianWeighting
{
    public override JacobianRule Start(int tasks)
    {
        var leak = Refuse.Unfit("GradDrop", "the leak", Leak, tasks, 0);
        for (var t = 0; t < tasks; t++) Refuse.Outside("GradDrop", $"the leak of task {t}", leak[t], 0, 1);
        return new Rule(leak);
    }

    public override string ToString() => "GradDrop";

    private sealed class Rule(double[] leak) : RowsRule("GradDrop", leak.Length)
    {
        protected override IEnumerable<Tensor> Direction(ImmutableArray<Tensor> rows) => rows.Select(g =>
        {
            var (sum, size) = (g.sum([0L]), g.abs().sum([0L]));
            // A coordinate in which all gradients are zero gives zero whatever its P is.
            var purity = (1 + sum / size.masked_fill(size.eq(0), 1)) / 2;
            var u = rand_like(purity);
            var kept = (purity.gt(u) & g.gt(0)) | (purity.lt(u) & g.lt(0));
            long[] perTask = [Tasks, .. Enumerable.Repeat(1L, g.shape.Length - 1)];
            var l = tensor(leak, device: g.device).to(g.dtype).reshape(perTask);
            return ((l + (1 - l) * kept.to(g.dtype)) * g).sum([0L]);
        });
    }
}
