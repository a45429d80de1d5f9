using TorchSharp;

namespace Polytask;

/// <summary>The weights of a run that was taken from a cache; they are read when they are asked for.</summary>
/// <param name="model">What to build.</param>
/// <param name="plan">Says the device.</param>
/// <param name="path">The file; null where weights were not kept.</param>
internal sealed class StoredWeights(Model model, TrainingPlan plan, string? path)
{
    /// <exception cref="DataException">They were not kept, or cannot be read any more.</exception>
    public MultiTaskModule Load()
    {
        if (path is null)
            throw new DataException($"the weights of '{model.Name}' were not kept; keep them with .Cache(folder), without weights: false");
        // Building draws weights: what a seeded program draws next must not depend on a cache.
        using var state = torch.get_rng_state();
        var module = model.Build();
        torch.set_rng_state(state);
        try
        {
            SafeTensors.LoadInto(module, path);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or InvalidOperationException)
        {
            throw new DataException($"the weights of '{model.Name}' cannot be read from the cache: {error.Message}", error);
        }
        module.to(plan.Target());
        module.eval();
        return module;
    }
}
