using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Sends rows to the experts that their gates chose and nowhere else: rows are sorted by expert, each expert computes its rows in one go (it is loaded
/// once, as M3ViT's reordering has it), and what comes out is weighed and added up. The same numbers as computing every expert on every row.
/// </summary>
internal static class SparseDispatch
{
    /// <summary>For each source what its rows get.</summary>
    /// <param name="experts">The experts.</param>
    /// <param name="sources">Per task its rows, float [rows, ...input].</param>
    /// <param name="routes">Per task where its rows go.</param>
    public static Tensor[] Run(ExpertModule experts, IReadOnlyList<Tensor> sources, IReadOnlyList<Routes> routes)
    {
        var same = sources.All(source => ReferenceEquals(source, sources[0]));
        var rows = same ? sources[0] : cat([.. sources], 0);
        long k = routes[0].Experts.shape[1], each = sources[0].shape[0];
        var chosen = (routes.Count == 1 ? routes[0].Experts : cat([.. routes.Select(route => route.Experts)], 0)).flatten();
        var weights = (routes.Count == 1 ? routes[0].Weights : cat([.. routes.Select(route => route.Weights)], 0)).flatten();
        Tensor order, counts;
        using (NewDisposeScope())
        {
            // Rows that found their expert full are sorted behind the last expert, and not computed.
            var sorted = chosen;
            if (routes[0].Kept is not null)
                sorted = sorted.masked_fill(cat([.. routes.Select(route => route.Kept!)], 0).flatten().logical_not(), experts.Count);
            order = sorted.argsort().MoveToOuterDisposeScope();
            counts = bincount(sorted, minlength: experts.Count + 1).cpu().MoveToOuterDisposeScope();
        }
        var sizes = counts.data<long>().ToArray();
        var taken = sizes.Take(experts.Count).Sum();
        var places = order.narrow(0, 0, taken);
        var slots = places.div(k, RoundingMode.floor);                                      // the row of all tasks' rows
        var sent = rows.index_select(0, same ? slots.remainder(each) : slots);
        // Split once: narrowed rows would have their gradient filled up with zeros for each expert.
        var given = experts.Each(sent.split(sizes[..experts.Count]));
        if (given.Count == 0)
            throw new TrainingException("a sparse gate with its capacity sends no row to any expert; raise the capacity factor or the batch");
        var weighed = cat([.. given], 0) * weights.index_select(0, places).unsqueeze(1);
        var sum = zeros([each * sources.Count, weighed.shape[1]], dtype: weighed.dtype, device: weighed.device).index_add(0, slots, weighed, 1);
        return sources.Count == 1 ? [sum] : sum.split(each, 0);
    }
}
