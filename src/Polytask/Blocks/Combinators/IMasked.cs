using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A module that makes, reads or passes on the mask of a padded sequence.</summary>
internal interface IMasked
{
    /// <summary>The output, and which of its positions are padding.</summary>
    /// <param name="x">[batch, length, ...].</param>
    /// <param name="hidden">Boolean [batch, length], true at padding; null where there is none.</param>
    (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden);
}

internal static class Masking
{
    /// <summary>Calls any module: one that does not know of masks computes over all positions, and the mask ends there.</summary>
    public static (Tensor Output, Tensor? Hidden) CallMasked(this nn.Module<Tensor, Tensor> module, Tensor x, Tensor? hidden) =>
        module is IMasked masked ? Adaptation.CallMasked(module, masked, x, hidden) : (module.call(x), null);
}
