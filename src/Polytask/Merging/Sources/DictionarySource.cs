using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A state dictionary in memory.</summary>
internal sealed class DictionarySource(IReadOnlyDictionary<string, Tensor> tensors, string name) : IParameterSource
{
    public string Name => name;

    public IReadOnlyList<StoredTensor> Tensors { get; } = [.. tensors.Select(pair => StoredTensor.Of(pair.Key, pair.Value))];

    public IParameterReader Open() => new Reader(tensors);

    private sealed class Reader(IReadOnlyDictionary<string, Tensor> tensors) : IParameterReader
    {
        // One that lies elsewhere, or not in rows, is copied once and not for each of its pieces.
        private (string Name, Tensor Tensor)? copied;

        public bool IsInMemory => true;

        public Tensor Read(string name)
        {
            var tensor = tensors[name];
            if (tensor.device_type == DeviceType.CPU && tensor.is_contiguous()) return tensor.detach();
            lock (tensors)
            {
                if (copied?.Name != name)
                {
                    using var untracked = no_grad();
                    copied?.Tensor.Dispose();
                    copied = (name, tensor.detach().cpu().contiguous().DetachFromDisposeScope());
                }
                return copied.Value.Tensor.detach();
            }
        }

        public void Dispose() => copied?.Tensor.Dispose();
    }
}
