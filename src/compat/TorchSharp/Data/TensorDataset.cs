using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                /// <inheritdoc cref="Modules.TensorDataset"/>
                public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);
            }
        }
    }

    namespace Modules
    {
        /// <summary>
        /// The rows of tensors with equally many: item i is the i-th row of each. The tensors stay the caller's and lie where they lie.
        /// </summary>
        public class TensorDataset : torch.utils.data.IterableDataset
        {
            private readonly Tensor[] tensors;

            internal TensorDataset(Tensor[] tensors)
            {
                if (tensors is not { Length: > 0 }) throw new ArgumentNullException(nameof(tensors), "A TensorDataset needs at least one tensor.");
                if (tensors.Any(tensor => tensor.ndim == 0))
                    throw new ArgumentException("A TensorDataset needs tensors of one dimension or more, got a number.", nameof(tensors));
                if (tensors.Any(tensor => tensor.shape[0] != tensors[0].shape[0]))
                    throw new ArgumentException(
                        $"All tensors must have the same first dimension size, got {string.Join(", ", tensors.Select(tensor => tensor.shape[0]))}.",
                        nameof(tensors));
                this.tensors = Array.ConvertAll(tensors, tensor => tensor.alias().DetachFromDisposeScope());
            }

            public IList<Tensor> this[long index] => Array.ConvertAll(tensors, tensor => tensor[index]);

            public override long Count => tensors[0].shape[0];

            public override IList<Tensor> GetTensor(long index) => this[index];

            /// <summary>Several items as one batch, in one operator for each tensor.</summary>
            internal List<Tensor> GetBatch(long[] indices, Device device)
            {
                var rows = new Dictionary<Device, Tensor>();
                return [.. tensors.Select(rowsOf =>
                {
                    if (!rows.TryGetValue(rowsOf.device, out var wanted)) rows[rowsOf.device] = wanted = tensor(indices, device: rowsOf.device);
                    return rowsOf.index_select(0, wanted).to(device);
                })];
            }

            protected override void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var tensor in tensors) tensor.Dispose();
            }
        }
    }
}
