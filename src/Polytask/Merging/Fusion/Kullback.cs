using static TorchSharp.torch;

namespace Polytask;

/// <summary>Kullback-Leibler divergences of distributions given by their logarithms.</summary>
internal static class Kullback
{
    /// <summary>KL(Q || P) over the last dimension.</summary>
    public static Tensor Of(Tensor logQ, Tensor logP) => logQ.exp().mul(logQ - logP).sum([-1L]);

    /// <summary>KL(softmax(log P + alpha d) || P) over the last dimension; all three are broadcast.</summary>
    public static Tensor Moved(Tensor logP, Tensor d, Tensor alpha) => Of((logP + alpha * d).log_softmax(-1), logP);
}
