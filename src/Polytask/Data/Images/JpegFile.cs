using JpegLibrary;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Pictures in the JPEG format.</summary>
internal static class JpegFile
{
    private const long MostPixels = 1 << 28;

    /// <summary>Red, green and blue in [0, 1], float [3, height, width]; a grey picture has three equal channels.</summary>
    /// <param name="place">What messages call it.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="DataException">It is no such picture, or has other channels (CMYK).</exception>
    public static Tensor Read(string place, byte[] bytes)
    {
        Planes planes;
        try
        {
            var decoder = new JpegDecoder();
            decoder.SetInput(bytes);
            decoder.Identify();
            if (decoder.Precision != 8 || decoder.NumberOfComponents is not (1 or 3))
                throw new DataException($"{place} has {decoder.NumberOfComponents} channels of {decoder.Precision} bits; 1 or 3 of 8 bits are read");
            if ((long)decoder.Width * decoder.Height > MostPixels)
                throw new DataException($"{place} says that it has {decoder.Width} x {decoder.Height} pixels; it is damaged, or too large to be read");
            planes = new Planes(decoder.Width, decoder.Height, decoder.NumberOfComponents);
            decoder.SetOutputWriter(planes);
            decoder.Decode();
        }
        // On damaged files the decoder throws what its arithmetic ends in: a division by zero, a missing table.
        catch (Exception error) when (error is not (DataException or OutOfMemoryException))
        {
            throw new DataException($"{place} cannot be read as a JPEG picture: {error.Message}", error);
        }
        using var scope = NewDisposeScope();
        var values = tensor(planes.Values, [planes.Channels, planes.Height, planes.Width], dtype: ScalarType.Float32);
        var rgb = planes.Channels == 1 ? values.expand(3, -1, -1) : Rgb(values[0], values[1] - 128, values[2] - 128);
        return (rgb / 255).clamp(0, 1).MoveToOuterDisposeScope();
    }

    // JFIF 1.02: luma and two differences of colour, of ITU-R BT.601.
    private static Tensor Rgb(Tensor y, Tensor cb, Tensor cr) =>
        stack([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb]);

    // The decoder gives blocks of 8 x 8 values, at the edges more than the picture has.
    private sealed class Planes(int width, int height, int channels) : JpegBlockOutputWriter
    {
        private const int Side = 8;

        public float[] Values { get; } = new float[channels * height * width];

        public int Width => width;

        public int Height => height;

        public int Channels => channels;

        public override void WriteBlock(ref short block, int channel, int x, int y)
        {
            if (channel >= channels) return;
            for (var row = 0; row < Side && y + row < height; row++)
                for (var column = 0; column < Side && x + column < width; column++)
                    Values[(channel * height + y + row) * width + x + column]
                        = Math.Clamp(System.Runtime.CompilerServices.Unsafe.Add(ref block, row * Side + column), (short)0, (short)255);
        }
    }
}
