using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>f^k(x) = sum_i g^k(x)_i f_i(x) (Ma et al., KDD 2018, equation 6), for several gates over one tensor of experts.</summary>
internal sealed class ExpertMixer(IReadOnlyDictionary<int, int[]> visible)
{
    /// <summary>What each consumer gets, float [batch, features].</summary>
    /// <param name="consumers">The consumers.</param>
    /// <param name="weights">Per consumer [batch, experts that it sees].</param>
    /// <param name="features">[batch, experts, features].</param>
    /// <param name="numbers">The numbers of the experts in <paramref name="features"/>, in their order.</param>
    public IReadOnlyList<Tensor> Mix(int[] consumers, Tensor[] weights, Tensor features, int[] numbers)
    {
        if (consumers.All(consumer => visible[consumer].AsSpan().SequenceEqual(numbers)))
            return stack(weights, 1).bmm(features).unbind(1);                                   // [batch, K, E] x [batch, E, h]
        return [.. consumers.Select((consumer, i) => weights[i].unsqueeze(1).bmm(Seen(consumer, features, numbers)).squeeze(1))];
    }

    private Tensor Seen(int consumer, Tensor features, int[] numbers)
    {
        var places = Array.ConvertAll(visible[consumer], number => Array.IndexOf(numbers, number));
        if (places.AsSpan().SequenceEqual(Enumerable.Range(0, numbers.Length).ToArray())) return features;
        // Owned experts stand side by side, so that a few views do for a gather.
        var runs = new List<Tensor>();
        for (var start = 0; start < places.Length;)
        {
            var end = start + 1;
            while (end < places.Length && places[end] == places[end - 1] + 1) end++;
            runs.Add(features.narrow(1, places[start], end - start));
            start = end;
        }
        return runs.Count == 1 ? runs[0] : cat([.. runs], 1);
    }
}
