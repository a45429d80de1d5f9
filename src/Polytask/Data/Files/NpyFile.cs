using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// An array as NumPy writes it (.npy, NumPy Enhancement Proposal 1): six marker bytes, the format's version, the length of a header, the header as a
/// Python dictionary (type, order, shape), the values. Little-endian numbers and booleans in C order are read.
/// </summary>
internal static partial class NpyFile
{
    private const int LongestHeader = 1 << 16;

    private static readonly byte[] Marker = [0x93, .. "NUMPY"u8];

    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["<f4"] = ScalarType.Float32,
        ["<f8"] = ScalarType.Float64,
        ["|u1"] = ScalarType.Byte,
        ["|i1"] = ScalarType.Int8,
        ["<i2"] = ScalarType.Int16,
        ["<i4"] = ScalarType.Int32,
        ["<i8"] = ScalarType.Int64,
        ["|b1"] = ScalarType.Bool,
    };

    /// <summary>The array of a stream, in its own type and shape.</summary>
    /// <param name="place">What messages call it.</param>
    /// <param name="stream">From the first byte on.</param>
    /// <exception cref="DataException">It is no such array, or was cut short.</exception>
    public static Tensor Read(string place, Stream stream)
    {
        var start = Exactly(place, stream, Marker.Length + 2);
        if (!start.AsSpan(0, Marker.Length).SequenceEqual(Marker))
            throw new DataException($"{place} is no .npy array: it starts with the bytes {Convert.ToHexString(start.AsSpan(0, Marker.Length))}");
        var length = start[Marker.Length] switch
        {
            1 => BinaryPrimitives.ReadUInt16LittleEndian(Exactly(place, stream, 2)),
            2 or 3 => BinaryPrimitives.ReadUInt32LittleEndian(Exactly(place, stream, 4)),
            var version => throw new DataException($"{place} is in version {version} of the .npy format; versions 1 to 3 are read"),
        };
        if (length > LongestHeader) throw new DataException($"{place} says that its header has {length} bytes; it is damaged");
        var (type, shape) = Parse(place, Encoding.UTF8.GetString(Exactly(place, stream, (int)length)));
        var values = empty(shape, dtype: type);
        if (values.numel() == 0) return values;
        var bytes = values.bytes;
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || stream.ReadByte() >= 0)
            throw new DataException($"{place}: its header says [{string.Join(", ", shape)}], but it holds fewer or more values; copy it again");
        return values;
    }

    private static (ScalarType Type, long[] Shape) Parse(string place, string header)
    {
        var (type, order, shape) = (TypeEntry().Match(header), OrderEntry().Match(header), ShapeEntry().Match(header));
        if (!type.Success || !order.Success || !shape.Success)
            throw new DataException($"{place} has the header '{header.Trim()}'; descr, fortran_order and shape are expected");
        if (!Types.TryGetValue(type.Groups[1].Value, out var known))
            throw new DataException($"{place} holds values of type '{type.Groups[1].Value}'; {string.Join(", ", Types.Keys)} are read");
        if (order.Groups[1].Value == "True")
            throw new DataException($"{place} is in Fortran order; write it with numpy.ascontiguousarray(...)");
        long[] sizes = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => long.Parse(size, CultureInfo.InvariantCulture))];
        return sizes.Aggregate(1.0, (product, size) => product * size) <= Array.MaxLength / 8
            ? (known, sizes)
            : throw new DataException($"{place} says that it holds [{string.Join(", ", sizes)}] values; it is damaged or too large");
    }

    private static byte[] Exactly(string place, Stream stream, int count)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new DataException($"{place} ends within its header; it was cut short, copy it again");
    }

    [GeneratedRegex("'descr': *'([^']*)'")]
    private static partial Regex TypeEntry();

    [GeneratedRegex("'fortran_order': *(True|False)")]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape': *\(([0-9, ]*)\)")]
    private static partial Regex ShapeEntry();
}
