using System.Globalization;
using System.Text;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Documents;

/// <summary>
/// Damaged files of both forms: each is read, or refused with a message that names the file; none hangs or crashes the reader. POLYTASK_FUZZ sets how many
/// (POLYTASK_FUZZ=200000 dotnet test --filter FuzzTests, by hand); the damage of number i is the same in every run.
/// </summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("POLYTASK_FUZZ") ?? "4000", CultureInfo.InvariantCulture);

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "NaN", "1e999", "-", "0", "9999999999999999999999", "\\u", "\\ud800", "\u0000", "\r", "\n", "\u2028",
        "#!meta\n", "#!csharp\n", "#!fsharp\n", "#!", "\"cells\"", "\"metadata\"", "\"source\"", "\"outputs\"", "\"nbformat\"", "\"kernelInfo\"", "\"cell_type\": \"raw\"",
    ];

    [Theory]
    [InlineData("outputs.ipynb")]
    [InlineData("metadata.ipynb")]
    [InlineData("older.ipynb")]
    [InlineData("interactive.dib")]
    public async Task A_damaged_file_is_read_or_refused_by_name(string name)
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reference", name));
        using var folder = new TemporaryFolder();
        var path = folder["x" + Path.GetExtension(name)];
        var read = 0;
        for (var i = 0; i < Count / 4; i++)
        {
            var bytes = Damage(whole, new Random(i));
            File.WriteAllBytes(path, bytes);
            try
            {
                read += await Task.Run(() => Use(path)).WaitAsync(Patience) ? 1 : 0;
            }
            catch (Exception failure)
            {
                Assert.Fail($"damage {i} of {name}: {failure}");
            }
        }

        // Were everything refused, or nothing, the damage would be of the wrong kind.
        Assert.InRange(read, 1, Count / 4 - (name.EndsWith(".dib", StringComparison.Ordinal) ? 0 : 1));
    }

    /// <summary>Reads, looks at what a run looks at, writes in both forms and reads again.</summary>
    private static bool Use(string path)
    {
        Notebook notebook;
        try
        {
            notebook = NotebookFile.Read(path);
        }
        catch (NotebookFormatException refusal)
        {
            Assert.StartsWith(path, refusal.Message);
            return false;
        }
        notebook.Upgrade();
        foreach (var cell in notebook.Cells)
            _ = (cell.Kind, cell.Tags, cell.ExecutionCount, cell.Id, cell.Source);
        var text = notebook.ToText();
        Assert.Equal(text, Notebook.Parse(text, path).ToText());
        try
        {
            var language = CellLanguage.OfNotebook(notebook, path);
            _ = notebook.Cells.Select(c => CellLanguage.OfCell(c, language)).ToArray();
            NotebookFile.Write(notebook, path + ".dib");
            NotebookFile.Read(path + ".dib");
        }
        catch (NotebookFormatException refusal)
        {
            Assert.StartsWith(path, refusal.Message);
        }
        return true;
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var bytes = new List<byte>(whole);
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                default:
                    // A value in the place of another keeps the JSON whole and its meaning broken.
                    var text = Encoding.UTF8.GetString([.. bytes]);
                    var old = Pieces[random.Next(Pieces.Length)];
                    bytes = [.. Encoding.UTF8.GetBytes(text.Replace(old, Pieces[random.Next(Pieces.Length)], StringComparison.Ordinal))];
                    break;
            }
        }
        return [.. bytes];
    }
}
