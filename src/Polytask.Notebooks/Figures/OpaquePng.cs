using System.Buffers.Binary;
using System.IO.Compression;

namespace Polytask.Notebooks.Figures;

/// <summary>
/// Browsers write PNGs fast, not small: RGBA, every row as the difference to the one above, little effort to compress. A chart is opaque
/// and has few colours, so the same pixels as plain RGB, unfiltered and compressed well, take about half the bytes.
/// </summary>
internal static class OpaquePng
{
    private const int HeaderLength = 8;
    private const int ChunkOverhead = 12;
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var crc = (uint)i;
        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ crc >> 1;
        return crc;
    })];

    /// <summary>The same image in fewer bytes; the file as it is where it is not 8-bit RGBA without interlacing, has transparent pixels, or is small already.</summary>
    public static byte[] Of(byte[] png)
    {
        var header = Array.Empty<byte>();
        using var compressed = new MemoryStream();
        for (int at = HeaderLength, length; at < png.Length; at += ChunkOverhead + length)
        {
            length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var body = png.AsSpan(at + 8, length);
            switch (png.AsSpan(at + 4, 4))
            {
                case [(byte)'I', (byte)'H', (byte)'D', (byte)'R']:
                    header = body.ToArray();
                    break;
                case [(byte)'I', (byte)'D', (byte)'A', (byte)'T']:
                    compressed.Write(body);
                    break;
            }
        }
        if (header is not [.., 8, 6, 0, 0, 0])
            return png;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        compressed.Position = 0;
        if (Colours(compressed, width, height) is not { } rows)
            return png;

        header[9] = 2;
        using var small = new MemoryStream();
        small.Write(png.AsSpan(0, HeaderLength));
        WriteChunk(small, "IHDR"u8, header);
        WriteChunk(small, "IDAT"u8, rows);
        WriteChunk(small, "IEND"u8, []);
        return small.Length < png.Length ? small.ToArray() : png;
    }

    /// <summary>The compressed rows without their alpha; null where a pixel is not opaque.</summary>
    private static byte[]? Colours(Stream compressed, int width, int height)
    {
        const int channels = 4;
        using var raw = new ZLibStream(compressed, CompressionMode.Decompress);
        using var result = new MemoryStream();
        using (var packed = new ZLibStream(result, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var (row, above) = (new byte[width * channels], new byte[width * channels]);
            var plain = new byte[1 + width * 3];
            for (var y = 0; y < height; y++)
            {
                var filter = raw.ReadByte();
                raw.ReadExactly(row);
                Unfilter(filter, row, above, channels);
                for (var x = 0; x < width; x++)
                {
                    if (row[x * channels + 3] != byte.MaxValue)
                        return null;
                    row.AsSpan(x * channels, 3).CopyTo(plain.AsSpan(1 + x * 3));
                }
                packed.Write(plain);
                (row, above) = (above, row);
            }
        }
        return result.ToArray();
    }

    /// <summary>Undoes a row's filter (PNG specification, section 9).</summary>
    private static void Unfilter(int filter, byte[] row, byte[] above, int channels)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int up = above[i], left = 0, corner = 0;
            if (i >= channels)
                (left, corner) = (row[i - channels], above[i - channels]);
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Nearest(left, up, corner),
                _ => throw new InvalidDataException($"A PNG row has filter {filter}; 0 to 4 are defined."),
            });
        }
    }

    private static int Nearest(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    internal static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), body));
        stream.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ crc >> 8;
        return crc;
    }
}
