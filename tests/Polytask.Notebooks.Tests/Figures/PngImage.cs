using System.Buffers.Binary;
using System.IO.Compression;

namespace Polytask.Notebooks.Tests.Figures;

/// <summary>An 8-bit RGB or RGBA PNG without interlacing, decoded from its chunks to look at its pixels.</summary>
internal sealed class PngImage
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly byte[] samples;
    private readonly int channels;

    public PngImage(byte[] file)
    {
        Assert.Equal(Signature, file[..8]);
        var compressed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var type = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            var body = file.AsSpan(at + 8, length);
            if (type == "IHDR")
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
                Assert.Equal(8, body[8]);
                channels = body[9] switch { 2 => 3, 6 => 4, var kind => throw new NotSupportedException($"PNG colour type {kind}") };
            }
            else if (type == "IDAT") compressed.Write(body);
            at += 12 + length;
        }
        compressed.Position = 0;
        using var raw = new MemoryStream();
        using (var inflate = new ZLibStream(compressed, CompressionMode.Decompress)) inflate.CopyTo(raw);
        samples = Unfilter(raw.ToArray());
    }

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            var at = (y * Width + x) * channels;
            return (samples[at], samples[at + 1], samples[at + 2]);
        }
    }

    public IEnumerable<(byte Red, byte Green, byte Blue)> Pixels => from y in Enumerable.Range(0, Height) from x in Enumerable.Range(0, Width) select this[x, y];

    /// <summary>Undoes the five row filters of the PNG specification, section 9.</summary>
    private byte[] Unfilter(byte[] raw)
    {
        var stride = Width * channels;
        var rows = new byte[Height * stride];
        for (var y = 0; y < Height; y++)
        {
            var filter = raw[y * (stride + 1)];
            for (var i = 0; i < stride; i++)
            {
                int left = i >= channels ? rows[y * stride + i - channels] : 0;
                int up = y > 0 ? rows[(y - 1) * stride + i] : 0;
                int corner = i >= channels && y > 0 ? rows[(y - 1) * stride + i - channels] : 0;
                var predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => throw new NotSupportedException($"PNG filter {filter}") };
                rows[y * stride + i] = (byte)(raw[y * (stride + 1) + 1 + i] + predicted);
            }
        }
        return rows;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
