using System.Buffers.Binary;

namespace Polytask;

/// <summary>
/// An idx file (the format of MNIST): two zero bytes, a type byte, the number of dimensions, each dimension as a big-endian 32-bit number, then the
/// values. Only unsigned bytes (type 8) are read. Gzipped files are unpacked on the way.
/// </summary>
public sealed record IdxFile(int[] Dimensions, byte[] Values)
{
    private const int UnsignedByte = 8;
    private const int MostDimensions = 8;

    /// <summary>Reads a file. Memory grows with what is there, not with what the header promises.</summary>
    /// <exception cref="DataException">The file is missing or damaged, is no idx file of bytes, or holds fewer or more values than its header
    /// says.</exception>
    public static IdxFile Read(string path) => DataFile.Reading(path, stream =>
    {
        var head = Exactly(path, stream, 4);
        if (head[0] != 0 || head[1] != 0 || head[3] is 0 or > MostDimensions)
            throw new DataException($"'{path}' is no idx file: it starts with the bytes {Convert.ToHexString(head)}, "
                + $"where 0000, a type and 1 to {MostDimensions} dimensions are expected");
        if (head[2] != UnsignedByte)
            throw new DataException($"'{path}' holds idx values of type 0x{head[2]:X2}; only unsigned bytes (0x08) are read");
        var sizes = Exactly(path, stream, 4 * head[3]);
        var dimensions = new int[head[3]];
        var count = 1L;
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(sizes.AsSpan(4 * i));
            if (dimensions[i] < 1) throw new DataException($"'{path}': dimension {i + 1} is {dimensions[i]}; it must be at least 1");
            count *= dimensions[i];
            if (count > Array.MaxLength)
                throw new DataException($"'{path}' says that it holds more than {Array.MaxLength} values; its header is damaged");
        }
        return new IdxFile(dimensions, Body(path, stream, dimensions, count));
    });

    private static byte[] Body(string path, Stream stream, int[] dimensions, long count)
    {
        var promised = $"'{path}': the header says {string.Join(" x ", dimensions)} = {count} values";
        using var values = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is var read and > 0)
        {
            values.Write(buffer, 0, read);
            if (values.Length > count) throw new DataException($"{promised}, but more follow; the header or the file is damaged");
        }
        return values.Length == count
            ? values.ToArray()
            : throw new DataException($"{promised}, but only {values.Length} follow; the file was cut short, copy it again");
    }

    private static byte[] Exactly(string path, Stream stream, int count)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new DataException($"'{path}' ends within its header; the file was cut short, copy it again");
    }
}
