using System.Text;
using FsCheck;
using FsCheck.Xunit;

namespace Polytask.Tests.Data;

public sealed class CsvTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Refusal(string text) => Assert.Throws<DataException>(() => CsvTable.Read(folder.Write("a.csv", text))).Message;

    [Fact]
    public void Reads_cells_with_quotes_commas_and_line_breaks()
    {
        var table = CsvTable.Read(folder.Write("a.csv", "x,y\n1,\"a, \"\"b\"\"\nc\"\n,last\n"));
        Assert.Equal(["x", "y"], table.Columns);
        Assert.Equal(["1", ""], table["x"]);
        Assert.Equal(["a, \"b\"\nc", "last"], table["y"]);
        Assert.Equal(4, table.LineOf(1));
    }

    [Fact]
    public void Reads_a_gzipped_file_whatever_its_name()
    {
        var path = folder.Write("a.data", TemporaryFolder.Gzipped(Encoding.UTF8.GetBytes("x\r\n1\r\n2\r\n")));
        Assert.Equal(["1", "2"], CsvTable.Read(path)["x"]);
    }

    [Fact]
    public void An_unknown_column_is_named_with_the_nearest_one()
    {
        var table = CsvTable.Read(folder.Write("a.csv", "INCOME,AGE\n1,2\n"));
        Assert.EndsWith("has no column 'INCME'; it has 'INCOME' and 'AGE'; did you mean 'INCOME'?", Assert.Throws<DataException>(() => table["INCME"]).Message);
    }

    [Theory]
    [InlineData("x,y\n1,2\n3\n", "line 3: 1 cells, but the header names 2 columns")]
    [InlineData("x,y\n1,2,3\n", "line 2: 3 cells, but the header names 2 columns")]
    [InlineData("x,y\n1,\"2\n3,4\n", "quote")]
    [InlineData("x,y\n1,a\"b\"\n", "line 2: a quote stands where none may be")]
    [InlineData("", "is empty")]
    [InlineData("x,,y\n1,2,3\n", "column 2 of the header has no name")]
    [InlineData("x,y,x\n1,2,3\n", "two columns are named 'x'")]
    public void A_damaged_table_is_refused_with_the_place(string text, string message) => Assert.Contains(message, Refusal(text));

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("there is no file 'nowhere.csv'", Assert.Throws<DataException>(() => CsvTable.Read("nowhere.csv")).Message);

    [Fact]
    public void A_folder_is_no_file() => Assert.Contains("is a folder", Assert.Throws<DataException>(() => CsvTable.Read(folder.Path)).Message);

    // Every prefix of a gzipped table is refused: none is taken for a shorter table.
    [Fact]
    public void A_gzip_that_was_cut_short_is_refused_wherever_it_was_cut()
    {
        var rows = string.Join("\n", Enumerable.Range(0, 500).Select(row => $"{row},{row * 7919 % 1000}"));
        var whole = TemporaryFolder.Gzipped(Encoding.UTF8.GetBytes($"x,y\n{rows}\n"));
        for (var length = 2; length < whole.Length; length += length < whole.Length - 20 ? 37 : 1)
        {
            var path = folder.Write("cut.csv.gz", whole[..length]);
            var message = Assert.Throws<DataException>(() => CsvTable.Read(path)).Message;
            Assert.Contains("cut.csv.gz", message);
        }
    }

    [Fact]
    public void A_gzip_with_a_flipped_bit_is_refused()
    {
        var bytes = TemporaryFolder.Gzipped(Encoding.UTF8.GetBytes("x\n" + string.Concat(Enumerable.Range(0, 500).Select(row => $"{row}\n"))));
        bytes[bytes.Length / 2] ^= 0x10;
        Assert.Throws<DataException>(() => CsvTable.Read(folder.Write("flipped.csv.gz", bytes)));
    }

    // Whatever text stands in a cell, a file written by the rules of RFC 4180 reads back unchanged.
    [Property(MaxTest = 200)]
    public void Any_text_in_quotes_reads_back_unchanged((NonNull<string> Left, NonNull<string> Right)[] rows)
    {
        static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
        // A lone half of a surrogate pair is no text and has no UTF-8 form.
        static string Encodable(NonNull<string> text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
        var table = CsvTable.Read(folder.Write("any.csv", "a,b\n" + string.Concat(rows.Select(row => $"{Quoted(Encodable(row.Left))},{Quoted(Encodable(row.Right))}\n"))));
        Assert.Equal(rows.Select(row => Encodable(row.Left)), table["a"]);
        Assert.Equal(rows.Select(row => Encodable(row.Right)), table["b"]);
    }
}
