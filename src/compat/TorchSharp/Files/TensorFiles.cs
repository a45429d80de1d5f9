namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private const int LargestPiece = 1 << 26;

        /// <summary>Writes the tensor in TorchSharp's format: type, number of dimensions and dimensions as LEB128 numbers, then the elements' bytes, row by row.</summary>
        public unsafe void Save(BinaryWriter writer)
        {
            using var detached = detach();
            using var near = detached.cpu();
            using var plain = near.contiguous();
            writer.Write7BitEncodedInt64((long)plain.dtype);
            var sizes = plain.shape;
            writer.Write7BitEncodedInt64(sizes.Length);
            foreach (var size in sizes) writer.Write7BitEncodedInt64(size);
            writer.Flush();
            var left = plain.NumberOfElements * plain.ElementSize;
            if (left == 0) return;
            for (var next = (byte*)plain.DataPointer; left > 0;)
            {
                var piece = (int)Math.Min(left, LargestPiece);
                writer.BaseStream.Write(new ReadOnlySpan<byte>(next, piece));
                next += piece;
                left -= piece;
            }
            GC.KeepAlive(plain);
        }

        /// <summary>Writes the tensor to a file in TorchSharp's format; the file appears whole or not at all.</summary>
        public void Save(string location) => AtomicFile.Write(location, Save);

        /// <summary>Reads elements that <see cref="Save(BinaryWriter)"/> wrote into this tensor, which must have their type and shape.</summary>
        public void Load(BinaryReader reader)
        {
            using var loaded = Read(reader);
            if (loaded.dtype != dtype)
                throw new ArgumentException($"Mismatched tensor data types while loading: the file holds {loaded.dtype}, the tensor is {dtype}.");
            if (!loaded.shape.AsSpan().SequenceEqual(shape))
                throw new ArgumentException($"Mismatched tensor shape while loading: the file holds [{string.Join(", ", loaded.shape)}], the tensor is [{string.Join(", ", shape)}].");
            using var _ = no_grad();
            copy_(loaded);
        }

        /// <summary>A new tensor from TorchSharp's format.</summary>
        /// <exception cref="InvalidDataException">What follows is not such a tensor, or is cut short.</exception>
        internal static unsafe Tensor Read(BinaryReader reader)
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
                    throw new InvalidDataException($"cut short: a tensor of [{string.Join(", ", sizes)}] needs {bytes} bytes, {stream.Length - stream.Position} are left");
                var tensor = empty(sizes, dtype: type, device: CPU);
                if (bytes == 0) return tensor;
                for (var next = (byte*)tensor.DataPointer; bytes > 0;)
                {
                    var piece = (int)Math.Min(bytes, LargestPiece);
                    stream.ReadExactly(new Span<byte>(next, piece));
                    next += piece;
                    bytes -= piece;
                }
                return tensor;
            }
            catch (Exception problem) when (problem is EndOfStreamException or FormatException or OverflowException)
            {
                throw new InvalidDataException("not a tensor in TorchSharp's format, or cut short", problem);
            }
        }
    }

    /// <summary>Writes a tensor to a file in TorchSharp's format.</summary>
    public static void save(Tensor t, string location) => t.Save(location);

    /// <summary>Reads a tensor from a file in TorchSharp's format.</summary>
    public static Tensor load(string location) => AtomicFile.Read(location, Tensor.Read);
}
