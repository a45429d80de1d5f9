namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Numbers, slices, an ellipsis and new dimensions give views; masks and index tensors give copies. Assigning writes through.
        /// </summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The element or part at these positions of the first dimensions, however many.</summary>
        public Tensor this[params long[] indices]
        {
            get => indices.Length > 0 ? Select(indices) : alias();
            set => Write(indices.Length > 0 ? Select(indices) : alias(), value);
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Write(select(0, i1), value);
        }

        public Tensor this[long i1, long i2]
        {
            get => Select(i1, i2);
            set => Write(Select(i1, i2), value);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => Select(i1, i2, i3);
            set => Write(Select(i1, i2, i3), value);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Select(i1, i2, i3, i4);
            set => Write(Select(i1, i2, i3, i4), value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = View(indices);
            if (tensors is null) return view;
            var picked = Ops.index(view, tensors);
            Drop(view);
            return picked;
        }

        public Tensor index(params Tensor[] indices) => Ops.index(this, Whole(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, tensors) = View(indices);
            if (tensors is null) Ops.copy_(view, accumulate ? view + value : value, false);
            else Ops.index_put_(view, tensors, value, accumulate);
            Drop(view);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => Ops.index_put_(this, Whole(indices), value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices) => index_put_(FromScalar(value, dtype).to(device), indices, false);

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(FromScalar(value, dtype).to(device), indices, false);

        private Tensor Select(params ReadOnlySpan<long> indices)
        {
            var view = this;
            foreach (var index in indices)
            {
                var next = view.select(0, index);
                Drop(view);
                view = next;
            }
            return view;
        }

        private static void Write(Tensor view, Tensor value)
        {
            Ops.copy_(view, value, false);
            view.Dispose();
        }

        /// <summary>libtorch before 2 takes indices of 64 bits only, but `x[mask, 2]` makes one of 32.</summary>
        private static Tensor Whole(Tensor index) =>
            index.dtype is ScalarType.Int32 or ScalarType.Int16 or ScalarType.Int8 ? index.to(ScalarType.Int64) : index;

        private static Tensor[] Whole(Tensor[] indices) => Array.ConvertAll(indices, Whole);

        /// <summary>Frees an intermediate view at once; gradients hold what they need themselves.</summary>
        private void Drop(Tensor view)
        {
            if (!ReferenceEquals(view, this)) view.Dispose();
        }

        /// <summary>The view that the simple indices describe, and the index tensors that remain, one place per dimension of the view.</summary>
        private (Tensor View, IReadOnlyList<Tensor?>? Tensors) View(TensorIndex[] indices)
        {
            var taken = indices.Sum(TakenBy);
            if (taken > ndim)
                throw new IndexOutOfRangeException($"{taken} indices for a tensor of {ndim} dimensions, shape [{string.Join(", ", shape)}]");
            var view = this;
            long dim = 0;
            // Places of the list of index tensors: one for each slice and each picker, though a mask covers several dimensions.
            long place = 0;
            List<Tensor?>? tensors = null;

            void Next(Tensor next)
            {
                Drop(view);
                view = next;
            }

            void Pick(Tensor picker)
            {
                tensors ??= [];
                while (tensors.Count < place) tensors.Add(null);
                tensors.Add(Whole(picker));
                place++;
            }

            foreach (var index in indices)
            {
                switch (index.Of)
                {
                    case TensorIndex.Kind.Single:
                        Next(view.select(dim, index.Start ?? 0));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (index.Start is not null || index.Stop is not null || index.Step != 1)
                            Next(Ops.slice(view, dim, index.Start, index.Stop, index.Step));
                        dim++;
                        place++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dim += ndim - taken;
                        place += ndim - taken;
                        break;
                    case TensorIndex.Kind.NewDimension:
                        Next(view.unsqueeze(dim));
                        dim++;
                        place++;
                        break;
                    case TensorIndex.Kind.Bool:
                        Next(view.unsqueeze(dim));
                        Pick(tensor(index.Start != 0).to(device));
                        dim++;
                        break;
                    default:
                        Pick(index.Indices!);
                        dim += TakenBy(index);
                        break;
                }
            }
            // A copy of the tensor itself would lose writes, an alias does not.
            if (ReferenceEquals(view, this) && tensors is null) view = alias();
            return (view, tensors);
        }

        /// <summary>How many of the tensor's dimensions an index takes up; a mask takes as many as it has.</summary>
        private static long TakenBy(TensorIndex index) => index.Of switch
        {
            TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
            TensorIndex.Kind.Tensor => index.Indices!.dtype is ScalarType.Bool or ScalarType.Byte ? index.Indices!.ndim : 1,
            _ => 0,
        };
    }
}
