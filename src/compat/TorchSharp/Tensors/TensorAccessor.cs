using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, read in row-major order of its shape, whatever its strides.</summary>
public sealed class TensorAccessor<T> : IEnumerable<T>, IDisposable where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly torch.Tensor rows;
    private readonly long[] shape;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        rows = tensor.is_contiguous() ? tensor : tensor.detach().contiguous().DetachFromDisposeScope();
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>The element at a flat position (one index) or at a place of the shape (an index per dimension).</summary>
    public T this[params long[] indices]
    {
        get
        {
            var flat = Flat(indices);
            var element = rows.Elements<T>()[flat];
            GC.KeepAlive(rows);
            return element;
        }
        set
        {
            var flat = Flat(indices);
            if (!ReferenceEquals(rows, tensor))
                throw new InvalidOperationException("elements of a tensor that is not contiguous are read only here: use its indexer");
            rows.Elements<T>()[flat] = value;
            GC.KeepAlive(rows);
        }
    }

    public T[] ToArray()
    {
        var copy = rows.Elements<T>().ToArray();
        GC.KeepAlive(rows);
        return copy;
    }

    /// <summary>An array of the tensor's own shape.</summary>
    public Array ToNDArray()
    {
        if (shape.Length == 0) return ToArray();
        var array = Array.CreateInstance(typeof(T), shape);
        if (Count > 0)
        {
            rows.Elements<T>().CopyTo(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
                ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array)),
                (int)Count));
        }
        GC.KeepAlive(rows);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = rows.Elements<T>()[(int)tensorIndex..];
        source[..Math.Min(source.Length, array.Length - arrayIndex)].CopyTo(array[arrayIndex..]);
        GC.KeepAlive(rows);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (!ReferenceEquals(rows, tensor))
            throw new InvalidOperationException("a tensor that is not contiguous cannot be filled from an array: use copy_");
        var target = rows.Elements<T>()[(int)tensorIndex..];
        array = array[arrayIndex..];
        array[..Math.Min(target.Length, array.Length)].CopyTo(target);
        GC.KeepAlive(rows);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (!ReferenceEquals(rows, tensor)) rows.Dispose();
    }

    private int Flat(long[] indices)
    {
        long flat = 0;
        if (indices.Length == 1)
        {
            flat = indices[0];
        }
        else if (indices.Length == shape.Length)
        {
            for (var k = 0; k < indices.Length; k++)
            {
                if (indices[k] < 0 || indices[k] >= shape[k])
                    throw new IndexOutOfRangeException($"index {indices[k]} is outside dimension {k}, which has {shape[k]} elements");
                flat = flat * shape[k] + indices[k];
            }
        }
        else
        {
            throw new ArgumentException($"{indices.Length} indices do not fit a tensor of shape [{string.Join(", ", shape)}]");
        }
        if (flat < 0 || flat >= Count) throw new IndexOutOfRangeException($"position {flat} is outside a tensor of {Count} elements");
        return (int)flat;
    }
}
