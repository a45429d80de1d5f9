namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>
    /// Writes the tensor in TorchSharp's format: type, number of dimensions and dimensions as LEB128 numbers, then the elements' bytes, row by row.
    /// </summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using var detached = tensor.detach();
        using var near = detached.cpu();
        using var plain = near.contiguous();
        writer.Write7BitEncodedInt64((long)plain.dtype);
        var sizes = plain.shape;
        writer.Write7BitEncodedInt64(sizes.Length);
        foreach (var size in sizes) writer.Write7BitEncodedInt64(size);
        writer.Flush();
        plain.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>Writes the tensor to a stream in TorchSharp's format; as upstream, the stream is closed.</summary>
    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    /// <summary>Writes the tensor to a file in TorchSharp's format; the file appears whole or not at all.</summary>
    public static void Save(this torch.Tensor tensor, string location) => AtomicFile.Write(location, tensor.Save);

    /// <summary>
    /// Reads elements that <see cref="Save(torch.Tensor, BinaryWriter)"/> wrote into this tensor, which must have their type and shape.
    /// </summary>
    /// <param name="tensor">The tensor to fill.</param>
    /// <param name="reader">Where to read.</param>
    /// <param name="skip">Only pass over them; the shape may then be another.</param>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var loaded = torch.Tensor.Read(reader);
        if (loaded.dtype != tensor.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading: the file holds {loaded.dtype}, the tensor is {tensor.dtype}.");
        if (!skip) Fill(tensor, loaded);
    }

    /// <summary>A new tensor from TorchSharp's format; with <paramref name="skip"/> its elements are passed over and it holds zeros.</summary>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var loaded = torch.Tensor.Read(reader);
        return skip ? loaded.zero_() : loaded;
    }

    /// <summary>
    /// Fills the tensor, or makes one where it is null, from TorchSharp's format. A tensor that is there must have the shape, and its type is kept.
    /// </summary>
    public static void Load(ref torch.Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is null)
        {
            tensor = Load(reader, skip);
            return;
        }
        using var loaded = torch.Tensor.Read(reader);
        if (!skip) Fill(tensor, loaded);
    }

    private static void Fill(torch.Tensor tensor, torch.Tensor loaded)
    {
        if (!loaded.shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException($"Mismatched tensor shape while loading: the file holds [{string.Join(", ", loaded.shape)}], "
                + $"the tensor is [{string.Join(", ", tensor.shape)}].");
        }
        using var untracked = torch.no_grad();
        tensor.copy_(loaded);
    }
}

public static partial class torch
{
    public partial class Tensor
    {
        private const int LargestPiece = 1 << 26;

        /// <summary>Writes the elements' bytes, row by row; the tensor must be contiguous and on the CPU.</summary>
        /// <param name="stream">Where to write.</param>
        /// <param name="bufferSize">TorchSharp's buffer; here the bytes are written from the tensor itself.</param>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var next = BytesInPlace(out var left);
            for (; left > 0; left -= LargestPiece, next += LargestPiece)
                stream.Write(new ReadOnlySpan<byte>(next, (int)Math.Min(left, LargestPiece)));
            GC.KeepAlive(this);
        }

        /// <summary>Fills the tensor, which must be contiguous and on the CPU, with as many bytes as it has.</summary>
        /// <param name="stream">Where to read.</param>
        /// <param name="bufferSize">TorchSharp's buffer; here the bytes are read into the tensor itself.</param>
        /// <exception cref="EndOfStreamException">The stream ends before.</exception>
        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var next = BytesInPlace(out var left);
            for (; left > 0; left -= LargestPiece, next += LargestPiece)
                stream.ReadExactly(new Span<byte>(next, (int)Math.Min(left, LargestPiece)));
            GC.KeepAlive(this);
        }

        private unsafe byte* BytesInPlace(out long count)
        {
            if (!is_contiguous())
                throw new InvalidOperationException("the bytes of a tensor that is not contiguous are in another order: call contiguous() first");
            CheckCpu();
            count = NumberOfElements * ElementSize;
            return count == 0 ? null : (byte*)DataPointer;
        }

        /// <summary>A new tensor from TorchSharp's format.</summary>
        /// <exception cref="InvalidDataException">What follows is not such a tensor, or is cut short.</exception>
        internal static Tensor Read(BinaryReader reader)
        {
            const int mostDimensions = 64;
            try
            {
                var type = (ScalarType)reader.Read7BitEncodedInt64();
                var dimensions = reader.Read7BitEncodedInt64();
                if (!Enum.IsDefined(type) || dimensions is < 0 or > mostDimensions)
                    throw new InvalidDataException("not a tensor in TorchSharp's format: it names no known type, or too many dimensions");
                var sizes = new long[dimensions];
                var bytes = (long)SizeOf(type);
                foreach (ref var size in sizes.AsSpan())
                {
                    size = reader.Read7BitEncodedInt64();
                    if (size < 0) throw new InvalidDataException($"not a tensor in TorchSharp's format: a dimension of {size}");
                    bytes = checked(bytes * size);
                }
                // Before the memory is taken: a damaged size must not ask for all of it.
                var stream = reader.BaseStream;
                if (stream.CanSeek && bytes > stream.Length - stream.Position)
                    throw new InvalidDataException($"cut short: a tensor of [{string.Join(", ", sizes)}] needs {bytes} bytes, "
                        + $"{stream.Length - stream.Position} are left");
                var tensor = empty(sizes, dtype: type, device: CPU);
                tensor.ReadBytesFromStream(stream);
                return tensor;
            }
            catch (Exception problem) when (problem is EndOfStreamException or FormatException or OverflowException)
            {
                throw new InvalidDataException("not a tensor in TorchSharp's format, or cut short", problem);
            }
        }
    }

    /// <summary>
    /// Writes a tensor to a file in the format of <see cref="TensorExtensionMethods.Save(Tensor, string)"/>. TorchSharp writes libtorch's own archive
    /// here, a program with a tensor; this stand-in has no reader or writer of those.
    /// </summary>
    public static void save(Tensor t, string location) => t.Save(location);

    /// <summary>Reads a tensor from a file that <see cref="save"/> wrote.</summary>
    public static Tensor load(string location) => AtomicFile.Read(location, Tensor.Read);
}
