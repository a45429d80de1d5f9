namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A sparse tensor of coordinates: <paramref name="indices"/> has a row for each sparse dimension and a column for each of the
    /// <paramref name="values"/>. Values at the same place add up.
    /// </summary>
    public static Tensor sparse_coo_tensor(
        Tensor indices, Tensor values, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.sparse_coo(indices, values, size, dtype, device).Requiring(requires_grad);

    /// <summary>The same as <see cref="sparse_coo_tensor"/>.</summary>
    public static Tensor sparse(
        Tensor indices, Tensor values, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        sparse_coo_tensor(indices, values, size, dtype, device, requires_grad);

    public partial class Tensor
    {
        /// <summary>The places of a sparse tensor's values, [sparse dimensions, values]; the same place may come twice.</summary>
        public Tensor SparseIndices => Ops.sparse_indices(this);

        /// <summary>A sparse tensor's values.</summary>
        public Tensor SparseValues => Ops.sparse_values(this);

        /// <summary>The sparse tensor with each place once, in order. TorchSharp has no such member.</summary>
        public Tensor coalesce() => Ops.coalesce_operator(this);

        /// <summary>Whether each place comes once and in order. TorchSharp has no such member.</summary>
        public bool is_coalesced() => Ops.is_coalesced_operator(this);
    }
}
