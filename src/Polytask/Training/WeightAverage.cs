using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// An exponential moving average of a module's parameters and floating buffers: a &lt;- a + (1 - decay) (w - a) after every step, from the weights
/// before the first step on. Whole-number buffers are those of the last step.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double decay;
    private readonly (string Name, Tensor Weight, Tensor Average)[] pairs;

    public WeightAverage(MultiTaskModule module, double decay)
    {
        using var untracked = no_grad();
        this.decay = decay;
        // The module's own tensors: a state dictionary's are other objects, which keep the old memory when parameters move into flat buffers.
        IEnumerable<(string, Tensor)> all =
            [.. module.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)), .. module.named_buffers()];
        pairs = [.. all.Select(entry => (entry.Item1, entry.Item2, entry.Item2.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages by the weights' names; not copies.</summary>
    public IEnumerable<(string Name, Tensor Average)> Averages => pairs.Select(pair => (pair.Name, pair.Average));

    /// <summary>Takes in the weights of a step.</summary>
    public void Update()
    {
        using var untracked = no_grad();
        foreach (var (_, weight, average) in pairs)
        {
            if (average.is_floating_point()) average.lerp_(weight, 1 - decay);
            else average.copy_(weight);
        }
    }

    /// <summary>Exchanges weights and averages, and exchanges them back when it is disposed.</summary>
    public IDisposable Swapped()
    {
        Swap();
        return new Back(this);
    }

    /// <summary>Puts the averages in the weights' place for good.</summary>
    public void Keep()
    {
        using var untracked = no_grad();
        foreach (var (_, weight, average) in pairs) weight.copy_(average);
    }

    public void Dispose()
    {
        foreach (var (_, _, average) in pairs) average.Dispose();
    }

    private void Swap()
    {
        using var untracked = no_grad();
        foreach (var (_, weight, average) in pairs)
        {
            using var former = weight.clone();
            weight.copy_(average);
            average.copy_(former);
        }
    }

    private sealed class Back(WeightAverage average) : IDisposable
    {
        public void Dispose() => average.Swap();
    }
}
