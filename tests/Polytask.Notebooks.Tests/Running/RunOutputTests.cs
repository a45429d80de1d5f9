using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

/// <summary>What cells print and show, on its way into the notebook.</summary>
public sealed class RunOutputTests : RunnerTest
{
    [Fact]
    public async Task Outputs_come_live_and_are_saved_in_order()
    {
        var report = await Run(Cell.Code("""
            Console.WriteLine("one");
            Console.Error.WriteLine("two");
            display(3);
            Console.Write("four");
            Console.WriteLine(", five");
            6
            """));
        Assert.Equal(RunStatus.Succeeded, report.Status);
        var outputs = Saved().Cells[0].Outputs;
        Assert.Equal(["stream", "stream", "display_data", "stream", "execute_result"], outputs.Select(o => (string)o!["output_type"]!));
        Assert.Equal(["one\n", "two\n", "four, five\n"], outputs.Where(o => o!["text"] is not null).Select(o => (string)o!["text"]!));
        Assert.Equal("6", (string?)outputs[4]!["data"]!["text/plain"]);
        Assert.Equal(1, Saved().Cells[0].ExecutionCount);
        Assert.True((double)Saved().Cells[0].Metadata["polytask"]!["seconds"]! > 0);
        Assert.Equal(["printed one", "printed two", "displayed 3", "printed four, five", "result 6"], Seen.Events.Where(s => s.Length > 0));
    }

    [Fact]
    public async Task The_order_of_what_is_printed_to_the_two_streams_is_kept()
    {
        await Run(Cell.Code("for (var i = 0; i < 20; i++) { Console.Error.WriteLine(i); Console.WriteLine(i); }"));
        var printed = Saved().Cells[0].Outputs.Select(o => $"{o!["name"]} {o["text"]}").ToArray();
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => (string[])[$"stderr {i}\n", $"stdout {i}\n"]), printed);
    }

    [Fact]
    public async Task A_bar_leaves_one_line_whatever_its_message_holds()
    {
        await Run(Cell.Code("using var bar = new Polytask.Notebooks.Display.ProgressBar(\"two\\nlines\", 2);\nbar.Report(2, \"a\\r\\nb\");"));
        Assert.Matches(@"^two lines  2/2  \d+\.\d s  a b$", (string?)Saved().Cells[0].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task Cells_run_in_the_notebooksFolder_and_share_one_session()
    {
        var report = await Run(Cell.Code("File.WriteAllText(\"here.txt\", \"x\"); var a = 1;"), Cell.Markdown("# Text"), Cell.Code("a + 1"));
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.True(File.Exists(Folder["here.txt"]));
        Assert.Equal("2", (string?)Saved().Cells[2].Outputs[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task An_image_is_saved_with_the_size_at_which_it_is_shown()
    {
        await Run(Cell.Code("var bundle = Polytask.Notebooks.Display.MimeBundle.Text(\"a figure\").WithPng([1, 2, 3], 720, 420);\ndisplay(bundle);\nbundle"));
        Assert.All(Saved().Cells[0].Outputs, output =>
        {
            Assert.Equal("AQID", (string?)output!["data"]!["image/png"]);
            Assert.Equal("""{"height":420,"width":720}""", output["metadata"]!["image/png"]!.ToJsonString());
        });
    }

    [Fact]
    public async Task What_native_code_prints_is_captured_in_its_cell()
    {
        await Run(
            Cell.Code("""
                using System.Runtime.InteropServices;
                [DllImport("libc")] static extern int puts(string text);
                puts("from native code");
                """),
            Cell.Code("1"));
        Assert.Equal("from native code\n", (string?)Saved().Cells[0].Outputs[0]!["text"]);
        Assert.Single(Saved().Cells[1].Outputs);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_and_carriage_returns_are_one_output()
    {
        await Run(
            Cell.Code("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);"),
            Cell.Code("for (var i = 0; i <= 100; i++) Console.Write($\"\\r{i}%\"); Console.WriteLine();\nConsole.Write(\"abc\\rX\\r\\nend\");"));
        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")), (string?)Assert.Single(Saved().Cells[0].Outputs)!["text"]);
        Assert.Equal("100%\nXbc\nend", (string?)Assert.Single(Saved().Cells[1].Outputs)!["text"]);
    }

    [Fact]
    public async Task Only_the_last_state_of_what_was_updated_is_saved()
    {
        await Run(
            Cell.Code("var shown = display(\"first\");\nusing (var bar = new Polytask.Notebooks.Display.ProgressBar(\"work\", 5)) for (var i = 1; i <= 5; i++) { bar.Report(i); await Task.Delay(60); }"),
            Cell.Code("shown.Update(\"last\");"));
        var outputs = Saved().Cells[0].Outputs;
        Assert.Equal("last", (string?)outputs[0]!["data"]!["text/plain"]);
        Assert.Matches(@"^work  5/5  \d+\.\d s$", (string?)outputs[1]!["data"]!["text/plain"]);
        Assert.Equal(["text/plain"], ((JsonObject)outputs[1]!["data"]!).Select(d => d.Key));
        Assert.Empty(Saved().Cells[1].Outputs);
    }

    [Fact]
    public async Task Values_that_json_has_no_form_for_reach_the_notebook()
    {
        await Run(Cell.Code("display(new Polytask.Notebooks.Display.MimeBundle().WithJson(\"application/vnd.x+json\", new System.Text.Json.Nodes.JsonObject { [\"n\"] = double.NaN, [\"one\"] = 1.0 }));"));
        Assert.Contains("\"n\": NaN,\n       \"one\": 1.0\n", File.ReadAllText(Source));
    }
}
