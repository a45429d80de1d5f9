using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The weights of the epoch with the lowest validation loss so far.</summary>
internal sealed class BestWeights(MultiTaskModule module) : IDisposable
{
    private readonly Dictionary<string, Tensor> kept = [];

    /// <summary>Which epoch had the lowest loss, and how many were looked at since.</summary>
    public BestEpoch Record { get; private set; } = new(double.PositiveInfinity, 0, 0);

    /// <summary>The epoch of the lowest loss, 0 before the first.</summary>
    public int Epoch => Record.Epoch;

    /// <summary>The weights kept, by name; not copies.</summary>
    public IReadOnlyDictionary<string, Tensor> Kept => kept;

    /// <summary>Takes note of an epoch, and of its weights where they are wanted and better; the number of offers since the best.</summary>
    public int Offer(int epoch, double loss, bool keepsWeights)
    {
        if (!(loss < Record.Loss))
        {
            Record = Record with { Stale = Record.Stale + 1 };
            return Record.Stale;
        }
        Record = new(loss, epoch, 0);
        if (keepsWeights) Keep(module.state_dict());
        return 0;
    }

    /// <summary>Puts the best weights back into the module.</summary>
    public void Restore()
    {
        using var untracked = no_grad();
        foreach (var (name, value) in module.state_dict())
            if (kept.TryGetValue(name, out var copy)) value.copy_(copy);
    }

    /// <summary>Goes on from a checkpoint.</summary>
    public void Load(BestEpoch record, IEnumerable<KeyValuePair<string, Tensor>> weights)
    {
        Record = record;
        Keep(weights);
    }

    public void Dispose()
    {
        foreach (var copy in kept.Values) copy.Dispose();
        kept.Clear();
    }

    private void Keep(IEnumerable<KeyValuePair<string, Tensor>> weights)
    {
        using var untracked = no_grad();
        foreach (var (name, value) in weights)
        {
            if (kept.TryGetValue(name, out var copy)) copy.copy_(value);
            else kept[name] = value.detach().clone().DetachFromDisposeScope();
        }
    }
}

/// <summary>The epoch with the lowest validation loss.</summary>
/// <param name="Loss">That loss, the mean over tasks; infinite before the first.</param>
/// <param name="Epoch">The epoch, 0 before the first.</param>
/// <param name="Stale">How many validations were not lower since.</param>
internal sealed record BestEpoch(double Loss, int Epoch, int Stale);
