using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The weights of the epoch with the lowest validation loss so far.</summary>
internal sealed class BestWeights(MultiTaskModule module) : IDisposable
{
    private readonly Dictionary<string, Tensor> kept = [];
    private double lowest = double.PositiveInfinity;
    private int stale;

    /// <summary>The epoch of the lowest loss, 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Takes note of an epoch, and of its weights where they are wanted and better; the number of offers since the best.</summary>
    public int Offer(int epoch, double loss, bool keepsWeights)
    {
        if (!(loss < lowest)) return ++stale;
        (lowest, Epoch, stale) = (loss, epoch, 0);
        if (!keepsWeights) return 0;
        using var untracked = no_grad();
        foreach (var (name, value) in module.state_dict())
        {
            if (kept.TryGetValue(name, out var copy)) copy.copy_(value);
            else kept[name] = value.detach().clone().DetachFromDisposeScope();
        }
        return 0;
    }

    /// <summary>Puts the best weights back into the module.</summary>
    public void Restore()
    {
        using var untracked = no_grad();
        foreach (var (name, value) in module.state_dict())
            if (kept.TryGetValue(name, out var copy)) value.copy_(copy);
    }

    public void Dispose()
    {
        foreach (var copy in kept.Values) copy.Dispose();
        kept.Clear();
    }
}
