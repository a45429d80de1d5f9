using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What several gates make of experts, with its gradients, computed by <see cref="MixtureKernel"/>. Where gradients are differentiated again, or
/// those of several tasks come at once, the gradients are operators.
/// </summary>
internal sealed class Mixture : autograd.MultiTensorFunction<Mixture>
{
    /// <inheritdoc/>
    public override string Name => "mixture of experts";

    /// <summary>Whether the kernel can: float32 on the CPU.</summary>
    public static bool Can(IEnumerable<Tensor> tensors) => tensors.All(tensor => tensor.device_type == DeviceType.CPU
        && tensor.dtype == ScalarType.Float32 && tensor.NumberOfElements * sizeof(float) <= int.MaxValue);

    /// <summary>Per consumer [batch, features].</summary>
    /// <param name="seen">For each consumer the experts that it weighs, by their place in <paramref name="features"/>, one after the other.</param>
    /// <param name="features">[batch, experts, features] each.</param>
    /// <param name="weights">Per consumer [batch, experts that it sees].</param>
    public static List<Tensor> Of(int[][] seen, IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> weights) =>
        apply([seen, .. features, .. weights]);

    /// <inheritdoc/>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object?[] vars)
    {
        var seen = (int[][])vars[0]!;
        List<Tensor> tensors = [.. vars.Skip(1).Cast<Tensor>()];
        ctx.save_data("seen", seen);
        ctx.save_for_backward(tensors);
        ctx.set_materialize_grads(false);
        using var scope = NewDisposeScope();
        var (features, weights) = Parted(seen, tensors);
        List<Tensor> mixed = [.. seen.Select(_ => empty(features[0].shape[0], features[0].shape[2]))];
        new MixtureKernel(seen, [.. features.Select(WithoutGaps)]).Mix([.. weights.Select(part => part.contiguous())], mixed);
        foreach (var tensor in mixed) tensor.MoveToOuterDisposeScope();
        return mixed;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var seen = (int[][])ctx.get_data("seen")!;
        using var scope = NewDisposeScope();
        var (features, weights) = Parted(seen, ctx.get_saved_variables());
        Tensor?[] gradients = [.. grad_outputs.Select(gradient => gradient.IsInvalid ? null : gradient)];
        var (ofFeatures, ofWeights) = is_grad_enabled() || BatchedGradients.AreComputed
            ? ByOperators(seen, features, weights, gradients)
            : ByKernel(seen, features, weights, gradients);
        List<Tensor> found = [null!, .. ofFeatures, .. ofWeights.Select(gradient => gradient!)];
        foreach (var gradient in found) gradient?.MoveToOuterDisposeScope();
        return found;
    }

    private static (Tensor[] Features, Tensor?[] Weights) ByKernel(int[][] seen, Tensor[] features, Tensor[] weights, Tensor?[] gradients)
    {
        features = Array.ConvertAll(features, WithoutGaps);
        weights = Array.ConvertAll(weights, part => part.contiguous());
        gradients = Array.ConvertAll(gradients, gradient => gradient?.contiguous());
        Tensor[] ofFeatures = Array.ConvertAll(
            features, part => part.is_contiguous() ? empty_like(part) : empty_like(part.transpose(0, 1)).transpose(0, 1));
        Tensor?[] ofWeights = [.. weights.Zip(gradients, (part, gradient) => gradient is null ? null : empty_like(part))];
        new MixtureKernel(seen, features).Back(weights, gradients, ofWeights, ofFeatures);
        return (ofFeatures, ofWeights);
    }

    private static (Tensor[] Features, Tensor?[] Weights) ByOperators(int[][] seen, Tensor[] features, Tensor[] weights, Tensor?[] gradients)
    {
        Tensor[] experts = [.. features.SelectMany(part => part.unbind(1))];
        var ofExperts = new Tensor?[experts.Length];
        var ofWeights = new Tensor?[weights.Length];
        for (var k = 0; k < seen.Length; k++)
        {
            if (gradients[k] is not { } gradient) continue;
            ofWeights[k] = stack([.. seen[k].Select(e => (experts[e] * gradient).sum([1L]))], 1);
            for (var i = 0; i < seen[k].Length; i++)
            {
                var share = weights[k].narrow(1, i, 1) * gradient;
                ofExperts[seen[k][i]] = ofExperts[seen[k][i]] is { } sum ? sum + share : share;
            }
        }
        var all = new Queue<Tensor>(experts.Zip(ofExperts, (expert, gradient) => gradient ?? zeros_like(expert)));
        return ([.. features.Select(part => stack([.. Enumerable.Range(0, (int)part.shape[1]).Select(_ => all.Dequeue())], 1))], ofWeights);
    }

    private static (Tensor[] Features, Tensor[] Weights) Parted(int[][] seen, List<Tensor> tensors) =>
        ([.. tensors.Take(tensors.Count - seen.Length)], [.. tensors.TakeLast(seen.Length)]);

    private static Tensor WithoutGaps(Tensor features) =>
        features.is_contiguous() || features.transpose(0, 1).is_contiguous() ? features : features.contiguous();
}
