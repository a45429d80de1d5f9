using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that is trained: modules register it and optimisers change it.</summary>
public class Parameter : Tensor
{
    /// <summary>Takes over a leaf tensor; as upstream, <paramref name="data"/> must not be used afterwards.</summary>
    public Parameter(Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad))
    {
        if (data.OwningDisposeScope != OwningDisposeScope) MoveToOtherDisposeScope(data);
        data.Dispose();
    }
}
