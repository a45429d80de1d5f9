using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;
using Polytask.Notebooks.Running.Comparing;

namespace Polytask.Notebooks.Tests.Running.Comparing;

/// <summary>Outputs against those that a notebook held: by form, with tolerances from the options and from cells.</summary>
public sealed class OutputComparisonTests
{
    [Fact]
    public void Texts_values_and_errors_are_compared_form_by_form()
    {
        Assert.Empty(Lines([Stream("stdout", "1.0\n")], [Stream("stdout", "1.00000001\n")]));
        Assert.Equal(["output 1, stdout:", "  - a", "  + b"], Lines([Stream("stdout", "a\nsame")], [Stream("stdout", "b\nsame")]));
        Assert.Equal(["output 2, stderr:", "  + warning"], Lines([Stream("stdout", "a")], [Stream("stdout", "a"), Stream("stderr", "warning")]));
        Assert.Equal(["output 1, error:", "  - A: b", "  + A: c"], Lines([Error("A", "b")], [Error("A", "c")]));
        Assert.Equal(["output 1, text/html:", "  - <b>1</b>"],
            Lines([Value(("text/plain", "1"), ("text/html", "<b>1</b>"))], [Value(("text/plain", "1"))]));
    }

    [Fact]
    public void Json_is_compared_number_by_number_with_the_place()
    {
        var before = """{"data":[{"y":[1,2.0,3]}],"layout":{"title":"t"}}""";
        Assert.Empty(Lines([Json(before)], [Json(before.Replace("2.0", "2.0000000001"))]));
        Assert.Equal(["output 1, application/x+json:", "  .data[0].y[1]: 2.0 before, 2.5 now"],
            Lines([Json(before)], [Json(before.Replace("2.0", "2.5"))]));
        Assert.Equal(["output 1, application/x+json:", "  .data[0].y: 3 items before, 4 now"],
            Lines([Json(before)], [Json(before.Replace("3]", "3,4]"))]));
    }

    [Fact]
    public void Bytes_of_images_count_only_where_that_is_asked_for()
    {
        Assert.Empty(Lines([Value(("image/png", "AAAA"))], [Value(("image/png", "BBBB"))]));
        Assert.Single(Lines([Value(("image/png", "AAAA"))], [Value(("image/png", "BBBB"))], new ComparisonOptions(Images: true)).Skip(1));
        Assert.Empty(Lines([Value(("image/png", "AAAA\n"))], [Value(("image/png", "AAAA"))], new ComparisonOptions(Images: true)));
    }

    [Fact]
    public void A_cell_may_have_a_tolerance_of_its_own_or_none_of_it_compared()
    {
        JsonObject[] before = [Stream("stdout", "1.0")], now = [Stream("stdout", "1.04")];
        Assert.NotEmpty(Lines(before, now));
        Assert.Empty(Lines(before, now, new ComparisonOptions(0.05)));
        Assert.Empty(Lines(before, now, cell: c => c.Metadata["polytask"] = new JsonObject { ["tolerance"] = 0.05 }));
        Assert.NotEmpty(Lines(before, now, new ComparisonOptions(0.5), c => c.Metadata["polytask"] = new JsonObject { ["tolerance"] = 0L }));
        Assert.Empty(Lines(before, now, cell: c => c.Metadata["tags"] = new JsonArray("ignore-output")));
    }

    private static IReadOnlyList<string> Lines(JsonObject[] before, JsonObject[] now, ComparisonOptions? options = null, Action<Cell>? cell = null)
    {
        var (old, ran) = (Notebook.Empty(), Notebook.Empty());
        foreach (var (notebook, outputs) in ((Notebook, JsonObject[])[])[(old, before), (ran, now)])
        {
            notebook.Add(Cell.Code("1"));
            foreach (var output in outputs)
                notebook.Cells[0].Outputs.Add(output.DeepClone());
        }
        cell?.Invoke(ran.Cells[0]);
        var report = new RunReport(RunStatus.Succeeded, ran, "", 0, [new CellResult(ran.Cells[0], 1, CellState.Passed)], null);
        return OutputComparison.Differences(old, report, options ?? new ComparisonOptions()).SingleOrDefault()?.Lines ?? [];
    }

    private static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    private static JsonObject Error(string name, string message) =>
        new() { ["output_type"] = "error", ["ename"] = name, ["evalue"] = message, ["traceback"] = new JsonArray() };

    private static JsonObject Value(params (string Type, string Text)[] forms) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject(forms.Select(f => KeyValuePair.Create(f.Type, (JsonNode?)f.Text))),
    };

    private static JsonObject Json(string text) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject { ["application/x+json"] = JsonText.Parse(text) },
    };
}
