using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Tests.Documents;

/// <summary>What is written here is what Python's nbformat writes (references made by tests/peers/nbformat_reference.py, and live where it is installed).</summary>
public sealed class NbformatTests
{
    private static string Reference(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", name));

    [Theory]
    [InlineData("empty")]
    [InlineData("texts")]
    [InlineData("outputs")]
    [InlineData("numbers")]
    [InlineData("metadata")]
    [InlineData("older")]
    public void Written_notebooks_equal_nbformats_byte_for_byte(string name)
    {
        var expected = Reference(name + ".ipynb");
        Assert.Equal(expected, Notebook.Parse(Reference(name + ".json"), name).ToText());
        Assert.Equal(expected, Notebook.Parse(expected, name).ToText());
    }

    [NbformatFact]
    public void Generated_notebooks_equal_nbformats_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        var paths = GeneratedNotebooks.Any.Sample(150, 30).Select((notebook, i) =>
        {
            NotebookFile.Write(notebook, folder[$"{i}.ipynb"]);
            return folder[$"{i}.ipynb"];
        }).ToArray();
        NbformatFact.Run(["--rewrite", .. paths]);
        foreach (var path in paths)
            Assert.Equal(File.ReadAllText(path + ".peer"), File.ReadAllText(path));
    }

    [Property(MaxTest = 200)]
    public Property A_notebook_reads_back_as_it_was_written() => Prop.ForAll(GeneratedNotebooks.Any.ToArbitrary(), notebook =>
    {
        var text = notebook.ToText();
        var back = Notebook.Parse(text, "back");
        return back.ToText() == text
               && back.Cells.Select(c => c.Source).SequenceEqual(notebook.Cells.Select(c => c.Source))
               && back.Cells.Select(c => c.Id).SequenceEqual(notebook.Cells.Select(c => c.Id));
    });

    [Property(MaxTest = 2000)]
    public bool A_number_reads_back_bit_for_bit(long bits)
    {
        var number = BitConverter.Int64BitsToDouble(bits);
        var text = PythonJson.Number(number);
        return !double.IsFinite(number)
               || BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) == bits && text.AsSpan().IndexOfAny('.', 'e') > 0;
    }

    [Fact]
    public void Older_notebooks_get_identifiers_that_do_not_change_from_run_to_run()
    {
        var first = Notebook.Parse(Reference("older.json"), "older");
        var second = Notebook.Parse(Reference("older.json"), "older");
        first.Upgrade();
        second.Upgrade();
        Assert.Equal(5, (long)first.Json["nbformat_minor"]!);
        Assert.Matches("^[0-9a-f]{8}$", first.Cells[0].Id);
        Assert.Equal(first.ToText(), second.ToText());
    }

    [Fact]
    public void Half_of_a_surrogate_pair_survives()
    {
        var text = Notebook.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{"half":"\ud83d!"},"cells":[]}""", "half").ToText();
        Assert.Contains("\"half\": \"\\ud83d!\"", text);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "before");

        // A folder of the temporary file's name makes the write fail before anything is replaced.
        Directory.CreateDirectory(folder[$".a.{Environment.ProcessId}.tmp"]);
        Assert.StartsWith($"{folder["a"]} cannot be written: ", Assert.Throws<IOException>(() => AtomicFile.WriteAllText(folder["a"], "after")).Message);
        Assert.Equal("before", File.ReadAllText(folder["a"]));
    }
}

/// <summary>A test that needs Debian's python3-nbformat.</summary>
public sealed class NbformatFact : FactAttribute
{
    private static readonly Lazy<bool> Present = new(() => Start(["-c", "import nbformat"]) == 0);

    public NbformatFact() => Skip = Present.Value ? null : "python3-nbformat is not installed";

    public static void Run(string[] arguments) => Assert.Equal(0, Start([Script(), .. arguments]));

    private static int Start(string[] arguments)
    {
        if (!File.Exists("/usr/bin/python3"))
            return -1;
        using var process = Process.Start("/usr/bin/python3", arguments)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string Script()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Notebooks.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests", "peers", "nbformat_reference.py");
    }
}

/// <summary>Valid notebooks with odd texts, numbers, metadata and outputs.</summary>
internal static class GeneratedNotebooks
{
    private static readonly Gen<string> Texts =
        Gen.Elements("a", "word ", "\n", "\r\n", "\r", "\"", "\\", "\t", "é", "😀", "\u2028", "\x85", "\x1c", "\u0001", "<b>", "{", "\f", "\v", "\uffff")
            .ListOf().Select(string.Concat);

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf<JsonNode?>(
        Texts.Select(t => (JsonNode?)JsonValue.Create(t)),
        ArbMap.Default.GeneratorFor<long>().Select(n => (JsonNode?)JsonValue.Create(n)),
        ArbMap.Default.GeneratorFor<double>().Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Elements(true, false).Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Constant<JsonNode?>(null));

    private static Gen<JsonNode?> Values(int depth) => depth == 0
        ? Scalars
        : Gen.Frequency(
            (3, Scalars),
            (1, Objects(depth).Select(o => (JsonNode?)o)),
            (1, Values(depth - 1).ListOf().Select(items => (JsonNode?)new JsonArray([.. items]))));

    private static Gen<JsonObject> Objects(int depth) =>
        from names in Texts.ListOf()
        from values in Values(depth - 1).ListOf(names.Distinct().Count())
        select new JsonObject(names.Distinct().Zip(values, (name, value) => new KeyValuePair<string, JsonNode?>("k" + name, value)));

    private static readonly Gen<JsonObject> Outputs = Gen.OneOf(
        Texts.Select(t => new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = t }),
        from plain in Texts
        from html in Texts
        from json in Objects(2)
        select new JsonObject
        {
            ["output_type"] = "display_data",
            ["metadata"] = new JsonObject(),
            ["data"] = new JsonObject { ["text/plain"] = plain, ["text/html"] = html, ["application/vnd.x+json"] = json, ["image/png"] = "aGk=" },
        });

    private static readonly Gen<Cell> Cells =
        from code in Gen.Elements(true, false)
        from source in Texts
        from metadata in Objects(2)
        from outputs in Outputs.ListOf()
        select Make(code, source, metadata, outputs);

    public static readonly Gen<Notebook> Any =
        from metadata in Objects(3)
        from cells in Cells.ListOf()
        select Make(metadata, cells);

    private static Cell Make(bool code, string source, JsonObject metadata, IEnumerable<JsonObject> outputs)
    {
        var cell = code ? Cell.Code(source) : Cell.Markdown(source);
        foreach (var (name, value) in metadata.ToArray())
        {
            metadata.Remove(name);
            cell.Metadata[name] = value;
        }
        if (code)
            foreach (var output in outputs)
                cell.Outputs.Add((JsonNode)output);
        return cell;
    }

    private static Notebook Make(JsonObject metadata, IEnumerable<Cell> cells)
    {
        var notebook = Notebook.Empty();
        foreach (var (name, value) in metadata.ToArray())
        {
            metadata.Remove(name);
            notebook.Metadata[name] = value;
        }
        foreach (var cell in cells)
            notebook.Add(cell);
        return notebook;
    }
}
