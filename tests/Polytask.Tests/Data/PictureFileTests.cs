using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class PictureFileTests
{
    private static Tensor Read(byte[] bytes) => NpyFile.Read("'a.npy'", new MemoryStream(bytes));

    [Fact]
    public void Arrays_of_NumPy_are_read_in_their_type_and_shape()
    {
        using var scope = NewDisposeScope();
        var floats = Read(PictureFiles.Array("<f4 (2, 3)"));
        Assert.Equal([2, 3], floats.shape);
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1, 1.25f], floats.data<float>().ToArray());
        Assert.Equal([-1, 3, 7, 1L << 40], Read(PictureFiles.Array("<i8 (2, 2)")).data<long>().ToArray());
        Assert.Equal((0L, 2.5), (Read(PictureFiles.Array("<f8 ()")).ndim, Read(PictureFiles.Array("<f8 ()")).item<double>()));
        Assert.Equal([0, 3], Read(PictureFiles.Array("|u1 (0, 3)")).shape);
    }

    [Fact]
    public void What_is_no_array_or_was_cut_is_named()
    {
        string Refusal(byte[] bytes) => Assert.Throws<DataException>(() => Read(bytes)).Message;
        var good = PictureFiles.Array("<f4 (2, 3)");
        Assert.Contains("'a.npy' is no .npy array: it starts with the bytes 504B03", Refusal([0x50, 0x4B, 3, 4, 5, 6, 7, 8]));
        Assert.Contains("'a.npy' ends within its header", Refusal(good[..50]));
        Assert.Contains("holds fewer or more values", Refusal(good[..^1]));
        Assert.Contains("holds fewer or more values", Refusal([.. good, 0]));
        Assert.Contains("Fortran order", Refusal(PictureFiles.Array("<f8 (2, 3)")));
        Assert.Contains("type '<c8'", Refusal(PictureFiles.Array("<c8 (3,)")));
        good[6] = 9;
        Assert.Contains("version 9", Refusal(good));
    }

    [Theory]
    [InlineData("4:4:4", 2)]
    [InlineData("4:2:0", 8)]
    [InlineData("progressive", 8)]
    [InlineData("grey", 2)]
    public void Pictures_have_the_colours_that_Pillow_reads(string kind, double near)
    {
        using var scope = NewDisposeScope();
        var (bytes, first, second, mean) = PictureFiles.Picture(kind);
        var picture = JpegFile.Read("'a.jpg'", bytes) * 255;
        Assert.Equal([3, 13, 21], picture.shape);
        void Near(double[] expected, Tensor found, double tolerance) =>
            Assert.All(expected.Zip(found.to(ScalarType.Float64).data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Near(first, picture[TensorIndex.Colon, 3, 5], near);
        Near(second, picture[TensorIndex.Colon, 10, 18], near);
        Near(mean, picture.mean([1, 2]), 1);
    }

    [Theory]
    [InlineData("4:2:0")]
    [InlineData("progressive")]
    public void A_damaged_picture_is_read_or_named_whatever_byte_is_another(string kind)
    {
        var good = PictureFiles.Picture(kind).Bytes;
        var refused = 0;
        for (var at = 0; at < good.Length; at++)
            foreach (var value in new byte[] { 0, 0xFF, (byte)(good[at] ^ 1), (byte)(good[at] ^ 0x80) })
            {
                byte[] bytes = [.. good];
                bytes[at] = value;
                try
                {
                    using var picture = JpegFile.Read("'a.jpg'", bytes);
                    Assert.Equal(3, picture.shape[0]);
                }
                catch (DataException error)
                {
                    Assert.Contains("'a.jpg'", error.Message);
                    refused++;
                }
            }
        Assert.True(refused > 0);
    }

    [Fact]
    public void What_is_no_picture_or_was_cut_is_named()
    {
        var bytes = PictureFiles.Picture("4:4:4").Bytes;
        Assert.Contains("'a.jpg' cannot be read as a JPEG picture", Assert.Throws<DataException>(() => JpegFile.Read("'a.jpg'", bytes[..100])).Message);
        Assert.Contains("'a.jpg' cannot be read as a JPEG picture", Assert.Throws<DataException>(() => JpegFile.Read("'a.jpg'", [1, 2, 3])).Message);
    }
}
