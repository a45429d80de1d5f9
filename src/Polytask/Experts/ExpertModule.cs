using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Equal experts with weights: [batch, ...input] → [batch, experts, features], each expert's output flattened.</summary>
internal abstract class ExpertModule(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Experts of that kind, computed together where that can be done.</summary>
    public static ExpertModule Of(int count, Shape input, Block expert) => expert is Mlp mlp && WideExperts.Can(mlp)
        ? new WideExperts(count, input, mlp)
        : new LoopedExperts(count, input, expert);

    /// <summary>The number of experts.</summary>
    public abstract int Count { get; }

    /// <summary>All of them as they are computed best: some experts after the other, [batch, those experts, features] each.</summary>
    public abstract IReadOnlyList<Tensor> Pieces(Tensor x);

    /// <summary>
    /// Each expert on rows of its own, [its rows, ...input] → [its rows, features]; an expert without rows is not computed and gives nothing.
    /// </summary>
    /// <param name="rows">One tensor per expert.</param>
    public abstract IReadOnlyList<Tensor> Each(IReadOnlyList<Tensor> rows);
}
