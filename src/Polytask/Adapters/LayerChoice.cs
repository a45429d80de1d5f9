using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The layers of a module that an adapter stands at.</summary>
internal static class LayerChoice
{
    private const int Shown = 8;

    /// <summary>Those that the adapter names, or without names all of its kinds; each once, also where it has several names.</summary>
    public static IReadOnlyList<AdaptedLayer> Of(nn.Module module, LayerwiseAdapter adapter)
    {
        var patterns = adapter.Layers;
        var seen = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        var all = module.named_modules().Prepend((name: "", module)).Where(pair => seen.Add(pair.module)).ToArray();
        var uncalled = Uncalled(all.Select(pair => pair.module));
        var own = all.Where(pair => adapter.Fits(pair.module) && !uncalled.ContainsKey(pair.module));
        if (patterns.IsEmpty)
        {
            AdaptedLayer[] chosen = [.. own.Where(pair => module is not MultiTaskModule || IsBeforeTasks(pair.name)).Select(Layer)];
            return chosen.Length > 0 ? chosen : throw new DeclarationException(
                $"{adapter.Name}: {module.GetName()} has no {adapter.Kinds}; name the layers with .At(...): it has {Listed(all)}");
        }
        var layers = new List<AdaptedLayer>();
        foreach (var pattern in patterns)
        {
            var matched = all.Where(pair => pair.module is nn.Module<Tensor, Tensor> && Names.Match(pattern, pair.name)).ToArray();
            // A pattern with a star means the layers of the adapter's kinds among those that it matches, a name means just that layer.
            var fitting = pattern.Contains('*')
                ? [.. matched.Where(pair => adapter.Fits(pair.module) && !uncalled.ContainsKey(pair.module))]
                : matched;
            if (fitting.Length == 0)
                throw new DeclarationException($"{adapter.Name}: no layer of {module.GetName()} "
                    + (matched.Length == 0 ? $"is named '{pattern}'" : $"that is named '{pattern}' belongs to the {adapter.Kinds} that are called")
                    + $"{Names.DidYouMean(pattern, own.Select(pair => pair.name))}; its {adapter.Kinds} are {Listed(own)}");
            foreach (var pair in fitting)
            {
                if (uncalled.TryGetValue(pair.module, out var reader))
                    throw new DeclarationException($"{adapter.Name}: layer '{pair.name}' is never called, {reader.GetName()} reads its weight; "
                        + "adapt another layer");
                layers.Add(Layer(pair));
            }
        }
        return [.. layers.DistinctBy(layer => layer.Module)];
    }

    // MultiheadAttention computes with the weight of its last map, so that no hook on it would run.
    private static Dictionary<nn.Module, nn.Module> Uncalled(IEnumerable<nn.Module> modules)
    {
        var uncalled = new Dictionary<nn.Module, nn.Module>(ReferenceEqualityComparer.Instance);
        foreach (var attention in modules.OfType<TorchSharp.Modules.MultiheadAttention>())
            foreach (var part in attention.modules()) uncalled[part] = attention;
        return uncalled;
    }

    private static bool IsBeforeTasks(string name) => MultiTaskModule.PartOf(name + ".weight") is not ("tasks" or "gates" or "weighting");

    private static AdaptedLayer Layer((string Name, nn.Module Module) pair) => new(pair.Name, (nn.Module<Tensor, Tensor>)pair.Module);

    private static string Listed(IEnumerable<(string Name, nn.Module Module)> layers)
    {
        string[] names = [.. layers.Where(pair => pair.Module is nn.Module<Tensor, Tensor>).Select(pair => pair.Name)];
        return names.Length <= Shown
            ? Names.Listed(names)
            : $"{string.Join(", ", names.Take(Shown).Select(name => $"'{name}'"))} and {names.Length - Shown} more";
    }
}
