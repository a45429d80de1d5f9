using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>An expert bank with weights: [batch, ...input] → [batch, experts, features], each expert's output flattened.</summary>
internal abstract class ExpertModule(string name) : nn.Module<Tensor, Tensor>(name);
