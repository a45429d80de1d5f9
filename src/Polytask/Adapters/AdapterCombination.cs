using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What combines adapters that were trained for other tasks, which stay as they are: <c>Adapter.ScaLearn().On(sources)</c> for an adaptation
/// with tasks, such as <c>Adapter.Series(8).On(module, "a", "b", "c")</c> after its training.
/// </summary>
public abstract record AdapterCombination
{
    private protected AdapterCombination() { }

    /// <summary>Its name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The combination in one line.</summary>
    public abstract string Describe();

    /// <inheritdoc/>
    public sealed override string ToString() => Describe();

    /// <summary>
    /// Puts the combination on the module of the sources, at their layers. The sources are taken off where they are on, and do not train; the
    /// module's own parameters that they trained are not in place.
    /// </summary>
    /// <param name="sources">An adaptation with an adapter of its own for each of its tasks.</param>
    /// <param name="tasks">Target tasks, each with a combination of its own; none for one combination.</param>
    /// <exception cref="DeclarationException">The sources are no adapters of tasks.</exception>
    public Adaptation On(Adaptation sources, params string[] tasks)
    {
        ArgumentNullException.ThrowIfNull(sources);
        Adapter.CheckTasks(tasks, Name);
        if (sources.AtLayers.Count == 0 || sources.AtLayers.Any(entry => entry.Adapter is not PerTaskAdapter))
            throw new DeclarationException($"{Name} combines adapters of several tasks, each with its own, but got {sources}; make them by "
                + "Adapter.Series(8).On(module, \"first\", \"second\")");
        if (sources.IsOn) sources.Remove();
        foreach (var parameter in sources.parameters()) parameter.requires_grad = false;
        // One combination for each target, or one alone, with what its layers have in common.
        string[] targets = tasks.Length == 0 ? ["all"] : tasks;
        var first = sources.AtLayers[0].Layer;
        var commons = targets.ToDictionary(target => target, _ => MakeCommon(first, sources.WidthAt(first), sources.Tasks.Count));
        Container? common = null;
        foreach (var (target, each) in commons)
            if (each is not null) (common ??= new()).Add(target, each);
        var atLayers = sources.AtLayers.Select(entry => (entry.Layer, tasks.Length == 0
            ? At(entry.Layer, entry.Adapter, "all")
            : new PerTaskAdapter("combined", tasks, task => At(entry.Layer, entry.Adapter, task)))).ToArray();
        return new(Describe(), sources.Module, tasks, new(common, atLayers), [new OwnSet("statistics", OwnSet.Statistics(sources.Module), tasks)]);

        LayerAdapter At(AdaptedLayer layer, LayerAdapter adapters, string target) =>
            Make(layer, sources.WidthAt(layer), ((PerTaskAdapter)adapters).Copies, commons[target]);
    }

    /// <summary>What stands at one layer for one target.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="width">d, the features that it gives.</param>
    /// <param name="sources">The adapters there.</param>
    /// <param name="common">What the target's layers have in common, or null.</param>
    internal abstract LayerAdapter Make(AdaptedLayer layer, long width, IReadOnlyList<LayerAdapter> sources, nn.Module? common);

    /// <summary>What all layers of one target have in common, or null.</summary>
    internal virtual nn.Module? MakeCommon(AdaptedLayer first, long width, int sources) => null;
}
