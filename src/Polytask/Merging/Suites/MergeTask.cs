using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A task as methods that learn without labels see it: inputs, and the frozen head that makes outputs of the merged body's features.
/// </summary>
/// <param name="Name">Its name, as in messages.</param>
/// <param name="Inputs">Of the body: [rows, ...].</param>
/// <param name="Head">Of features [rows, features] to logits [rows, classes]; it is never changed.</param>
public sealed record MergeTask(string Name, Tensor Inputs, nn.Module<Tensor, Tensor> Head);
