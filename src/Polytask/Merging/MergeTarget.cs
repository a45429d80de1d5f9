using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Where a merged model goes, piece by piece and in any order; several threads fill it at once, and what was filled may be filled
/// again.</summary>
internal abstract class MergeTarget
{
    /// <summary>Room for so many elements of a flattened tensor from a place on, as [count], of the tensor's type.</summary>
    public abstract Tensor Place(StoredTensor tensor, long start, int count);

    /// <summary>The room holds the merged elements.</summary>
    public virtual void Filled(StoredTensor tensor, long start, Tensor place)
    {
    }

    /// <summary>A whole tensor with memory of its own, which the target disposes or keeps.</summary>
    public abstract void Take(string name, Tensor tensor);
}

/// <summary>A merged model in memory.</summary>
internal sealed class DictionaryTarget : MergeTarget
{
    private readonly Dictionary<string, Tensor> tensors = [];

    /// <summary>The tensors in an order.</summary>
    public Dictionary<string, Tensor> InOrder(IEnumerable<StoredTensor> order) =>
        order.ToDictionary(tensor => tensor.Name, tensor => tensors[tensor.Name]);

    public override Tensor Place(StoredTensor tensor, long start, int count)
    {
        lock (tensors)
        {
            if (!tensors.TryGetValue(tensor.Name, out var whole))
                tensors[tensor.Name] = whole = empty([.. tensor.Shape], dtype: tensor.Type, device: CPU).DetachFromDisposeScope();
            return whole.detach().view(-1).narrow(0, start, count);
        }
    }

    public override void Take(string name, Tensor tensor) => tensors[name] = tensor.DetachFromDisposeScope();

    /// <summary>Disposes what was merged so far.</summary>
    public void Discard()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }
}

/// <summary>A single tensor.</summary>
internal sealed class TensorTarget(Tensor whole) : MergeTarget
{
    public override Tensor Place(StoredTensor tensor, long start, int count) => whole.detach().view(-1).narrow(0, start, count);

    public override void Take(string name, Tensor tensor) => whole.copy_(tensor);
}

/// <summary>A merged model on its way into a file: each thread writes its pieces.</summary>
internal sealed class FileTarget(SafeTensorsWriter writer) : MergeTarget
{
    public override Tensor Place(StoredTensor tensor, long start, int count) => empty(count, dtype: tensor.Type, device: CPU);

    public override void Filled(StoredTensor tensor, long start, Tensor place) => writer.Write(tensor.Name, start, place);

    public override void Take(string name, Tensor tensor)
    {
        using (tensor) writer.Write(name, tensor);
    }
}
