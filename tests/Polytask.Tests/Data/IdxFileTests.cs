namespace Polytask.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Refusal(params byte[] bytes) => Assert.Throws<DataException>(() => IdxFile.Read(folder.Write("a.idx", bytes))).Message;

    [Fact]
    public void Reads_the_values_in_order()
    {
        byte[] bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
        foreach (var path in new[] { folder.Write("plain", bytes), folder.Write("packed", TemporaryFolder.Gzipped(bytes)) })
        {
            var file = IdxFile.Read(path);
            Assert.Equal([2, 3], file.Dimensions);
            Assert.Equal([1, 2, 3, 4, 5, 255], file.Values);
        }
    }

    [Fact]
    public void Other_bytes_are_no_idx_file()
    {
        Assert.Contains("is no idx file: it starts with the bytes 50445446", Refusal(0x50, 0x44, 0x54, 0x46, 0));
        Assert.Contains("is no idx file", Refusal(0, 0, 8, 0));
        Assert.Contains("is no idx file", Refusal(0, 0, 8, 200));
    }

    [Fact]
    public void Only_bytes_are_read() => Assert.Contains("type 0x0D", Refusal(0, 0, 0x0D, 1, 0, 0, 0, 1, 0, 0, 0, 0));

    [Fact]
    public void A_file_cut_within_its_header_is_refused()
    {
        Assert.Contains("ends within its header", Refusal(0, 0, 8));
        Assert.Contains("ends within its header", Refusal(0, 0, 8, 2, 0, 0, 0, 2, 0));
        Assert.Contains("ends within its header", Refusal());
    }

    [Fact]
    public void A_file_with_too_few_or_too_many_values_is_refused()
    {
        Assert.Contains("the header says 2 x 2 = 4 values, but only 3 follow", Refusal(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3));
        Assert.Contains("the header says 1 = 1 values, but more follow", Refusal(0, 0, 8, 1, 0, 0, 0, 1, 1, 2));
    }

    [Fact]
    public void Impossible_dimensions_are_refused_before_any_memory_is_taken()
    {
        Assert.Contains("dimension 1 is 0", Refusal(0, 0, 8, 1, 0, 0, 0, 0));
        Assert.Contains("dimension 1 is -1", Refusal(0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF));
        Assert.Contains("its header is damaged", Refusal(0, 0, 8, 3, 0x7F, 0, 0, 0, 0x7F, 0, 0, 0, 0x7F, 0, 0, 0, 1));
        Assert.Contains("but only 1 follow", Refusal(0, 0, 8, 1, 0x7F, 0, 0, 0, 1));
    }
}
