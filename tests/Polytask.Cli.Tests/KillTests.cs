using System.Diagnostics;
using System.Globalization;
using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary>
/// Runs that are killed at random moments, runner or worker: the source stays whole, what is saved can be read, and a resumed run ends as
/// one that was never disturbed. POLYTASK_KILLS=100 makes it so many kills.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int UsualKills = 4;
    private readonly CommandLine _polytask = new();

    public void Dispose() => _polytask.Dispose();

    [Fact]
    public void After_a_kill_at_any_moment_a_resumed_run_ends_as_an_undisturbed_one()
    {
        Cell[] cells =
        [
            Cell.Code("var n = 1; var list = new List<double>();", "parameters"),
            .. Enumerable.Range(1, 4).Select(i => Cell.Code($"System.Threading.Thread.Sleep(350); list.Add(Math.Sqrt({i})); n *= 3;\nConsole.WriteLine(n);\nlist.Count")),
            Cell.Code("var random = new Random(n);"),
            Cell.Code("System.Threading.Thread.Sleep(350); (random.Next(), list.Sum())"),
        ];
        _polytask.Write("expected.ipynb", cells);
        Assert.Equal(0, _polytask.Run("run", "expected.ipynb", "-p", "n=5").ExitCode);

        var kills = int.TryParse(Environment.GetEnvironmentVariable("POLYTASK_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked
            : UsualKills;
        var random = new Random();
        var resumed = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            _polytask.Write("a.ipynb", cells);
            var source = File.ReadAllBytes(_polytask.At("a.ipynb"));
            var (line, delay, worker) = (random.Next(1, 9), random.Next(400), random.Next(2) == 0);
            var moment = $"kill {kill} of the {(worker ? "worker" : "runner")}, {delay} ms after line {line}";
            KillOnce(line, delay, worker);
            var unfinished = Directory.GetFiles(_polytask.Folder, "a.*.ipynb");
            if (unfinished.Length > 0)
                Assert.True(source.AsSpan().SequenceEqual(File.ReadAllBytes(_polytask.At("a.ipynb"))), moment);
            foreach (var path in unfinished)
                Assert.Equal(cells.Length + 1, NotebookFile.Read(path).Cells.Count);

            var run = _polytask.Run("run", "a.ipynb", "-p", "n=5", "--resume");
            Assert.True(run.ExitCode == 0, $"{moment}\n{run.Output}{run.Errors}");
            Assert.Equal(Plain("expected.ipynb"), Plain("a.ipynb"));
            resumed += run.Output.Contains("taken over with", StringComparison.Ordinal) ? 1 : 0;
            File.Delete(_polytask.At("a.failed.ipynb"));
            Assert.Empty(Directory.GetFiles(_polytask.Folder, "a.partial.ipynb"));
        }
        Assert.True(kills < UsualKills * 5 || resumed > 0, "no kill left anything to take over");
    }

    private void KillOnce(int line, int delay, bool worker)
    {
        using var runner = _polytask.Start("run", "a.ipynb", "-p", "n=5");
        for (var i = 0; i < line && runner.StandardOutput.ReadLine() is not null; i++)
        {
        }
        Thread.Sleep(delay);
        var victim = worker ? ChildOf(runner.Id) ?? runner.Id : runner.Id;
        try
        {
            Process.GetProcessById(victim).Kill();
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
        {
            // The run was over before.
        }
        runner.StandardOutput.ReadToEnd();
        runner.WaitForExit();
    }

    private static int? ChildOf(int parent)
    {
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                // "id (name) state parent ...", where the name may hold spaces and brackets.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture))
                    return id;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }
        return null;
    }

    /// <summary>A notebook without what no two runs have in common: times and memory.</summary>
    private string Plain(string name)
    {
        var notebook = NotebookFile.Read(_polytask.At(name));
        foreach (var cell in notebook.Cells)
            cell.Metadata.Remove("polytask");
        return notebook.ToText();
    }
}
