using System.Text;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Tests.Documents;

/// <summary>Files of lengths and nestings that no small damage leads to: read, or refused by name with the place.</summary>
public sealed class ExtremeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_million_levels_are_refused_and_not_recursed_into(string level)
    {
        var refusal = Refusal("deep.ipynb", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(level, 1_000_000))));
        Assert.Contains("deep.ipynb is not JSON: line 1, column ", refusal);
        Assert.Contains("values are nested deeper than 500 levels", refusal);
    }

    [Fact]
    public void Numbers_of_any_size_come_back_as_they_were()
    {
        var digits = new string('9', 100_000);
        var text = Read("numbers.ipynb", Notebook($"\"big\":{digits},\"tiny\":-1e-400,\"huge\":1e400,\"exact\":12345678901234567890")).ToText();
        Assert.Contains($"\"big\": {digits},", text);
        Assert.Contains("\"exact\": 12345678901234567890", text);
        Assert.Contains("\"huge\": Infinity", text);
        Assert.Contains("\"tiny\": -0.0", text);
    }

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_read_and_written()
    {
        var line = new string('x', 100 << 20);
        var notebook = Read("long.ipynb", "{\"cells\":[{\"cell_type\":\"raw\",\"id\":\"a\",\"metadata\":{},\"source\":\"" + line
            + "\"}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
        Assert.Equal(line.Length, notebook.Cells[0].Source.Length);
        NotebookFile.Write(notebook, _folder["again.ipynb"]);
        Assert.True(new FileInfo(_folder["again.ipynb"]).Length > line.Length);
    }

    [Theory]
    [InlineData("\"a\u0000b\"", "a control character (U+0000) stands inside a text")]
    [InlineData("\u0000", "U+0000")]
    public void Null_characters_are_refused_at_their_place(string value, string message) =>
        Assert.Contains(message, Refusal("null.ipynb", Encoding.UTF8.GetBytes(Notebook($"\"k\":{value}"))));

    [Fact]
    public void A_file_of_null_bytes_is_refused() => Assert.Contains("is not JSON: line 1, column 1", Refusal("zeros.ipynb", new byte[1 << 20]));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Other_encodings_are_refused_as_not_utf8(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding);
        Assert.Contains("is not UTF-8 text: byte 0 is not valid", Refusal("wide.ipynb", [.. bytes.GetPreamble(), .. bytes.GetBytes(Notebook(""))]));
        Assert.Contains("is not UTF-8 text: byte 0 is not valid", Refusal("wide.dib", [.. bytes.GetPreamble(), .. bytes.GetBytes("#!csharp\n1")]));
    }

    [Fact]
    public void Halves_of_surrogate_pairs_survive_escaped_and_are_refused_raw()
    {
        var notebook = Read("half.ipynb", Notebook("\"k\":\"\\ud800 \\udc00 \\ude00\\ud83d\""));
        Assert.Equal(notebook.ToText(), Notebooks.Documents.Notebook.Parse(notebook.ToText(), "again").ToText());
        Assert.Contains("is not UTF-8 text", Refusal("raw.ipynb", [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]));
    }

    [Fact]
    public void A_hundred_thousand_cells_are_read()
    {
        File.WriteAllText(_folder["many.dib"], string.Concat(Enumerable.Repeat("#!csharp\n\n1\n\n", 100_000)));
        var notebook = NotebookFile.Read(_folder["many.dib"]);
        Assert.Equal(100_000, notebook.Cells.Count);
    }

    private static string Notebook(string metadata) => "{\"cells\":[],\"metadata\":{" + metadata + "},\"nbformat\":4,\"nbformat_minor\":5}";

    private Notebook Read(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return NotebookFile.Read(_folder[name]);
    }

    private string Refusal(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return Assert.Throws<NotebookFormatException>(() => NotebookFile.Read(_folder[name])).Message;
    }
}
