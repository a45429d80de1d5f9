using System.Buffers.Binary;

namespace Polytask.Notebooks.Figures;

/// <summary>How large a PNG is meant to be on paper: its pHYs chunk (PNG specification, section 11.3.5.3).</summary>
public static class PngResolution
{
    private const int AfterHeader = 8 + 12 + 13;        // the signature and the IHDR chunk, which is always first
    private const double MetresPerInch = 0.0254;

    /// <summary>The image with a resolution in dots per inch; it must have none yet.</summary>
    public static byte[] With(byte[] png, double dotsPerInch)
    {
        Span<byte> body = stackalloc byte[9];
        var dotsPerMetre = (uint)Math.Round(dotsPerInch / MetresPerInch);
        BinaryPrimitives.WriteUInt32BigEndian(body, dotsPerMetre);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], dotsPerMetre);
        body[8] = 1;                                    // the unit is the metre
        using var image = new MemoryStream(png.Length + body.Length + 12);
        image.Write(png, 0, AfterHeader);
        OpaquePng.WriteChunk(image, "pHYs"u8, body);
        image.Write(png, AfterHeader, png.Length - AfterHeader);
        return image.ToArray();
    }
}
