using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Checks the weights of a batched gradient, about which libtorch's own errors would speak in terms of its insides.</summary>
internal static class BatchedGradients
{
    /// <summary>How many weights there are for each output.</summary>
    internal static long Size(IList<Tensor> outputs, IList<Tensor>? weights)
    {
        if (weights is null || weights.Count != outputs.Count)
            throw new ArgumentException($"is_grads_batched needs grad_outputs for each of the {outputs.Count} outputs, and got {weights?.Count ?? 0}", nameof(weights));
        long? size = null;
        for (var k = 0; k < weights.Count; k++)
        {
            if (weights[k] is null) continue;
            var (expected, given) = (outputs[k].shape, weights[k].shape);
            if (given.Length == 0 || !given.AsSpan(1).SequenceEqual(expected) || given[0] != (size ?? given[0]))
                throw new ArgumentException(
                    $"grad_outputs[{k}] has the shape [{string.Join(", ", given)}]: expected [{string.Join(", ", expected.Prepend(size ?? -1).Select(n => n < 0 ? "B" : $"{n}"))}], " +
                    "the number of weights and then the shape of its output", nameof(weights));
            size = given[0];
        }
        return size ?? throw new ArgumentException("is_grads_batched needs at least one of grad_outputs that is not null", nameof(weights));
    }
}
