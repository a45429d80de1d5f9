using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>An adapter that adds to the outputs of layers.</summary>
public abstract record LayerwiseAdapter : Adapter
{
    private protected LayerwiseAdapter() { }

    /// <summary>Whether it stands at a layer unless told which.</summary>
    internal virtual bool Fits(nn.Module layer) => layer is TorchSharp.Modules.Linear;

    /// <summary>What <see cref="Fits"/>, in words.</summary>
    internal virtual string Kinds => "linear layers";

    /// <summary>What stands at one layer; of a method that is not made for tasks, for one task.</summary>
    internal abstract LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common);

    /// <summary>What all layers have in common, or null.</summary>
    internal virtual nn.Module? MakeCommon(IReadOnlyList<AdaptedLayer> layers, IReadOnlyList<string> tasks) => null;

    internal sealed override AdapterParts Parts(nn.Module module, string[] tasks)
    {
        var layers = LayerChoice.Of(module, this);
        var common = MakeCommon(layers, tasks);
        return new(common, [.. layers.Select(layer => (layer, tasks.Length == 0 || IsForTasks
            ? Make(layer, tasks, common)
            : new PerTaskAdapter(Name, tasks, _ => Make(layer, tasks, common))))]);
    }
}
