using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Model Stock (Jang et al., ECCV 2024, equation 5), per tensor: with c the mean cosine over pairs of task vectors, r = T c / (1 + (T - 1) c) and
/// theta = r mean(theta_t) + (1 - r) theta_0. The cosine with a task vector of 0 counts as 0; at c = -1 / (T - 1), where r has its pole and the
/// task vectors cancel each other, theta = theta_0.
/// </summary>
internal sealed record ModelStockMerge : TensorMethod
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        if (tasks < 2) throw new DeclarationException("Model Stock needs the angles between at least two tuned models, but there is one");
    }

    public override Tensor Merge(MergedTensors tensors)
    {
        var taus = tensors.Taus.ToArray();
        var cosines = Enumerable.Range(0, taus.Length).SelectMany(i => Enumerable.Range(0, i).Select(j => Cosine.Of(taus[i], taus[j]) ?? 0));
        var (c, count) = (cosines.Average(), taus.Length);
        var denominator = 1 + (count - 1) * c;
        if (denominator <= 1e-12) return tensors.Base;
        var r = count * c / denominator;
        return tensors.Base + r / count * taus.Aggregate((sum, tau) => sum + tau);
    }

    public override string ToString() => "Model Stock";
}
