using System.Text.Json.Nodes;
using System.Xml.Linq;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;
using Polytask.Notebooks.Running.Reports;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>What programs read of a run: memory in the metadata, JUnit's XML, JSON.</summary>
public sealed class ReportTests : RunnerTest
{
    [Fact]
    public async Task A_cells_memory_is_its_own_peak_and_an_unknown_device_is_null()
    {
        // The array is touched, so that it is resident, and is garbage in the last cell.
        var report = await Run(
            Cell.Code("1"),
            Cell.Code("var big = new byte[300_000_000]; Array.Fill(big, (byte)1);"),
            Cell.Code("big = null; System.Runtime.GCSettings.LargeObjectHeapCompactionMode = "
                + "System.Runtime.GCLargeObjectHeapCompactionMode.CompactOnce; GC.Collect(2, GCCollectionMode.Aggressive, true, true);"),
            Cell.Code("1"));
        var peaks = report.Cells.Select(c => c.Memory.Peak!.Value / 1e6).ToArray();
        Assert.InRange(peaks[1] - peaks[0], 290, 400);
        Assert.InRange(peaks[1] - peaks[3], 200, 400);
        var own = (JsonObject)Saved().Cells[1].Metadata["polytask"]!;
        Assert.Equal(peaks[1], (double)own["peak_memory_mb"]! * 1.048576, 0.1);
        Assert.True(own.TryGetPropertyValue("gpu_memory_mb", out var device) && device is null);
    }

    [Fact]
    public async Task A_devices_memory_is_the_peak_of_each_cell()
    {
        await Run(
            Cell.Code("Polytask.Notebooks.Tests.TestDevice.Take(300 << 20); Polytask.Notebooks.Tests.TestDevice.Take(1 << 20);"),
            Cell.Code("1"),
            Cell.Code("Polytask.Notebooks.Tests.TestDevice.Take(100 << 20);"));
        Assert.Equal([300.0, null, 100.0], Saved().Cells.Select(c => (double?)c.Metadata["polytask"]!["gpu_memory_mb"]));
    }

    [Fact]
    public async Task Junit_has_a_suite_a_notebook_and_a_case_a_cell_with_the_traceback()
    {
        Write(Cell.Code("undefined", "raises-exception"), Cell.Code("throw new Exception(\"<a> & \\u001b[31m \\ud800\");"), Cell.Code("3"),
            Cell.Code("4", "skip-execution"));
        var report = await Run(o => o);
        var text = JUnitReport.ToText([new("a&b.ipynb", 1, report, null), new("bad.ipynb", 2, null, "bad.ipynb is not JSON")]);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites", text);
        var root = XDocument.Parse(text).Root!;
        Assert.Equal(["a&b.ipynb", "bad.ipynb"], root.Elements("testsuite").Select(s => (string)s.Attribute("name")!));
        var suite = root.Elements("testsuite").First();
        Assert.Equal(["", "failure", "skipped", "skipped"], suite.Elements("testcase").Select(c =>
            string.Concat(c.Elements().Select(e => e.Name.LocalName))));
        Assert.Equal(("4", "1", "0", "2"), Counts(suite));

        // The schema that Jenkins checks against has no "skipped" of all suites.
        Assert.Equal(["name", "tests", "failures", "errors", "time"], root.Attributes().Select(a => a.Name.LocalName));
        Assert.Equal(("5", "1", "1"), ((string)root.Attribute("tests")!, (string)root.Attribute("failures")!, (string)root.Attribute("errors")!));
        var failure = suite.Descendants("failure").Single();
        Assert.Equal("System.Exception", (string)failure.Attribute("type")!);
        Assert.Equal("<a> & \ufffd[31m \ufffd", (string)failure.Attribute("message")!);
        Assert.Contains("at the cell in cell-2:line 1", failure.Value);
        Assert.StartsWith("cell-2: throw", (string)suite.Elements("testcase").ElementAt(1).Attribute("name")!);

        static (string, string, string, string) Counts(XElement e) =>
            ((string)e.Attribute("tests")!, (string)e.Attribute("failures")!, (string)e.Attribute("errors")!, (string)e.Attribute("skipped")!);
    }

    [Fact]
    public async Task Json_has_states_times_and_errors_by_place()
    {
        Write(Cell.Code("1"), Cell.Code("\nundefined"), Cell.Code("3"));
        var report = await Run(o => o);
        var json = JsonNode.Parse(JsonReport.ToText([new("nb.ipynb", 1, report, null), new("bad.ipynb", 2, null, "why")]))!["notebooks"]!;
        Assert.Equal("failed", (string?)json[0]!["status"]);
        Assert.Equal(report.SavedTo, (string?)json[0]!["saved_to"]);
        Assert.Equal(["passed", "failed", "not_run"], json[0]!["cells"]!.AsArray().Select(c => (string)c!["state"]!));
        Assert.Equal(2, (int)json[0]!["cells"]![1]!["error"]!["line"]!);
        Assert.Equal(report.Cells[0].Cell.Id, (string?)json[0]!["cells"]![0]!["id"]);
        Assert.Equal(("refused", "why"), ((string?)json[1]!["status"], (string?)json[1]!["refusal"]));
    }

    [Fact]
    public async Task A_cell_without_memory_left_fails_in_its_place_and_what_ran_is_saved()
    {
        Write(Cell.Code("\"before\""), Cell.Code("var all = new List<byte[]>();\nwhile (true) { var part = new byte[64 << 20]; Array.Fill(part, "
            + "(byte)1); all.Add(part); }"), Cell.Code("3"));
        var limited = new WorkerCommand("env", ["DOTNET_GCHeapHardLimit=0x20000000", TestWorker.Command.FileName, .. TestWorker.Command.Arguments]);
        var report = await Run(o => o with { Worker = limited });
        Assert.Equal([CellState.Passed, CellState.Failed, CellState.NotRun], report.Cells.Select(c => c.State));

        // The runtime may find no memory even to throw; then it ends the process.
        Assert.Contains(report.Cells[1].Error!.Name, (string[])["System.OutOfMemoryException", "WorkerDied"]);
        Assert.Equal("before", (string?)NotebookFile.Read(report.SavedTo).Cells[0].Outputs[0]!["data"]!["text/plain"]);
    }
}
