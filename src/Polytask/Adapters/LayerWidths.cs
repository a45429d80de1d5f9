namespace Polytask;

/// <summary>How many features a layer reads and gives in the last dimension.</summary>
internal static class LayerWidths
{
    /// <summary>Those of a linear layer; of another as given.</summary>
    public static (long Inputs, long Outputs) Of(AdaptedLayer layer, long? width, Adapter adapter)
    {
        if (layer.Module is TorchSharp.Modules.Linear linear) return (linear.in_features, linear.out_features);
        if (width is { } given) return (given, given);
        throw new DeclarationException($"{adapter.Name}: {layer.Place} is a {layer.Module.GetName()}, which does not say how many features it "
            + "gives; say so with .WithWidth(...), or choose linear layers");
    }
}
