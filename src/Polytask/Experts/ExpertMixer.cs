using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>f^k(x) = sum_i g^k(x)_i f_i(x) (Ma et al., KDD 2018, equation 6), for several gates over the experts that each of them sees.</summary>
internal static class ExpertMixer
{
    /// <summary>What each consumer gets, float [batch, features].</summary>
    /// <param name="seen">For each consumer the numbers of the experts that its gate weighs.</param>
    /// <param name="weights">Per consumer [batch, experts that it sees].</param>
    /// <param name="features">The experts, [batch, some of them, features] each.</param>
    /// <param name="numbers">The numbers of the experts in <paramref name="features"/>, in their order.</param>
    public static IReadOnlyList<Tensor> Mix(int[][] seen, Tensor[] weights, Tensor[] features, int[] numbers)
    {
        var places = Array.ConvertAll(seen, one => Array.ConvertAll(one, number => Array.IndexOf(numbers, number)));
        if (Mixture.Can([.. features, .. weights])) return Mixture.Of(places, features, weights);
        var all = features.Length == 1 ? features[0] : cat(features, 1);
        if (places.All(one => IsAll(one, numbers))) return stack(weights, 1).bmm(all).unbind(1);       // [batch, K, E] x [batch, E, h]
        return [.. places.Select((one, k) => weights[k].unsqueeze(1).bmm(IsAll(one, numbers) ? all : Seen(one, all)).squeeze(1))];
    }

    private static bool IsAll(int[] places, int[] numbers) => places.AsSpan().SequenceEqual(Enumerable.Range(0, numbers.Length).ToArray());

    private static Tensor Seen(int[] places, Tensor features)
    {
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
