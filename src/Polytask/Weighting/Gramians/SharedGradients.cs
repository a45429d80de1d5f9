using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The gradients of T losses at what the tasks share, by a backward pass for each, in whatever form is cheaper for each parameter; and, from the same
/// passes, those of what each task has for itself.
/// </summary>
internal sealed class SharedGradients : ITaskGradients
{
    private readonly ImmutableArray<GradientPart> parts;
    private readonly Dictionary<Tensor, GradientPart> places;
    private readonly Tensor[] shared;

    private SharedGradients(Tensor[] shared, IEnumerable<GradientPart> parts, Tensor?[][] own)
    {
        (this.shared, this.parts, Own) = (shared, [.. parts], own);
        places = new(ReferenceEqualityComparer.Instance);
        foreach (var part in this.parts) places.Add(part.Target, part);
    }

    /// <inheritdoc/>
    public Tensor?[][] Own { get; }

    /// <summary>One backward pass for each loss.</summary>
    /// <param name="losses">A loss for each task, of one element; one that depends on nothing has zeros everywhere.</param>
    /// <param name="shared">What to differentiate by.</param>
    /// <param name="own">For each task what it alone depends on.</param>
    /// <param name="tape">The layers' calls; null where all gradients are to be computed.</param>
    /// <param name="retainGraph">Keep the graph for a further pass.</param>
    public static SharedGradients Of(IReadOnlyList<Tensor> losses, Tensor[] shared, Parameter[][] own, LayerTape? tape = null, bool retainGraph = false)
    {
        var known = shared.ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        // The bias's gradient is computed in every pass and costs nothing; without it a pass might not come by here.
        TapedLayer[] candidates = [.. tape?.Called.Where(layer =>
            layer.Bias is not null && known.Contains(layer.Bias) && known.Contains(layer.Weight) && layer.IsWhole is not false
            && FactoredPart.Pays(layer, losses.Count)) ?? []];
        foreach (var layer in candidates) layer.IsWatched = true;
        TapedLayer[] factored = [.. candidates.Where(layer => layer.IsWhole is true)];
        TapedLayer[] unknown = [.. candidates.Where(layer => layer.IsWhole is null)];
        foreach (var layer in factored) known.Remove(layer.Weight);
        Tensor[] computed = [.. shared.Where(known.Contains)];

        ComputedPart[] whole = [.. computed.Select(target => new ComputedPart(target, losses.Count))];
        FactoredPart[] halves = [.. factored.Select(layer => new FactoredPart(layer, losses.Count))];
        var theirs = new Tensor?[losses.Count][];
        for (var task = 0; task < losses.Count; task++)
        {
            theirs[task] = new Tensor?[own[task].Length];
            IList<Tensor?> given = losses[task].requires_grad
                ? There(autograd.grad([losses[task]], [.. computed, .. own[task]], retain_graph: retainGraph || task < losses.Count - 1, allow_unused: true))
                : new Tensor?[computed.Length + own[task].Length];
            foreach (var layer in unknown) layer.Compare(layer.TakeGradientRows(), given[Array.IndexOf(computed, layer.Weight)]);
            for (var i = 0; i < halves.Length; i++) halves[i].Put(task, losses[task].requires_grad ? factored[i].TakeGradientRows() : null);
            for (var i = 0; i < given.Count; i++)
            {
                if (i < computed.Length) whole[i].Put(task, given[i]);
                else theirs[task][i - computed.Length] = given[i];
            }
        }
        return new(shared, [.. whole, .. halves], theirs);
    }

    /// <summary>One backward pass for all losses.</summary>
    /// <inheritdoc cref="Of"/>
    public static SharedGradients Batched(IReadOnlyList<Tensor> losses, Tensor[] shared, Parameter[][] own)
    {
        var blocks = TaskGradients.Of(losses, shared, TaskGradientMode.Batched, retainGraph: true).Blocks;
        Parameter[] all = [.. own.SelectMany(parameters => parameters)];
        // Of its own parameters only a task's own loss depends.
        var theirs = new Queue<Tensor>(all.Length == 0 ? [] : autograd.grad([stack([.. losses]).sum()], all, retain_graph: true, allow_unused: true));
        return new(shared, shared.Zip(blocks, (target, block) => new ComputedPart(target, block)),
            Array.ConvertAll(own, parameters => Array.ConvertAll(parameters, _ => theirs.Dequeue() is { IsInvalid: false } there ? there : null)));
    }

    /// <inheritdoc/>
    public Tensor Gramian() => WrappedTensorDisposeScope(() =>
    {
        Tensor? sum = null;
        foreach (var part in parts)
        {
            using var step = NewDisposeScope();
            var products = part.Products();
            if (sum is null) sum = products.MoveToOuterDisposeScope();
            else sum.add_(products);
        }
        // Both halves are the same up to rounding.
        return (sum! + sum!.t()) / 2;
    });

    /// <inheritdoc/>
    public Tensor[] Combined(Tensor weights) => [.. shared.Select(target => places[target].Combined(weights.to(target.device).to(target.dtype)))];

    /// <summary>J itself; only where no tape was given.</summary>
    public TaskGradients Rows(int tasks) => TaskGradients.OfBlocks([.. shared.Select(target => ((ComputedPart)places[target]).Block)], tasks);

    // TorchSharp gives an empty handle where nothing comes, the stand-in null.
    internal static Tensor?[] There(IList<Tensor> gradients) => [.. gradients.Select(gradient => gradient is { IsInvalid: false } ? gradient : null)];
}
