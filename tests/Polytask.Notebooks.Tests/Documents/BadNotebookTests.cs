using System.Text;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Tests.Documents;

/// <summary>Files that are no notebooks are refused with one message that names the file, the place and what was expected.</summary>
public sealed class BadNotebookTests
{
    private const string Head = """{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":""";

    [Theory]
    [InlineData("{\n  \"cells\": [,\n", "line 2, column 13: a value is expected, not ','")]
    [InlineData("{\"a\": 1", "the file ends inside an object that begins at line 1, column 1")]
    [InlineData("{\"a\": \"x", "the file ends inside a text that begins at line 1, column 7")]
    [InlineData("{\"a\": 1} 2", "line 1, column 10: the document should end here")]
    [InlineData("{\"a\" 1}", "':' is expected after the name \"a\"")]
    [InlineData("{a: 1}", "a name in double quotes is expected")]
    [InlineData("{\"a\": 01}", "does not start with 0")]
    [InlineData("{\"a\": -}", "line 1, column 8: a number needs a digit here")]
    [InlineData("{\"a\": 1.}", "a digit is expected after the decimal point")]
    [InlineData("{\"a\": \"\\x\"}", "the escape after '\\'")]
    [InlineData("{\"a\": \"x\ny\"}", "control character (U+000A)")]
    [InlineData("{\"a\": tru}", "a value is expected, not 't'")]
    [InlineData("", "the file is empty")]
    public void Text_that_is_not_json_is_refused_with_its_place(string text, string expected)
    {
        var message = Refusal(Encoding.UTF8.GetBytes(text));
        Assert.Contains("bad.ipynb is not JSON: ", message);
        Assert.Contains(expected, message);
    }

    [Theory]
    [InlineData("[]", "the file should hold an object")]
    [InlineData("{}", "'nbformat' is missing")]
    [InlineData("""{"nbformat":"4"}""", "'nbformat' is not a whole number")]
    [InlineData("""{"nbformat":4}""", "'nbformat_minor' is missing")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"metadata":{}}""", "'cells' is missing")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":[]}""", "'metadata' is missing")]
    [InlineData(Head + "[1]}", "cells[0] is not an object")]
    [InlineData(Head + """[{"cell_type":"code","metadata":{},"outputs":[]}]}""", "cells[0].source is missing")]
    [InlineData(Head + """[{"cell_type":"code","metadata":{},"source":[1],"outputs":[]}]}""", "cells[0].source is neither a text nor a list of texts")]
    [InlineData(Head + """[{"cell_type":"code","metadata":{},"source":""}]}""", "cells[0].outputs is missing")]
    [InlineData(Head + """[{"cell_type":"poem","metadata":{},"source":""}]}""", "cells[0].cell_type should be")]
    [InlineData(Head + """[{"cell_type":"code","metadata":{},"source":"","outputs":[{"output_type":"display_data"}]}]}""", "cells[0].outputs[0].data is missing")]
    public void Json_that_is_no_notebook_is_refused_with_what_is_missing(string text, string expected)
    {
        var message = Refusal(Encoding.UTF8.GetBytes(text));
        Assert.Contains("bad.ipynb is JSON but not a notebook: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Format_3_is_refused_with_the_command_that_converts_it() =>
        Assert.Contains("format 3; format 4 is expected. Convert it with: jupyter nbconvert", Refusal("""{"nbformat":3,"nbformat_minor":0,"worksheets":[]}"""u8.ToArray()));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_place() =>
        Assert.Contains("is not UTF-8 text: byte 1 ", Refusal([(byte)'{', 0xff, (byte)'}']));

    [Fact]
    public void Values_nested_without_end_are_refused_and_do_not_overflow_the_stack() =>
        Assert.Contains("nested deeper than", Refusal(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.EndsWith("none.ipynb does not exist", Assert.Throws<NotebookFormatException>(() => NotebookFile.Read(folder["none.ipynb"])).Message);
        Assert.Contains("is a folder", Assert.Throws<NotebookFormatException>(() => NotebookFile.Read(folder.Path)).Message);
    }

    [Fact]
    public void Cutting_or_changing_any_byte_of_a_notebook_gives_a_notebook_or_a_message()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reference", "outputs.ipynb"));
        using var folder = new TemporaryFolder();
        for (var i = 0; i < whole.Length; i += 3)
        {
            var changed = (byte[])whole.Clone();
            changed[i] ^= 0x12;
            foreach (var bytes in new[] { whole[..i], changed })
            {
                File.WriteAllBytes(folder["x.ipynb"], bytes);
                try
                {
                    NotebookFile.Read(folder["x.ipynb"]).ToText();
                }
                catch (NotebookFormatException error)
                {
                    Assert.Contains("x.ipynb", error.Message);
                }
            }
        }
    }

    private static string Refusal(byte[] content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad.ipynb"], content);
        return Assert.Throws<NotebookFormatException>(() => NotebookFile.Read(folder["bad.ipynb"])).Message;
    }
}
