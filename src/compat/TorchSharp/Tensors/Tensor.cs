using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor: one reference to a native one. It frees itself when nobody holds it any more, earlier when it is disposed or when
    /// the dispose scope that it was made in ends.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private nint handle;
        private readonly int kib;
        private bool isReported;

        /// <summary>Takes over one native reference.</summary>
        /// <param name="handle">the native tensor</param>
        /// <param name="kib">memory that this reference alone keeps alive, which the garbage collector cannot see</param>
        internal Tensor(nint handle, int kib)
        {
            this.handle = handle;
            this.kib = kib;
            DisposeScopeManager.OfThread.Made(this);
            if (OwningDisposeScope is null || !MemoryPressure.IsLarge(kib)) Report();
        }

        /// <summary>A second owner of another tensor's native tensor.</summary>
        protected internal Tensor(Tensor other) : this(NativeMethods.pt_retain(other.Handle), 0) => GC.KeepAlive(other);

        ~Tensor() => Free();

        public void Dispose()
        {
            if (handle == 0) return;
            DisposeScopeManager.OfThread.Disposed(inScope: OwningDisposeScope is not null);
            if (OwningDisposeScope is { } scope) scope.Forget(this);
            Free();
            GC.SuppressFinalize(this);
        }

        /// <summary>Disposing without telling the scope, for the scope that is ending.</summary>
        internal void DisposeFromScope()
        {
            DisposeScopeManager.OfThread.Disposed(inScope: true);
            OwningDisposeScope = null;
            Free();
            GC.SuppressFinalize(this);
        }

        private void Free()
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned == 0) return;
            NativeMethods.pt_release(owned);
            if (isReported) MemoryPressure.Remove(kib);
        }

        /// <summary>Tells the garbage collector of it, once: from when on it can become garbage, which it cannot in a scope.</summary>
        internal void Report()
        {
            if (isReported) return;
            isReported = true;
            MemoryPressure.Add(kib);
        }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Position in the owning scope's list.</summary>
        internal int ScopeIndex { get; set; }

        public bool IsInvalid => handle == 0;

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">the tensor has been disposed</exception>
        public nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var h = handle;
                if (h == 0) ThrowDisposed();
                return h;
            }
        }

        private static void ThrowDisposed() => throw new ObjectDisposedException(
            nameof(Tensor), "Tensor used after it was disposed: either Dispose was called, or its dispose scope has ended (MoveToOuterDisposeScope keeps it).");

        public string? name { get; set; }

        // ---- what it is -----------------------------------------------------------------------------------------------------------

        public long ndim => Ask(NativeMethods.pt_dim(Handle));

        public long Dimensions => ndim;

        public long dim() => ndim;

        public long NumberOfElements => Ask(NativeMethods.pt_numel(Handle));

        public long numel() => NumberOfElements;

        public long ElementSize => Ask(NativeMethods.pt_element_size(Handle));

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Ask(NativeMethods.pt_dtype(Handle));

        public unsafe long[] shape
        {
            get
            {
                // One native call for all but unheard-of numbers of dimensions.
                const int room = 8;
                var few = stackalloc long[room];
                var dimensions = NativeMethods.pt_sizes(Handle, few, room);
                if (dimensions < 0) NativeCall.Check(dimensions);
                var sizes = new long[dimensions];
                if (dimensions <= room) new ReadOnlySpan<long>(few, dimensions).CopyTo(sizes);
                else
                    fixed (long* all = sizes) NativeCall.Check(Math.Min(0, NativeMethods.pt_sizes(Handle, all, dimensions)));
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim) => At(shape, dim);

        public long[] stride()
        {
            var strides = new long[ndim];
            unsafe
            {
                fixed (long* s = strides) NativeCall.Check(NativeMethods.pt_strides(Handle, s));
            }
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => At(stride(), dim);

        private static long At(long[] dimensions, int dim)
        {
            if (dim < -dimensions.Length || dim >= dimensions.Length)
                throw new IndexOutOfRangeException($"dimension {dim} of a tensor of {dimensions.Length} dimensions");
            return dimensions[dim < 0 ? dim + dimensions.Length : dim];
        }

        /// <summary>The first element's place in the storage that views share, counted in elements.</summary>
        public unsafe long storage_offset()
        {
            nint pointer;
            long offset;
            NativeCall.Check(NativeMethods.pt_data(Handle, &pointer, &offset));
            GC.KeepAlive(this);
            return offset;
        }

        public Device device
        {
            get
            {
                int type, index;
                unsafe
                {
                    NativeMethods.pt_device(Handle, &type, &index);
                }
                GC.KeepAlive(this);
                return type == (int)DeviceType.CPU ? CPU : new Device((DeviceType)type, index);
            }
        }

        public DeviceType device_type => device.type;

        public int device_index => device.index;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Ask(NativeMethods.pt_is_sparse(Handle)) != 0;

        public bool is_leaf => Ask(NativeMethods.pt_is_leaf(Handle)) != 0;

        public bool is_contiguous() => Ask(NativeMethods.pt_is_contiguous(Handle)) != 0;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>A native answer about this tensor, which must outlive the question.</summary>
        private T Ask<T>(T answer)
        {
            GC.KeepAlive(this);
            return answer;
        }

        // ---- scopes ---------------------------------------------------------------------------------------------------------------

        /// <summary>Gives the tensor to the scope around its own, so that it outlives its own.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: it then lives until it is disposed or collected.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        // ---- identity -------------------------------------------------------------------------------------------------------------

        /// <summary>Whether the other is a tensor of the same shape and the same values.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => Ops.equal(this, target);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    }
}
